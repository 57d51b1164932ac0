"""What took long to make of an edition, kept as JSON in the user's cache folder under its content hash.

Only data is kept, never code. The key holds the content of the rule files and of the program's own files that made
the data, so what another version wrote is not answered. What is damaged or could have been written by somebody else
is ignored.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
import sys
from pathlib import Path
from typing import Any

from checker import __version__

SCHEMA = 4
KEPT = 12
"""How many files of a kind stay; the oldest go when a new one is written."""


def folder() -> Path:
    """Where the cache lies; ``CHECKER_CACHE`` overrides it, and an empty value switches it off."""
    given = os.environ.get("CHECKER_CACHE")
    if given:
        return Path(given)
    from platformdirs import user_cache_path

    return user_cache_path("fazhi-checker", appauthor=False)


def made_by(*files: str) -> str:
    """A hash of the program files that make what is kept: other code, another key."""
    out = hashlib.sha256(f"{SCHEMA} {__version__} {sys.version}".encode())
    for name in files:
        with contextlib.suppress(OSError):
            out.update(Path(name).read_bytes())
    return out.hexdigest()


def _file(key: str, kind: str) -> Path:
    return folder() / f"{kind}-{key[:32]}.json"


def _mine(path: Path) -> bool:
    if os.name != "posix":
        return True
    info = path.lstat()
    return stat.S_ISREG(info.st_mode) and info.st_uid == os.getuid() and not info.st_mode & 0o022


def read(key: str, kind: str = "index") -> dict[str, Any] | None:
    """What is kept under ``key``, or None."""
    if os.environ.get("CHECKER_CACHE") == "":
        return None
    try:
        path = _file(key, kind)
        if not _mine(path):
            return None
        head, _, body = path.read_bytes().partition(b"\n")
        outer = json.loads(head)
        if outer["schema"] != SCHEMA or outer["key"] != key or outer["sha256"] != hashlib.sha256(body).hexdigest():
            return None
        data = json.loads(body)
        return data if isinstance(data, dict) else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def write(key: str, data: dict[str, Any], kind: str = "index") -> None:
    """Keep ``data``; failing to do so is not an error."""
    if os.environ.get("CHECKER_CACHE") == "":
        return
    import tempfile

    body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    head = json.dumps({"schema": SCHEMA, "key": key, "sha256": hashlib.sha256(body).hexdigest()}).encode()
    with contextlib.suppress(OSError):
        home = folder()
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=home, suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(head + b"\n" + body)
            Path(name).replace(_file(key, kind))
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
        _prune(home, kind)


def _prune(home: Path, kind: str) -> None:
    by_age = sorted(home.glob(f"{kind}-*.json"), key=lambda p: p.stat().st_mtime, reverse=True)
    for path in by_age[KEPT:]:
        path.unlink(missing_ok=True)
