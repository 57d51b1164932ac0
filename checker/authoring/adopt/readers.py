"""Which reader takes which kind of file, and what is refused before one is asked."""

from __future__ import annotations

from pathlib import Path

from checker.authoring.adopt.grid import UNPACKED_LIMIT, Grid, unpacked
from checker.errors import DocumentError, Issue, Location

SIZE_LIMIT = 50 * 1024 * 1024


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
