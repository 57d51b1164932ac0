"""Whatever is wrong with the input: exit 2, plain Chinese, the place named, nothing written, no traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import ROOT, Run

GOOD = ROOT / "tests" / "examples" / "index" / "good" / "mini"


def refused(done: object, *words: str) -> str:
    said = done.stderr.decode() + done.stdout.decode()  # type: ignore[attr-defined]
    assert done.returncode == 2, said  # type: ignore[attr-defined]
    assert "Traceback" not in said
    for word in words:
        assert word in said
    return said


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("没有.txt", None, "找不到"),
        ("空.txt", b"", "空的"),
        ("图片.txt", b"\x89PNG\r\n\x1a\n\x00\x01\x02" * 50, "不是文本"),
        ("旧.doc", b"\xd0\xcf", ".doc"),
    ],
)
def test_documents(run: Run, tmp_path: Path, name: str, data: bytes | None, word: str) -> None:
    file = tmp_path / name
    if data is not None:
        file.write_bytes(data)
    out = tmp_path / "out.xlsx"
    refused(run("check", file, "-o", out), name, word)
    assert not out.exists()


def test_every_bad_document_of_a_run_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_bytes(b"")
    refused(run("check", tmp_path / "空.txt", tmp_path / "无.txt"), "空.txt", "无.txt")


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("title: 案卷评查", "title: 案卷评查\ntitle: 又一个", "E109", 5),
        ("title: 案卷评查", "title：案卷评查", "E102", 4),
        ("title: 案卷评查", "titel: 案卷评查", "E110", 4),
        ("title: 案卷评查", "title: &a 案卷评查", "E106", 4),
        ("severity: major", "severity: *a", "E106", None),
        ("severity: major", "severity: majro", "E113", None),
        ("severity: major", "\tseverity: major", "E101", None),
        ("severity: major", "severity: [major", "E103", None),
        ('- "案卷评查 & #卷|宗|件"', '- "@案卷平查 & #卷"', "E204", None),
        ('- "案卷评查 & #卷|宗|件"', "- 案卷评查 & #卷", "E201", None),
        ("section: procedure", "section: procedures", "E125", None),
    ],
    ids=[
        "duplicate-key",
        "full-width-colon",
        "unknown-key",
        "anchor",
        "alias",
        "enum",
        "tab",
        "bracket",
        "group",
        "comment",
        "section",
    ],
)
def test_rule_files(run: Run, tmp_path: Path, old: str, new: str, code: str, line: int | None) -> None:
    pack = tmp_path / "mini"
    for path in GOOD.rglob("*.yaml"):
        target = pack / path.relative_to(GOOD)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    file = pack / "01" / "001.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    said = refused(run("rules", "lint", pack), code, "001.yaml:")
    if line:
        assert f"001.yaml:{line}:" in said
    out = tmp_path / "out.json"
    refused(run("check", ROOT / "reports" / "qingyuan-county-2024.txt", "--index", pack, "-o", out), code)
    assert not out.exists()


def test_all_problems_of_all_files_at_once(run: Run, tmp_path: Path) -> None:
    pack = tmp_path / "mini"
    for path in GOOD.rglob("*.yaml"):
        target = pack / path.relative_to(GOOD)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(
            path.read_text(encoding="utf-8")
            .replace("severity:", "severty:")
            .replace("kind: practice", "kind: practise"),
            encoding="utf-8",
        )
    said = refused(run("rules", "lint", pack), "001.yaml:", "002.yaml:", "是否想写「severity」", "是否想写「practice」")
    assert said.count("E110") == 2


@pytest.mark.parametrize(
    ("args", "word"),
    [
        (("check",), "缺少参数"),
        (("chekc", "x"), "没有这个命令"),
        (("check", "x.txt", "--fail-onn", "major"), "没有这个选项"),
        (("check", "x.txt", "--level", "村"), "--level"),
        (("check", "x.txt", "--format", "xlsx"), "-o"),
        (("check", "x.txt", "-o", "报告.abc"), "格式"),
        (("explain", "999"), "999"),
        (("check", "x.txt", "--index", "1999"), "1999"),
        (("try", "  "), "空"),
    ],
)
def test_the_command_line(run: Run, args: tuple[str, ...], word: str) -> None:
    refused(run(*args), word)


def test_a_locked_workbook_is_left_alone(run: Run, sample: Path, tmp_path: Path) -> None:
    out = tmp_path / "问题清单.xlsx"
    out.write_bytes(b"typed by a person")
    (tmp_path / "~$问题清单.xlsx").write_bytes(b"")
    refused(run("check", sample, "-o", out), "请先关闭")
    assert out.read_bytes() == b"typed by a person"


def test_a_missing_folder(run: Run, sample: Path, tmp_path: Path) -> None:
    refused(run("check", sample, "-o", tmp_path / "无" / "问题清单.xlsx"), "不存在")
