"""The numbering of a large index, kept in the user's cache: a run for one report reads it instead of making it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import msgspec
from ahocorasick_rs import AhoCorasick, Implementation
from msgspec import Raw, Struct

from checker import cache
from checker.matching import scanner
from checker.matching.scanner import (
    ByNumber,
    Numbers,
    Owned,
    Rule,
    Rules,
    Words,
    number,
    owned,
    regexes_of,
    rule_of,
    words_of,
)
from checker.model import Index, Term
from checker.text import normalize, watch

WORTH = 200
"""Rules below which numbering is quicker than reading what was kept."""


class Tables(Struct, frozen=True):
    """The numbers of ``Rules`` as plain data.

    ``words``: options and exclusions by the id of a term; ``rules``: for every way its terms and which of ``barred``;
    ``needs``: the terms of which the phrases are asked first. All are read one by one, when a rule is first asked for.
    """

    phrases: tuple[str, ...]
    words: list[Raw]
    rules: list[tuple[tuple[int, ...], int]]
    needs: list[tuple[int, ...]]
    barred: list[Raw]
    regexes: list[str]
    anchors: dict[int, tuple[int, ...]]
    wide: dict[int, tuple[int, ...]]
    always: tuple[int, ...]
    meta: tuple[int, ...]


def prepare(index: Index) -> Rules:
    """Number the phrases, translate the rules into numbers and file every rule under its anchor.

    Of a large index the numbering is kept in the user's cache, under a hash of all it was made from.
    """
    ways = tuple(owned(index))
    if len(ways) < WORTH:
        return number(index, ways)
    key = _content(index)
    kept = cache.read(key, "rules")
    if kept is not None:
        try:
            return _restored(index, ways, msgspec.msgpack.decode(kept, type=Tables))
        except (msgspec.DecodeError, ValueError):
            pass
    rules = number(index, ways)
    cache.write(key, msgspec.msgpack.encode(_tables(rules)), "rules")
    return rules


def _content(index: Index) -> str:
    """A hash of everything that ``number`` looks at, and of the code that it uses."""
    out = hashlib.sha256(cache.made_by(__file__, scanner.__file__, normalize.__file__, watch.__file__).encode())
    for i in index.indicators:
        seen = (i.id, i.elements, i.about, i.admits, i.fails, i.metrics, i.none, i.examples)
        out.update(msgspec.msgpack.encode(seen))
    return out.hexdigest()


def _tables(rules: Rules) -> Tables:
    every = rules.every
    words: dict[int, Words] = {w.id: w for r in every for w in r.words}
    barred: dict[Numbers, int] = {}
    return Tables(
        phrases=rules.phrases,
        words=[_raw((words[n].options, words[n].exclude)) for n in range(len(words))],
        rules=[(tuple(w.id for w in r.words), barred.setdefault(r.barred, len(barred))) for r in every],
        needs=[tuple(_asked_first(r, rules.needs[n])) for n, r in enumerate(every)],
        barred=list(map(_raw, barred)),
        regexes=list(rules.regexes),
        anchors=rules.anchors,
        wide=rules.wide,
        always=rules.always,
        meta=rules.meta,
    )


def _asked_first(rule: Rule, needs: tuple[Numbers, ...]) -> Iterator[int]:
    for options in needs:
        yield next(w.id for w in rule.words if w.needed and w.options is options)


def _raw(data: object) -> Raw:
    return Raw(msgspec.msgpack.encode(data))


_WORDS = msgspec.msgpack.Decoder(tuple[Numbers, Numbers])
_BARRED = msgspec.msgpack.Decoder(Numbers)


def _restored(index: Index, ways: tuple[Owned, ...], kept: Tables) -> Rules:
    """What ``number`` makes, from the tables it made before. Raises ValueError where they do not fit."""
    if len(ways) != len(kept.rules):
        raise ValueError("the tables are those of other rules")
    phrases = ByNumber(lambda n: _WORDS.decode(kept.words[n]))
    barred = ByNumber(lambda n: _BARRED.decode(kept.barred[n]))
    words: dict[int, Words] = {}

    def worded(identity: int, term: Term) -> Words:
        if identity not in words:
            words[identity] = words_of(identity, term, *phrases[identity])
        return words[identity]

    def rule(number: int) -> Rule:
        way, indicator, use, element, metric = ways[number]
        identities, none = kept.rules[number]
        terms = [t for t in way.terms if t.kind != "not"]
        return rule_of(way, indicator, use, element, metric, tuple(map(worded, identities, terms)), barred[none])

    return Rules(
        index,
        len(ways),
        ByNumber(rule),
        ByNumber(lambda number: tuple([phrases[n][0] for n in kept.needs[number]])),
        kept.phrases,
        AhoCorasick(list(kept.phrases), implementation=Implementation.ContiguousNFA),
        kept.anchors,
        kept.wide,
        kept.always,
        regexes_of(kept.regexes),
        kept.meta,
        {},
    )
