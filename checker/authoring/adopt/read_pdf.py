"""Tables of a PDF with ruled lines: the lines make the cells, a missing line between two cells makes them one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from checker.authoring.adopt.grid import Cell, Grid, square

_THIN = 3.0
_NEAR = 2.5
_LINES_MOST = 20_000
"""A page with more lines than this is a drawing, no table."""
Line = tuple[float, float, float]
"""Position, from, to (points)"""


def grids(data: bytes, path: str) -> Iterator[Grid]:
    """The ruled table of all pages as one (they go on from page to page)."""
    import pypdfium2

    rows: list[list[Cell]] = []
    document = pypdfium2.PdfDocument(data)
    try:
        for page in document:
            rows += _page(page)
    finally:
        document.close()
    if rows:
        yield square(rows, "PDF 中的表")


def _page(page: Any) -> list[list[Cell]]:
    import pypdfium2.raw as raw

    across: list[Line] = []
    down: list[Line] = []
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = item.get_bounds() if hasattr(item, "get_bounds") else item.get_pos()
        if top - bottom <= _THIN < right - left:
            across.append(((top + bottom) / 2, left, right))
        elif right - left <= _THIN < top - bottom:
            down.append(((left + right) / 2, bottom, top))
        elif right - left > _THIN and top - bottom > _THIN:
            across += [(top, left, right), (bottom, left, right)]
            down += [(left, bottom, top), (right, bottom, top)]
    if len(across) + len(down) > _LINES_MOST:
        return []
    xs, ys = _positions(down), _positions(across)[::-1]
    if len(xs) < 3 or len(ys) < 2:
        return []
    letters = _letters(page)
    columns, bands = list(pairwise(xs)), list(pairwise(ys))
    rows: list[list[Cell]] = []
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    texts: dict[tuple[int, int], list[tuple[float, float, str]]] = {}
    for r, (high, low) in enumerate(bands):
        for c, (left, right) in enumerate(columns):
            home = (r, c)
            if c and not _wall(down, left, low, high):
                home = owner[(r, c - 1)]
            elif r and not _wall(across, high, left, right):
                home = owner[(r - 1, c)]
            owner[(r, c)] = home
            texts.setdefault(home, []).extend(x for x in letters if left <= x[0] < right and low <= x[1] < high)
    for r in range(len(bands)):
        rows.append([_join(texts[(r, c)]) if owner[(r, c)] == (r, c) else None for c in range(len(columns))])
    return [row for row in rows if any(row) or None in row]


def _positions(lines: list[Line]) -> list[float]:
    out: list[float] = []
    for at, _, _ in sorted(lines):
        if not out or at - out[-1] > _NEAR:
            out.append(at)
    return out


def _wall(lines: list[Line], at: float, start: float, end: float) -> bool:
    """Whether lines at ``at`` cover most of the way from ``start`` to ``end``."""
    covered = sum(
        max(0.0, min(end, b) - max(start, a)) for a, b in _union([(a, b) for p, a, b in lines if abs(p - at) <= _NEAR])
    )
    return covered > 0.6 * (end - start)


def _union(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    out: list[tuple[float, float]] = []
    for a, b in sorted(spans):
        if out and a <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], b))
        else:
            out.append((a, b))
    return out


def _letters(page: Any) -> list[tuple[float, float, str]]:
    """(x, y, character) of every visible character, by its middle, in the order of the page."""
    text = page.get_textpage()
    whole = text.get_text_range()
    out = []
    if text.count_chars() != len(whole):
        whole = "".join(text.get_text_range(n, 1) or " " for n in range(text.count_chars()))
    for n, char in enumerate(whole[: text.count_chars()]):
        if char.isspace() and char != " ":
            continue
        left, bottom, right, top = text.get_charbox(n)
        out.append(((left + right) / 2, (bottom + top) / 2, char))
    return out


def _join(letters: list[tuple[float, float, str]]) -> str:
    out: list[str] = []
    last: float | None = None
    for _, y, char in letters:
        if last is not None and abs(y - last) > 4:
            out.append("\n")
        out.append(char)
        last = y
    return "".join(out)
