"""Tables in plain text: columns by tabs or bars. A table copied off a web page, a cell a line, has no columns here."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.authoring.adopt.grid import Grid, square
from checker.documents.plain import decode

_RULE = re.compile(r"[\s|:\-+=]+")


def grids(data: bytes, path: str) -> Iterator[Grid]:
    """One table, if at least three lines have columns."""
    text = decode(data, path, None)[0]
    for sign in ("\t", "|", "｜"):
        lines = [line for line in text.split("\n") if line.count(sign) >= (1 if sign == "\t" else 2)]
        if len(lines) >= 2:
            rows = []
            for line in lines:
                if not _RULE.fullmatch(line):
                    cells = line.strip().strip(sign).split(sign) if sign != "\t" else line.rstrip("\r").split(sign)
                    rows.append([c.replace("<br>", "\n") for c in cells])
            yield square(rows, "文本中的表")
            return
    if path.lower().endswith(".csv"):
        import csv
        import io

        yield square(list(csv.reader(io.StringIO(text.lstrip("\ufeff")))), "CSV")


def lines_of(data: bytes, path: str) -> list[tuple[int, str]]:
    """(line number, text) of every line that holds anything."""
    text = decode(data, path, None)[0]
    found = ((n, line.strip(" \t\r\u3000\u00a0")) for n, line in enumerate(text.split("\n"), 1))
    return [(n, line) for n, line in found if line]
