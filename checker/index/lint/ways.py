"""Ways that cannot be read, can never match, are always hidden by an exclusion, or say what another already says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from checker.errors import Issue
from checker.index.merge import way_key
from checker.index.source import Path_, Source
from checker.index.way import Group, WayError, parse_way, squeeze
from checker.model import Term, Way


class Listed(Struct, frozen=True):
    """A list of ways in a file, with the words that bar a hit of any of them."""

    path: Path_
    values: tuple[Any, ...]
    none: tuple[tuple[str, str], ...]
    """(word, where it is written) pairs"""


def check_ways(file: Source, groups: dict[str, Group] | None) -> Iterator[Issue]:
    """Problems of every way of an indicator. Without a sound lexicon (None) groups are not held against it."""
    for listed in way_lists(file.data):
        parsed: list[tuple[int, Way]] = []
        for n, value in enumerate(listed.values):
            path = (*listed.path, n)
            try:
                way = parse_way(value, groups or {})
            except WayError as error:
                if groups is not None or error.code != "E204":
                    yield Issue(file.at(path), error.code, str(error))
                continue
            hidden = _hidden(way, listed.none)
            if hidden:
                yield Issue(file.at(path), "E126", hidden)
            else:
                yield from (Issue(file.at(path), "W126", text) for text in _half_hidden(way, listed.none))
            parsed.append((n, way))
        if listed.path[-1] in ("any", "about"):
            yield from _doubles(file, listed, parsed)
    for i, element in enumerate(file.data["elements"]):
        for j, value in enumerate(element.get("none") or ()):
            try:
                parse_way(value, groups or {})
            except WayError as error:
                if groups is not None or error.code != "E204":
                    yield Issue(file.at(("elements", i, "none", j)), error.code, str(error))


def way_lists(data: dict[str, Any]) -> Iterator[Listed]:
    """Every list of ways of an indicator, with what bars their hits."""
    general = tuple((str(n), "本指标 none") for n in data.get("none") or ())
    for name in ("about", "admits", "fails"):
        yield Listed((name,), tuple(data.get(name) or ()), general)
    for i, element in enumerate(data["elements"]):
        own = tuple((str(n), "本要素 none") for n in element.get("none") or () if isinstance(n, str))
        yield Listed(("elements", i, "any"), tuple(element["any"]), own + general)
    for i, metric in enumerate(data.get("metrics") or ()):
        own = tuple((str(n), "本数据 none") for n in metric.get("none") or ())
        yield Listed(("metrics", i, "subject"), tuple(metric["subject"]), own)


def _hidden(way: Way, none: tuple[tuple[str, str], ...]) -> str | None:
    """Why a way can never match: each word of some term holds a word that bars it."""
    barred = [(squeeze(w), where) for w, where in none if not set(w) & set("@＠|｜&")]
    barred += [(squeeze(o), "自己的 !") for t in way.terms if t.kind == "not" for o in t.options]
    for term in way.terms:
        if term.kind != "phrase" or term.units:
            continue
        walls = barred + [(squeeze(o), "所用词组的 none") for o in term.exclude]
        found = [next((w for w in walls if w[0] and w[0] in squeeze(o)), None) for o in term.options]
        if found and all(found):
            word, where = next(f for f in found if f)
            return f"说法「{way.text}」永远不会命中：「{term.options[0]}」里含有{where} 里的「{word}」。"
    return None


def _half_hidden(way: Way, none: tuple[tuple[str, str], ...]) -> Iterator[str]:
    """Words of a way, written out in it, that something always bars, while others of the same term can still hit."""
    barred = [(squeeze(w), where) for w, where in none if not set(w) & set("@＠|｜&")]
    for term in way.terms:
        if term.kind == "phrase":
            walls = barred + [(squeeze(o), "所用词组的 none") for o in term.exclude]
            for option in term.options:
                wall = next((w for w in walls if w[0] and w[0] in squeeze(option)), None)
                if wall and option in re.split(r"[|｜&]|\s+", way.text):
                    yield f"说法里的「{option}」永远不会命中：含有{wall[1]} 里的「{wall[0]}」。"


def _doubles(file: Source, listed: Listed, parsed: list[tuple[int, Way]]) -> Iterator[Issue]:
    for n, way in parsed:
        at = file.at((*listed.path, n))
        for m, other in parsed:
            if m == n:
                continue
            same = way_key(listed.values[m]) == way_key(listed.values[n])
            if same and m < n:
                yield Issue(at, "E132", f"说法「{way.text}」与本栏第 {m + 1} 种相同，请删去一个。")
                break
            if not same and _covers(other, way) and not (_covers(way, other) and m > n):
                yield Issue(at, "W132", f"说法「{way.text}」多余：第 {m + 1} 种「{other.text}」已经包含它。")
                break


def _covers(wide: Way, narrow: Way) -> bool:
    """Whether every sentence that fulfils ``narrow`` fulfils ``wide`` too."""
    wants = [t for t in wide.terms if t.kind != "not"]
    bars = {o for t in wide.terms if t.kind == "not" for o in t.options}
    allowed = {o for t in narrow.terms if t.kind == "not" for o in t.options}
    has = [t for t in narrow.terms if t.kind != "not"]
    return bars <= allowed and all(any(_implies(n, w) for n in has) for w in wants)


def _implies(narrow: Term, wide: Term) -> bool:
    if narrow.kind != wide.kind or wide.exclude or wide.units != narrow.units:
        return narrow == wide
    if narrow.kind == "phrase":
        return all(any(w in n for w in wide.options) for n in narrow.options)
    if narrow.kind == "number":
        return not wide.options or (bool(narrow.options) and set(narrow.options) <= set(wide.options))
    return narrow == wide
