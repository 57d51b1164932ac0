"""Tables of a web page: row and column spans, breaks in cells, whatever encoding the page has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from checker.authoring.adopt.grid import Cell, Grid, square
from checker.documents.plain import decode

_SPAN_MOST = 1000
_CELLS_MOST = 200_000


def grids(data: bytes, path: str) -> Iterator[Grid]:
    """Every table that holds no other table."""
    from lxml import html

    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", decode(data, path, _charset(data))[0])
    root = html.document_fromstring(text)
    for number, table in enumerate(root.iter("table"), 1):
        if table.find(".//table") is None:
            yield square(_rows(table), f"第 {number} 个表")


def _charset(data: bytes) -> str | None:
    m = re.search(rb"charset\s*=\s*[\"']?([A-Za-z0-9_\-]+)", data[:4096])
    if not m:
        return None
    name = m[1].decode("ascii").lower()
    return "gb18030" if name in ("gb2312", "gbk") else name


def _rows(table: Any) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    hanging: dict[tuple[int, int], None] = {}
    for r, row in enumerate(table.iter("tr")):
        cells: list[Cell] = []
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            while (r, len(cells)) in hanging:
                cells.append(None)
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            start = len(cells)
            cells.append(_text(cell))
            cells += [None] * (across - 1)
            if len(hanging) + across * down > _CELLS_MOST:
                raise ValueError("the spans of this table are beyond reason")
            for below in range(1, down):
                hanging.update(((r + below, c), None) for c in range(start, start + across))
        while (r, len(cells)) in hanging:
            cells.append(None)
        rows.append(cells)
    return rows


def _span(cell: Any, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(_SPAN_MOST, max(1, int(value))) if value.isdigit() else 1


def _text(cell: Any) -> str:
    words: list[str] = []

    def walk(node: Any) -> None:
        if not isinstance(node.tag, str) or node.tag in ("script", "style"):
            return
        words.append(_source(node.text))
        for child in node:
            if child.tag == "br":
                words.append("\n")
            walk(child)
            if child.tag in ("p", "div", "li"):
                words.append("\n")
            words.append(_source(child.tail))

    walk(cell)
    return "".join(words)


def _source(text: str | None) -> str:
    """Line breaks of the source are no breaks of the page: between Chinese characters they are nothing."""
    return re.sub(
        r"(?<=[\x21-\x7e])\s+(?=[\x21-\x7e])| *[\r\n]+\s*", lambda m: " " if "\n" not in m[0] else "", text or ""
    )
