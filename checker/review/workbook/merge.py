"""Three-way merge of a run's tables with an earlier workbook. Pure: nothing is read or written here.

People's columns are kept as they are. A suggestion that somebody typed over is kept; where the machine now says something
else as well, that is a conflict, marked and listed. Rows are matched by key, never by place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from checker.review.workbook.baseline import machine_mark, stored
from checker.review.workbook.earlier import Earlier, OldRow, OldSheet, Written
from checker.review.workbook.layout import (
    CHANGES,
    CLOSED,
    REBOUND,
    Column,
    Kind,
    Owner,
    Sheet,
)
from checker.review.workbook.log import columns_of, own
from checker.review.workbook.merged import (
    BACK,
    BOUNCED,
    CONFLICT,
    EDITED,
    GONE,
    NEW,
    TYPED,
    VERDICT,
    Change,
    Drawing,
    Line,
    fresh,
    wrote,
)
from checker.review.workbook.shared import Override, Shared
from checker.review.workbook.tables import Row, Table, Value, number_of, of, plain, problem_id

TAKE, KEEP, DONE = "采用机审", "保留人工", "已处理"
_PROBLEM = re.compile(r"WT-\w+-\d+$")


class Merger(Struct):
    """Collects what happened while tables are merged one after the other."""

    earlier: Earlier
    texts: str
    same_input: bool
    changes: list[Change] = field(default_factory=list)
    gone: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    shared: dict[tuple[str, str, str], Override] = field(default_factory=dict)
    settled: dict[tuple[str, str, str], str] = field(default_factory=dict)
    bounced: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.gone = {s: {k: dict(v) for k, v in rows.items()} for s, rows in self.earlier.gone.items()}
        old = self.earlier.tables.get("changes")
        for r in old.rows if old else ():
            if plain(r.values.get("kind")) == CONFLICT:
                place = tuple(plain(r.values.get(k)) for k in ("sheet", "number", "what"))
                self.settled[place] = plain(r.values.get("settled")).strip()  # type: ignore[index]

    def merge(self, tables: Mapping[str, Table]) -> dict[str, Drawing]:
        """Merge all tables of a run but those that are made from merged ones."""
        shared = Shared(self.earlier, self.texts, self.same_input, self.gone)
        self.shared = shared.resolve(tables)
        self.changes += shared.changes
        self.bounced |= shared.bounced
        self._verdicts(tables["indicators"])
        return {key: self.table(t) for key, t in tables.items() if key != CHANGES.key}

    def table(self, table: Table) -> Drawing:
        """Merge one table."""
        old = self.earlier.tables.get(table.sheet.key)
        if old is None:
            return self._restored(fresh(table))
        table = self._titled(table, old)
        by_key = {r.key: r for r in old.rows if r.key}
        lines = {r.key: self._line(table, r, by_key.get(r.key), old) for r in table.rows}
        self._vanished(table, old, lines)
        return Drawing(table, columns_of(table.sheet, old), self._order(table, old, lines), old)

    def _titled(self, table: Table, old: OldSheet) -> Table:
        """A title that somebody rewrote stays; what they wrote over the table, but for beside the title, is told."""
        texts = [t for _, _, t in old.above]
        kept = table.title if table.title in texts or not texts else texts[0]
        for row, _, text in old.above:
            if text != kept and row != old.header - 1:
                self.changes.append(Change(EDITED, table.sheet.name, "", "表头上方", "", "", text))
        return replace(table, title=kept)

    # one row

    def _line(self, table: Table, row: Row, old: OldRow | None, sheet: OldSheet) -> Line:
        spec = table.sheet
        if old is None:
            return self._new(table, row)
        written = self.earlier.written(spec.key, row.key)
        values: list[Value] = []
        kept: set[str] = set()
        conflicts: list[tuple[str, str]] = []
        typed: list[str] = []
        untouched = written is not None and bool(written.mark) and written.mark == machine_mark(spec, old.values)
        for column, machine in zip(spec.columns, row.values, strict=True):
            if column.key not in old.values:
                values.append(machine)
                continue
            current = old.values[column.key]
            if not column.typed:
                if not untouched:
                    self._edited(spec, row, column, plain(current), machine, written)
                values.append(machine)
                continue
            value, keep, against = self._typed(spec, row, column, current, machine, written)
            values.append(value)
            if keep:
                kept.add(column.key)
            if against is not None:
                conflicts.append((column.key, against))
            if written is not None and plain(current) != written.last(column.key):
                typed.append(f"{column.title}：{plain(current) or '（清空）'}")
        if typed and spec.kept:
            who = self.earlier.saved_by
            what = f"最后保存：{who}" if who else ""
            self.changes.append(Change(TYPED, spec.name, number_of(spec, row), what, typed="\n".join(typed)))
        return self._finished(table, row, values, kept, conflicts, old.number, written)

    def _finished(
        self,
        table: Table,
        row: Row,
        values: list[Value],
        kept: set[str],
        conflicts: list[tuple[str, str]],
        source: int | None,
        written: Written | None,
    ) -> Line:
        spec = table.sheet
        base = wrote(table, row)
        raised = written.raised if written else ""
        if problem_id(row.key) in self.bounced:
            raised = self.texts
        shown = {
            c.key: plain(v)
            for c, v in zip(spec.columns, values, strict=True)
            if c.typed and plain(v) != base.machine.get(c.key, "")
        }
        merged = replace(base, shown=shown, conflicts=tuple(k for k, _ in conflicts), raised=raised)
        merged = replace(merged, height=written.height if written else 0.0)
        return Line(replace(row, values=tuple(values)), source, frozenset(kept), tuple(conflicts), False, merged)

    def _edited(
        self, spec: Sheet, row: Row, column: Column, current: str, machine: Value, written: Written | None
    ) -> None:
        """A machine's cell that somebody wrote into is set right, and what they wrote is kept in 变更记录."""
        if written is None or column.key == "row" or not current or current == plain(machine):
            return
        if written.mark or stored(column, current) != written.machine.get(column.key, ""):
            self.changes.append(
                Change(EDITED, spec.name, number_of(spec, row), column.title, "", plain(machine), current)
            )

    def _typed(
        self, spec: Sheet, row: Row, column: Column, current: Value, machine: Value, written: Written | None
    ) -> tuple[Value, bool, str | None]:
        """Value of a cell that people may write, whether the cell is taken over as it is, and what stands against it."""
        now, new = plain(current), plain(machine)
        base = written.machine.get(column.key, "") if written else None
        last = written.last(column.key) if written else None
        place = (spec.name, number_of(spec, row), column.title)
        open_ = written is not None and column.key in written.conflicts and now == last
        settled = self.settled.get(place, "") if open_ else ""
        override = self.shared.get((spec.key, row.key, column.key), Override())
        if override.take and plain(override.value) != now:
            return override.value, False, None
        if override.others:
            if not (open_ and settled):
                if not open_:
                    self.changes.append(Change(CONFLICT, *place, "", f"另一张表上：{override.others}", now))
                return current, True, override.others
            return current, True, None
        if column.owner is Owner.PEOPLE:
            return current, True, None
        if now == (base if base is not None else new) or (base is None and not now):
            return machine, False, None
        if open_ and settled == TAKE:
            return machine, False, None
        if open_ and settled in (KEEP, DONE):
            return current, True, None
        if open_:
            return current, True, new
        if base is None or new != base:
            before = base if base is not None else "（基线已删，上次机审值不明）"
            self.changes.append(Change(CONFLICT, *place, before, new, now))
            return current, True, new
        return current, True, None

    def _new(self, table: Table, row: Row) -> Line:
        """A row that was not there: what people had written comes back if the problem was there before."""
        spec = table.sheet
        before = self.gone.get(spec.key, {}).pop(row.key, None)
        written = self.earlier.written(spec.key, row.key)
        if before is None and written is not None:
            # Somebody deleted the row; what had been typed into it is still known.
            before = dict(written.shown)
        values: list[Value] = list(row.values)
        for n, column in enumerate(spec.columns):
            override = self.shared.get((spec.key, row.key, column.key))
            if before is not None and column.key in before:
                values[n] = _revived(column, before[column.key])
            elif override is not None and override.take:
                values[n] = override.value
        if spec.key == "problems":
            number = number_of(spec, row)
            if before is None:
                self.changes.append(Change(NEW, spec.name, number, plain(of(spec, row, "indicator")).split("\n")[0]))
            else:
                said = "；".join(f"{spec[k].title}：{v}" for k, v in before.items() if v)
                self.changes.append(Change(BACK, spec.name, number, typed=said))
        state = next((n for n, c in enumerate(spec.columns) if c.key == "state"), None)
        if state is not None and plain(values[state]) == CLOSED:
            values[state] = REBOUND
            self.bounced.add(problem_id(row.key))
        if state is not None and values[state] == REBOUND and spec.key == "problems":
            self.changes.append(Change(BOUNCED, spec.name, number_of(spec, row), spec["state"].title, CLOSED, REBOUND))
        return self._finished(table, row, values, set(), [], None, None)

    def _restored(self, drawing: Drawing) -> Drawing:
        """A whole sheet that somebody deleted comes back with what is known."""
        return replace(drawing, lines=tuple(self._new(drawing.table, line.row) for line in drawing.lines))

    # rows that are no longer there, rows of people, order

    def _vanished(self, table: Table, old: OldSheet, lines: dict[str, Line]) -> None:
        spec = table.sheet
        for r in old.rows:
            if r.key in lines or not self._was_machine(spec, r):
                continue
            written = self.earlier.written(spec.key, r.key)
            kept: dict[str, str] = {}
            said: list[str] = []
            for column in spec.typed():
                text = plain(r.values.get(column.key))
                base = written.machine.get(column.key, "") if written else ""
                if text and text != base:
                    kept[column.key] = text
                    said.append(f"{column.title}：{text}")
            titles = {c.number: c.title or "（无表头列）" for c in old.columns}
            said += [f"{titles[n]}：{plain(v)}" for n, v in r.own.items() if plain(v)]
            said += [f"批注：{x}" for x in _comments(old, r)]
            if spec.key == "problems" or said:
                what = plain(r.values.get("indicator") or r.values.get("title") or r.values.get("needed") or "")
                number = plain(r.values.get(spec.identity[0]))
                state = plain(r.values.get("verdict"))
                kind = GONE if spec.key == "problems" else "失效行"
                self.changes.append(Change(kind, spec.name, number, what.split("\n")[0], state, "", "\n".join(said)))
            if kept:
                self.gone.setdefault(spec.key, {})[r.key] = kept

    def _was_machine(self, spec: Sheet, row: OldRow) -> bool:
        """Whether the machine wrote the row: the baseline knows it, or without one, it looks like it."""
        if not row.key:
            return False
        if self.earlier.baseline is not None:
            return self.earlier.written(spec.key, row.key) is not None
        if "number" in spec.identity and spec.key in ("problems", "actions", "units"):
            return _PROBLEM.match(row.key) is not None
        return plain(row.values.get("row")).isdigit()

    def _order(self, table: Table, old: OldSheet, lines: dict[str, Line]) -> tuple[Line, ...]:
        """The machine's order with people's rows where they stood; if people sorted the rows, their order."""
        rank = {r.key: n for n, r in enumerate(table.rows)}
        items: list[tuple[str | None, Line]] = []
        for n, r in enumerate(old.rows):
            if r.key in lines:
                items.append((r.key, lines[r.key]))
            elif not self._was_machine(table.sheet, r):
                items.append((None, own(table.sheet, r, n)))
        ranks = [rank[k] for k, _ in items if k is not None]
        if ranks != sorted(ranks) and not table.sheet.group:
            placed = {k for k, _ in items}
            return (*(line for _, line in items), *(lines[r.key] for r in table.rows if r.key not in placed))
        after: dict[str | None, list[Line]] = {}
        previous: str | None = None
        for k, line in items:
            if k is None:
                after.setdefault(previous, []).append(line)
            else:
                previous = k
        out = list(after.get(None, ()))
        for row in table.rows:
            out += [lines[row.key], *after.get(row.key, ())]
        return tuple(out)

    def _verdicts(self, table: Table) -> None:
        if self.earlier.baseline is None:
            return
        for row in table.rows:
            written = self.earlier.written(table.sheet.key, row.key)
            now = plain(of(table.sheet, row, "verdict"))
            if written is not None and written.machine.get("verdict", now) != now:
                title = plain(of(table.sheet, row, "title"))
                self.changes.append(Change(VERDICT, table.sheet.name, row.key, title, written.machine["verdict"], now))


def _revived(column: Column, text: str) -> Value:
    if column.kind is Kind.DATE:
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text


def _comments(old: OldSheet, row: OldRow) -> Iterable[str]:
    for c in old.columns:
        cell = old.sheet._cells.get((row.number, c.number))
        if cell is not None and cell._comment is not None and cell._comment.author != "checker":
            yield str(cell._comment.text)
