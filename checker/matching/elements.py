"""Which ways a sentence fulfils: all terms within one window, none of the exclusions in the clauses they touch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.matching.scanner import Hits, Rule, Span
from checker.model import Analysis, Clause, Quantity, Sentence, Term
from checker.text.normalize import fold_phrase

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


def match(rule: Rule, place: Place, hits: Hits, after: tuple[Place, ...] = ()) -> Iterator[Match]:
    """All ways in which ``rule`` is fulfilled at ``place``.

    ``after`` are the sentences of the same paragraph that ``within: paragraph`` may take in; the clauses touched are
    always those of ``place`` itself.
    """
    end = after[-1].end if after else place.end
    positions: list[list[Span]] = []
    for term in rule.way.terms:
        if term.kind in ("not", "meta"):
            continue
        found = _positions(term, place, hits, end, after)
        if not found:
            return
        positions.append(found)
    if not positions:
        return
    within = rule.element.within if rule.element else "sentence"
    seen: set[tuple[int, ...]] = set()
    anchor = min(range(len(positions)), key=lambda i: len(positions[i]))
    for start in sorted(positions[anchor], key=lambda s: _cited(s, place)):
        home = _clause_of(start, place)
        spans = tuple(
            sorted(
                min(group, key=lambda s: (_cited(s, place), _clause_of(s, place) != home, _distance(s, start)))
                for group in positions
            )
        )
        limit = 400 if within == "paragraph" else WINDOW
        if spans[-1][1] - spans[0][0] > limit or spans[0][0] >= place.end:
            continue
        touched = tuple(i for i, (a, b) in enumerate(place.spans) if any(s[0] < b and a < s[1] for s in spans))
        if touched in seen or not touched or (within == "clause" and len(touched) > 1):
            continue
        if _excluded(rule, place, touched, hits):
            continue
        seen.add(touched)
        yield Match(rule, place, spans, touched)


def _clause_of(span: Span, place: Place) -> int:
    """Number of the clause a hit begins in: hits in one clause belong together before near ones across a comma."""
    return next((i for i, (a, b) in enumerate(place.spans) if a <= span[0] < b), -1)


def _cited(span: Span, place: Place) -> bool:
    return any(a <= span[0] and span[1] <= b for a, b in place.foreign)


def _distance(a: Span, b: Span) -> int:
    return max(0, a[0] - b[1], b[0] - a[1])


def _positions(term: Term, place: Place, hits: Hits, end: int, after: tuple[Place, ...]) -> list[Span]:
    if term.kind == "regex":
        return hits.regex(term.options[0], place.start, end)
    if term.kind == "number":
        return _figures(term.options, place, after)
    found = [s for o in term.options for s in hits.phrase(fold_phrase(o), place.start, end)]
    if found and term.exclude:
        barred = [s for o in term.exclude for s in hits.phrase(fold_phrase(o), place.start, end)]
        found = [s for s in found if not any(s[0] < b[1] and b[0] < s[1] for b in barred)]
    if term.units:
        found += _figures(term.units, place, after)
    return sorted(set(found))


def _figures(units: tuple[str, ...], place: Place, after: tuple[Place, ...]) -> list[Span]:
    wanted = {_UNITS.get(u, u) for u in units}
    figures = [*place.quantities, *(q for p in after for q in p.quantities)]
    return [(a, b) for a, b, q in figures if (q.unit in wanted if wanted else q.unit != "")]


def _excluded(rule: Rule, place: Place, touched: tuple[int, ...], hits: Hits) -> bool:
    barred = [o for t in rule.way.terms if t.kind == "not" for o in t.options]
    barred += rule.element.none if rule.element else rule.metric.none if rule.metric else ()
    if rule.use != "metric":
        barred += rule.indicator.none
    return any(hits.phrase(fold_phrase(phrase), *place.spans[i]) for phrase in barred for i in touched)
