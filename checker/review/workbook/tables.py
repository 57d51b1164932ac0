"""The tables of a workbook as plain frozen values: what a run found, before anything is drawn."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from checker.review.workbook.layout import Sheet

Value = str | int | float | date | None


class Link(Struct, frozen=True):
    """From a column of a row to a row of another sheet."""

    column: str
    sheet: str
    key: str


class Row(Struct, frozen=True):
    """One row: ``key`` is unique within its table; ``values`` follow the columns of the sheet."""

    key: str
    values: tuple[Value, ...]
    links: tuple[Link, ...] = ()


class Table(Struct, frozen=True):
    """One sheet's rows. ``title`` stands above the header."""

    sheet: Sheet
    title: str
    rows: tuple[Row, ...]

    def value(self, row: Row, column: str) -> Value:
        """The value of one column of a row."""
        return row.values[self.sheet.place(column)]


_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """``text`` without the characters that no workbook can hold; line ends as one character."""
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def plain(value: object) -> str:
    """A value as text for comparing and for reading: dates as 2025-06-30, whole numbers without .0."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\r\n", "\n").replace("\r", "\n")


def fingerprint(text: str) -> str:
    """A short mark of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:10]


def identity(sheet: Sheet, values: Sequence[object]) -> str:
    """The key of a row made of its identity columns; empty when all of them are."""
    parts = [plain(values[sheet.place(k)]).strip() for k in sheet.identity]
    return "\x1f".join(parts) if any(parts) else ""


def keyed(sheet: Sheet, rows: Sequence[Row]) -> tuple[Row, ...]:
    """Rows with their keys; rows of the same identity are told apart by their order."""
    seen: dict[str, int] = {}
    out = []
    for row in rows:
        base = identity(sheet, row.values)
        seen[base] = seen.get(base, 0) + 1
        out.append(replace(row, key=base if seen[base] == 1 else f"{base}\x1f#{seen[base]}"))
    return tuple(out)


def of(spec: Sheet, row: Row, column: str) -> Value:
    """The value of one column of a row."""
    return row.values[spec.place(column)]


def number_of(spec: Sheet, row: Row) -> str:
    """What people know a row by: the first of its identity columns."""
    return plain(of(spec, row, spec.identity[0]))


def problem_id(key: str) -> str:
    """The number that the rows of one problem share on all sheets."""
    return key.removeprefix("WT-")
