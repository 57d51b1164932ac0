"""Put the workbook together: tables, forms, hidden sheets."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

from checker.model import Assessment, Verdict
from checker.outputs import Context
from checker.outputs.xlsx import cover, guide, leaders, tables, text_tables
from checker.outputs.xlsx.archive import to_bytes
from checker.outputs.xlsx.grid import Canvas, draw, put
from checker.outputs.xlsx.styles import Look, Styles
from checker.review.workbook import layout
from checker.review.workbook.layout import CHOICES, DICTIONARY, FIRST_ROW, Owner
from checker.review.workbook.merged import Drawing, fresh
from checker.review.workbook.tables import Row, Table, plain

PLAIN = Look(border=False, wrap=False)


def build(a: Assessment, context: Context) -> bytes:
    """A new workbook."""
    drawings = {key: fresh(t) for key, t in run_tables(a, {}).items()}
    drawings["units"] = fresh(tables.units(a, drawings["problems"].table))
    book = Workbook()
    book.remove(book.worksheets[0])
    for spec in layout.ORDER:
        book.create_sheet(spec.name)
    styles = Styles(book)
    lists, suggestions, suggested = _dictionary(book, styles, a, drawings["problems"], drawings["indicators"])
    positions = {(key, line.row.key): FIRST_ROW + n for key, d in drawings.items() for n, line in enumerate(d.lines)}
    for d in drawings.values():
        sheet: Any = book[d.table.sheet.name]
        canvas = Canvas(book, sheet, styles, lists, suggestions, suggested, context.moment.date())
        draw(canvas, d, lambda target, row: positions.get((target, row)))
    verdicts = {f.indicator.id: f.verdict for f in a.findings}
    cover.draw(book[layout.COVER.name], styles, a, context)
    leaders.draw(
        book[layout.LEADERS.name],
        styles,
        a,
        context,
        verdicts,
        drawings["problems"].table,
        "首次生成，没有可比的上次结果。",
    )
    guide.draw(book[layout.GUIDE.name], styles, a)
    for each in book.worksheets:
        each.sheet_view.tabSelected = False
    book.active = 1
    book.worksheets[1].sheet_view.tabSelected = True
    book.properties.creator = "checker"
    book.properties.title = tables.heading(a, "问题清单")
    return to_bytes(book, context.moment)


def run_tables(a: Assessment, human: dict[str, Verdict]) -> dict[str, Table]:
    """The tables of this run, links between them resolved to row keys."""
    excerpts, decisive = text_tables.excerpts(a)
    sentences, places = text_tables.sentences(a)
    found = [
        tables.problems(a, human, decisive),
        tables.indicators(a, decisive),
        excerpts,
        tables.materials(a),
        tables.actions(a, human),
        text_tables.checkup(a),
        sentences,
        text_tables.figures(a),
        Table(layout.CHANGES, tables.heading(a, "变更记录"), ()),
    ]
    return {t.sheet.key: replace(t, rows=tuple(_resolved(r, places) for r in t.rows)) for t in found}


def _resolved(row: Row, places: dict[str, str]) -> Row:
    links = tuple(replace(x, key=places.get(x.key, "")) if x.sheet == "sentences" else x for x in row.links)
    return replace(row, links=links)


def _dictionary(
    book: Workbook, styles: Styles, a: Assessment, *suggesting: Drawing
) -> tuple[dict[str, str], str, dict[str, int]]:
    """The hidden sheet with the lists behind the drop-downs and the machine's suggestions by row key."""
    sheet = book.create_sheet(DICTIONARY)
    sheet.sheet_state = "veryHidden"
    units = sorted({u for i in a.index.indicators for u in (*i.lead, *i.support)})
    columns = {**CHOICES, "verdict": tuple(v.label for v in Verdict), "units": tuple(units)}
    lists = {}
    for n, (name, values) in enumerate(columns.items(), 1):
        put(sheet, 1, n, name, styles, PLAIN)
        for r, value in enumerate(values, 2):
            put(sheet, r, n, value, styles, PLAIN)
        letter = get_column_letter(n)
        # Room below for people's own units.
        end = len(values) + (31 if name in layout.OPEN_LISTS else 1)
        lists[name] = f"{DICTIONARY}!${letter}$2:${letter}${end}"
    begin = len(columns) + 2
    keys = ("lead", "support", "measure", "problem", "goal")
    row = 1
    for drawing in suggesting:
        spec = drawing.table.sheet
        held = [k for k in keys if any(c.key == k and c.owner is Owner.SUGGESTION for c in spec.columns)]
        for line in drawing.table.rows:
            row += 1
            put(sheet, row, begin, plain(line.values[spec.place(spec.identity[0])]), styles, PLAIN)
            for k in held:
                put(sheet, row, begin + 1 + keys.index(k), line.values[spec.place(k)], styles, PLAIN)
    first, last = get_column_letter(begin), get_column_letter(begin + len(keys))
    area = f"{DICTIONARY}!${first}$2:${last}${max(row, 2)}"
    return lists, area, {k: n for n, k in enumerate(keys, 2)}
