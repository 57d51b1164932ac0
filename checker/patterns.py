"""The program's regexes: compiled when first used, and never twice on one machine.

Compiling the hundred or so that one report needs took a third of a cold run. What ``re`` compiles a pattern to is plain
numbers; they are kept for the next run and handed to the engine, which checks them. Where the interpreter has no such
door, patterns are compiled as always. Only patterns of the program and of the rules belong here: one made of words of a
report would leave them in the cache.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from typing import Any, cast

from msgspec import Struct

from checker.cache import Table

try:
    _sre: Any = importlib.import_module("_sre")
    _parser: Any = importlib.import_module("re._parser")
    _compiler: Any = importlib.import_module("re._compiler")
except ImportError:  # another implementation of re
    _sre = _parser = _compiler = None


class Code(Struct, frozen=True):
    """What a pattern is compiled to: the arguments of the engine's own ``compile``."""

    flags: int
    code: list[int]
    groups: int
    names: dict[str, int]


_kept: Table[Code] = Table("regexes", Code, __file__)
_known: dict[tuple[str, int], re.Pattern[str]] = {}


def compiled(source: str, flags: int = 0) -> re.Pattern[str]:
    """What ``re.compile`` gives; raises ``re.error`` as it does."""
    found = _known.get((source, flags))
    if found is None:
        found = _known[source, flags] = _compiled(source, int(flags))
    return found


def _compiled(source: str, flags: int) -> re.Pattern[str]:
    if _sre is None:
        return re.compile(source, flags)
    name = f"{_sre.MAGIC} {flags} {source}"
    code = _kept.get(name)
    if code is None:
        code = _compile(source, flags)
        if code is None:
            return re.compile(source, flags)
        _kept.put(name, code)
    by_number = {number: group for group, number in code.names.items()}
    try:
        made = _sre.compile(
            source, code.flags, code.code, code.groups, code.names, tuple(map(by_number.get, range(code.groups + 1)))
        )
    except (TypeError, ValueError, RuntimeError, OverflowError):  # numbers the engine won't have
        return re.compile(source, flags)
    return cast("re.Pattern[str]", made)


def _compile(source: str, flags: int) -> Code | None:
    """The numbers for a pattern; None where this interpreter does it in another way."""
    try:
        tree = _parser.parse(source, flags)
        code = [int(n) for n in _compiler._code(tree, flags)]
        return Code(int(flags | tree.state.flags), code, tree.state.groups - 1, tree.state.groupdict)
    except (AttributeError, TypeError):
        return None


def search(source: str, text: str, flags: int = 0) -> re.Match[str] | None:
    """``re.search``."""
    return compiled(source, flags).search(text)


def match(source: str, text: str) -> re.Match[str] | None:
    """``re.match``."""
    return compiled(source).match(text)


def fullmatch(source: str, text: str) -> re.Match[str] | None:
    """``re.fullmatch``."""
    return compiled(source).fullmatch(text)


def finditer(source: str, text: str) -> Iterator[re.Match[str]]:
    """``re.finditer``."""
    return compiled(source).finditer(text)


def findall(source: str, text: str) -> list[Any]:
    """``re.findall``."""
    return compiled(source).findall(text)


def split(source: str, text: str) -> list[str | Any]:
    """``re.split``."""
    return compiled(source).split(text)


def sub(source: str, by: Any, text: str) -> str:
    """``re.sub``."""
    return compiled(source).sub(by, text)


_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")


class _Lazy:
    """Stands for a compiled pattern. After the first use its methods are those of the pattern itself."""

    __slots__ = ("_flags", "_source", *_METHODS)

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """Only called for what is not there yet: compile and take over the methods."""
        pattern = compiled(self._source, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(pattern, method))
        return getattr(pattern, name)

    def __repr__(self) -> str:
        return f"regex({self._source!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return regex, (self._source, self._flags)


def regex(source: str, flags: int = 0) -> re.Pattern[str]:
    """What ``re.compile`` gives, compiled at its first use. A wrong pattern raises ``re.error`` only then."""
    return cast("re.Pattern[str]", _Lazy(source, flags))
