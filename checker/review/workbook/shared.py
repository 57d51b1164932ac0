"""The same value on several sheets (unit, measures, state ...): typed on one, it goes to the others."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from checker.review.workbook.earlier import Earlier, OldRow
from checker.review.workbook.layout import CLOSED, REBOUND, TABLES, Column
from checker.review.workbook.merged import BOUNCED, Change
from checker.review.workbook.tables import Row, Table, Value, plain, problem_id

_SIGNING = ("reviewer", "human", "accepter", "closed", "materials", "accepted")
assert all(c.shared != "state" or c.key == "state" for s in TABLES for c in s.columns)


class Override(Struct, frozen=True):
    """What a cell gets from the same value on another sheet; ``others`` are values typed elsewhere that differ."""

    value: Value = None
    take: bool = False
    others: str = ""


class Shared(Struct):
    """Finds what every sheet gets from the others, and which closed problems are open again.

    ``gone`` holds what people had written into rows that vanished; it is only read.
    """

    earlier: Earlier
    texts: str
    same_input: bool
    gone: Mapping[str, Mapping[str, Mapping[str, str]]]
    changes: list[Change] = field(default_factory=list)
    bounced: set[str] = field(default_factory=set)

    def resolve(self, tables: Mapping[str, Table]) -> dict[tuple[str, str, str], Override]:
        """Where a value stands on several sheets, what was typed on one goes to the others; two that differ are a conflict."""
        out: dict[tuple[str, str, str], Override] = {}
        places: dict[tuple[str, str], list[tuple[str, Column, Row, OldRow | None]]] = {}
        for key, table in tables.items():
            shared = [c for c in table.sheet.columns if c.shared]
            old = self.earlier.tables.get(key)
            rows = {r.key: r for r in old.rows} if old else {}
            for row in table.rows if shared else ():
                for c in shared:
                    places.setdefault((problem_id(row.key), c.shared), []).append((key, c, row, rows.get(row.key)))
        for (problem, name), cells in places.items():
            typed: dict[str, Value] = {}
            held: Value = None
            for key, c, row, o in cells:
                if o is None:
                    held = held or self.gone.get(key, {}).get(row.key, {}).get(c.key)
                if o is None or c.key not in o.values:
                    continue
                current = o.values[c.key]
                written = self.earlier.written(key, row.key)
                machine = plain(row.values[tables[key].sheet.place(c.key)])
                last = written.last(c.key) if written else machine
                base = written.machine.get(c.key, "") if written else machine
                if plain(current) != last:
                    typed[plain(current)] = current
                if plain(current) not in ("", base):
                    held = current
            if len(typed) > 1:
                typed.pop("", None)
            if name == "state":
                self._rebound(tables, problem, cells, typed)
            for key, c, fresh_row, o in cells:
                at = (key, fresh_row.key, c.key)
                now = plain(o.values.get(c.key)) if o is not None else ""
                written = self.earlier.written(key, fresh_row.key)
                if len(typed) == 1:
                    out[at] = Override(next(iter(typed.values())), take=True)
                elif len(typed) > 1 and now in typed:
                    out[at] = Override(others="；".join(t for t in typed if t != now))
                elif o is None and held is not None:
                    out[at] = Override(held, take=True)
                elif written is not None and c.key in written.conflicts and now == written.last(c.key):
                    others = {plain(x.values.get(d.key)) for _, d, _, x in cells if x is not None} - {now, ""}
                    out[at] = Override(others="；".join(sorted(others))) if others else Override()
        return out

    def _rebound(
        self,
        tables: Mapping[str, Table],
        problem: str,
        cells: list[tuple[str, Column, Row, OldRow | None]],
        typed: dict[str, Value],
    ) -> None:
        """A closed problem that is found again becomes 反弹（待确认）, once for the same texts.

        On unchanged texts that holds only where nobody signed for the closing: whoever closed it with an acceptance or a
        review knew what the text says.
        """
        states = {plain(o.values.get(c.key)) for _, c, _, o in cells if o is not None}
        if typed:
            states = set(typed)
        if states != {CLOSED}:
            return
        raised = {w.raised for key, _, row, _ in cells if (w := self.earlier.written(key, row.key)) is not None}
        signed = any(
            plain(o.values.get(c.key))
            for key, _, _, o in cells
            if o is not None
            for c in tables[key].sheet.typed()
            if c.key in _SIGNING
        )
        if self.texts in raised or (self.same_input and signed):
            return
        typed.clear()
        typed[REBOUND] = REBOUND
        self.bounced.add(problem)
        sheet = tables["problems"].sheet
        self.changes.append(Change(BOUNCED, sheet.name, f"WT-{problem}", sheet["state"].title, CLOSED, REBOUND))
