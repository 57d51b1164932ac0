"""A folder of rules -> 指标库.xlsx, for people who will not open YAML. ``unbook`` reads it back to the same bytes."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from checker.authoring.cells import encode
from checker.authoring.folder import RuleFile
from checker.authoring.tables import (
    ALL,
    CHANGES,
    CHAPTERS,
    FILES,
    GROUPS,
    HEAD,
    HEAD_NAMES,
    INDICATORS,
    LOG,
    NOTES,
    PARTS,
    SHORT,
    Column,
    Table,
)
from checker.errors import CheckerError, Issue, Location

FORMAT = "checker-rules/1"
CELL_LIMIT = 32_767
Row = list[str]
GUIDE = (
    "这本工作簿是一套指标规则，一行一条；改完后运行 checker rules import 指标库.xlsx -o 文件夹，再运行 checker rules lint 和 test。",
    "「指标」表一行一条指标；「要素」「量化门槛」「例句」「查阅门槛」用第一列的指标编号挂到指标上，行的先后就是次序。",
    "一格里写几项的，一项占一行（按 Alt+Enter 换行）。「说法」一行一种，写法见 indicators/README.md。",
    "「红线」「必备」等填 是 或 否；空着就是缺省。新增指标：在「指标」表加一行，再到其余各表加它的要素和例句。",
    "删去一条指标：删去它在各表的行。停用而不删：「状态」写 deprecated，「由谁代替」写新的编号。",
    "以 “[”、“{” 或英文引号开头的格子是程序写的特殊内容，请照原样保留。",
)


def build(files: Iterable[RuleFile]) -> bytes:
    """The workbook; deterministic. Raises CheckerError where a text does not fit into a cell."""
    rows: dict[str, list[Row]] = {t.sheet: [] for t in ALL}
    for file in files:
        _rows(file, rows)
    _check(rows)
    return _book(rows)


def _rows(file: RuleFile, rows: dict[str, list[Row]]) -> None:
    data = file.source.data
    if file.path.name == "index.yaml":
        rows[HEAD.sheet] += [[name, encode(data[key])] for key, name in HEAD_NAMES.items() if data.get(key)]
        rows[CHAPTERS.sheet] += _chapters("", data.get("chapters") or ())
        rows[CHAPTERS.sheet] += _chapters("补充", (data.get("add") or {}).get("chapters") or ())
        rows[LOG.sheet] += _items(LOG, data)
    elif file.kind == "lexicon":
        rows[GROUPS.sheet] += _items(GROUPS, data)
        rows[SHORT.sheet] += _items(SHORT, data)
    else:
        key = data.get("id") or data.get("extends")
        rows[INDICATORS.sheet].append([_cell(data, c) for c in INDICATORS.columns])
        for table in PARTS:
            rows[table.sheet] += [[key, *cells] for cells in _items(table, data)]
        rows[CHANGES.sheet] += [[key, *cells] for cells in _changes(data)]
        rows[FILES.sheet].append([key, file.name])
    notes = [(p, "在前", c) for p, c in file.comments.before.items()]
    notes += [(p, "行尾", [c]) for p, c in file.comments.after.items()]
    notes += [((), "文末", [c]) for c in file.comments.last]
    rows[NOTES.sheet] += [
        [file.name, json.dumps(list(p), ensure_ascii=False), side, encode(texts)] for p, side, texts in notes
    ]


def _items(table: Table, data: dict[str, Any]) -> Iterator[Row]:
    columns = [c for c in table.columns if c.key != "file"]
    for item in data.get(table.key) or ():
        yield [_cell(item, c) for c in columns]


def _cell(item: dict[str, Any], column: Column) -> str:
    value: Any = item
    for step in column.key.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    return "" if value is None or value == [] else encode(value)


def _chapters(place: str, chapters: Iterable[dict[str, Any]]) -> Iterator[Row]:
    for chapter in chapters:
        for n, section in enumerate(chapter["sections"]):
            head = [chapter["id"], encode(chapter["name"])] if n == 0 else [chapter["id"], ""]
            yield [place, *head, section["id"], encode(section["name"])]


def _changes(data: dict[str, Any]) -> Iterator[Row]:
    parts = [("", "", data)]
    parts += [(name, part["id"], part) for name in ("elements", "metrics") for part in data.get(name) or ()]
    for part, name, holder in parts:
        for word, shown in (("add", "增"), ("remove", "减")):
            for field, values in (holder.get(word) or {}).items():
                yield [{"": "指标", "elements": "要素", "metrics": "数据"}[part], name, shown, field, encode(values)]


def _check(rows: dict[str, list[Row]]) -> None:
    issues = [
        Issue(
            Location(f"工作表「{sheet}」"), "E501", f"第 {n} 行的内容有 {len(cell)} 个字，超过一格的上限 {CELL_LIMIT}。"
        )
        for sheet, found in rows.items()
        for n, row in enumerate(found, 2)
        for cell in row
        if len(cell) > CELL_LIMIT
    ]
    if issues:
        raise CheckerError(issues)


def _book(rows: dict[str, list[Row]]) -> bytes:
    from datetime import datetime

    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    guide = book.active
    assert guide is not None
    guide.title = "填表说明"
    guide.column_dimensions["A"].width = 110
    for n, text in enumerate(GUIDE, 1):
        cell = guide.cell(n, 1, text)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    head = PatternFill("solid", fgColor="DDE7F0")
    wrap = Alignment(wrap_text=True, vertical="top")
    for table in ALL:
        sheet = book.create_sheet(table.sheet)
        for n, column in enumerate(table.columns, 1):
            cell = sheet.cell(1, n, column.title)
            cell.font, cell.fill, cell.alignment = Font(bold=True), head, wrap
            sheet.column_dimensions[get_column_letter(n)].width = column.width
        for r, row in enumerate(rows[table.sheet], 2):
            for c, text in enumerate(row, 1):
                if text:
                    cell = sheet.cell(r, c)
                    cell.value, cell.data_type = text, "s"
                    cell.alignment, cell.number_format = wrap, "@"
        sheet.freeze_panes = "C2" if len(table.columns) > 6 else "A2"
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{max(2, len(rows[table.sheet]) + 1)}"
        if table is FILES:
            sheet.sheet_state = "hidden"
    book.properties.creator = FORMAT
    book.properties.created = book.properties.modified = datetime(2000, 1, 1)
    out = io.BytesIO()
    book.save(out)
    return _steady(out.getvalue())


def _steady(data: bytes) -> bytes:
    """The same package with pinned times inside, so that the same rules are the same bytes."""
    import re
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", part)
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, part)
    return out.getvalue()
