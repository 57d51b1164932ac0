"""The numbering of a large index, kept in the user's cache: a run for one report reads it instead of making it."""

from __future__ import annotations

import hashlib
from typing import Any

from ahocorasick_rs import AhoCorasick, Implementation

from checker.index import cache
from checker.matching import scanner
from checker.matching.scanner import Numbers, Owned, Rule, Rules, Words, number, owned, regexes_of, rule_of, words_of
from checker.model import Index
from checker.text import normalize, watch

WORTH = 200
"""Rules below which numbering is quicker than reading what was kept."""


def prepare(index: Index) -> Rules:
    """Number the phrases, translate the rules into numbers and file every rule under its anchor.

    Of a large index the numbering is kept in the user's cache, under a hash of all it was made from.
    """
    ways = tuple(owned(index))
    if len(ways) < WORTH:
        return number(index, ways)
    key = _content(index, ways)
    kept = cache.read(key, "rules")
    if kept is not None:
        try:
            return _restored(index, ways, kept)
        except (KeyError, TypeError, ValueError, IndexError, AttributeError):
            pass
    rules = number(index, ways)
    cache.write(key, _tables(rules), "rules")
    return rules


def _content(index: Index, ways: tuple[Owned, ...]) -> str:
    """A hash of everything that ``number`` looks at, and of the code that it uses."""
    terms: dict[int, str] = {}  # by identity: a term of the index is put into words once
    parts = [cache.made_by(__file__, scanner.__file__, normalize.__file__, watch.__file__)]
    last: object = None
    for way, indicator, use, element, metric in ways:
        if last is not (last := element or metric or indicator):
            none = element.none if element else metric.none if metric else ()
            parts += (use, element.within if element else "", *none, "\1", *indicator.none, "\2")
        else:
            parts.append(use)
        for t in way.terms:
            if id(t) not in terms:
                terms[id(t)] = "\1".join((t.kind, *t.options, "\2", *t.exclude, "\2", *t.units, "\3"))
            parts.append(terms[id(t)])
        parts.append("\4")
    parts += (e.text for i in index.indicators for e in i.examples)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _tables(rules: Rules) -> dict[str, Any]:
    """The numbers of ``rules`` as plain data."""
    words: dict[int, Words] = {w.id: w for r in rules.rules for w in r.words}
    barred: dict[Numbers, int] = {}
    return {
        "phrases": rules.phrases,
        "words": [[sorted(words[n].options), sorted(words[n].exclude)] for n in range(len(words))],
        "rules": [[[w.id for w in r.words], barred.setdefault(r.barred, len(barred))] for r in rules.rules],
        "barred": [sorted(b) for b in barred],
        "anchors": list(rules.anchors.items()),
        "wide": rules.wide,
        "always": rules.always,
        "meta": rules.meta,
    }


def _restored(index: Index, ways: tuple[Owned, ...], kept: dict[str, Any]) -> Rules:
    """What ``number`` makes, from the tables it made before."""
    phrases = tuple(kept["phrases"])
    words: list[Words | None] = [None] * len(kept["words"])
    barred = [frozenset(b) for b in kept["barred"]]
    out: list[Rule] = []
    for (way, indicator, use, element, metric), (ids, none) in zip(ways, kept["rules"], strict=True):
        of_rule: list[Words] = []
        for term, n in zip([t for t in way.terms if t.kind != "not"], ids, strict=True):
            known = words[n]
            if known is None:
                options, exclude = kept["words"][n]
                known = words[n] = words_of(n, term, frozenset(options), frozenset(exclude))
            of_rule.append(known)
        out.append(rule_of(way, indicator, use, element, metric, tuple(of_rule), barred[none]))
    return Rules(
        index,
        tuple(out),
        phrases,
        AhoCorasick(list(phrases), implementation=Implementation.ContiguousNFA),
        {key: tuple(at) for key, at in kept["anchors"]},
        tuple(kept["wide"]),
        tuple(kept["always"]),
        regexes_of(out),
        tuple(kept["meta"]),
        {},
    )
