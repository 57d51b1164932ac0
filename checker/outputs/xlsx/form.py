"""A sheet that is no table: cells with looks, spans and heights, for the cover, the leaders' page and the guide."""

from __future__ import annotations

from openpyxl.utils import get_column_letter
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
            self.sheet.merge_cells(
                start_row=row, start_column=column, end_row=row + down - 1, end_column=column + span - 1
            )

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
