"""A sheet that is no table: cells with looks, spans and heights, for the cover, the leaders' page and the guide."""

from __future__ import annotations

from copy import copy
from typing import Any

from openpyxl.cell.cell import MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from checker.outputs.xlsx.cells import height, lines
from checker.outputs.xlsx.grid import put
from checker.outputs.xlsx.styles import BODY_FONT, HEAD_FONT, PEOPLE_HEAD, Look, Styles
from checker.review.workbook.tables import Value

HEAD = Look(HEAD_FONT, 12, border=False, wrap=False)
BODY = Look(BODY_FONT, 11, border=False)
BOXED = Look(BODY_FONT, 10.5)
BOXED_CENTRE = Look(BODY_FONT, 10.5, across="center")
BOXED_HEAD = Look(HEAD_FONT, 10.5, fill="F2F2F2", across="center")
TYPED = Look(BODY_FONT, 11, fill=PEOPLE_HEAD, locked=False)


def merge(sheet: Any, styles: Styles, over: CellRange) -> None:
    """Merge cells as openpyxl does, which works out the border of each anew: once for cells that look alike."""
    first, last = (over.min_row, over.min_col), (over.max_row, over.max_col)
    start, end = sheet._cells[first], sheet._cells.get(last)
    key = (over.size["rows"], over.size["columns"], tuple(start._style), end and tuple(end._style))
    places = [place for row in over.rows for place in row]
    known = styles.merged.get(key)
    if known is None:
        sheet.merge_cells(over.coord)
        styles.merged[key] = [copy(sheet._cells[place]._style) for place in places]
        return
    sheet.merged_cells.add(over)
    start._style = copy(known[0])
    for place, style in zip(places[1:], known[1:], strict=True):
        cell: Any = MergedCell(sheet, *place)
        cell._style = style
        sheet._cells[place] = cell


class Pen:
    """Writes on one form sheet from top to bottom; ``row`` is the next free row, ``fields``
    are the places that people fill in, by the label before them."""

    def __init__(self, sheet: Worksheet, styles: Styles, widths: list[float]) -> None:
        self.sheet, self.styles, self.widths, self.row = sheet, styles, widths, 1
        self.fields: dict[str, tuple[int, int]] = {}
        for n, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(n)].width = width

    def at(self, row: int, column: int, value: Value, look: Look = BODY, span: int = 1, down: int = 1) -> None:
        """Write one cell, over ``span`` columns and ``down`` rows."""
        for r in range(row, row + down):
            for c in range(column, column + span):
                if look.border or look.fill or (r, c) == (row, column):
                    put(self.sheet, r, c, None, self.styles, look)
        put(self.sheet, row, column, value, self.styles, look)
        if span > 1 or down > 1:
            merge(self.sheet, self.styles, CellRange(None, column, row, column + span - 1, row + down - 1))

    def line(self, cells: list[tuple[int, int, Value, Look]], least: float = 0) -> int:
        """Write a row of (column, span, value, look) with the height that its texts need; gives its number."""
        row = self.row
        most = least
        label = ""
        for column, span, value, look in cells:
            if look == TYPED:
                self.fields[label] = (row, column)
            label = str(value)
            self.at(row, column, value, look, span)
            if isinstance(value, str) and value:
                width = sum(self.widths[column - 1 : column - 1 + span]) * 10.5 / look.size
                most = max(most, height(lines(value, width) if look.wrap else 1, look.size * 1.4))
        self.sheet.row_dimensions[row].height = most or 18
        self.row += 1
        return row
