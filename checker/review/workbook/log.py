"""变更记录, the columns as people have them, and the rows that they added."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from checker.review.workbook.earlier import Earlier, OldRow, OldSheet
from checker.review.workbook.layout import CHANGES, Sheet
from checker.review.workbook.merged import Change, Drawing, Line, Placed
from checker.review.workbook.tables import Row, Table, keyed, plain

# These are found anew by every run; what the log already says is not said again.
REPEATED = ("较上年", "上年计划")


def log(table: Table, changes: Iterable[Change], moment: str, earlier: Earlier | None) -> Drawing:
    """变更记录: the earlier rows as they stand, then what happened now."""
    old = earlier.tables.get(CHANGES.key) if earlier is not None else None
    kept = [own(CHANGES, r, n) for n, r in enumerate(old.rows)] if old else []
    said = {
        tuple(plain(r.values.get(k)) for k in ("kind", "number", "what", "after")) for r in (old.rows if old else ())
    }
    new = [c for c in changes if c.kind not in REPEATED or (c.kind, c.number, c.what, c.after) not in said]
    values = [
        (n, moment, c.kind, c.sheet, c.number, c.what, c.before, c.after, c.typed, None, None)
        for n, c in enumerate(new, len(kept) + 1)
    ]
    lines = tuple(Line(r) for r in keyed(CHANGES, [Row("", v) for v in values]))
    columns = columns_of(CHANGES, old) if old else tuple(Placed(c, c.title) for c in CHANGES.columns)
    return Drawing(table, columns, (*kept, *lines), old)


def columns_of(spec: Sheet, old: OldSheet) -> tuple[Placed, ...]:
    """The columns in the order in which people have them; a column that they deleted comes back in its place."""
    placed = [Placed(spec[c.key] if c.key else None, c.title, c.number) for c in old.columns]
    there = {p.column.key for p in placed if p.column}
    for n, column in enumerate(spec.columns):
        if column.key in there:
            continue
        before = {c.key for c in spec.columns[:n]}
        at = max((i + 1 for i, p in enumerate(placed) if p.column and p.column.key in before), default=0)
        placed.insert(at, Placed(column, column.title))
        there.add(column.key)
    return tuple(p if p.title or p.column is None else replace(p, title=p.column.title) for p in placed)


def own(spec: Sheet, row: OldRow, number: int) -> Line:
    """A row that people added, as it stands."""
    values = tuple(row.values.get(c.key) for c in spec.columns)
    return Line(Row(f"own\x1f{number}", values), row.number, frozenset(row.values), own=True)
