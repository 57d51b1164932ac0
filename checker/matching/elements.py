"""Which ways a sentence fulfils: all terms within one window, none of the exclusions in the clauses they touch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.matching.scanner import Found, Rule, Span, Words
from checker.model import Analysis, Clause, Quantity, Sentence

WINDOW = 80
_UNITS = {"工作日": "个工作日", "天": "日", "百分点": "个百分点", "％": "%", "万元": "元", "亿元": "元"}


class Place:
    """A sentence in compact coordinates: its span, its clauses' spans, its figures' spans, each read on demand."""

    __slots__ = ("_clauses", "_foreign", "_quantities", "end", "sentence", "start", "wording")

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.wording = sentence.wording
        self.start, self.end = self.wording.span
        self._clauses: tuple[tuple[int, int, Clause], ...] | None = None
        self._quantities: tuple[tuple[int, int, Quantity], ...] | None = None
        self._foreign: tuple[Span, ...] | None = None

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where the clauses stand; what they say is read only when ``clauses`` is asked."""
        return self.wording.clause_spans

    @property
    def clauses(self) -> tuple[tuple[int, int, Clause], ...]:
        """The clauses with their spans."""
        if self._clauses is None:
            wording = self.wording
            self._clauses = tuple((a, b, c) for (a, b), c in zip(wording.clause_spans, wording.clauses, strict=True))
        return self._clauses

    @property
    def quantities(self) -> tuple[tuple[int, int, Quantity], ...]:
        """The figures with their spans."""
        if self._quantities is None:
            wording = self.wording
            self._quantities = tuple(
                (a, b, q) for (a, b), q in zip(wording.quantity_spans, wording.quantities, strict=True)
            )
        return self._quantities

    @property
    def foreign(self) -> tuple[Span, ...]:
        """The titles of superior documents it cites: words inside them are hits of last resort."""
        if self._foreign is None:
            wording = self.wording
            self._foreign = tuple(
                span for span, c in zip(wording.citation_spans, wording.citations, strict=True) if c.superior
            )
        return self._foreign


@dataclass(frozen=True, slots=True)
class Match:
    """A way fulfilled: where its terms stand (compact) and which clauses they touch."""

    rule: Rule
    place: Place
    spans: tuple[Span, ...]
    touched: tuple[int, ...]


def places(analysis: Analysis) -> tuple[Place, ...]:
    """Every sentence of a document in compact coordinates."""
    return tuple(map(Place, analysis.sentences))


def match(rule: Rule, place: Place, found: Found, after: tuple[Place, ...] = ()) -> Iterator[Match]:
    """All ways in which ``rule`` is fulfilled at ``place``.

    ``after`` are the sentences of the same paragraph that ``within: paragraph`` may take in (``found`` reaches to their
    end); the clauses touched are always those of ``place`` itself.
    """
    positions: list[list[Span]] = []
    for words in rule.words:
        if words.term.kind == "meta":
            continue
        spans = _positions(words, place, found, after)
        if not spans:
            return
        positions.append(spans)
    if not positions:
        return
    within = rule.element.within if rule.element else "sentence"
    limit = 400 if within == "paragraph" else WINDOW
    seen: set[tuple[int, ...]] = set()
    for group in _groups(positions, place):
        if group[-1][1] - group[0][0] > limit or group[0][0] >= place.end:
            continue
        touched = tuple(i for i, (a, b) in enumerate(place.spans) if any(s[0] < b and a < s[1] for s in group))
        if touched in seen or not touched or (within == "clause" and len(touched) > 1):
            continue
        if _excluded(rule, place, touched, found):
            continue
        seen.add(touched)
        yield Match(rule, place, group, touched)


def _groups(positions: list[list[Span]], place: Place) -> Iterator[tuple[Span, ...]]:
    """One hit of every term, chosen around each hit of the term with the fewest: in its clause before near it."""
    if all(len(p) == 1 for p in positions):
        yield tuple(sorted(p[0] for p in positions))
        return
    anchor = min(positions, key=len)
    foreign = place.foreign
    for start in sorted(anchor, key=lambda s: _cited(s, foreign)) if foreign else anchor:
        home = _clause_of(start, place)
        yield tuple(
            sorted(
                p[0]
                if len(p) == 1
                else min(p, key=lambda s: (_cited(s, foreign), _clause_of(s, place) != home, _distance(s, start)))
                for p in positions
            )
        )


def _clause_of(span: Span, place: Place) -> int:
    """Number of the clause a hit begins in: hits in one clause belong together before near ones across a comma."""
    return next((i for i, (a, b) in enumerate(place.spans) if a <= span[0] < b), -1)


def _cited(span: Span, foreign: tuple[Span, ...]) -> bool:
    return any(a <= span[0] and span[1] <= b for a, b in foreign)


def _distance(a: Span, b: Span) -> int:
    return max(0, a[0] - b[1], b[0] - a[1])


def _positions(words: Words, place: Place, found: Found, after: tuple[Place, ...]) -> list[Span]:
    term = words.term
    if term.kind == "regex":
        return found.regex(term.options[0])
    if term.kind == "number":
        return _figures(term.options, place, after)
    spans = found.words(words)
    return sorted({*spans, *_figures(term.units, place, after)}) if term.units else spans


def _figures(units: tuple[str, ...], place: Place, after: tuple[Place, ...]) -> list[Span]:
    wanted = {_UNITS.get(u, u) for u in units}
    figures = [*place.quantities, *(q for p in after for q in p.quantities)]
    return [(a, b) for a, b, q in figures if (q.unit in wanted if wanted else q.unit != "")]


def _excluded(rule: Rule, place: Place, touched: tuple[int, ...], found: Found) -> bool:
    if rule.barred.isdisjoint(found.numbers):
        return False
    clauses = [place.spans[i] for i in touched]
    return any(
        a <= start and end <= b
        for number in rule.barred & found.numbers
        for start, end in found.spans(number)
        for a, b in clauses
    )
