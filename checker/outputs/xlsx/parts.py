"""Split a workbook into one file a unit, and put what came back into the whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook

from checker.outputs.xlsx import guide, hidden
from checker.outputs.xlsx.archive import to_bytes
from checker.outputs.xlsx.carry import AUTHOR
from checker.outputs.xlsx.grid import Canvas, draw, look, put
from checker.outputs.xlsx.styles import CONFLICT, Styles
from checker.review.workbook.earlier import Earlier, OldRow, Written
from checker.review.workbook.layout import CHANGES, GUIDE, Owner, Sheet
from checker.review.workbook.merged import CONFLICT as CONFLICT_KIND
from checker.review.workbook.merged import Change, Drawing, Line, Placed
from checker.review.workbook.parts import PART, SENT, Decision, Extra, Typed, decide, fits, typed, unit_rows
from checker.review.workbook.tables import Row, Table, Value, plain

_BAD = str.maketrans('\\/:*?"<>|\n\t', "___________")


def file_name(stem: str, unit: str) -> str:
    """The name of a unit's file."""
    return f"{stem}-{unit.translate(_BAD).strip(' .')[:60] or '单位'}.xlsx"


def split(whole: Earlier, moment: datetime) -> dict[str, bytes]:
    """A workbook for each leading unit with only its rows; the machine's columns are locked without a password."""
    return {unit: _part(whole, unit, rows, moment) for unit, rows in unit_rows(whole).items()}


def _part(whole: Earlier, unit: str, rows: Sequence[OldRow], moment: datetime) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    numbers = {r.key for r in rows}
    names = {plain(r.values.get("indicator")).split("\n")[0] for r in rows}
    drawings = {}
    for spec in SENT:
        book.create_sheet(spec.name)
        old = whole.tables.get(spec.key)
        lines = []
        for r in old.rows if old else ():
            mine = plain(r.values.get("indicator")) in names if spec.key == "materials" else r.key in numbers
            if mine and r.key:
                lines.append(_line(whole, spec, r))
        table = Table(spec, old.title if old else spec.name, tuple(x.row for x in lines))
        drawings[spec.key] = Drawing(table, tuple(Placed(c, c.title) for c in spec.columns), tuple(lines))
    book.create_sheet(GUIDE.name)
    styles = Styles(book)
    units = tuple(sorted({plain(r.values.get("lead")).strip() for r in whole.tables["problems"].rows} - {""}))
    dictionary = hidden.dictionary(book, styles, units or (unit,), _suggestions(drawings))
    heights = {}
    for key, d in drawings.items():
        canvas = Canvas(
            book, book[d.table.sheet.name], styles, dictionary.lists, dictionary.area, dictionary.places, protected=True
        )
        heights[key] = draw(canvas, d, lambda _sheet, _key: None)
    guide.draw(book[GUIDE.name], styles, whole.metadata.get("provenance", ""))
    hidden.baseline(book, styles, drawings, heights, {}, {})
    kept = ("place", "year", "level", "index", "texts", "moment", "provenance", "tool")
    hidden.metadata(book, styles, {k: v for k in kept if (v := whole.metadata.get(k))} | {PART: unit})
    book.properties.creator = "checker"
    book.properties.title = f"问题清单 {unit}"
    return to_bytes(book, moment)


def _line(whole: Earlier, spec: Sheet, row: OldRow) -> Line:
    values = tuple(row.values.get(c.key) for c in spec.columns)
    before = whole.written(spec.key, row.key) or Written({})
    # What stands in the cells now is what a unit's typing is held against when the part comes back.
    shown = {c.key: plain(v) for c, v in zip(spec.columns, values, strict=True) if c.typed}
    kept = Written({c.key: before.machine[c.key] for c in spec.columns if c.key in before.machine}, shown)
    return Line(Row(row.key, values), written=kept)


def _suggestions(drawings: dict[str, Drawing]) -> dict[str, dict[str, Value]]:
    out: dict[str, dict[str, Value]] = {}
    for d in drawings.values():
        held = [c.key for c in d.table.sheet.columns if c.owner is Owner.SUGGESTION and c.key in hidden.SUGGESTED]
        for line in d.lines:
            machine = line.written.machine if line.written else {}
            if held:
                out.setdefault(line.row.key, {}).update({k: machine[k] for k in held if k in machine})
    return out


