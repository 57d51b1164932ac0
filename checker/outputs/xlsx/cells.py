"""Text that is safe in a cell: never a formula, no forbidden characters, nothing cut in silence; and its height."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.review.workbook.tables import clean

MOST = 32_767
ROOM = 32_000
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_LIKE_FORMULA = re.compile(r"[=+\-@\t]")


def length(text: str) -> int:
    """Length as Excel counts it: UTF-16 units."""
    return len(text) + sum(c > "\uffff" for c in text)


def safe(text: str) -> str:
    """``text`` without characters that a workbook can't hold. What looks like an escape stays what it is."""
    return _ESCAPE.sub("_x005F_", clean(text)) if text else text


def fitting(text: str) -> str:
    """``text``, or its beginning with an open note that the cell has no room for the rest."""
    if len(text) <= MOST // 2 or length(text) <= MOST:
        return text
    note = f"……（单元格放不下，全文共 {len(text)} 字，其余见「逐句对照」或原件）"
    return next(pieces(text)) + note


def pieces(text: str) -> Iterator[str]:
    """``text`` in parts that each fit into a cell; one part, the text itself, nearly always."""
    if len(text) <= ROOM // 2 or length(text) <= ROOM:
        yield text
        return
    half = ROOM // 2
    for at in range(0, len(text), half):
        yield text[at : at + half]


def looks_like_formula(text: str) -> bool:
    """Whether a program might take the text for a formula when it is edited or saved as CSV."""
    return _LIKE_FORMULA.match(text) is not None


def units(text: str) -> int:
    """Width in half-width characters; whatever is not ASCII counts as wide."""
    return 2 * len(text) - len(text.encode("ascii", "ignore"))


def lines(text: str, width: float) -> int:
    """How many lines the text takes in a column of this width (in characters)."""
    room = max(2.0, width - 1.2)
    return sum(max(1, -int(-units(line) * 1.04 // room)) for line in text.split("\n"))


def height(most_lines: int, line: float = 14.5) -> float:
    """Row height in points for so many lines; Excel allows 409."""
    return min(409.0, max(20.0, most_lines * line + 5))
