"""Tables of a .docx: grid spans, vertical merges, breaks in cells, numbers that Word itself counts."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any

from lxml import etree

from checker.authoring.adopt.grid import Cell, Grid, square

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MOST = 100 * 1024 * 1024


def grids(data: bytes, path: str) -> Iterator[Grid]:
    """Every table of the body, in order."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        info = package.getinfo("word/document.xml")
        if info.file_size > _MOST:
            raise ValueError("document.xml is too large")
        xml = package.read(info)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(xml, parser)
    counted: Counter[str] = Counter()
    for number, table in enumerate(root.iter(f"{_W}tbl"), 1):
        if next(table.iterancestors(f"{_W}tbl"), None) is None:
            yield square(list(_rows(table, counted)), f"第 {number} 个表")


def _rows(table: Any, counted: Counter[str]) -> Iterator[list[Cell]]:
    for row in table.iter(f"{_W}tr"):
        if next(row.iterancestors(f"{_W}tbl")) is not table:
            continue
        cells: list[Cell] = []
        before = row.find(f"{_W}trPr/{_W}gridBefore")
        cells += [""] * (int(before.get(f"{_W}val", "0")) if before is not None else 0)
        for cell in row.iter(f"{_W}tc"):
            if next(cell.iterancestors(f"{_W}tr")) is not row:
                continue
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            goes_on = merge is not None and merge.get(f"{_W}val", "continue") == "continue"
            cells.append(None if goes_on else _text(cell, counted))
            cells += [None] * ((int(span.get(f"{_W}val", "1")) if span is not None else 1) - 1)
        yield cells


def _text(cell: Any, counted: Counter[str]) -> str:
    lines = []
    for paragraph in cell.iter(f"{_W}p"):
        words = []
        for node in paragraph.iter():
            if node.tag == f"{_W}t":
                words.append(node.text or "")
            elif node.tag in (f"{_W}br", f"{_W}cr"):
                words.append("\n")
            elif node.tag == f"{_W}tab" and node.getparent().tag == f"{_W}r":
                words.append(" ")
        text = "".join(words)
        numbering = paragraph.find(f"{_W}pPr/{_W}numPr/{_W}numId")
        if numbering is not None and not text.strip():
            key = numbering.get(f"{_W}val", "")
            counted[key] += 1
            text = str(counted[key])
        lines.append(text)
    return "\n".join(lines)
