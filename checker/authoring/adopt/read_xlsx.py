"""Sheets of an .xlsx as tables, merged ranges as such."""

from __future__ import annotations

import io
from collections.abc import Iterator

from checker.authoring.adopt.grid import Cell, Grid, square


def grids(data: bytes, path: str) -> Iterator[Grid]:
    """Every visible sheet that holds anything."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), data_only=True)
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible" or not sheet.max_row:
            continue
        rows: list[list[Cell]] = [[_text(v) for v in row] for row in sheet.iter_rows(values_only=True)]
        for area in sheet.merged_cells.ranges:
            for r in range(area.min_row, area.max_row + 1):
                for c in range(area.min_col, area.max_col + 1):
                    if (r, c) != (area.min_row, area.min_col):
                        rows[r - 1][c - 1] = None
        if any(cell for row in rows for cell in row):
            yield square(rows, f"工作表「{sheet.title}」")


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
