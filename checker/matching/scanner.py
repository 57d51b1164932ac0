"""One multi-pattern pass over a document: where every phrase of the index stands.

Phrases are numbers from here on. A rule is looked at in a sentence only where its rarest term stands there, and only
if all its other phrase terms stand there too.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from ahocorasick_rs import AhoCorasick, Implementation
from msgspec import Struct

from checker.model import Element, Index, Indicator, Metric, Term, Way
from checker.patterns import regex
from checker.text.normalize import fold_phrase
from checker.text.watch import literals_of

Span = tuple[int, int]
Numbers = frozenset[int]
Owned = tuple[Way, Indicator, str, Element | None, Metric | None]
UNITS = {"工作日": "个工作日", "天": "日", "百分点": "个百分点", "％": "%", "万元": "元", "亿元": "元"}


def plain_unit(word: str) -> str:
    """The unit that figures are kept in: 万人次 and 余人次 are counted in 人次, 亿元 in 元."""
    word = UNITS.get(word, word)
    while len(word) > 1 and word[0] in "万亿余多":
        word = word[1:]
    return word


class Words(Struct, frozen=True):
    """A term in numbers: any of ``options``, unless it overlaps one of ``exclude``, or a figure in one of ``units``.

    ``id`` is the same for the same condition, whichever rule it stands in. ``simple``: only phrases can meet it.
    ``options`` of a regex are the literals of which every match contains one; empty where there are none such.
    """

    id: int
    term: Term
    options: Numbers
    exclude: Numbers
    units: frozenset[str]
    simple: bool

    @property
    def needed(self) -> bool:
        """Whether one of ``options`` must stand where the term is met."""
        return bool(self.options) and (self.simple or self.term.kind == "regex")


class Rule(Struct, frozen=True):
    """A way with its owner. ``use`` is ``element``, ``about``, ``admits``, ``fails`` or ``metric``.

    ``words`` are its terms but exclusions, ``asked`` those to be met by the text, ``hard`` those of them that not only
    phrases can meet, ``barred`` the phrases that may not stand in the clauses it touches.
    """

    way: Way
    indicator: Indicator
    use: str
    element: Element | None
    metric: Metric | None
    words: tuple[Words, ...]
    asked: tuple[Words, ...]
    hard: tuple[Words, ...]
    barred: Numbers

    @property
    def wide(self) -> bool:
        """Whether its terms may stand in several sentences of a paragraph."""
        return self.element is not None and self.element.within == "paragraph"


T = TypeVar("T")


class ByNumber(dict[int, T]):
    """Things by number, each made when it is first asked for: a report touches a part of the rules only."""

    def __init__(self, make: Callable[[int], T]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, number: int) -> T:
        made = self[number] = self._make(number)
        return made


class Rules(Struct, frozen=True):
    """An index made ready for scanning. Not picklable (the automaton): build it in each process.

    ``table`` holds ``count`` rules by their number. ``anchors`` files every rule under the phrases of its anchor, the
    term that occurs least easily (of a regex, the literals it can't match without); ``needs`` are its other phrase terms,
    of each of which one phrase must stand in the sentence. ``wide`` files those whose terms may stand in several
    sentences in the same way, ``always`` are those to be looked at everywhere: their regex has no such literals. ``blanks`` is room for the
    findings of indicators that a text says nothing about, by indicator and level.
    """

    index: Index
    count: int
    table: ByNumber[Rule]
    needs: ByNumber[tuple[Numbers, ...]]
    phrases: tuple[str, ...]
    automaton: AhoCorasick
    anchors: dict[int, tuple[int, ...]]
    wide: dict[int, tuple[int, ...]]
    always: tuple[int, ...]
    regexes: dict[str, re.Pattern[str]]
    meta: tuple[int, ...]
    blanks: dict[tuple[str, str], dict[str, Any]]

    @property
    def every(self) -> tuple[Rule, ...]:
        """All rules, in the order of the index."""
        return tuple(map(self.table.__getitem__, range(self.count)))


def regexes_of(sources: Iterable[str]) -> dict[str, re.Pattern[str]]:
    """The regexes of rules, by pattern."""
    return {source: regex(source) for source in sources}


def words_of(identity: int, term: Term, options: Numbers, exclude: Numbers) -> Words:
    """A term in numbers."""
    units = term.options if term.kind == "number" else term.units
    return Words(
        identity,
        term,
        options,
        exclude,
        frozenset(map(plain_unit, units)) if units else _NOTHING,
        term.kind == "phrase" and not term.units,
    )


_NOTHING: frozenset[str] = frozenset()


def number(index: Index, ways: tuple[Owned, ...]) -> Rules:
    """An index made ready, from nothing kept. ``ways`` are what ``owned`` gives."""
    numbers: dict[str, int] = {}

    def numbered(options: Iterable[str]) -> tuple[int, ...]:
        found = (fold_phrase(o) for o in options)
        return tuple(dict.fromkeys(numbers.setdefault(f, len(numbers)) for f in found if f))

    words: dict[Term, Words] = {}

    def worded(term: Term) -> Words:
        if term not in words:
            needed: Iterable[str] = term.options if term.kind == "phrase" else ()
            if term.kind == "regex":
                needed = sorted(literals_of(term.options[0]) or ())
            exclude = term.exclude if term.kind == "phrase" else ()
            words[term] = words_of(len(words), term, frozenset(numbered(needed)), frozenset(numbered(exclude)))
        return words[term]

    rules = tuple(_rule(numbered, worded, *way) for way in ways)
    regexes = regexes_of(w.term.options[0] for r in rules for w in r.hard if w.term.kind == "regex")
    phrases = tuple(numbers)
    automaton = AhoCorasick(list(phrases), implementation=Implementation.ContiguousNFA)
    seen = _frequencies(index, automaton)
    anchors: dict[int, list[int]] = defaultdict(list)
    wide: dict[int, list[int]] = defaultdict(list)
    always: list[int] = []
    meta: list[int] = []
    needs: list[tuple[Numbers, ...]] = []
    for at, rule in enumerate(rules):
        anchor = _anchor(rule, phrases, seen)
        needs.append(tuple(w.options for w in rule.words if w.needed and w is not anchor))
        if not rule.asked:
            meta.append(at)
        elif anchor is None:
            always.append(at)
        for key in sorted(anchor.options) if anchor else ():
            (wide if rule.wide else anchors)[key].append(at)
    return Rules(
        index,
        len(rules),
        ByNumber(rules.__getitem__),
        ByNumber(needs.__getitem__),
        phrases,
        automaton,
        {k: tuple(v) for k, v in anchors.items()},
        {k: tuple(v) for k, v in wide.items()},
        tuple(always),
        regexes,
        tuple(meta),
        {},
    )


def owned(index: Index) -> Iterator[Owned]:
    """Every way of an index with what it belongs to, in the order of the rules."""
    for indicator in index.indicators:
        for element in indicator.elements:
            for way in element.ways:
                yield way, indicator, "element", element, None
        for use, ways in (("about", indicator.about), ("admits", indicator.admits), ("fails", indicator.fails)):
            for way in ways:
                yield way, indicator, use, None, None
        for metric in indicator.metrics:
            for way in metric.subject:
                yield way, indicator, "metric", None, metric


def _rule(
    number: Callable[[Iterable[str]], tuple[int, ...]],
    worded: Callable[[Term], Words],
    way: Way,
    indicator: Indicator,
    use: str,
    element: Element | None,
    metric: Metric | None,
) -> Rule:
    words = tuple(worded(t) for t in way.terms if t.kind != "not")
    barred = [o for t in way.terms if t.kind == "not" for o in t.options]
    barred += element.none if element else metric.none if metric else ()
    if use != "metric":
        barred += indicator.none
    return rule_of(way, indicator, use, element, metric, words, frozenset(number(barred)))


def rule_of(
    way: Way,
    indicator: Indicator,
    use: str,
    element: Element | None,
    metric: Metric | None,
    words: tuple[Words, ...],
    barred: Numbers,
) -> Rule:
    """A way with its owner and its terms in numbers."""
    asked = tuple([w for w in words if w.term.kind != "meta"])
    hard = tuple([w for w in asked if not w.simple])
    return Rule(way, indicator, use, element, metric, words, asked, hard, barred)


def _frequencies(index: Index, automaton: AhoCorasick) -> Counter[int]:
    """How often each phrase stands in the example sentences of the index: what is common there is so in reports."""
    text = fold_phrase("。".join(e.text for i in index.indicators for e in i.examples))
    return Counter(n for n, _, _ in automaton.find_matches_as_indexes(text, overlapping=True))


def _anchor(rule: Rule, phrases: tuple[str, ...], seen: Counter[int]) -> Words | None:
    """The term whose phrases will be met least often; None where no phrase must stand in the text."""
    needed = [w for w in rule.words if w.needed]
    return min(needed, key=lambda w: sum(seen[o] + 0.3 ** len(phrases[o]) for o in w.options), default=None)


class Hits:
    """Where the phrases of an index stand in a compact text."""

    __slots__ = ("_ends", "_found", "_wide", "rules", "text")

    def __init__(self, rules: Rules, text: str) -> None:
        self.rules = rules
        self.text = text
        self._found = rules.automaton.find_matches_as_indexes(text, overlapping=True)  # by end
        self._ends = [f[2] for f in self._found]
        self._wide = sorted([f[1] for f in self._found if f[0] in rules.wide])

    def any_wide(self, start: int, end: int) -> bool:
        """Whether the anchor of a rule over several sentences begins within [start, end)."""
        return bisect_left(self._wide, start) < bisect_left(self._wide, end)

    def within(self, start: int, end: int) -> Found:
        """All hits that lie within [start, end)."""
        first = bisect_right(self._ends, start)
        last = bisect_right(self._ends, end, first)
        return Found(self, [f for f in self._found[first:last] if f[1] >= start], start, end)


class Found:
    """The hits within one stretch of text."""

    __slots__ = ("_hits", "_spans", "end", "found", "met", "numbers", "start")

    def __init__(self, hits: Hits, found: list[tuple[int, int, int]], start: int, end: int) -> None:
        self._hits = hits
        self.found = found
        self.numbers = {f[0] for f in found}
        self.start = start
        self.end = end
        self._spans: dict[int, list[Span]] | None = None
        self.met: dict[int, list[Span]] = {}  # what is known of terms, by their id

    def candidates(self) -> list[int]:
        """Rules whose anchor and all other phrase terms stand here, in the order of the index."""
        rules = self._hits.rules
        return sorted({*rules.always, *self._filed(rules.anchors)})

    def wide(self) -> set[int]:
        """Rules over several sentences whose anchor and all other phrase terms stand here."""
        return self._filed(self._hits.rules.wide)

    def _filed(self, under: dict[int, tuple[int, ...]]) -> set[int]:
        numbers, needs = self.numbers, self._hits.rules.needs
        out: set[int] = set()
        tried: set[int] = set()
        for key in under.keys() & numbers:
            for at in under[key]:
                if at not in tried:
                    tried.add(at)
                    for need in needs[at]:
                        if need.isdisjoint(numbers):
                            break
                    else:
                        out.add(at)
        return out

    def spans(self, number: int) -> list[Span]:
        """Where a phrase stands here."""
        if self._spans is None:
            self._spans = {}
            for n, start, end in self.found:
                self._spans.setdefault(n, []).append((start, end))
        return self._spans.get(number, [])

    def words(self, words: Words) -> list[Span]:
        """Where the phrases of a term stand here, by start."""
        here = words.options & self.numbers
        spans = [s for n in here for s in self.spans(n)]
        barred = [s for n in words.exclude & self.numbers for s in self.spans(n)] if spans and words.exclude else ()
        if barred:
            spans = [s for s in spans if not any(s[0] < b[1] and b[0] < s[1] for b in barred)]
        return sorted(set(spans)) if len(spans) > 1 else spans

    def regex(self, pattern: str) -> list[Span]:
        """Where a regex matches here."""
        found = self._hits.rules.regexes[pattern].finditer(self._hits.text, self.start, self.end)
        return [m.span() for m in found if m.end() > m.start()]
