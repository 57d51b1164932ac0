"""A stack of folders as it was read, before it is judged."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from checker.errors import Issue, Location
from checker.index.layers import shown

if TYPE_CHECKING:  # the YAML reader is not needed where the cache answers
    from checker.index.source import Source


class Pack(Struct):
    """Everything read of a stack of folders, before it is judged: sources, problems met on the way, hashes."""

    index: Source
    lexicon: Source
    files: list[Source]
    sha256: str
    issues: list[Issue] = field(default_factory=list)
    layers: list[dict[str, Any]] = field(default_factory=list)


def read_source(path: Path) -> Source:
    """Parse one file; a missing one or one that is no UTF-8 is an issue of its source."""
    from checker.index.source import Source, parse

    if not path.is_file():
        return Source(shown(path), issues=[Issue(Location(shown(path)), "E141", "缺少这个文件。")])
    try:
        return parse(path.read_bytes().decode("utf-8-sig"), shown(path))
    except UnicodeDecodeError:
        text = "不是 UTF-8 编码。请用记事本「另存为」，编码选 UTF-8。"
        return Source(shown(path), issues=[Issue(Location(shown(path)), "E142", text)])
