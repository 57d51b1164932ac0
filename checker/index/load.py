"""Read an edition, keep it in the cache, give out the compiled Index."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from checker import cache
from checker.errors import CheckerError
from checker.index import compile as compiling
from checker.index import regex, way
from checker.index.compile import compile_index
from checker.index.layers import digest, find_pack, stack
from checker.index.pack import Pack
from checker.index.reading import read_pack
from checker.model import Index, rules

__all__ = ["find_pack", "load_index", "pack_index", "read_pack"]


def load_index(name: str = "2021", only: frozenset[str] | None = None, overlays: Sequence[str] = ()) -> Index:
    """Load an edition with its overlays (given, or carried by an IndexName). Raises CheckerError with every problem of every file.

    ``only`` loads just the indicator files with these stems (an author's trial run) and leaves the cache alone.
    """
    overlays = overlays or getattr(name, "overlays", ())
    if only is not None:
        return pack_index(read_pack(find_pack(name), overlays, only))
    folders = stack(name, overlays)
    key = _key(folders)
    kept = cache.read(key, "index")
    if kept is not None:
        here = f"{Path.cwd().as_posix()}/"
        try:
            return _with_paths(msgspec.msgpack.decode(kept, type=Index), lambda path: path.removeprefix(here))
        except msgspec.DecodeError:
            pass
    index = pack_index(read_pack(find_pack(name), overlays))
    anywhere = _with_paths(index, lambda path: Path(path).resolve().as_posix())
    cache.write(key, msgspec.msgpack.encode(anywhere), "index")
    return index


def _with_paths(index: Index, seen: Callable[[str], str]) -> Index:
    """The index with the paths of its files as they are seen from another place."""
    indicators, retired = (
        tuple(replace(i, path=seen(i.path)) for i in every) for every in (index.indicators, index.retired)
    )
    return replace(index, indicators=indicators, retired=retired)


def _key(folders: Sequence[Path]) -> str:
    """Content and place: a copy of a pack elsewhere must not answer with the paths of the first."""
    where = "\n".join(f.resolve().as_posix() for f in folders)
    code = cache.made_by(way.__file__, regex.__file__, compiling.__file__, rules.__file__)
    return hashlib.sha256(f"{digest(folders)}\n{where}\n{code}".encode()).hexdigest()


def pack_index(pack: Pack) -> Index:
    """Check and compile what was read; raises CheckerError with every problem."""
    from checker.index.lint import check_pack

    issues = [i for i in check_pack(pack) if i.fatal]
    if issues:
        raise CheckerError(issues)
    return compile_index(_data(pack))


def _data(pack: Pack) -> dict[str, Any]:
    return {
        "index": pack.index.data,
        "lexicon": pack.lexicon.data,
        "indicators": [{"path": f.path, "line": 1, "data": f.data} for f in pack.files],
        "sha256": pack.sha256,
        "layers": pack.layers,
    }
