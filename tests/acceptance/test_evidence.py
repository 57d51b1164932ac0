"""Materials: listed, held against the list, and never silently dropped."""

from __future__ import annotations

import hashlib
import json
from importlib import resources
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.conftest import Run
from tests.review_pack import PINNED, REPORT, lay

NAME = "佐证材料清单.yaml"
GOOD = "清苑湾县司法局关于案卷评查的通报\n清司发〔2024〕3号\n评查案卷120卷，问题全部整改。\n清苑湾县司法局\n2024年11月5日\n"


def home(folder: Path) -> Path:
    """Materials in folders named after indicators."""
    lay(folder)
    place = folder / "佐证"
    (place / "001-案卷评查").mkdir(parents=True)
    (place / "001-案卷评查" / "通报.txt").write_text(GOOD, encoding="utf-8")
    (place / "散放.txt").write_text("征求意见的公告\n2024年5月1日\n", encoding="utf-8")
    return place


def init(run: Run, place: Path, *args: str) -> str:
    done = run("evidence", "init", place, "--index", place.parent / "规则", "--year", "2024", *args, env=PINNED)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def verify(run: Run, place: Path, *args: str | Path) -> tuple[int, dict[tuple[str, str], str]]:
    done = run("evidence", "verify", place, "--index", place.parent / "规则", "--format", "json", *args, env=PINNED)
    assert done.returncode in (0, 1), done.stderr.decode()
    data = json.loads(done.stdout)
    schema = json.loads(resources.files("checker.outputs").joinpath("evidence.schema.json").read_text(encoding="utf-8"))
    assert [e.message for e in Draft202012Validator(schema).iter_errors(data)] == []
    assert data["bad"] == sum(c["state"] == "bad" for c in data["checks"])
    return done.returncode, {(c["code"], c["subject"]): c["message"] for c in data["checks"]}


def fill(place: Path, old: str = "待填", new: str = "2") -> None:
    file = place / NAME
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_init_lists_what_is_there_and_says_what_it_cannot_know(run: Run, tmp_path: Path) -> None:
    place = home(tmp_path)
    said = init(run, place)
    assert "新登记 2 份" in said
    assert "散放.txt" in said
    text = (place / NAME).read_text(encoding="utf-8")
    assert "清司发〔2024〕3号" in text
    assert "date: 2024-11-05" in text
    assert hashlib.sha256(GOOD.encode()).hexdigest() in text
    done = run("evidence", "verify", place, "--index", tmp_path / "规则")
    assert done.returncode == 2
    assert "E643" in done.stderr.decode()
    fill(place)
    assert verify(run, place) == (0, {})


def test_init_again_adds_and_touches_nothing(run: Run, tmp_path: Path) -> None:
    place = home(tmp_path)
    init(run, place)
    fill(place)
    before = (place / NAME).read_text(encoding="utf-8").replace('issuer: ""', "issuer: 县司法局  # 手写", 1)
    (place / NAME).write_text(before, encoding="utf-8")
    (place / "001-案卷评查" / "整改.txt").write_text("整改情况报告\n2024年12月1日\n", encoding="utf-8")
    assert "新登记 1 份" in init(run, place)
    after = (place / NAME).read_text(encoding="utf-8")
    assert after.startswith(before)
    assert "新登记 0 份" in init(run, place)
    assert (place / NAME).read_text(encoding="utf-8") == after


