"""One official item, and what reading a table of them gave."""

from __future__ import annotations

import re
import unicodedata

from msgspec import Struct, field

from checker.authoring.adopt.grid import Cell
from checker.errors import Issue

_DIGITS = re.compile(r"[0-9]{1,4}")
_LEVEL1 = re.compile(r"^\s*第?[一二三四五六七八九十百]+\s*[、.．章]\s*|^\s*[（(]?[0-9]+[)）.．、]\s*")
_LEVEL2 = re.compile(
    r"^\s*[（(]?[一二三四五六七八九十百]+[)）、]\s*|^\s*[（(]?[0-9]+(?:[.．][0-9]+)*[)）.．、]?\s*(?=[^\d])"
)


class Item(Struct, frozen=True):
    """One official item. ``number`` is as printed (half-width), "" where the table has none."""

    number: str
    text: str
    chapter: str
    section: str
    where: str


class Reading(Struct):
    """What a table gave: items in order, problems by name, cells that belong to no item."""

    items: list[Item] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    ink_in: int = 0
    """Characters (without white space) of the table below its heading row."""
    ink_out: int = 0
    """Characters that went into items, groups, numbers, repeated headings or ``left``."""


def number_of(cell: Cell) -> str | None:
    """The number a cell holds (full-width made half), or None."""
    plain = unicodedata.normalize("NFKC", cell or "").strip(" .、．()（）第项条")
    return str(int(plain)) if _DIGITS.fullmatch(plain) else None


def bare(name: str, level: int) -> str:
    """A group's name without its numbering (一、 （一） 1.)."""
    return (_LEVEL1 if level == 1 else _LEVEL2).sub("", name, count=1).strip() or name.strip()
