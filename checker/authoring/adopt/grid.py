"""A table as cells, merged ones told apart from empty ones, whatever file it came from."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from checker.errors import DocumentError, Issue, Location

SIZE_LIMIT = 50 * 1024 * 1024
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


@dataclass(frozen=True, slots=True)
class Grid:
    """One table. ``rows`` are of one width; ``where`` names it for people; ``lines`` the place of each row."""

    rows: tuple[tuple[Cell, ...], ...]
    where: str


def read_grids(path: Path) -> tuple[Grid, ...]:
    """Every table of a file. Raises DocumentError for what can't be read; plain text without columns gives none."""
    where = Location(str(path))
    if not path.is_file():
        raise DocumentError([Issue(where, "E301", "找不到这个文件。请检查路径和文件名。")])
    if path.stat().st_size > SIZE_LIMIT:
        raise DocumentError([Issue(where, "E304", "文件超过 50 MB，不像一张指标表。请只留下指标表再试。")])
    kind = path.suffix.lower()
    data = path.read_bytes()
    if unpacked(data) > UNPACKED_LIMIT:
        raise DocumentError([Issue(where, "E304", "文件展开后太大，不像一张指标表，不予读取。")])
    try:
        if kind == ".docx":
            from checker.authoring.adopt.read_docx import grids
        elif kind in (".xlsx", ".xlsm"):
            from checker.authoring.adopt.read_xlsx import grids
        elif kind in (".html", ".htm"):
            from checker.authoring.adopt.read_html import grids
        elif kind == ".pdf":
            from checker.authoring.adopt.read_pdf import grids
        elif kind in (".txt", ".md", ".csv", ".tsv"):
            from checker.authoring.adopt.read_text import grids
        else:
            text = f"指标表不能是 {kind or '没有扩展名的'} 文件。请另存为 docx、xlsx、html、pdf 或 txt。"
            raise DocumentError([Issue(where, "E303", text)])
        return tuple(grids(data, str(path)))
    except DocumentError:
        raise
    except Exception as error:
        text = f"这个 {kind} 文件读不了，可能已损坏或加了密码（{type(error).__name__}）。请打开后另存一份再试。"
        raise DocumentError([Issue(where, "E307", text)]) from error


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
