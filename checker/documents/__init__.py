"""A file -> Document. One module a format; ``readers`` picks it by kind, the first bytes of the file decide the kind."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from checker.documents.extract import Extract, Request
from checker.documents.kinds import ENDINGS, kind_of
from checker.documents.limits import Limits, exceeded, refuse, with_changes
from checker.errors import DocumentError
from checker.model import Document

__all__ = ["ENDINGS", "Limits", "read_document"]

APART = frozenset({"docx", "pdf", "ofd", "html", "mhtml", "xlsx", "xls", "ods"})
_READABLE = "docx、doc、wps、pdf、ofd、html、xlsx、xls、csv、txt、md"


def read_document(
    path: str, encoding: str | None = None, *, limits: Limits | None = None, material: bool = False
) -> Document:
    """Read one file. Raises DocumentError naming the file, what is wrong and what to do.

    Without ``limits`` those of the environment hold (``CHECKER_LIMITS="pages=5000 seconds=120"``), else the usual ones.

    What is no plain text is read in a process of its own: a hostile or damaged file can't take the run down.
    """
    limits = limits or with_changes(os.environ.get("CHECKER_LIMITS", "").split())
    file = Path(path)
    try:
        _refuse_what_is_no_file(file, path)
        size = file.stat().st_size
        if size > limits.size * 1_048_576:
            raise exceeded(path, "size", f"{size // 1_048_576} MB", limits)
        with file.open("rb") as stream:
            # A text is small and read once; of all else only the head and the hash are needed here.
            data = stream.read() if ENDINGS.get(file.suffix.lower()) == "txt" else stream.read(8192)
            digest = hashlib.sha256(data)
            while more := stream.read(1_048_576):
                digest.update(more)
    except OSError as error:
        raise refuse(path, "E305", f"文件打不开：{error.strerror}。请确认没有被占用且有读取权限。") from error
    if size == 0:
        raise refuse(path, "E306", "文件是空的，没有任何文字。")
    kind = kind_of(path, data[:8192])
    got = _extract(file, data, path, kind, encoding, limits)
    if len(got.text) > limits.chars:
        raise exceeded(path, "chars", f"{len(got.text)} 字", limits)
    if not any(c.isalnum() for c in got.text):
        raise refuse(path, "E306", "文件是空的，没有任何文字。")
    broken = got.text.count("\ufffd")
    notes = (*got.notes, f"有 {broken} 处文字读不出（显示为 \ufffd），文件可能有损坏。") if broken else got.notes
    shown = file.suffix.lstrip(".").lower() if kind == "txt" else kind
    return Document(
        path, shown or "txt", digest.hexdigest(), got.text, got.encoding, got.blocks, got.page, notes, material
    )


def _refuse_what_is_no_file(file: Path, path: str) -> None:
    if not file.exists():
        raise refuse(path, "E301", "找不到这个文件。请检查路径和文件名。")
    if file.is_dir():
        raise refuse(
            path, "E302", "这是文件夹，不是文件。请给出文件夹里的报告文件；佐证材料的文件夹用 --materials 给出。"
        )
    if not file.is_file():
        raise refuse(path, "E305", "这不是普通文件，不予读取。")


def _extract(file: Path, data: bytes, path: str, kind: str | None, encoding: str | None, limits: Limits) -> Extract:
    """Read by kind. ``data`` is the whole file where it is a text."""
    if kind == "txt":
        from checker.documents.plain import decode

        text, used = decode(data, path, encoding)
        return Extract(text, encoding=used)
    if kind == "doc":
        from checker.documents.office import read_legacy

        return read_legacy(file, path, limits)
    if kind == "picture":
        raise refuse(
            path, "E331", "这是图片，没有文字层，本工具不做文字识别。请用带识别功能的软件转成 docx 或 txt 后再试。"
        )
    if kind == "archive":
        raise refuse(path, "E303", "这是压缩包，不是文档。请先解压，再给出里面的文件。")
    if kind is None:
        raise refuse(
            path, "E303", f"不能读 {file.suffix or '这种'} 文件。能读的有 {_READABLE}；请另存为其中一种后再试。"
        )
    request = Request(str(file), path, kind, encoding, limits)
    if kind in APART:
        from checker.documents.isolate import extract_apart

        return extract_apart(request)
    from checker.documents.readers import extract

    try:
        return extract(request)
    except DocumentError:
        raise
    except MemoryError as error:
        raise exceeded(path, "memory", "内存不够", limits) from error
