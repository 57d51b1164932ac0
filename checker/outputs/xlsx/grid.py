"""Draw one table: header, rows, widths, heights, colours, lists, filter, print set-up."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from checker.model import Verdict
from checker.outputs.xlsx import carry
from checker.outputs.xlsx.cells import fitting, height, lines, looks_like_formula, safe
from checker.outputs.xlsx.styles import (
    COLOURS,
    CONFLICT,
    HEAD_FONT,
    MACHINE_HEAD,
    PEOPLE_HEAD,
    SEVERITIES,
    STATES,
    TITLE_FONT,
    Look,
    Styles,
    differential,
    verdict_format,
)
from checker.review.workbook import layout
from checker.review.workbook.layout import FIRST_ROW, HEADER_ROW, KEY_ROW, MARK, TITLE_ROW, Column, Kind, Owner
from checker.review.workbook.merged import Drawing, Line
from checker.review.workbook.tables import Value, clean

DATE_FORMAT = "yyyy-mm-dd"
OWN_WIDTH = 14.0
QUOTE = "'"
_LABELS = {v.label: v for v in Verdict}
Resolve = Callable[[str, str], tuple[str, int] | None]


class Canvas(Struct, frozen=True):
    """Where and with what to draw. ``lists`` gives the range of each drop-down list, ``suggestions`` that of the
    machine's suggestions and the place of each column in it; ``protected`` locks the machine's columns, without a password."""

    book: Workbook
    sheet: Worksheet
    styles: Styles
    lists: dict[str, str]
    suggestions: str
    suggested: dict[str, int]
    protected: bool = False


def look(column: Column) -> Look:
    """How the cells of a column look."""
    across = "left" if column.kind in (Kind.TEXT,) else "right" if column.kind is Kind.NUMBER else "center"
    return Look(
        across=across,
        format=DATE_FORMAT if column.kind is Kind.DATE else "General",
        locked=column.owner is Owner.MACHINE,
    )


def put(sheet: Worksheet, row: int, column: int, value: Value, styles: Styles, shown: Look) -> Any:
    """Write one value as what it is; text is always text."""
    if isinstance(value, str) and looks_like_formula(value):
        shown = replace(shown, quoted=True)
    style = styles[shown]
    return write(sheet, row, column, value, (style, style))


def write(sheet: Worksheet, row: int, column: int, value: Value, pair: tuple[Any, Any]) -> Any:
    """Write one value in a style, or in its twin for what looks like a formula."""
    cells: Any = sheet._cells
    cell: Any = cells.get((row, column))
    if cell is None:  # what sheet.cell does, without its checks: there are tens of thousands
        cell = cells[row, column] = Cell(sheet, row, column)
    cell._style = pair[0]
    if isinstance(value, str):
        if value:
            text = safe(fitting(value))
            cell._value = text
            cell.data_type = "s"
            if looks_like_formula(text):
                cell._style = pair[1]
    elif value is not None:
        # openpyxl changes the style of a cell that is given a date: not the one that all share.
        if isinstance(value, date):
            cell._style = copy(pair[0])
        cell.value = value
    return cell


def draw(canvas: Canvas, drawing: Drawing, resolve: Resolve) -> dict[str, float]:
    """Draw a table on an empty sheet; gives the height that each row needs, by key."""
    sheet, styles, spec = canvas.sheet, canvas.styles, drawing.table.sheet
    _head(canvas, drawing)
    looks = [look(p.column) if p.column else Look(locked=False) for p in drawing.columns]
    # Styles are made when the first cell wants them: their order in the file then follows the cells, as it does in a
    # file that was read, and the same content gives the same bytes.
    pairs: list[tuple[Any, Any] | None] = [None] * len(looks)
    verdicts = {v.label: verdict_format(v) for v in Verdict}
    signs: dict[str, tuple[Any, Any]] = {}
    widths = [p.column.width if p.column else OWN_WIDTH for p in drawing.columns]
    places = [spec.place(p.column.key) if p.column else -1 for p in drawing.columns]
    keys = [p.column.key if p.column else "" for p in drawing.columns]
    signed = [p.column is not None and p.column.kind is Kind.VERDICT and not p.column.typed for p in drawing.columns]
    heights: dict[str, float] = {}
    for at, line in enumerate(drawing.lines, FIRST_ROW):
        most = 1
        marked: list[tuple[Any, Any]] = []
        values, kept, conflicts = line.row.values, line.kept, dict(line.conflicts)
        old = drawing.earlier.sheet if drawing.earlier is not None and line.source is not None else None
        for number, (placed, place, shown) in enumerate(zip(drawing.columns, places, looks, strict=True), 1):
            source = old._cells.get((line.source, placed.source)) if old is not None and placed.source else None
            value = values[place] if place >= 0 else None
            if source is not None and (place < 0 or keys[number - 1] in kept):
                cell: Any = sheet.cell(at, number)
                carry.cell(cell, source)
            elif signed[number - 1] and (bare := str(value).split("·")[0]) in verdicts:
                if bare not in signs:
                    signs[bare] = styles.pair(replace(shown, format=verdicts[bare]))
                cell = write(sheet, at, number, value, signs[bare])
            else:
                pair = pairs[number - 1]
                if pair is None:
                    pair = pairs[number - 1] = styles.pair(shown)
                cell = write(sheet, at, number, value, pair)
            if source is not None and source._comment is not None:
                carry.note(cell, source)
            if source is not None and placed.column is not None and keys[number - 1] not in kept:
                marked.append((cell, source))
            if keys[number - 1] in conflicts:
                cell._style = styles[replace(shown, fill=CONFLICT)]
                if cell.comment is None:
                    said = clean(conflicts[keys[number - 1]])[:600]
                    cell.comment = Comment(f"【冲突】保留了人工填写。另一说：{said}", carry.AUTHOR, 120, 300)
            if isinstance(value, str) and value:
                most = max(most, lines(value, widths[number - 1]))
        _height(canvas, drawing, line, at, height(most), heights)
        if not line.own:
            _link(canvas, drawing, line, at, resolve)
        for cell, source in marked:
            carry.marks(cell, source)
    _columns(canvas, drawing)
    last = max(FIRST_ROW, FIRST_ROW + len(drawing.lines) - 1)
    _validate(canvas, drawing, last)
    _colour(canvas, drawing, last)
    _page(canvas, drawing, last)
    carry.sheet(sheet, drawing)
    if canvas.protected:
        lock = sheet.protection
        lock.sheet = True
        lock.formatCells = lock.formatColumns = lock.formatRows = lock.sort = lock.autoFilter = lock.insertRows = False
    return heights


def _height(canvas: Canvas, drawing: Drawing, line: Line, at: int, needed: float, heights: dict[str, float]) -> None:
    """The height that the text needs, unless a person set another one; hidden rows stay hidden."""
    dimension = canvas.sheet.row_dimensions[at]
    dimension.height = heights[line.row.key] = needed
    if drawing.earlier is None or line.source is None:
        return
    old = drawing.earlier.sheet.row_dimensions.get(line.source)
    if old is None:
        return
    ours = line.written.height if line.written is not None else 0.0
    if old.height and (line.own or (ours and abs(old.height - ours) > 1.5)):
        dimension.height = old.height
    dimension.hidden = old.hidden


def _head(canvas: Canvas, drawing: Drawing) -> None:
    sheet, styles, spec = canvas.sheet, canvas.styles, drawing.table.sheet
    key = Look(size=8, colour="808080", border=False, wrap=False)
    for number, placed in enumerate(drawing.columns, 1):
        if placed.column is not None:
            mark = f"{MARK}{spec.key}:" if number == 1 else ""
            put(sheet, KEY_ROW, number, mark + placed.column.key, styles, key)
    if drawing.columns and drawing.columns[0].column is None:
        put(sheet, KEY_ROW, 1, f"{MARK}{spec.key}:", styles, key)
    sheet.row_dimensions[KEY_ROW].hidden = True
    put(
        sheet,
        TITLE_ROW,
        1,
        drawing.table.title,
        styles,
        Look(TITLE_FONT, 18, border=False, wrap=False),
    )
    sheet.row_dimensions[TITLE_ROW].height = 32
    if drawing.earlier is not None:
        places = {p.source: n for n, p in enumerate(drawing.columns, 1) if p.source}
        for row, number, text in drawing.earlier.above:
            if row == drawing.earlier.header - 1 and text != drawing.table.title:
                beside = sheet.cell(TITLE_ROW, places.get(number, number))
                if beside.value is None:
                    carry.cell(beside, drawing.earlier.sheet._cells[(row, number)])
    most = 1
    for number, placed in enumerate(drawing.columns, 1):
        column = placed.column
        typed = column is None or column.typed
        cell = put(
            sheet,
            HEADER_ROW,
            number,
            placed.title,
            styles,
            Look(HEAD_FONT, 11, fill=PEOPLE_HEAD if typed else MACHINE_HEAD, across="center"),
        )
        if column is not None:
            most = max(most, lines(placed.title, column.width))
            if column.typed:
                note = (
                    "此列重跑不覆盖" if column.owner is Owner.PEOPLE else "可改：改过的字重跑不覆盖，没改的随机审更新"
                )
                cell.comment = Comment(f"{note}。{column.help}" if column.help else f"{note}。", carry.AUTHOR, 90, 220)
        if drawing.earlier is not None and placed.source is not None:
            source = drawing.earlier.sheet._cells.get((drawing.earlier.header, placed.source))
            if source is not None:
                carry.note(cell, source)
                if column is None:
                    carry.style(cell, source)
    sheet.row_dimensions[HEADER_ROW].height = height(most, 15.5) + 4


def _link(canvas: Canvas, drawing: Drawing, line: Line, at: int, resolve: Resolve) -> None:
    for link in line.row.links:
        target = resolve(link.sheet, link.key)
        number = next(
            (n for n, p in enumerate(drawing.columns, 1) if p.column is not None and p.column.key == link.column), None
        )
        if target is None or number is None:
            continue
        name, row = target
        cell: Any = canvas.sheet.cell(at, number)
        column = drawing.columns[number - 1].column
        assert column is not None
        shown = replace(look(column), colour="1F4E78", underline=True)
        text = cell._value
        if isinstance(text, str) and looks_like_formula(text):
            shown = replace(shown, quoted=True)
        cell.hyperlink = Hyperlink(
            ref=cell.coordinate,
            location=f"'{name.replace(QUOTE, QUOTE * 2)}'!A{row}",
            tooltip=f"到「{name}」第 {row} 行",
        )
        cell._style = canvas.styles[shown]


def _columns(canvas: Canvas, drawing: Drawing) -> None:
    for number, placed in enumerate(drawing.columns, 1):
        dimension = canvas.sheet.column_dimensions[get_column_letter(number)]
        dimension.width = placed.column.width if placed.column else OWN_WIDTH


def _range(number: int, last: int) -> str:
    letter = get_column_letter(number)
    return f"{letter}{FIRST_ROW}:{letter}{last}"


def _validate(canvas: Canvas, drawing: Drawing, last: int) -> None:
    # People add rows below: the lists reach further than the rows that are there now.
    reach = last + 200
    for number, placed in enumerate(drawing.columns, 1):
        column = placed.column
        if column is None or not column.typed:
            continue
        if column.choices:
            rule = DataValidation("list", formula1=canvas.lists[column.choices], allow_blank=True)
            soft = column.choices in layout.OPEN_LISTS
            rule.errorStyle = "information" if soft else "warning"
            rule.showErrorMessage = not soft
            rule.errorTitle, rule.error = "不在列表中", "请尽量从下拉列表中选；确要另写，按「是」。"
        elif column.kind is Kind.DATE:
            rule = DataValidation("date", formula1="36526", operator="greaterThan", allow_blank=True)
            rule.errorStyle, rule.showErrorMessage = "warning", True
            rule.errorTitle, rule.error = (
                "不是日期",
                "请写成 2025-06-30 这样的日期，超期提醒才起作用；确要另写，按「是」。",
            )
        else:
            continue
        rule.sqref = _range(number, reach)
        canvas.sheet.add_data_validation(rule)


def _expression(formula: str, style: Any, stop: bool = False) -> Rule:
    return Rule(type="expression", formula=[formula], dxf=style, stopIfTrue=stop or None)


def _colour(canvas: Canvas, drawing: Drawing, last: int) -> None:
    add = canvas.sheet.conditional_formatting.add
    spec = drawing.table.sheet
    numbers = {p.column.key: n for n, p in enumerate(drawing.columns, 1) if p.column is not None}
    key = get_column_letter(numbers[spec.identity[0]]) if spec.identity[0] in numbers else ""
    reach = last + 200
    for number, placed in enumerate(drawing.columns, 1):
        column = placed.column
        if column is None:
            continue
        area = _range(number, reach if column.typed else last)
        cell = f"{get_column_letter(number)}{FIRST_ROW}"
        if column.kind is Kind.VERDICT:
            for v, (fill, colour, _) in COLOURS.items():
                sign = v if column.typed else None
                add(
                    area, _expression(f'LEFT({cell},{len(v.label)})="{v.label}"', differential(fill, colour, sign=sign))
                )
        if column.key == "severity":
            for text, (fill, colour) in SEVERITIES.items():
                add(area, _expression(f'{cell}="{text}"', differential(fill, colour, bold=True)))
        if column.key == "state":
            for text, (fill, colour) in STATES.items():
                add(area, _expression(f'{cell}="{text}"', differential(fill, colour)))
        if column.key == "deadline":
            done = f"${get_column_letter(numbers['state'])}{FIRST_ROW}" if "state" in numbers else ""
            open_ = f',{done}<>"{layout.CLOSED}",{done}<>"不认定"' if done else ""
            add(
                area,
                _expression(
                    f"AND(ISNUMBER({cell}),{cell}<TODAY(){open_})", differential("FFC7CE", "9C0006", bold=True)
                ),
            )
        if column.key == "recomputed":
            add(area, _expression(f'{cell}="不符"', differential("FFC7CE", "9C0006", bold=True)))
        if column.owner is Owner.SUGGESTION and column.key in canvas.suggested and key and column.kind is Kind.TEXT:
            at = canvas.suggested[column.key]
            formula = f"EXACT({cell},VLOOKUP(${key}{FIRST_ROW},{canvas.suggestions},{at},FALSE))"
            add(area, _expression(formula, differential(colour="7F7F7F", italic=True)))


def _page(canvas: Canvas, drawing: Drawing, last: int) -> None:
    sheet, spec = canvas.sheet, drawing.table.sheet
    end = get_column_letter(max(1, len(drawing.columns)))
    frozen = get_column_letter(spec.frozen + 1)
    sheet.freeze_panes = f"{frozen}{FIRST_ROW}"
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{end}{last}"
    sheet.print_title_rows = f"{TITLE_ROW}:{HEADER_ROW}"
    sheet.print_area = f"A{KEY_ROW}:{end}{last}"
    setup(sheet, spec.paper, spec.landscape, one_page=False)
    if spec.group:
        place = spec.place(spec.group)
        rows = [line.row.values[place] for line in drawing.lines]
        for n in range(1, len(rows)):
            if rows[n] != rows[n - 1]:
                sheet.row_breaks.append(Break(id=FIRST_ROW + n - 1))


def setup(sheet: Any, paper: str, landscape: bool, *, one_page: bool) -> None:
    """Paper, margins, scaling and foot."""
    sheet.page_setup.paperSize = 8 if paper == "A3" else 9
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 1 if one_page else 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins = sheet.page_margins
    margins.top = margins.bottom = 1.5 / 2.54
    margins.left = margins.right = 1.2 / 2.54
    margins.header = margins.footer = 0.6 / 2.54
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"
    sheet.oddFooter.left.text = "&A"
    sheet.print_options.horizontalCentered = True
    sheet.sheet_view.zoomScale = 90
    sheet.sheet_view.showGridLines = False
