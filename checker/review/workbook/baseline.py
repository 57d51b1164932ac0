"""What the hidden baseline keeps: suggestions in full, the machine's own cells only as far as needed to see an edit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from checker.review.workbook.earlier import Written, dumps
from checker.review.workbook.layout import Column, Owner, Sheet
from checker.review.workbook.tables import fingerprint, plain

_SHORT = 24
_CHUNK = 300


def stored(column: Column, value: object) -> str:
    """The value as the baseline keeps it. 序号 is not kept."""
    text = plain(value)
    if column.key == "row":
        return ""
    if column.owner is Owner.MACHINE and len(text) > _SHORT:
        return "#" + fingerprint(text)
    return text


def row_record(written: Written) -> str:
    """One row of a sheet that people work on, as JSON."""
    data: dict[str, object] = {"m": dict(written.machine)}
    if written.shown:
        data["s"] = dict(written.shown)
    if written.conflicts:
        data["c"] = list(written.conflicts)
    if written.raised:
        data["r"] = written.raised
    if written.height:
        data["h"] = written.height
    return dumps(data)


def sums(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Key -> mark of the row, for sheets of which only that is kept, in parts that fit into a cell."""
    items = iter(rows)
    while part := dict(islice(items, _CHUNK)):
        yield dumps(part)


def cells(values: Mapping[str, str]) -> Iterator[str]:
    """Place -> mark of the text, for sheets that are no tables."""
    yield from sums((k, fingerprint(v)) for k, v in values.items() if v)


def machine_mark(spec: Sheet, values: Mapping[str, object]) -> str:
    """A mark of what the machine wrote in a row, but for its running number."""
    parts = (plain(values.get(c.key)) for c in spec.columns if c.owner is Owner.MACHINE and c.key != "row")
    return fingerprint("\x1f".join(parts))
