"""Pieces of text with coordinates -> paragraphs, for page formats (pdf, ofd) that know no paragraphs.

Order: drop what stands on every page (running heads, page numbers), put columns after one another, put pieces of one
row together, then join lines into paragraphs by indent, line length, distance and size. Lengths are in page units, y
grows downwards.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from msgspec import Struct

from checker.documents.extract import Writer
from checker.model import Locator


class Fragment(Struct, frozen=True):
    """A run of characters on one baseline ``y``."""

    x0: float
    x1: float
    y: float
    size: float
    text: str


class Page(Struct, frozen=True):
    """The fragments of a page in the order of the file."""

    number: int
    width: float
    height: float
    fragments: tuple[Fragment, ...]


class Line(Struct, frozen=True):
    """One row of a page or column. ``cells``: it is a row of a table, whose last cell begins at ``last``."""

    page: int
    column: int
    x0: float
    x1: float
    y: float
    size: float
    text: str
    cells: bool
    last: float


_MARK = r"[-—–－_·•~\s]*"
_PAGE_NUMBER = re.compile(
    rf"^{_MARK}(?:第\s*\d{{1,4}}\s*页|\d{{1,4}}\s*/\s*\d{{1,4}}|\d{{1,4}}|[Pp]age\s*\d+)(?:\s*[,，/]?\s*(?:共\s*\d{{1,4}}\s*页|of\s*\d+))?{_MARK}$"
)
_NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十百]{1,4}[、.．]|[（(][一二三四五六七八九十\d]{1,4}[)）][、.．]?|\d{1,3}[.．、]|[①-⑳]|第[一二三四五六七八九十百\d]{1,4}[条章节部分]{1,2})$"
)
_OPENS = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[)）]|第[一二三四五六七八九十百]{1,4}[条章节])"
)
_ENDS = "。！？；：!?;:…"
_CLOSERS = "”’」』）)】〕》〉\"'"
_ASCII_WORD = re.compile(r"[A-Za-z]$")


def write(pages: Sequence[Page], writer: Writer) -> None:
    """Write the paragraphs of all pages, each with its page."""
    clean = _without_furniture(pages)
    gutters = [_gutter(page) for page in clean]
    known = [g for g in gutters if g is not None]
    usual = median(known) if len(known) >= 0.5 * len(pages) else None
    lines = [line for page, g in zip(clean, gutters, strict=True) for line in _lines(page, g or _fits(page, usual))]
    frames = _frames(lines)
    group: list[Line] = []
    for line in lines:
        if group and not _runs_on(group, line, frames):
            _put(group, writer)
            group = []
        group.append(line)
    if group:
        _put(group, writer)


def _put(group: list[Line], writer: Writer) -> None:
    pieces: list[tuple[str, Locator]] = []
    for n, line in enumerate(group):
        text = line.text
        if n and pieces and _ASCII_WORD.search(pieces[-1][0]) and text[:1].isascii() and text[:1].isalpha():
            text = " " + text
        if pieces and pieces[-1][1].page == line.page:
            pieces[-1] = (pieces[-1][0] + text, pieces[-1][1])
        else:
            pieces.append((text, Locator(page=line.page)))
    writer.pieces(pieces)


def _rows(page: Page) -> list[list[Fragment]]:
    """Fragments that share a baseline, from top to bottom, each row from left to right."""
    rows: list[list[Fragment]] = []
    for f in sorted(page.fragments, key=lambda f: (f.y, f.x0)):
        if rows and abs(rows[-1][0].y - f.y) <= 0.4 * min(f.size, rows[-1][0].size):
            rows[-1].append(f)
        else:
            rows.append([f])
    return [sorted(row, key=lambda f: f.x0) for row in rows]


def _without_furniture(pages: Sequence[Page]) -> list[Page]:
    """Pages without page numbers and without what stands at the same edge of most pages."""
    edges: dict[tuple[str, int], list[tuple[int, tuple[int, ...]]]] = {}
    per_page: list[list[tuple[tuple[str, int], list[Fragment]]]] = []
    for page in pages:
        rows = _rows(page)
        found = []
        for row in {id(r): r for r in (*rows[:2], *rows[-2:])}.values():
            words = "".join(f.text for f in row)
            numbers = tuple(int(n[:9]) for n in re.findall(r"\d+", words))
            key = (re.sub(r"\s+", "", re.sub(r"\d+", "#", words)), round(row[0].y / 4))
            found.append((key, row))
            edges.setdefault(key, []).append((page.number, numbers))
        per_page.append(found)
    out = []
    for page, found in zip(pages, per_page, strict=True):
        drop: set[int] = set()
        for key, row in found:
            words = "".join(f.text for f in row).strip()
            outer = row[0].y < 0.14 * page.height or row[0].y > 0.86 * page.height
            alike = [x for d in (-1, 0, 1) for x in edges.get((key[0], key[1] + d), ())]
            often = len(alike) >= max(3, 0.4 * len(pages)) or len(pages) == len(alike) == 2
            if outer and (_PAGE_NUMBER.match(words) or (often and _steady(alike))):
                drop.update(id(f) for f in row)
        kept = tuple(f for f in page.fragments if id(f) not in drop)
        out.append(Page(page.number, page.width, page.height, kept))
    return out


def _steady(alike: Sequence[tuple[int, tuple[int, ...]]]) -> bool:
    """Whether the figures in lines that are alike stay the same or count with the pages: else they are rows of a table."""
    first_page, first = alike[0]
    return all(
        all(n == m or n - m == page - first_page for n, m in zip(numbers, first, strict=True))
        for page, numbers in alike
    )


def _fits(page: Page, usual: float | None) -> float | None:
    """The gutter of the other pages, where nothing on this page (mostly the last) crosses it."""
    if usual is None or any(f.x0 < usual < f.x1 for f in page.fragments):
        return None
    return usual


def _lines(page: Page, gutter: float | None) -> list[Line]:
    if gutter is None:
        return [line for row in _rows(page) for line in _row_lines(page, row, 0)]
    out: list[Line] = []
    sides: dict[int, list[Fragment]] = {1: [], 2: []}

    def flush() -> None:
        for column in (1, 2):
            part = Page(page.number, page.width, page.height, tuple(sides[column]))
            out.extend(line for row in _rows(part) for line in _row_lines(page, row, column))
            sides[column] = []

    for f in sorted(page.fragments, key=lambda f: (f.y, f.x0)):
        if f.x0 < gutter < f.x1:
            flush()
            out.extend(_row_lines(page, [f], 0))
        else:
            sides[1 if f.x1 <= gutter else 2].append(f)
    flush()
    return out


def _gutter(page: Page) -> float | None:
    """The middle of the gap between two columns of running text, or None."""
    long = [f for f in page.fragments if len(f.text) >= 8]
    if len(long) < 12:
        return None
    left, right = min(f.x0 for f in long), max(f.x1 for f in long)
    width = right - left
    for step in range(35, 66):
        x = left + width * step / 100
        a = [f for f in long if f.x1 <= x]
        b = [f for f in long if f.x0 >= x]
        if len(a) < 5 or len(b) < 5 or len(long) - len(a) - len(b) > 0.1 * len(long):
            continue
        full = all(
            median(f.x1 - f.x0 for f in side) >= 0.75 * (max(f.x1 for f in side) - min(f.x0 for f in side))
            for side in (a, b)
        )
        gap = min(f.x0 for f in b) - max(f.x1 for f in a)
        if full and gap >= 0.8 * median(f.size for f in long):
            return max(f.x1 for f in a) + gap / 2
    return None


def _row_lines(page: Page, row: Sequence[Fragment], column: int) -> list[Line]:
    """The row as one line: near pieces run on, far ones are cells."""
    text, cells, last = row[0].text, False, row[0].x0
    for before, f in pairwise(row):
        gap, em = f.x0 - before.x1, max(before.size, f.size)
        if gap > 1.5 * em and not _NUMBERING.match(text.strip()):
            text, cells, last = text.rstrip() + "\t" + f.text, True, f.x0
        elif (
            gap > 0.2 * em
            and text[-1:].isascii()
            and text[-1:].isalnum()
            and f.text[:1].isascii()
            and f.text[:1].isalnum()
        ):
            text += " " + f.text
        else:
            text += f.text
    if not text.strip():
        return []
    size = max(row, key=lambda f: len(f.text)).size
    lead = len(text) - len(text.lstrip())  # an indent written as blanks is an indent
    x0 = row[0].x0 + lead * (size if "\u3000" in text[:lead] else size / 2)
    return [Line(page.number, column, x0, row[-1].x1, row[0].y, size, text.strip(), cells, last)]


class _Frame(Struct, frozen=True):
    """A column of text: its edges, the usual distance of lines, whether first lines are indented and how far.

    ``wraps``: lines do end at the right edge in the middle of a sentence.
    """

    left: float
    right: float
    leading: float
    indented: bool
    first: float
    wraps: bool


def _frames(lines: Sequence[Line]) -> dict[int, _Frame]:
    out = {}
    for column in {line.column for line in lines}:
        body = [line for line in lines if line.column == column and not line.cells] or [
            line for line in lines if line.column == column
        ]
        em = median(line.size for line in body)
        wide = [line for line in body if len(line.text) >= 12] or body
        starts = Counter(round(line.x0 / 2) * 2 for line in wide)
        often = [x for x, n in starts.items() if n >= 0.15 * len(wide)]
        left = float(min(often)) if often else min(line.x0 for line in wide)
        ends = sorted(line.x1 for line in wide)
        right = ends[min(len(ends) - 1, int(len(ends) * 0.95))]
        steps = [b.y - a.y for a, b in pairwise(body) if a.page == b.page and b.y > a.y]
        leading = median(steps) if steps else em * 1.5
        indents = [line.x0 - left for line in body if left + em < line.x0 < left + 5 * em]
        indented = len(indents) >= max(2, 0.08 * len(body))
        wrapped = sum(right - line.x1 <= 1.7 * em and line.text.rstrip(_CLOSERS)[-1:] not in _ENDS for line in body)
        wraps = wrapped >= max(2, 0.05 * len(body))
        out[column] = _Frame(left, right, leading, indented, median(indents) if indents else 2 * em, wraps)
    return out


def _runs_on(group: Sequence[Line], line: Line, frames: dict[int, _Frame]) -> bool:
    """Whether a line goes on with the paragraph."""
    before, frame = group[-1], frames[line.column]
    em = max(before.size, line.size)
    if before.cells and not line.cells and before.page == line.page:  # the last cell of a row goes on
        return abs(line.x0 - before.last) < 0.6 * em and line.y - before.y <= 1.6 * em
    if before.cells or line.cells:
        return False
    if abs(before.size - line.size) > 0.15 * em:
        return False
    if before.column != line.column and 0 in (before.column, line.column):
        return False
    distance = line.y - before.y if before.page == line.page and before.column == line.column else 0.0
    ends = before.text.rstrip(_CLOSERS)[-1:] in _ENDS
    if _centred(before, frames[before.column]) and _centred(line, frame):
        return not ends and distance <= 2.2 * em and not re.match(r"^[（(\d]", line.text)
    if distance > 1.6 * frame.leading and (ends or distance > 2.5 * frame.leading):
        return False
    deficit = frames[before.column].right - before.x1
    full = deficit <= 1.7 * em + _unbreakable(line)
    indent = line.x0 - frame.left
    if indent > 0.8 * em:
        # a block set in as a whole, by another measure than first lines are
        usual = frame.indented and abs(indent - frame.first) < 0.7 * em
        inside = not usual and abs(line.x0 - before.x0) < 0.5 * em and before.column == line.column
        return inside and full and not ends and not _OPENS.match(line.text)
    if full:
        return frame.indented or not (ends and (_OPENS.match(line.text) or not frame.wraps))
    return frame.indented and not ends and deficit <= 8 * em and not _OPENS.match(line.text)


def _unbreakable(line: Line) -> float:
    """Width of what must not be broken at the start of a line: it may have left the line before it short."""
    m = re.match(r"[“‘《（(〔·]*[A-Za-z0-9.,%:/+·\-]*[，。、；：！？）》”’〕]*", line.text)
    return sum(line.size * (0.55 if c.isascii() else 1.0) for c in m.group()) if m else 0.0


def _centred(line: Line, frame: _Frame) -> bool:
    left, right = line.x0 - frame.left, frame.right - line.x1
    return min(left, right) > 1.2 * line.size and abs(left - right) < 1.5 * line.size


def unfold_radicals(text: str) -> str:
    """Radicals and compatibility forms that fonts hand out for ideographs (⼀ for 一), one character for one."""
    return text.translate(_RADICALS) if _RADICAL.search(text) else text


def _radicals() -> dict[int, str]:
    from unicodedata import normalize

    points: Iterable[int] = (*range(0x2E80, 0x2FD6), *range(0xF900, 0xFADA))
    table = {p: n for p in points if len(n := normalize("NFKC", chr(p))) == 1 and n != chr(p)}
    # Radicals that Unicode does not map though fonts use them for the character.
    table.update({0x2EA0: "民", 0x2EC1: "虎", 0x2ED1: "長", 0x2ED3: "长", 0x2ED4: "门", 0x2EDA: "页", 0x2EDB: "风", 0x2EDC: "飞", 0x2EE2: "马", 0x2EE5: "鱼", 0x2EE6: "鸟", 0x2EE9: "黄", 0x2EEC: "齐", 0x2EEE: "齿", 0x2EF0: "龙", 0x2EC5: "见", 0x2EC6: "角", 0x2EC8: "讠", 0x2EC9: "贝", 0x2ECB: "车", 0x2ED0: "钅", 0x2EB6: "羊", 0x2E8F: "尢", 0x2E9F: "母", 0x2EF3: "龟"})  # fmt: skip
    return table


_RADICAL = re.compile(r"[\u2e80-\u2fd5\uf900-\ufad9]")
_RADICALS = _radicals()
