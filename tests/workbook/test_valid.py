"""What Excel enforces: parts, names, lengths, characters, lists, relations; and that another reader agrees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from checker.outputs.xlsx.cells import MOST, fitting, length, pieces, safe
from checker.review.workbook.layout import HIDDEN, ORDER
from tests.workbook.conftest import FIRST, TEXT, Make, cell, find, headers, keys, opened, rows, saved

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
NASTY = TEXT.replace(
    "举办执法业务培训班6期",
    '举办执法业务培训班6期，=HYPERLINK("http://x","点我")，+1+1，-2，@SUM(A1)，_x0041_，<b>&amp;</b>，😀，\x07\x0b\ufffe',
).replace("聘任行政执法监督员24名", "=1+1聘任行政执法监督员24名")


@pytest.fixture(scope="module", params=["first", "edited", "nasty"])
def book(request: pytest.FixtureRequest, first: bytes, make: Make) -> bytes:
    if request.param == "first":
        return first
    if request.param == "nasty":
        return make(text=NASTY)
    edited = opened(first)
    sheet = edited["问题清单"]
    sheet.cell(3, sheet.max_column + 1).value = "自加列"
    key = keys(sheet)[0]
    cell(edited, "问题清单", key, "牵头单位").value = "甲局"
    cell(edited, "整改台账", key, "责任单位").value = "乙局"
    edited.create_sheet("自加表")["A1"] = "=1+1"
    return make(saved(edited), text=TEXT.replace("五是少数", "五是个别"))


def parts(data: bytes) -> Iterator[tuple[str, Any]]:
    with ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert len(set(archive.namelist())) == len(archive.namelist())
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                yield name, etree.fromstring(archive.read(name))


def test_the_package_hangs_together(book: bytes) -> None:
    found = dict(parts(book))
    names = set(ZipFile(BytesIO(book)).namelist())
    types = found["[Content_Types].xml"]
    overrides = {e.get("PartName")[1:] for e in types if e.get("PartName")}
    assert overrides <= names
    for name, root in found.items():
        if not name.endswith(".rels"):
            continue
        folder = name.replace("_rels/", "").rsplit("/", 1)[0] if "/" in name.replace("_rels/", "") else ""
        ids = [e.get("Id") for e in root]
        assert len(ids) == len(set(ids)), name
        for e in root:
            if e.get("TargetMode") == "External":
                continue
            target = e.get("Target")
            full = target[1:] if target.startswith("/") else f"{folder}/{target}".lstrip("/")
            parts_ = [p for p in full.split("/") if p]
            while ".." in parts_:
                at = parts_.index("..")
                del parts_[at - 1 : at + 1]
            assert "/".join(parts_) in names, (name, target)
        source = name.replace("_rels/", "").removesuffix(".rels")
        if source in found:
            used = set(re.findall(rb'r:id="([^"]+)"', etree.tostring(found[source])))
            assert used <= {i.encode() for i in ids}, source


def test_sheet_names_and_cells_are_within_what_excel_takes(book: bytes) -> None:
    found = dict(parts(book))
    names = [s.get("name") for s in found["xl/workbook.xml"].iter(f"{MAIN}sheet")]
    assert [s.name for s in ORDER] == [n for n in names if n in {s.name for s in ORDER}]
    assert set(HIDDEN) <= set(names)
    assert len({n.lower() for n in names}) == len(names)
    for name in names:
        assert 0 < len(name) <= 31
        assert not re.search(r"[\\/*?:\[\]]", name)
    styles = len(list(found["xl/styles.xml"].find(f"{MAIN}cellXfs")))
    assert styles < 4000
    formats = len(list(found["xl/styles.xml"].find(f"{MAIN}dxfs")))
    for name, root in found.items():
        if not name.startswith("xl/worksheets/sheet"):
            continue
        last = 0
        for row in root.iter(f"{MAIN}row"):
            assert int(row.get("r")) > last
            last = int(row.get("r"))
            assert 0 <= float(row.get("ht", "15")) <= 409.5
            columns = [c.get("r") for c in row]
            assert len(columns) == len(set(columns))
            for c in row:
                assert int(c.get("s", "0")) < styles
                text = "".join(t.text or "" for t in c.iter(f"{MAIN}t"))
                assert length(text) <= MOST
                assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", text)
                if c.find(f"{MAIN}f") is not None:
                    assert "自加" in names[-1] or "自加表" in names
        for rule in root.iter(f"{MAIN}cfRule"):
            assert int(rule.get("dxfId")) < formats
            assert all(len(f.text) <= 255 for f in rule.iter(f"{MAIN}formula"))
        for rule in root.iter(f"{MAIN}dataValidation"):
            for part in (f"{MAIN}formula1", f"{MAIN}formula2"):
                formula = rule.find(part)
                assert formula is None or formula.text is None or len(formula.text) <= 255
            for attribute, most in (("errorTitle", 32), ("error", 255), ("promptTitle", 32), ("prompt", 255)):
                assert len(rule.get(attribute, "")) <= most
        for link in root.iter(f"{MAIN}hyperlink"):
            assert len(link.get("tooltip", "")) <= 255
        order = [etree.QName(e).localname for e in root]
        assert order == sorted(order, key=_ORDER.index), name


_ORDER = [
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing",
    "legacyDrawing", "legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
]  # fmt: skip


def test_no_table_has_merged_cells_and_every_link_leads_to_its_row(book: bytes) -> None:
    loaded = opened(book)
    links = 0
    for spec in ORDER:
        sheet = loaded[spec.name]
        if not hasattr(spec, "columns"):
            continue
        assert not sheet.merged_cells.ranges, spec.name
        assert sheet.freeze_panes
        assert sheet.auto_filter.ref
        assert sheet.print_title_rows == "$2:$3"
        for row in sheet.iter_rows(min_row=FIRST):
            for c in row:
                if c.hyperlink is None:
                    continue
                links += 1
                name, _, place = c.hyperlink.location.partition("!")
                target = loaded[name.strip("'")]
                at = int(re.sub(r"\D", "", place))
                assert FIRST <= at <= target.max_row
                if spec.name == "问题清单" and name == "'证据摘录'":
                    assert target.cell(at, headers(target)["指标编号"]).value == c.value.removeprefix("WT-")
                if spec.name == "证据摘录" and name == "'逐句对照'":
                    quote = sheet.cell(c.row, headers(sheet)["原句"]).value
                    assert target.cell(at, headers(target)["原文"]).value == quote
    assert links > 100


def test_quotes_are_slices_of_the_text(first: bytes) -> None:
    for r in rows(opened(first)["逐句对照"]):
        start, end = map(int, re.findall(r"\d+", r["字符区间"]))
        assert TEXT[start:end].replace("\r", "") == r["原文"]
    sheet = opened(first)["问题清单"]
    for r in rows(sheet):
        for quote in re.findall(r"「([^」]*?)(?:……)?」(?:\n|$|（)", r["报告原句"] or ""):
            assert quote in TEXT


def test_text_that_looks_like_a_formula_is_text(make: Make) -> None:
    data = make(text=NASTY)
    loaded = opened(data)
    kinds = {c.data_type for ws in loaded.worksheets for row in ws.iter_rows() for c in row if c.value is not None}
    assert "f" not in kinds
    texts = [r["原文"] for r in rows(loaded["逐句对照"])]
    assert any(t.startswith("=1+1聘任") for t in texts)
    sheet = loaded["逐句对照"]
    at = next(
        r
        for r in range(FIRST, sheet.max_row + 1)
        if str(sheet.cell(r, headers(sheet)["原文"]).value).startswith("=1+1")
    )
    assert sheet.cell(at, headers(sheet)["原文"]).quotePrefix


def test_another_reader_reads_the_same_values(book: bytes) -> None:
    loaded = opened(book)
    other = CalamineWorkbook.from_filelike(BytesIO(book))
    for spec in ORDER:
        theirs = other.get_sheet_by_name(spec.name).to_python(skip_empty_area=False)
        sheet = loaded[spec.name]
        for r, row in enumerate(theirs, 1):
            for c, value in enumerate(row, 1):
                ours = sheet.cell(r, c).value
                if isinstance(ours, str) and "_x005F_" not in ours and not ours.startswith("=ROW"):
                    assert str(value) == ours, (spec.name, r, c)


def test_people_find_where_to_write(first: bytes) -> None:
    sheet = opened(first)["问题清单"]
    names = headers(sheet)
    assert len(names) == 21
    for title in ("整改时限", "单位说明", "备注"):
        head = sheet.cell(3, names[title])
        assert head.fill.fgColor.rgb.endswith("FFF2CC")
        assert "此列重跑不覆盖" in head.comment.text
    assert sheet.cell(3, names["机审结论"]).fill.fgColor.rgb.endswith("F2F2F2")
    assert sheet.freeze_panes == "C4"
    lists = {str(v.sqref).split(":")[0]: v.formula1 for v in sheet.data_validations.dataValidation}
    ranges = {n: d.attr_text for n, d in opened(first).defined_names.items()}
    assert len(lists) == 5
    assert all("_字典" in ranges[f] for f in lists.values() if f != "36526")
    dates = [v for v in sheet.data_validations.dataValidation if v.type == "date"]
    assert [(v.operator, v.formula1) for v in dates] == [("greaterThan", "36526")]
    verdict = sheet.cell(find(sheet, keys(sheet)[0]), names["机审结论"])
    assert verdict.number_format.endswith('"@')


def test_one_page_for_leaders_without_a_score(first: bytes) -> None:
    sheet = opened(first)["领导一页纸"]
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 1)
    said = "".join(str(c.value) for row in sheet.iter_rows() for c in row if c.value)
    assert "不等于评审得分" in said
    assert not re.search("总分|得分(?<!评审得分)|合格|排名|预计通过", said)
    (chart,) = sheet._charts
    assert chart.grouping == "percentStacked"


@pytest.mark.parametrize("text", ["a" * 40_000, "字" * 33_000, "😀" * 20_000])
def test_nothing_is_cut_in_silence(text: str) -> None:
    assert "".join(pieces(text)) == text
    assert all(length(p) <= MOST for p in pieces(text))
    assert length(fitting(text)) <= MOST
    assert "放不下" in fitting(text)
    assert fitting("短") == "短"


def test_characters_no_workbook_can_hold_are_left_out() -> None:
    assert safe("a\x00b\x0bc\ud800\uffffd\r\ne_x0041_") == "abcd\ne_x005F_x0041_"
