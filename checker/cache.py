"""What took long to make, kept in the user's cache folder for the next run.

Only data is kept, never code. The key holds the content of what the data was made from and of the program's own files
that made it, so what another version wrote is not answered. What is damaged or could have been written by somebody
else is ignored.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import sys
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from checker import __version__

KEPT = 12
"""How many files of a kind stay; the oldest go when a new one is written."""
MOST = 2_000
"""How many entries a table holds at most; beyond that only those of the last run stay."""

T = TypeVar("T")


def folder() -> Path:
    """Where the cache lies; ``CHECKER_CACHE`` overrides it, and an empty value switches it off."""
    given = os.environ.get("CHECKER_CACHE")
    if given:
        return Path(given)
    if sys.platform == "linux":  # what platformdirs says there, without the 5 ms that it takes to load
        base = os.environ.get("XDG_CACHE_HOME", "")
        return Path(base if Path(base).is_absolute() else Path.home() / ".cache") / "fazhi-checker"
    from platformdirs import user_cache_path

    return user_cache_path("fazhi-checker", appauthor=False)


def made_by(*files: str) -> str:
    """A hash of the program files that make what is kept: other code, another key."""
    out = hashlib.sha256(f"{__version__} {sys.version}".encode())
    for name in files:
        with contextlib.suppress(OSError):
            out.update(Path(name).read_bytes())
    return out.hexdigest()


def _file(key: str, kind: str) -> Path:
    return folder() / f"{kind}-{key[:32]}.kept"


def _mine(path: Path) -> bool:
    if os.name != "posix":
        return True
    info = path.lstat()
    return stat.S_ISREG(info.st_mode) and info.st_uid == os.getuid() and not info.st_mode & 0o022


def read(key: str, kind: str) -> bytes | None:
    """What is kept under ``key``, or None."""
    if os.environ.get("CHECKER_CACHE") == "":
        return None
    try:
        path = _file(key, kind)
        if not _mine(path):
            return None
        head, _, body = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    return body if head == _head(key, body) else None


def write(key: str, body: bytes, kind: str) -> None:
    """Keep ``body``; failing to do so is not an error."""
    if os.environ.get("CHECKER_CACHE") == "":
        return
    import tempfile

    with contextlib.suppress(OSError):
        home = folder()
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=home, suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(_head(key, body) + b"\n" + body)
            Path(name).replace(_file(key, kind))
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
        _prune(home, kind)


def _head(key: str, body: bytes) -> bytes:
    return f"{key} {hashlib.sha256(body).hexdigest()}".encode()


def _prune(home: Path, kind: str) -> None:
    by_age = sorted(home.glob(f"{kind}-*.kept"), key=lambda p: p.stat().st_mtime, reverse=True)
    for path in by_age[KEPT:]:
        path.unlink(missing_ok=True)


class Table(Generic[T]):
    """Answers by name that a run reads once, adds to, and that ``save`` keeps for the next run.

    ``type_`` is what an answer must be when it is read back; ``files`` are the program files that make the answers.
    """

    def __init__(self, kind: str, type_: type[T], *files: str) -> None:
        self._kind = kind
        self._type = type_
        self._files = files
        self._old: dict[str, msgspec.Raw] | None = None
        self._new: dict[str, T] = {}
        _tables.append(self)

    def get(self, name: str) -> T | None:
        """The answer that an earlier run kept, or None."""
        raw = self._known().get(name)
        if raw is None:
            return None
        try:
            return msgspec.msgpack.decode(raw, type=self._type)
        except msgspec.DecodeError:
            return None

    def put(self, name: str, answer: T) -> None:
        """Have an answer kept."""
        self._new[name] = answer

    def save(self) -> None:
        """Write what is new beside what there was."""
        if not self._new:
            return
        new = {name: msgspec.Raw(msgspec.msgpack.encode(answer)) for name, answer in self._new.items()}
        both = {**self._known(), **new}
        self._old, self._new = both if len(both) <= MOST else new, {}
        write(self._key(), msgspec.msgpack.encode(self._old), self._kind)

    def _known(self) -> dict[str, msgspec.Raw]:
        if self._old is None:
            self._old = self._read()
        return self._old

    def _key(self) -> str:
        return made_by(*self._files)

    def _read(self) -> dict[str, msgspec.Raw]:
        body = read(self._key(), self._kind)
        try:
            return msgspec.msgpack.decode(body, type=dict[str, msgspec.Raw]) if body else {}
        except msgspec.DecodeError:
            return {}


_tables: list[Table[Any]] = []


def save() -> None:
    """Keep what this run added to its tables. For the end of a run."""
    for table in _tables:
        table.save()
