"""Problems that people closed in the workbook: none may come back unseen."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from checker.errors import Issue, Location
from checker.model import Closed, Verdict
from checker.review.reading import ReviewError
from checker.review.workbook.earlier import OldRow, read
from checker.review.workbook.layout import CLOSED
from checker.review.workbook.tables import plain

_PREFIX = "WT-"


def read_closed(path: str, shown: str | None = None) -> tuple[Closed, ...]:
    """The closed problems of a filled workbook; raises CheckerError where it cannot be read."""
    name = shown or path
    try:
        data = Path(path).read_bytes()
    except FileNotFoundError as error:
        raise ReviewError([Issue(Location(name), "E601", "找不到这个文件。请检查路径和文件名。")]) from error
    except OSError as error:
        raise ReviewError([Issue(Location(name), "E601", f"文件打不开：{error.strerror}。")]) from error
    book = read(data, name)
    rows: Mapping[str, OldRow] = {r.key: r for r in book.tables["problems"].rows} if "problems" in book.tables else {}
    closed = {
        r.key
        for key in ("problems", "actions")
        if key in book.tables
        for r in book.tables[key].rows
        if plain(r.values.get("state")) == CLOSED and r.key.startswith(_PREFIX)
    }
    out = []
    for key in sorted(closed):
        written = book.written("problems", key)
        label = written.machine.get("verdict", "") if written else ""
        label = label or (plain(rows[key].values.get("verdict")) if key in rows else "")
        verdict = next((v for v in Verdict if label and label.split("·")[0] == v.label), None)
        out.append(Closed(key.removeprefix(_PREFIX), verdict, name))
    return tuple(out)
