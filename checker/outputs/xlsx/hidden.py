"""The hidden sheets: lists behind the drop-downs, what the machine wrote, what the run looked at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName

from checker.model import Assessment, Verdict
from checker.outputs.xlsx.grid import put
from checker.outputs.xlsx.styles import Look, Styles
from checker.review.workbook import layout
from checker.review.workbook.baseline import cells, machine_mark, row_record, sums
from checker.review.workbook.earlier import dumps
from checker.review.workbook.layout import BASELINE, CHANGES, CHOICES, DICTIONARY, METADATA, Owner
from checker.review.workbook.merged import Drawing
from checker.review.workbook.tables import Table, Value, fingerprint, plain

PLAIN = Look(border=False, wrap=False)
SUGGESTED = ("lead", "support", "measure", "problem", "goal")


class Dictionary(Struct, frozen=True):
    """Names of the ranges of lists and of suggestions, and each column's place in the latter."""

    lists: dict[str, str]
    area: str
    places: dict[str, int]


def _sheet(book: Any, name: str) -> Any:
    sheet = book.create_sheet(name)
    sheet.sheet_state = "veryHidden"
    return sheet


def dictionary(
    book: Any, styles: Styles, known_units: tuple[str, ...], suggested: Mapping[str, Mapping[str, Value]]
) -> Dictionary:
    """_字典: the lists behind the drop-downs and the machine's suggestions by row key."""
    sheet = _sheet(book, DICTIONARY)
    columns: dict[str, tuple[str, ...]] = {
        **CHOICES,
        "verdict": tuple(v.label for v in Verdict),
        "units": known_units,
    }
    lists = {}
    for n, (name, values) in enumerate(columns.items(), 1):
        for r, value in enumerate((name, *values), 1):
            put(sheet, r, n, value, styles, PLAIN)
        letter = get_column_letter(n)
        lists[name] = _named(book, f"checker_{name}", f"'{DICTIONARY}'!${letter}$2:${letter}${len(values) + 1}")
    begin = len(columns) + 2
    for r, (number, values_of) in enumerate(suggested.items(), 2):
        put(sheet, r, begin, number, styles, PLAIN)
        for k, suggestion in values_of.items():
            put(sheet, r, begin + 1 + SUGGESTED.index(k), suggestion, styles, PLAIN)
    first, last = get_column_letter(begin), get_column_letter(begin + len(SUGGESTED))
    area = f"'{DICTIONARY}'!${first}$2:${last}${max(len(suggested) + 1, 2)}"
    return Dictionary(lists, _named(book, "checker_suggestions", area), {k: n for n, k in enumerate(SUGGESTED, 2)})


def _named(book: Any, name: str, area: str) -> str:
    """A hidden name for a range. Lists and conditional formats may point to another sheet through a name in every
    version of Excel and WPS; directly only in newer ones."""
    book.defined_names[name] = DefinedName(name, attr_text=area, hidden=True)
    return name


def suggestions(tables: Mapping[str, Table]) -> dict[str, dict[str, Value]]:
    """What the machine suggests, by row key and column."""
    out: dict[str, dict[str, Value]] = {}
    for key in ("problems", "indicators", "actions"):
        spec = tables[key].sheet
        held = [c.key for c in spec.columns if c.key in SUGGESTED and c.owner is Owner.SUGGESTION]
        for row in tables[key].rows:
            out.setdefault(row.key, {}).update({k: row.values[spec.place(k)] for k in held})
    return out


def units(a: Assessment, drawings: Mapping[str, Drawing]) -> tuple[str, ...]:
    """The units of the indicators, and those that people named."""
    known = {u for i in a.index.indicators for u in (*i.lead, *i.support)}
    for d in drawings.values():
        places = [n for n, c in enumerate(d.table.sheet.columns) if c.choices == "units"]
        for line in d.lines:
            known.update(text for n in places if (text := plain(line.row.values[n]).strip()) and len(text) <= 40)
    return tuple(sorted(known))


def baseline(
    book: Any,
    styles: Styles,
    drawings: Mapping[str, Drawing],
    heights: Mapping[str, Mapping[str, float]],
    gone: Mapping[str, Mapping[str, Mapping[str, str]]],
    forms: Mapping[str, Mapping[str, str]],
) -> None:
    """_基线: kind, sheet, key, data."""
    sheet = _sheet(book, BASELINE)
    records: list[tuple[str, str, str, str]] = []
    for key, d in drawings.items():
        if key == CHANGES.key:
            continue
        spec = d.table.sheet
        if spec.kept:
            for line in d.lines:
                if line.written is not None:
                    written = replace(line.written, height=heights[key][line.row.key])
                    records.append(("row", key, dumps(line.row.key), row_record(written)))
            continue
        names = [c.key for c in spec.columns]
        marks = (
            (
                fingerprint(line.row.key),
                f"{machine_mark(spec, dict(zip(names, line.row.values, strict=True)))}@{heights[key][line.row.key]:g}",
            )
            for line in d.lines
            if not line.own
        )
        records += [("sum", key, "", part) for part in sums(marks)]
    for key, rows in sorted(gone.items()):
        records += [("gone", key, dumps(k), dumps(values)) for k, values in sorted(rows.items())]
    for key, texts in forms.items():
        records += [("form", key, "", part) for part in cells(texts)]
    for r, entry in enumerate(records, 1):
        for n, text in enumerate(entry, 1):
            put(sheet, r, n, text, styles, PLAIN)


def metadata(book: Any, styles: Styles, data: Mapping[str, str]) -> None:
    """_元数据: one fact a row."""
    sheet = _sheet(book, METADATA)
    for r, (key, value) in enumerate({"format": str(layout.FORMAT), **data}.items(), 1):
        put(sheet, r, 1, key, styles, PLAIN)
        put(sheet, r, 2, value, styles, PLAIN)
