"""What is to be drawn: a run's tables with what people added to the earlier workbook."""

from __future__ import annotations

from dataclasses import dataclass, field

from checker.review.workbook.layout import Column
from checker.review.workbook.tables import Row, Table


@dataclass(frozen=True, slots=True)
class Placed:
    """A column where it stands on the sheet. ``column`` is None for one that people added; ``source`` is its number in
    the earlier workbook (from 1)."""

    column: Column | None
    title: str
    source: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A row to draw. ``source`` is its number in the earlier workbook; cells of the columns in ``kept`` are taken over
    from there as they are; those in ``conflicts`` are kept too, but the machine now says something else."""

    row: Row
    source: int | None = None
    kept: frozenset[str] = frozenset()
    conflicts: tuple[tuple[str, str], ...] = ()
    own: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """One table sheet to draw."""

    table: Table
    columns: tuple[Placed, ...]
    lines: tuple[Line, ...]
    source: str | None = None
    heights: dict[str, float] = field(default_factory=dict)


def fresh(table: Table) -> Drawing:
    """A table of which no earlier workbook knows."""
    return Drawing(table, tuple(Placed(c, c.title) for c in table.sheet.columns), tuple(Line(r) for r in table.rows))
