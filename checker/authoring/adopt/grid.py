"""A table as cells, merged ones told apart from empty ones, whatever file it came from."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence

from msgspec import Struct

UNPACKED_LIMIT = 300 * 1024 * 1024
Cell = str | None
"""The text of a cell; None where it goes on from the cell above or to the left (merged)."""


def unpacked(data: bytes) -> int:
    """How large a zipped file says it is when unpacked; 0 for what is no zip."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return sum(i.file_size for i in package.infolist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return 0


class Grid(Struct, frozen=True):
    """One table. ``rows`` are of one width; ``where`` names it for people; ``lines`` the place of each row."""

    rows: tuple[tuple[Cell, ...], ...]
    where: str


def square(rows: Sequence[Sequence[Cell]], where: str) -> Grid:
    """A Grid of one width, cells tidied."""
    width = max((len(r) for r in rows), default=0)
    return Grid(tuple(tuple(tidy(c) for c in (*r, *[""] * (width - len(r)))) for r in rows), where)


_BREAK = re.compile(r"[ \t\u3000\u00a0]*[\r\n\v\f\u2028\u2029]+[ \t\u3000\u00a0]*")


def tidy(cell: Cell) -> Cell:
    """A cell's text on one line: a break between Chinese characters is layout and goes, elsewhere it is a space."""
    if cell is None:
        return None
    text = cell.replace("\u200b", "").replace("\ufeff", "").strip(" \t\r\n\v\f\u3000\u00a0")

    def join(m: re.Match[str]) -> str:
        before, after = text[m.start() - 1 : m.start()], text[m.end() : m.end() + 1]
        return " " if re.match(r"[\x21-\x7e]", before) and re.match(r"[\x21-\x7e]", after) else ""

    return _BREAK.sub(join, text)


def ink(text: str) -> str:
    """The characters of a text without white space: what may not be lost."""
    return re.sub(r"[\s\u200b\ufeff]+", "", text)
