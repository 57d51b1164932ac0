"""LibreOffice opens the workbook, saves it as its own, prints it; what people typed comes through."""

from __future__ import annotations

import subprocess
from datetime import datetime
from pathlib import Path

import pytest

from tests.workbook.conftest import FIRST, HEADER, LATER, Make, cell, changes, headers, keys, opened, rows, saved

pytestmark = pytest.mark.program("soffice")


def convert(path: Path, kind: str, out: Path) -> Path:
    profile = (out / "profile").as_uri()
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind, "--outdir", out, path],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return out / f"{path.stem}.{kind.split(':')[0]}"


def test_saved_by_libreoffice_and_run_again(first: bytes, make: Make, tmp_path: Path) -> None:
    book = opened(first)
    sheet = book["问题清单"]
    some = keys(sheet)
    cell(book, "问题清单", some[1], "单位说明").value = "已做，材料见附件 3\n第二行"
    cell(book, "问题清单", some[1], "整改时限").value = datetime(2025, 6, 30)
    cell(book, "问题清单", some[2], "整改措施").value = "我们自己的措施"
    cell(book, "整改台账", some[3], "整改状态").value = "整改中"
    wide = sheet.max_column + 1
    sheet.cell(HEADER, wide).value = "督办领导"
    sheet.cell(FIRST, wide).value = "张县长"
    mine = book.create_sheet("自加表")
    mine["A1"], mine["A2"] = "自己写的", "=1+1"
    source = tmp_path / "问题清单.xlsx"
    source.write_bytes(saved(book))
    out = tmp_path / "out"
    out.mkdir()
    data = convert(source, "xlsx:Calc MS Excel 2007 XML", out).read_bytes()
    made = make(data, moment=LATER)
    after = opened(made)
    assert keys(after["问题清单"]) == some
    # LibreOffice makes it rich text; that is taken over as it is.
    assert str(cell(after, "问题清单", some[1], "单位说明").value) == "已做，材料见附件 3\n第二行"
    assert cell(after, "问题清单", some[1], "整改时限").value == datetime(2025, 6, 30)
    assert cell(after, "整改台账", some[1], "整改时限").value == datetime(2025, 6, 30)
    assert cell(after, "问题清单", some[2], "整改措施").value == "我们自己的措施"
    assert cell(after, "问题清单", some[3], "整改状态").value == "整改中"
    assert after["问题清单"].cell(FIRST, headers(after["问题清单"])["督办领导"]).value == "张县长"
    assert after["自加表"]["A1"].value == "自己写的"
    assert after["自加表"]["A2"].value == "=1+1"
    # It did not take LibreOffice's own touches for people's.
    assert changes(after, "机写内容被改动") == []
    assert changes(after, "冲突") == []
    assert {r["编号"] for r in changes(after, "人工改动")} == set(some[1:4])
    again = opened(make(convert(_file(tmp_path / "再存.xlsx", made), "xlsx:Calc MS Excel 2007 XML", out).read_bytes()))
    assert len(list(rows(again["变更记录"]))) == len(list(rows(after["变更记录"])))


def _file(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.program("pdftotext")
def test_printed_the_leaders_page_is_one_and_a_unit_starts_a_page(first: bytes, tmp_path: Path) -> None:
    pdf = convert(_file(tmp_path / "问题清单.xlsx", first), "pdf", tmp_path)
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, timeout=60).stdout
    pages = text.decode("utf-8").split("\f")
    footer = [next((line for line in reversed(p.splitlines()) if "页 共" in line), "") for p in pages]
    assert sum(f.strip().startswith("领导一页纸") for f in footer) == 1
    assert sum(f.strip().startswith("封面") for f in footer) == 1
    units = {r["牵头单位"] for r in rows(opened(first)["责任分解表"])}
    assert sum(f.strip().startswith("责任分解表") for f in footer) >= len(units)
