"""A file -> Document. One module a format; READERS picks it by ending."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from checker.documents.plain import decode
from checker.errors import DocumentError, Issue, Location
from checker.model import Document

Reader = Callable[[bytes, str, str | None], Document]
SIZE_LIMIT = 100 * 1024 * 1024


def _plain(data: bytes, path: str, encoding: str | None) -> Document:
    text, used = decode(data, path, encoding)
    return Document(path, Path(path).suffix.lstrip(".").lower() or "txt", hashlib.sha256(data).hexdigest(), text, used)


READERS: dict[str, Reader] = {".txt": _plain, ".md": _plain, ".markdown": _plain, ".text": _plain, "": _plain}


def read_document(path: str, encoding: str | None = None) -> Document:
    """Read one file. Raises DocumentError naming the file, what is wrong and what to do."""
    file = Path(path)
    where = Location(path)
    if not file.exists():
        raise DocumentError([Issue(where, "E301", "找不到这个文件。请检查路径和文件名。")])
    if file.is_dir():
        raise DocumentError([Issue(where, "E302", "这是文件夹，不是文件。请给出文件夹里的报告文件。")])
    reader = READERS.get(file.suffix.lower())
    if reader is None:
        raise DocumentError(
            [Issue(where, "E303", f"本版本还不能读 {file.suffix} 文件。请另存为 UTF-8 或 GBK 的 .txt 后再试。")]
        )
    try:
        size = file.stat().st_size
        if size > SIZE_LIMIT:
            raise DocumentError([Issue(where, "E304", f"文件有 {size // 1_048_576} MB，超过 100 MB 的上限。")])
        data = file.read_bytes()
    except OSError as error:
        raise DocumentError(
            [Issue(where, "E305", f"文件打不开：{error.strerror}。请确认没有被占用且有读取权限。")]
        ) from error
    document = reader(data, path, encoding)
    if not any(c.isalnum() for c in document.text):
        raise DocumentError([Issue(where, "E306", "文件是空的，没有任何文字。")])
    return document