def test_the_skeleton_has_a_folder_for_each_indicator(run: Run, tmp_path: Path) -> None:
    lay(tmp_path)
    place = tmp_path / "迎检"
    done = run("evidence", "init", place, "--index", tmp_path / "规则", "--skeleton")
    assert done.returncode == 0, done.stderr.decode()
    guides = sorted(p.relative_to(place).as_posix() for p in place.rglob("应附材料.txt"))
    assert len(guides) == 5
    assert guides[0] == "01-行政执法/001-案卷评查/应附材料.txt"
    assert "评查通报" in (place / guides[0]).read_text(encoding="utf-8")
    (place / guides[0]).write_text("人写的", encoding="utf-8")
    (place / guides[0]).with_name("通报.txt").write_text(GOOD, encoding="utf-8")
    again = run("evidence", "init", place, "--index", tmp_path / "规则", "--skeleton")
    assert again.returncode == 0, again.stderr.decode()
    assert (place / guides[0]).read_text(encoding="utf-8") == "人写的"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("gone", "M01"), ("empty", "M02"), ("changed", "M03"), ("binary", "M04"), ("early", "M05"),
        ("title", "M06"), ("number", "M07"), ("leak", "M09"), ("unlisted", "M10"), ("picture", "M04"), ("fake", "M04"),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_named(run: Run, tmp_path: Path, change: str, code: str) -> None:
    place = home(tmp_path)
    file = place / "001-案卷评查" / "通报.txt"
    subject = "001-案卷评查/通报.txt"
    match change:
        case "leak":
            file.write_text(GOOD + "联系电话13800001234\n", encoding="utf-8")
        case "picture":
            subject = "001-案卷评查/照片.png"
            (place / subject).write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 20)
        case "fake":
            subject = "001-案卷评查/照片.jpg"
            (place / subject).write_bytes(b"not a picture")
        case "binary":
            file.write_bytes(b"\x00\x01\x02\x03" * 100)
    init(run, place)
    fill(place)
    match change:
        case "gone":
            file.unlink()
        case "empty":
            file.write_bytes(b"")
        case "changed":
            file.write_text(GOOD + "后来加的一句。\n", encoding="utf-8")
        case "early":
            fill(place, "date: 2024-11-05", "date: 2023-11-05")
        case "title":
            fill(place, "关于案卷评查的通报", "关于案卷评查的决定")
        case "number":
            fill(place, "〔2024〕3号", "〔2024〕4号")
        case "leak":
            fill(place, "public: false", "public: true")
        case "unlisted":
            subject = "001-案卷评查/没登记.txt"
            (place / subject).write_text("没登记\n", encoding="utf-8")
    status, found = verify(run, place)
    assert (code, subject) in found, found
    assert status == (0 if change in ("unlisted", "picture") else 1)
    if change == "picture":
        assert verify(run, place, "--strict")[0] == 1


def test_the_report_and_the_materials_are_held_against_each_other(run: Run, tmp_path: Path) -> None:
    place = home(tmp_path)
    report = tmp_path / "报告.txt"
    report.write_text(
        REPORT.replace("制发监督意见书12份", "出台《清苑湾县行政执法监督办法》，制发监督意见书12份"), encoding="utf-8"
    )
    init(run, place)
    fill(place, "待填", "3")
    status, found = verify(run, place, "--report", report)
    assert status == 1
    assert "M11" in {c for c, s in found if s == "2 征求意见期限"}
    assert ("M12", "《清苑湾县行政执法监督办法》") in found
    assert not [s for c, s in found if c == "M11" and s.startswith("1 ")]
    (place / "001-案卷评查" / "清苑湾县行政执法监督办法.txt").write_text(
        "清苑湾县行政执法监督办法\n2024年6月1日\n", encoding="utf-8"
    )
    (place / "002-公告.txt").write_text("x", encoding="utf-8")
    init(run, place)
    fill(place, "待填", "2")
    _, found = verify(run, place, "--report", report)
    assert not [c for c, _ in found if c in ("M11", "M12")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("materials:\n  - path：甲\n", "E102"),
        ("materials:\n  - pth: 甲\n", "E110"),
        ("materials:\n  - {path: ../甲.txt, indicators: [\"1\"], sha256: " + "0" * 64 + "}\n", "E618"),
        ("materials:\n  - {path: 甲.txt, indicators: [\"77\"], sha256: " + "0" * 64 + "}\n", "E603"),
        ("materials:\n  - {path: 甲.txt, indicators: [\"1\"], date: 2024-02-30, sha256: " + "0" * 64 + "}\n", "E604"),
        ("period: {start: 2024-12-31, end: 2024-01-01}\nmaterials: []\n", "E641"),
    ],
)  # fmt: skip
def test_a_manifest_that_cannot_be_read_is_an_error(run: Run, tmp_path: Path, text: str, code: str) -> None:
    lay(tmp_path)
    (tmp_path / "材料" / NAME).write_text(text, encoding="utf-8")
    done = run("evidence", "verify", tmp_path / "材料", "--index", tmp_path / "规则")
    said = done.stderr.decode()
    assert done.returncode == 2
    assert code in said
    assert f"{NAME}:" in said