class Joined(Struct, frozen=True):
    """The whole with what came back, and what happened."""

    data: bytes
    taken: int
    same: int
    conflicts: tuple[Decision, ...]
    extras: tuple[Extra, ...]


def join(whole: Earlier, parts: Sequence[tuple[str, Earlier]], moment: datetime) -> Joined:
    """Put what units typed into the whole. Only people's columns; two that differ are kept as the whole has them."""
    cells: list[Typed] = []
    extras: list[Extra] = []
    for path, part in parts:
        for found in typed(part, path):
            if isinstance(found, Extra):
                extras.append(found)
            else:
                cells.append(found)
    decisions = list(decide(cells, whole))
    savers = {path: part.book.properties.lastModifiedBy for path, part in parts}
    by = {path: f"（{who} 保存）" for path, who in savers.items() if who}
    styles = Styles(whole.book)
    changes: list[Change] = []
    for d in decisions:
        t = d.typed
        spec = whole.tables[t.sheet].spec
        number = t.key.split("\x1f")[0]
        said = f"{t.unit}{by.get(t.path, '')}：{plain(t.value) or '（清空）'}"
        if d.outcome == "unknown":
            changes.append(Change("失效行", spec.name, number, spec[t.column].title, "", "", said))
        if d.outcome in ("take", "conflict"):
            cell = _cell(whole, t.sheet, t.key, t.column)
            if d.outcome == "take":
                style = cell._style
                put(cell.parent, cell.row, cell.column, t.value, styles, look(spec[t.column]))
                cell._style = style
                changes.append(Change("单位回传", spec.name, number, spec[t.column].title, d.now, plain(t.value), said))
            else:
                cell._style = styles[replace(look(spec[t.column]), fill=CONFLICT)]
                cell.comment = Comment(f"【冲突】保留了总表的内容。{said}"[:600], AUTHOR, 120, 300)
                changes.append(Change(CONFLICT_KIND, spec.name, number, spec[t.column].title, "", d.now, said))
    changes += [
        Change("单位自加行", whole.tables[x.sheet].spec.name, x.key.split("\x1f")[0], "", "", "", f"{x.unit}：{x.text}")
        for x in extras
    ]
    _log(whole, styles, changes, moment)
    return Joined(
        to_bytes(whole.book, moment),
        sum(d.outcome == "take" for d in decisions),
        sum(d.outcome == "same" for d in decisions),
        tuple(d for d in decisions if d.outcome in ("conflict", "unknown")),
        tuple(extras),
    )


def _cell(whole: Earlier, sheet: str, key: str, column: str) -> Any:
    table = whole.tables[sheet]
    row = next(r for r in table.rows if r.key == key)
    number = next((c.number for c in table.columns if c.key == column), None)
    if number is None:
        # The whole has lost this column; it comes back with the next run. What was typed goes to its right until then.
        number = max(c.number for c in table.columns) + 1
    return table.sheet.cell(row.number, number)


def _log(whole: Earlier, styles: Styles, changes: Sequence[Change], moment: datetime) -> None:
    table = whole.tables.get(CHANGES.key)
    if table is None or not changes:
        return
    last = max((r.number for r in table.rows), default=table.header)
    places = {c.key: c.number for c in table.columns if c.key}
    for n, c in enumerate(changes, 1):
        values: dict[str, Value] = {
            "row": last - table.header + n,
            "when": f"{moment:%Y-%m-%d %H:%M}",
            "kind": c.kind,
            "sheet": c.sheet,
            "number": c.number,
            "what": c.what,
            "before": c.before,
            "after": c.after,
            "typed": c.typed,
            "settled": None,
            "note": None,
        }
        for key, value in values.items():
            if key in places:
                put(table.sheet, last + n, places[key], value, styles, look(CHANGES[key]))


__all__ = ["Joined", "file_name", "fits", "join", "split"]
