"""Which ways a sentence fulfils: all terms within one window, none of the exclusions in the clauses they touch."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from checker.matching.scanner import Found, Rule, Span, Words
from checker.model import Analysis, Clause, Quantity, Sentence

WINDOW = 80


class Place:
    """A sentence in compact coordinates: its span, its clauses' spans, its figures' spans, each read on demand."""

    __slots__ = ("_clauses", "_foreign", "_quantities", "_starts", "end", "sentence", "start", "wording")

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.wording = sentence.wording
        self.start, self.end = self.wording.span
        self._clauses: tuple[tuple[int, int, Clause], ...] | None = None
        self._quantities: tuple[tuple[int, int, Quantity], ...] | None = None
        self._foreign: tuple[Span, ...] | None = None
        self._starts: list[int] | None = None

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

    def clause_of(self, position: int) -> int:
        """Number of the clause that holds a compact position; -1 where none does."""
        spans = self.wording.clause_spans
        if self._starts is None:
            self._starts = [a for a, _ in spans]
        at = bisect_right(self._starts, position) - 1
        return at if at >= 0 and position < spans[at][1] else -1

    def touched(self, group: tuple[Span, ...]) -> tuple[int, ...]:
        """Numbers of the clauses that hold a part of one of the spans."""
        if len(self.wording.clause_spans) == 1:
            a, b = self.wording.clause_spans[0]
            return (0,) if any(s[0] < b and a < s[1] for s in group) else ()
        out: set[int] = set()
        for start, end in group:
            first, last = self.clause_of(start), self.clause_of(end - 1)
            if first < 0 or last < 0:
                out.update(i for i, (a, b) in enumerate(self.wording.clause_spans) if start < b and a < end)
            else:
                out.update(range(first, last + 1))
        return tuple(sorted(out))


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
        touched = place.touched(group)
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
        home = place.clause_of(start[0])
        yield tuple(sorted(p[0] if len(p) == 1 else _nearest(p, start, home, place, foreign) for p in positions))


def _nearest(spans: list[Span], start: Span, home: int, place: Place, foreign: tuple[Span, ...]) -> Span:
    """The hit that belongs to the one at ``start``: one outside cited titles, in its clause, near it, in this order."""
    best, least = spans[0], (2, 2, 0)
    for span in spans:
        away = max(0, span[0] - start[1], start[0] - span[1])
        rank = (_cited(span, foreign) if foreign else 0, place.clause_of(span[0]) != home, away)
        if rank < least:
            best, least = span, rank
    return best


def _cited(span: Span, foreign: tuple[Span, ...]) -> bool:
    return any(a <= span[0] and span[1] <= b for a, b in foreign)


def _positions(words: Words, place: Place, found: Found, after: tuple[Place, ...]) -> list[Span]:
    kind = words.term.kind
    if kind == "regex":
        return found.regex(words.term.options[0])
    if kind == "number":
        return _figures(words.units, place, after)
    spans = found.words(words)
    return sorted({*spans, *_figures(words.units, place, after)}) if words.units else spans


def _figures(units: frozenset[str], place: Place, after: tuple[Place, ...]) -> list[Span]:
    figures = [*place.quantities, *(q for p in after for q in p.quantities)] if after else place.quantities
    return [(a, b) for a, b, q in figures if (q.unit in units if units else q.unit != "")]


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
