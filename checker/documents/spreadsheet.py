"""xlsx, xls, ods, csv: each row a line; under a header row each value says what it is (完成情况：已完成)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from checker.documents.extract import Extract, Request, Writer, undone
from checker.documents.limits import exceeded, refuse
from checker.documents.plain import decode
from checker.documents.zipped import DAMAGED, PASSWORD, Container, locked_office
from checker.model import Locator

Row = tuple[int, list[str]]  # number in the sheet from 1, texts of its cells
_COUNTER = re.compile(r"^(?:序号|编号|行号|no\.?|№)$", re.I)
_LONG = 60
_WIDE = 200


def read(request: Request) -> Extract:
    """Read a spreadsheet. Raises DocumentError."""
    writer = Writer(request.path, request.limits)
    used = "utf-8"
    if request.kind == "csv":
        text, used = decode(Path(request.file).read_bytes(), request.path, request.encoding)
        _write(writer, "", list(_limited(_csv(text), request)))
    elif request.kind == "xlsx":
        _xlsx(request, writer)
    else:
        _old(request, writer)
    return writer.extract(used)


def _limited(rows: Iterable[Row], request: Request) -> Iterator[Row]:
    for count, row in enumerate(rows, 1):
        if count > request.limits.rows:
            raise exceeded(request.path, "rows", f"已超过 {count - 1} 行", request.limits)
        if any(row[1]):
            yield row


def _csv(text: str) -> Iterator[Row]:
    first = text.lstrip("\ufeff").split("\n", 1)[0]
    delimiter = max(",\t;", key=first.count)
    csv.field_size_limit(10_000_000)
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=delimiter)
    try:
        for cells in reader:
            yield reader.line_num, [c.strip() for c in cells]
    except csv.Error:
        for number, line in enumerate(text.split("\n"), 1):
            yield number, [c.strip() for c in line.split(delimiter)]


def _xlsx(request: Request, writer: Writer) -> None:
    from openpyxl import load_workbook
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

    box = Container(request.file, request.path, request.limits)
    for name in box.names():
        if name.lower().endswith((".xml", ".rels")) and b"<!DOCTYPE" in box.read(name)[:65536].replace(b"\x00", b""):
            raise refuse(
                request.path, "E328", "文件里的 XML 带有 DTD 或实体定义，正常的办公文件没有，可能有恶意，不予读取。"
            )
    book = load_workbook(request.file, read_only=True, data_only=True, keep_links=False)
    hidden = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            hidden.append(sheet.title)
            continue
        if isinstance(sheet, ReadOnlyWorksheet):
            sheet.reset_dimensions()
        rows = ((n, [_shown(c) for c in cells]) for n, cells in enumerate(sheet.iter_rows(), 1))
        _write(writer, sheet.title, list(_limited(rows, request)))
    if hidden:
        writer.notes.append("隐藏的工作表没有读：" + "、".join(hidden))


def _shown(cell: Any) -> str:
    """A cell as the sheet shows it, near enough: 0.985 in a percent format is 98.5%."""
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        form = cell.number_format or ""
        if "%" in form and '"' not in form:
            return f"{_number(round(value * 100, 6))}%"
    return _text(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime):
        day = f"{value.year}年{value.month}月{value.day}日"
        return day if value.time() == time() else f"{day}{value:%H:%M}"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        return f"{_number(value.total_seconds() / 3600)}小时"
    text = str(value).strip()
    return "" if text.startswith("#") and text.rstrip("!?").isupper() else text


def _number(value: float) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    if isinstance(value, int) or value == int(value):
        return str(int(value))
    return f"{value:.10g}"


def _old(request: Request, writer: Writer) -> None:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_path(request.file)
    except PasswordError as error:
        raise refuse(request.path, "E320", PASSWORD) from error
    except (CalamineError, OSError) as error:
        with Path(request.file).open("rb") as stream:
            if locked_office(stream.read(4 * 1_048_576)):
                raise refuse(request.path, "E320", PASSWORD) from error
        raise refuse(request.path, "E321", DAMAGED) from error
    hidden = []
    for meta in book.sheets_metadata:
        if meta.typ != SheetTypeEnum.WorkSheet:
            continue
        if meta.visible != SheetVisibleEnum.Visible:
            hidden.append(meta.name)
            continue
        sheet = book.get_sheet_by_name(meta.name)
        rows = ((n, [_text(v) for v in cells]) for n, cells in enumerate(sheet.to_python(skip_empty_area=False), 1))
        _write(writer, meta.name, list(_limited(rows, request)))
    if hidden:
        writer.notes.append("隐藏的工作表没有读：" + "、".join(hidden))
    if request.kind == "xls":
        writer.notes.append("旧式表格里按百分比显示的数读成小数；要按百分比读，请另存为 xlsx。")


def _write(writer: Writer, sheet: str, rows: Sequence[Row]) -> None:
    """The rows of one sheet. Long texts stand on lines of their own, so that their headings stay headings."""
    header: dict[int, str] = {}
    wide = len({c for _, cells in rows for c, text in enumerate(cells[:_WIDE]) if text}) > 1  # else just lines
    for at, (number, cells) in enumerate(rows):
        filled = [(c, text) for c, text in enumerate(cells[:_WIDE]) if text]
        if not header and _is_header(filled, rows[at + 1 : at + 6]):
            header = dict(filled)
            writer.pieces(
                [(t, Locator(sheet=sheet, row=number, column=c + 1 if wide else None)) for c, t in filled], between="\t"
            )
            continue
        short: list[tuple[str, Locator]] = []
        said = undone([text for _, text in filled])
        for c, text in filled:
            where = Locator(sheet=sheet, row=number, column=c + 1 if wide else None, undone=said)
            lines = [p.strip() for p in re.split(r"[\r\n]+", text) if p.strip()]
            if len(filled) == 1 or len(text) > _LONG:
                if short:
                    writer.pieces(short, between="\t")
                    short = []
                for line in lines:
                    writer.line(line, where)
                continue
            name = header.get(c, "")
            words = " ".join(lines)
            short.append((f"{name}：{words}" if name and not _COUNTER.match(name) else words, where))
        if short:
            writer.pieces(short, between="\t")


def _is_header(filled: list[tuple[int, str]], below: Sequence[Row]) -> bool:
    """Several short names without figures, over rows that fill more than one of the same columns."""
    if len(filled) < 2 or any(len(t) > 24 or re.search(r"[。；]|^\d", t) for _, t in filled):
        return False
    columns = {c for c, _ in filled}
    return any(sum(1 for c in columns if c < len(cells) and cells[c]) >= 2 for _, cells in below)
