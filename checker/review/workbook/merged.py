"""What is to be drawn: a run's tables with what people added to the earlier workbook."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from checker.review.workbook.baseline import stored
from checker.review.workbook.earlier import OldSheet, Written
from checker.review.workbook.layout import Column
from checker.review.workbook.tables import Row, Table

# What a change is, as 变更记录 says it.
CONFLICT, EDITED, GONE, NEW, VERDICT, TYPED, BOUNCED, BACK = (
    "冲突",
    "机写内容被改动",
    "问题消失",
    "新增问题",
    "结论变化",
    "人工改动",
    "反弹",
    "问题重现",
)


class Placed(Struct, frozen=True):
    """A column where it stands on the sheet. ``column`` is None for one that people added; ``source`` is its number in
    the earlier workbook (from 1)."""

    column: Column | None
    title: str
    source: int | None = None


class Line(Struct, frozen=True):
    """A row to draw. ``source`` is its number in the earlier workbook; cells of the columns in ``kept`` are taken over
    from there as they are. ``conflicts`` are columns where the machine, or another sheet, now says something else, with
    what it says. ``own`` rows were added by people."""

    row: Row
    source: int | None = None
    kept: frozenset[str] = frozenset()
    conflicts: tuple[tuple[str, str], ...] = ()
    own: bool = False
    written: Written | None = None


class Drawing(Struct, frozen=True):
    """One table sheet to draw. ``heights`` are those that the machine gave the rows last time, by key."""

    table: Table
    columns: tuple[Placed, ...]
    lines: tuple[Line, ...]
    earlier: OldSheet | None = None


class Change(Struct, frozen=True):
    """One line of 变更记录."""

    kind: str
    sheet: str
    number: str
    what: str = ""
    before: str = ""
    after: str = ""
    typed: str = ""


class Merged(Struct, frozen=True):
    """All tables to draw and what the merge has to say."""

    drawings: Mapping[str, Drawing]
    changes: tuple[Change, ...] = ()
    gone: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)


def fresh(table: Table) -> Drawing:
    """A table of which no earlier workbook knows."""
    lines = tuple(Line(r, written=wrote(table, r)) for r in table.rows)
    return Drawing(table, tuple(Placed(c, c.title) for c in table.sheet.columns), lines)


def wrote(table: Table, row: Row) -> Written:
    """What the baseline keeps of a row: the machine's values, where people work on the sheet."""
    if not table.sheet.kept:
        return Written({})
    return Written({c.key: s for c, v in zip(table.sheet.columns, row.values, strict=True) if (s := stored(c, v))})
