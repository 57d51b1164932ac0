"""Read an edition, keep it in the cache, give out the compiled Index."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from checker.errors import CheckerError
from checker.index import cache, regex, way
from checker.index import compile as compiling
from checker.index.compile import compile_index, numbered, packed, unpacked
from checker.index.layers import digest, find_pack, stack
from checker.index.pack import Pack
from checker.index.reading import read_pack
from checker.index.way import WayError
from checker.model import Index, Way

__all__ = ["find_pack", "load_index", "pack_index", "read_pack"]


def load_index(name: str = "2021", only: frozenset[str] | None = None, overlays: Sequence[str] = ()) -> Index:
    """Load an edition with its overlays (given, or carried by an IndexName). Raises CheckerError with every problem of every file.

    ``only`` loads just the indicator files with these stems (an author's trial run) and leaves the cache alone.
    """
    overlays = overlays or getattr(name, "overlays", ())
    folders = stack(name, overlays)
    key = _key(folders)
    kept = cache.read(key) if only is None else None
    if kept is not None:
        try:
            here = f"{Path.cwd().as_posix()}/"
            for i in kept["indicators"]:
                i["path"] = i["path"].removeprefix(here)
            return compile_index(kept, unpacked(kept["parsed"]))
        except (WayError, KeyError, TypeError, ValueError, AttributeError):
            pass
    pack = read_pack(find_pack(name), overlays, only)
    known: dict[str | int, Way] = {}
    index = pack_index(pack, known)
    if only is None:
        parsed, numbers = packed(known)
        data = _data(pack, absolute=True)
        indicators = [{**i, "data": numbered(i["data"], numbers)} for i in data["indicators"]]
        cache.write(key, {**data, "indicators": indicators, "parsed": parsed})
    return index


def _key(folders: Sequence[Path]) -> str:
    """Content and place: a copy of a pack elsewhere must not answer with the paths of the first."""
    where = "\n".join(f.resolve().as_posix() for f in folders)
    code = cache.made_by(way.__file__, regex.__file__, compiling.__file__)
    return hashlib.sha256(f"{digest(folders)}\n{where}\n{code}".encode()).hexdigest()


def pack_index(pack: Pack, known: dict[str | int, Way] | None = None) -> Index:
    """Check and compile what was read; raises CheckerError with every problem. ``known`` takes the parsed ways."""
    from checker.index.lint import check_pack

    issues = [i for i in check_pack(pack) if i.fatal]
    if issues:
        raise CheckerError(issues)
    return compile_index(_data(pack), known)


def _data(pack: Pack, absolute: bool = False) -> dict[str, Any]:
    return {
        "index": pack.index.data,
        "lexicon": pack.lexicon.data,
        "indicators": [
            {"path": Path(f.path).resolve().as_posix() if absolute else f.path, "line": 1, "data": f.data}
            for f in pack.files
        ],
        "sha256": pack.sha256,
        "layers": pack.layers,
    }