def test_the_same_file_twice_is_an_error(run: Run, tmp_path: Path) -> None:
    place = home(tmp_path)
    init(run, place)
    fill(place, "散放.txt", "001-案卷评查/通报.txt")
    fill(place)
    done = run("evidence", "verify", place, "--index", tmp_path / "规则")
    assert done.returncode == 2
    assert "E642" in done.stderr.decode()


def test_a_folder_that_is_not_there(run: Run, tmp_path: Path) -> None:
    for command in ("init", "verify"):
        done = run("evidence", command, tmp_path / "无")
        assert done.returncode == 2
        assert "没有这个文件夹" in done.stderr.decode()


def test_a_check_with_the_folder_hangs_the_materials_under_their_indicators(run: Run, tmp_path: Path) -> None:
    place = home(tmp_path)
    init(run, place, "--skeleton")
    fill(place)
    command = ("check", "报告.txt", "--index", "规则", "--materials", "佐证", "-o", "出.json", "-o", "出.xlsx")
    done = run(*command, cwd=tmp_path, env=PINNED)
    assert done.returncode == 0, done.stderr.decode()
    result = json.loads((tmp_path / "出.json").read_text(encoding="utf-8"))
    assert [(m["path"], m["indicators"]) for m in result["materials"]] == [
        ("佐证/001-案卷评查/通报.txt", ["mini-001"]),
        ("佐证/散放.txt", ["mini-002"]),
    ]
    assert not [d for d in result["documents"] if "应附材料" in d["path"]], "the guides are no materials"
    from openpyxl import load_workbook

    cells = [c.value for line in load_workbook(tmp_path / "出.xlsx")["佐证材料清单"].iter_rows() for c in line]
    digest = hashlib.sha256(GOOD.encode()).hexdigest()[:12]
    assert f"佐证/001-案卷评查/通报.txt\n{digest}" in cells

    (place / "001-案卷评查" / "通报.txt").write_text(GOOD + "改过。\n", encoding="utf-8")
    done = run(*command[:-2], cwd=tmp_path, env=PINNED)
    assert done.returncode == 0
    assert "内容与登记时不同，没有挂到指标下" in done.stderr.decode()
    result = json.loads((tmp_path / "出.json").read_text(encoding="utf-8"))
    assert [m["path"] for m in result["materials"]] == ["佐证/散放.txt"]
    (place / NAME).write_text("materials：\n", encoding="utf-8")
    done = run(*command[:-2], cwd=tmp_path, env=PINNED)
    assert done.returncode == 2
    assert f"佐证/{NAME}:1:" in done.stderr.decode()


def test_a_word_file_is_looked_into_and_a_scan_is_said_to_be_one(run: Run, tmp_path: Path) -> None:
    from docx import Document
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    place = home(tmp_path)
    folder = place / "001-案卷评查"
    document = Document()
    for line in GOOD.strip().split("\n"):
        document.add_paragraph(line)
    document.save(str(folder / "通报.docx"))
    canvas = Canvas(str(folder / "扫描.pdf"))
    canvas.drawImage(ImageReader(Image.new("L", (200, 280), 200)), 0, 0, 595, 842)
    canvas.save()
    init(run, place)
    fill(place)
    text = (place / NAME).read_text(encoding="utf-8")
    assert text.count("清司发〔2024〕3号") == 2, "number read from txt and docx alike"
    status, found = verify(run, place)
    assert status == 0
    assert {k for k in found if k[1].endswith("通报.docx")} == set()
    assert ("M04", "001-案卷评查/扫描.pdf") in found
    assert verify(run, place, "--strict")[0] == 1
    fill(place, "清司发〔2024〕3号", "清司发〔2024〕5号")
    status, found = verify(run, place)
    assert status == 1
    assert ("M07", "001-案卷评查/通报.docx") in found
