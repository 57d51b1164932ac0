"""The validated pack, kept as JSON in the user's cache folder under its content hash.

Only data is kept, never code; it is compiled (and so checked) again at each start. What is damaged, of another
version, or could have been written by somebody else is ignored.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
import tempfile
from pathlib import Path
from typing import Any

SCHEMA = 3


def folder() -> Path:
    """Where the cache lies; ``CHECKER_CACHE`` overrides it, and an empty value switches it off."""
    given = os.environ.get("CHECKER_CACHE")
    if given:
        return Path(given)
    from platformdirs import user_cache_path

    return user_cache_path("fazhi-checker", appauthor=False)


def _file(key: str) -> Path:
    return folder() / f"index-{key[:32]}.json"


def _mine(path: Path) -> bool:
    if os.name != "posix":
        return True
    info = path.lstat()
    return stat.S_ISREG(info.st_mode) and info.st_uid == os.getuid() and not info.st_mode & 0o022


def read(key: str) -> dict[str, Any] | None:
    """The pack kept under ``key``, or None."""
    if os.environ.get("CHECKER_CACHE") == "":
        return None
    try:
        path = _file(key)
        if not _mine(path):
            return None
        outer = json.loads(path.read_text(encoding="utf-8"))
        if outer["schema"] != SCHEMA or outer["key"] != key:
            return None
        if hashlib.sha256(outer["pack"].encode()).hexdigest() != outer["sha256"]:
            return None
        pack = json.loads(outer["pack"])
        return pack if isinstance(pack, dict) else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def write(key: str, pack: dict[str, Any]) -> None:
    """Keep ``pack``; failing to do so is not an error."""
    if os.environ.get("CHECKER_CACHE") == "":
        return
    text = json.dumps(pack, ensure_ascii=False)
    outer = {"schema": SCHEMA, "key": key, "sha256": hashlib.sha256(text.encode()).hexdigest(), "pack": text}
    with contextlib.suppress(OSError):
        home = folder()
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=home, suffix=".tmp")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as out:
                json.dump(outer, out, ensure_ascii=False)
            Path(name).replace(_file(key))
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
