"""Regexes of modules, compiled when first used: a run for one report needs a part of them only."""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")


class _Lazy:
    """Stands for a compiled pattern. After the first use its methods are those of the pattern itself."""

    __slots__ = ("_flags", "_source", *_METHODS)

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """Only called for what is not there yet: compile and take over the methods."""
        compiled = re.compile(self._source, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)

    def __repr__(self) -> str:
        return f"regex({self._source!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return regex, (self._source, self._flags)


def regex(source: str, flags: int = 0) -> re.Pattern[str]:
    """What ``re.compile`` gives, compiled at its first use. A wrong pattern raises ``re.error`` only then."""
    return cast("re.Pattern[str]", _Lazy(source, flags))
