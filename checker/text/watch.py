"""Regexes that run only where they can match at all.

Nearly every regex needs certain characters to match: ``(?:尚|仍)需`` can't match a text that has neither 尚需 nor 仍需.
``watched`` reads those literals from the pattern itself, so that an author of patterns need not think of them; one
automaton looks for the literals of all patterns in one pass, and a clause asks only the patterns that it has literals
for. This never changes a result: what can't be derived with certainty is always asked.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import cache
from itertools import product
from typing import Any

from ahocorasick_rs import AhoCorasick, Implementation

from checker import patterns
from checker.cache import Table

try:
    from re import _constants as _op  # type: ignore[attr-defined]
    from re import _parser  # type: ignore[attr-defined]
except ImportError:  # another implementation of re: nothing is derived, everything is asked
    _parser = _op = None

ALL = -1
_MOST = 240


class Watched:
    """A regex, compiled at its first use, with the bit that says whether its literals were seen."""

    __slots__ = ("bit", "finditer", "match", "pattern", "search", "source")

    pattern: re.Pattern[str]
    search: Callable[..., re.Match[str] | None]
    match: Callable[..., re.Match[str] | None]
    finditer: Callable[..., Iterator[re.Match[str]]]

    def __init__(self, source: str, bit: int) -> None:
        self.source = source
        self.bit = bit

    def __getattr__(self, name: str) -> Any:
        """Only called for what is not there yet: many a report never asks for most of them."""
        if name not in Watched.__slots__:
            raise AttributeError(name)
        self.pattern = patterns.compiled(self.source)
        self.search, self.match, self.finditer = self.pattern.search, self.pattern.match, self.pattern.finditer
        return getattr(self, name)


_registered: list[Watched] = []
# What ``literals_of`` found; an empty list stands for nothing found.
_kept: Table[list[str]] = Table("literals", list[str], __file__)


def watched(pattern: str) -> Watched:
    """Put ``pattern`` (without flags) under watch."""
    out = Watched(pattern, 1 << len(_registered))
    _registered.append(out)
    _automaton.cache_clear()
    return out


class Seen:
    """Which watched patterns may match where in one text."""

    __slots__ = ("_always", "_bits", "_ends", "_starts")

    def __init__(self, text: str) -> None:
        automaton, masks, self._always = _automaton()
        found = sorted(
            (start, end, masks[n]) for n, start, end in automaton.find_matches_as_indexes(text, overlapping=True)
        )
        self._starts = [f[0] for f in found]
        self._ends = [f[1] for f in found]
        self._bits = [f[2] for f in found]

    def within(self, start: int, end: int) -> int:
        """Bits of the patterns that may match in ``text[start:end]``."""
        mask = self._always
        starts, ends, bits = self._starts, self._ends, self._bits
        i = bisect_left(starts, start)
        while i < len(starts) and starts[i] < end:
            if ends[i] <= end:
                mask |= bits[i]
            i += 1
        return mask


@cache
def _automaton() -> tuple[AhoCorasick, list[int], int]:
    literals: dict[str, int] = {}
    always = 0
    for item in _registered:
        needed = _kept.get(item.source)
        if needed is None:
            needed = sorted(literals_of(item.source) or ())
            _kept.put(item.source, needed)
        if not needed:
            always |= item.bit
        for literal in needed:
            literals[literal] = literals.get(literal, 0) | item.bit
    return AhoCorasick(list(literals), implementation=Implementation.ContiguousNFA), list(literals.values()), always


def literals_of(source: str) -> frozenset[str] | None:
    """Literals of which every match of the pattern contains at least one, or None where there are none."""
    if _parser is None:
        return None
    tree = _parser.parse(source)
    return None if tree.state.flags & (re.IGNORECASE | re.VERBOSE) else _required(tree)


def _required(sequence: Any) -> frozenset[str] | None:
    best: frozenset[str] | None = None
    run: frozenset[str] = frozenset({""})
    for op, value in sequence:
        exact = _exact(op, value)
        if exact is not None and len(run) * len(exact) <= _MOST:
            run = frozenset(a + b for a, b in product(run, exact))
            continue
        best = _better(best, run)
        run = exact if exact is not None else frozenset({""})
        if exact is None:
            best = _better(best, _inside(op, value))
    return _better(best, run)


def _better(a: frozenset[str] | None, b: frozenset[str] | None) -> frozenset[str] | None:
    """The set that will be seen less often; one that holds the empty string says nothing."""
    if not b or "" in b:
        return a
    b = frozenset(s for s in b if not any(t != s and t in s for t in b))
    return b if a is None or _weight(b) < _weight(a) else a


def _weight(literals: frozenset[str]) -> float:
    return sum(0.02 ** len(s) for s in literals)


def _inside(op: Any, value: Any) -> frozenset[str] | None:
    if op is _op.BRANCH:
        out: frozenset[str] = frozenset()
        for branch in value[1]:
            needed = _required(branch)
            if needed is None:
                return None
            out |= needed
        return out
    if op is _op.SUBPATTERN:
        return None if value[1] else _required(value[3])
    if op in (_op.MAX_REPEAT, _op.MIN_REPEAT, getattr(_op, "POSSESSIVE_REPEAT", None)):
        return _required(value[2]) if value[0] else None
    return _required(value) if op is getattr(_op, "ATOMIC_GROUP", None) else None


def _exact(op: Any, value: Any) -> frozenset[str] | None:
    """All strings that a node can match, where those are few; assertions match the empty string."""
    if op is _op.LITERAL:
        return frozenset({chr(value)})
    if op in (_op.AT, _op.ASSERT, _op.ASSERT_NOT):
        return frozenset({""})
    if op is _op.IN:
        return _characters(value)
    if op is _op.BRANCH:
        return _union(_all_of(branch) for branch in value[1])
    if op is _op.SUBPATTERN:
        return None if value[1] else _all_of(value[3])
    if op in (_op.MAX_REPEAT, _op.MIN_REPEAT) and value[1] <= 2:
        one = _all_of(value[2])
        return None if one is None else _union(_power(one, n) for n in range(value[0], int(value[1]) + 1))
    return None


def _all_of(sequence: Any) -> frozenset[str] | None:
    out: frozenset[str] = frozenset({""})
    for op, value in sequence:
        exact = _exact(op, value)
        if exact is None or len(out) * len(exact) > _MOST:
            return None
        out = frozenset(a + b for a, b in product(out, exact))
    return out


def _power(strings: frozenset[str], times: int) -> frozenset[str] | None:
    if len(strings) ** times > _MOST:
        return None
    return frozenset("".join(p) for p in product(strings, repeat=times))


def _union(sets: Iterator[frozenset[str] | None]) -> frozenset[str] | None:
    out: set[str] = set()
    for s in sets:
        if s is None or len(out) + len(s) > _MOST:
            return None
        out |= s
    return frozenset(out)


def _characters(items: Any) -> frozenset[str] | None:
    out: set[str] = set()
    for op, value in items:
        if op is _op.LITERAL:
            out.add(chr(value))
        elif op is _op.RANGE and value[1] - value[0] < 12:
            out.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return None
    return frozenset(out) if len(out) <= 24 else None
