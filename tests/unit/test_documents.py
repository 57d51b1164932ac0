import codecs
from pathlib import Path

import pytest

from checker.documents import read_document
from checker.errors import DocumentError

TEXT = "某县2024年法治政府建设年度报告\n全年办理案件３２件。\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("gb18030"),
        TEXT.encode("gbk"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.replace("\n", "\r\n").encode(),
    ],
    ids=["utf-8", "utf-8-bom", "gb18030", "gbk", "utf-16", "utf-16-be", "utf-16-no-bom", "crlf"],
)
def test_the_text_does_not_depend_on_the_encoding(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "报告.txt"
    file.write_bytes(data)
    assert read_document(str(file)).text == TEXT


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("空.txt", b"", "E306"),
        ("空白.txt", b" \n\n\t", "E306"),
        ("图.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4, "E313"),
        ("报告.doc", b"\xd0\xcf\x11\xe0", "E321"),
        ("报告.abc", b"abc", "E303"),
        ("坏.txt", codecs.BOM_UTF16_LE + b"\x00\xd8\x00", "E312"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    with pytest.raises(DocumentError) as caught:
        read_document(str(file))
    assert caught.value.issues[0].code == code
    assert name in str(caught.value)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="找不到"):
        read_document(str(tmp_path / "没有.txt"))
    with pytest.raises(DocumentError, match="文件夹"):
        read_document(str(tmp_path))
    with pytest.raises(DocumentError, match="打不开"):
        read_document(str(tmp_path / ("长" * 200 + ".txt")))


def test_an_encoding_given_by_a_person_wins(tmp_path: Path) -> None:
    file = tmp_path / "繁體.txt"
    file.write_bytes("法治政府建設".encode("big5"))
    assert read_document(str(file), "big5").text == "法治政府建設"
    with pytest.raises(DocumentError, match="不能按"):
        read_document(str(file), "utf-8")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_broken_character_costs_that_character_only(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "报告.txt"
    data = (TEXT * 20).encode(encoding)
    cut = data.rindex("件".encode(encoding)) + 1
    file.write_bytes(data[:cut] + b"\xff" + data[cut:])
    document = read_document(str(file))
    assert document.encoding == encoding
    assert document.text.startswith(TEXT * 19)
    assert "读不出" in document.notes[0]
