"""Whatever people do to a workbook, what they typed is still there after the next run on another text."""

from __future__ import annotations

import os
import string
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.review.workbook.layout import PROBLEMS, REBOUND, TABLES, Kind
from tests.workbook.conftest import FIRST, HEADER, LATER, TEXT, Make, headers, opened, saved

EXAMPLES = int(os.environ.get("CHECKER_WORKBOOK_EXAMPLES", "5"))
TYPED = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp"))
    | st.sampled_from("\n=+-@\"'<&_x"),
    min_size=1,
    max_size=60,
).map(lambda s: "写" + s.strip() + "完")
OTHERS = (
    TEXT,
    TEXT + "\n特此报告。",
    TEXT.replace("五是少数执法人员程序意识不强，说理不充分。", ""),
    TEXT.replace("全面落实行政执法“三项制度”", "推进行政执法“三项制度”").replace("评查执法案卷324卷，", ""),
    TEXT.split("二、存在")[0],
)
SHEETS = [s for s in TABLES if s.kept and s.key not in ("changes",)]


def everything(book: Any) -> str:
    """All text of the visible sheets."""
    return "\x00".join(
        str(c.value)
        for ws in book.worksheets
        if ws.sheet_state == "visible"
        for row in ws.iter_rows()
        for c in row
        if c.value is not None
    )


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_nothing_typed_is_lost(first: bytes, make: Make, data: st.DataObject) -> None:
    book = opened(first)
    typed: list[tuple[str, str, str, str]] = []
    for spec in SHEETS:
        sheet = book[spec.name]
        names = headers(sheet)
        last = sheet.max_row
        columns = [c for c in spec.typed() if c.kind is not Kind.DATE]
        for _ in range(data.draw(st.integers(0, 4))):
            row = data.draw(st.integers(FIRST, last))
            column = data.draw(st.sampled_from(columns))
            text = data.draw(TYPED)
            key = str(sheet.cell(row, names[spec[spec.identity[0]].title]).value)
            c = sheet.cell(row, names[column.title])
            c.value = text
            c.data_type = "s"
            typed = [t for t in typed if t[:3] != (spec.key, key, column.key)]
            typed.append((spec.key, key, column.key, text))
        if data.draw(st.booleans()):
            own = data.draw(TYPED)
            sheet.cell(HEADER, sheet.max_column + 1).value = "自加列"
            sheet.cell(data.draw(st.integers(FIRST, last)), sheet.max_column).value = own
            sheet.cell(sheet.max_row, sheet.max_column).data_type = "s"
            typed.append((spec.key, "", "", own))
        if data.draw(st.booleans()):
            _shuffle(sheet, data)
    for n in range(data.draw(st.integers(0, 2))):
        text = data.draw(TYPED)
        c = book.create_sheet(f"自加表{n}", data.draw(st.integers(0, 3))).cell(2, 2)
        c.value, c.data_type = text, "s"
        typed.append(("", "", "", text))
    after = opened(make(saved(book), data.draw(st.sampled_from(OTHERS)), LATER))
    said = everything(after)
    cells = {s.key: _cells(after[s.name], s) for s in SHEETS}
    for sheet_key, key, column, text in typed:
        shown = text.replace("_x", "_x")  # what a person sees
        if column and key in cells[sheet_key]:
            now = cells[sheet_key][key][column]
            assert now == shown or (column == "state" and now == REBOUND), (sheet_key, key, column)
        else:
            assert shown in said, (sheet_key, key, column)


def _cells(sheet: Any, spec: Any) -> dict[str, dict[str, str]]:
    names = headers(sheet)
    return {
        str(sheet.cell(r, names[spec[spec.identity[0]].title]).value): {
            c.key: str(sheet.cell(r, names[c.title]).value) for c in spec.typed() if c.title in names
        }
        for r in range(FIRST, sheet.max_row + 1)
    }


def _shuffle(sheet: Any, data: st.DataObject) -> None:
    rows = list(range(FIRST, sheet.max_row + 1))
    order = data.draw(st.permutations(rows)) if len(rows) < 60 else rows[::-1]
    width = sheet.max_column
    before = {r: [(sheet.cell(r, c).value, sheet.cell(r, c).data_type) for c in range(1, width + 1)] for r in rows}
    for target, source in zip(rows, order, strict=True):
        for c, (value, kind) in enumerate(before[source], 1):
            cell = sheet.cell(target, c)
            cell.value = value
            if kind == "s" and value is not None:
                cell.data_type = "s"


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.sampled_from(OTHERS), extra=st.text(string.digits, max_size=3))
def test_an_untouched_workbook_is_the_same_bytes(make: Make, text: str, extra: str) -> None:
    text = text + ("\n编号" + extra if extra else "")
    made = make(text=text)
    assert make(made, text) == made


assert PROBLEMS in SHEETS
