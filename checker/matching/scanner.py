"""One multi-pattern pass over a document: where every phrase of the index stands."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, Implementation

from checker.model import Element, Index, Indicator, Metric, Term, Way
from checker.text.normalize import fold_phrase

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Rule:
    """A way with its owner. ``use`` is ``element``, ``about``, ``admits``, ``fails`` or ``metric``."""

    way: Way
    indicator: Indicator
    use: str
    element: Element | None = None
    metric: Metric | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """An index made ready for scanning. Not picklable (the automaton): build it in each process."""

    index: Index
    rules: tuple[Rule, ...]
    phrases: tuple[str, ...]
    automaton: AhoCorasick
    by_phrase: dict[str, tuple[int, ...]]
    by_regex: dict[str, tuple[int, ...]]
    regexes: dict[str, re.Pattern[str]]
    meta: tuple[int, ...]


def prepare(index: Index) -> Rules:
    """Collect phrases and regexes; file every rule under the term that occurs least easily (its anchor)."""
    rules = tuple(_rules(index))
    phrases: dict[str, None] = {}
    by_phrase: dict[str, list[int]] = defaultdict(list)
    by_regex: dict[str, list[int]] = defaultdict(list)
    meta: list[int] = []
    for number, rule in enumerate(rules):
        for term in rule.way.terms:
            if term.kind in ("phrase", "not"):
                phrases.update(dict.fromkeys(fold_phrase(o) for o in (*term.options, *term.exclude)))
        anchor = _anchor(rule.way)
        if anchor.kind == "meta":
            meta.append(number)
        elif anchor.kind == "regex":
            by_regex[anchor.options[0]].append(number)
        else:
            for option in dict.fromkeys(fold_phrase(o) for o in anchor.options):
                by_phrase[option].append(number)
    for indicator in index.indicators:
        phrases.update(dict.fromkeys(map(fold_phrase, indicator.none)))
        barred = [n for e in indicator.elements for n in e.none] + [n for m in indicator.metrics for n in m.none]
        phrases.update(dict.fromkeys(map(fold_phrase, barred)))
    patterns = {t.options[0] for r in rules for t in r.way.terms if t.kind == "regex"}
    ordered = tuple(p for p in phrases if p)
    return Rules(
        index,
        rules,
        ordered,
        AhoCorasick(list(ordered), implementation=Implementation.DFA),
        {k: tuple(v) for k, v in by_phrase.items()},
        {k: tuple(v) for k, v in by_regex.items()},
        {p: re.compile(p) for p in sorted(patterns)},
        tuple(meta),
    )


def _rules(index: Index) -> Iterator[Rule]:
    for indicator in index.indicators:
        for element in indicator.elements:
            for way in element.ways:
                yield Rule(way, indicator, "element", element=element)
        for use, ways in (("about", indicator.about), ("admits", indicator.admits), ("fails", indicator.fails)):
            for way in ways:
                yield Rule(way, indicator, use)
        for metric in indicator.metrics:
            for way in metric.subject:
                yield Rule(way, indicator, "metric", metric=metric)


def _anchor(way: Way) -> Term:
    phrases = [t for t in way.terms if t.kind == "phrase" and not t.units]
    if phrases:
        return max(phrases, key=lambda t: (min(len(o) for o in t.options), -len(t.options)))
    return next((t for t in way.terms if t.kind == "regex"), way.terms[0])


class Hits:
    """Where phrases and regexes stand in a compact text, by start."""

    __slots__ = ("_regex", "_spans", "order")

    def __init__(self, rules: Rules, text: str) -> None:
        spans: dict[str, list[Span]] = defaultdict(list)
        order: list[tuple[int, str]] = []
        for number, start, end in rules.automaton.find_matches_as_indexes(text, overlapping=True):
            phrase = rules.phrases[number]
            spans[phrase].append((start, end))
            order.append((start, phrase))
        self._spans = {k: sorted(v) for k, v in spans.items()}
        self._regex = {p: [m.span() for m in r.finditer(text) if m.end() > m.start()] for p, r in rules.regexes.items()}
        order.sort()
        self.order = order

    def phrase(self, phrase: str, start: int, end: int) -> list[Span]:
        """Hits of a folded phrase that lie within [start, end)."""
        return _within(self._spans.get(phrase, ()), start, end)

    def regex(self, pattern: str, start: int, end: int) -> list[Span]:
        """Hits of a regex that lie within [start, end)."""
        return _within(self._regex.get(pattern, ()), start, end)

    def regexes_in(self, start: int, end: int) -> Iterator[str]:
        """Patterns with a hit in [start, end)."""
        return (p for p in self._regex if self.regex(p, start, end))


def _within(spans: list[Span] | tuple[()], start: int, end: int) -> list[Span]:
    if not spans:
        return []
    first = bisect_left(spans, (start, 0))
    out = []
    for span in spans[first:]:
        if span[0] >= end:
            break
        if span[1] <= end:
            out.append(span)
    return out
