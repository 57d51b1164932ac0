"""Why a way does or does not take a sentence: for authors who ask, never for judging."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from checker.matching.elements import Place, _groups, _positions, match, places
from checker.matching.scanner import Hits, Rule, Rules, Span
from checker.model import Analysis, Indicator


class TermProbe(Struct, frozen=True):
    """One condition of a way: as written, and the words of the text that meet it."""

    text: str
    found: tuple[str, ...]


class WayProbe(Struct, frozen=True):
    """One way against one sentence. ``why`` is empty where it is fulfilled, else what stands against it."""

    owner: str
    way: str
    sentence: str
    terms: tuple[TermProbe, ...]
    why: str

    @property
    def missing(self) -> int:
        """How many conditions nothing meets."""
        return sum(not t.found for t in self.terms)


def probe(analysis: Analysis, rules: Rules, indicator: Indicator) -> tuple[WayProbe, ...]:
    """Every way of ``indicator`` against the sentence that comes nearest to it, the nearest ways first."""
    hits = Hits(rules, analysis.view.text)
    around = [p for p in places(analysis) if p.spans and not p.sentence.heading]
    out = []
    for rule in rules.every:
        if rule.indicator.id != indicator.id or any(w.term.kind == "meta" for w in rule.words):
            continue
        tried = [_probe(rule, place, hits, analysis) for place in around]
        if tried:
            out.append(min(tried, key=lambda p: (bool(p.why), p.missing)))
    return tuple(sorted(out, key=lambda p: (bool(p.why), p.missing / max(1, len(p.terms)), p.missing)))


def _probe(rule: Rule, place: Place, hits: Hits, analysis: Analysis) -> WayProbe:
    found = hits.within(place.start, place.end)
    text = hits.text
    positions: list[list[Span]] = [_positions(w, place, found, ()) for w in rule.words]
    written = _written(rule)
    terms = tuple(
        TermProbe(t, tuple(dict.fromkeys(text[a:b] for a, b in spans)))
        for t, spans in zip(written, positions, strict=True)
    )
    lacking = [t.text for t in terms if not t.found]
    if lacking:
        why = "缺 " + "；缺 ".join(lacking)
    elif match(rule, place, found):
        why = ""
    else:
        why = _obstacle(rule, place, hits, positions)
    s = place.sentence
    return WayProbe(_owner(rule), rule.way.text, analysis.document.text[s.start : s.end], terms, why)


def _written(rule: Rule) -> list[str]:
    """The conditions of a way as its author wrote them, without the exclusions."""
    parts: list[str] = []
    for part, term in zip(_split(rule.way.text), rule.way.terms, strict=False):
        if term.kind != "not":
            parts.append(part)
    wanted = len(rule.words)
    return parts if len(parts) == wanted else ["、".join(w.term.options) for w in rule.words]


def _split(text: str) -> Iterator[str]:
    current, regex = "", False
    for char in text:
        if char == "/" and (regex or not current.strip()):
            regex = not regex
        if char == "&" and not regex:
            yield current.strip()
            current = ""
        else:
            current += char
    yield current.strip()


def _obstacle(rule: Rule, place: Place, hits: Hits, positions: list[list[Span]]) -> str:
    found = hits.within(place.start, place.end)
    barred = sorted(rule.barred & found.numbers)
    for group in _groups(positions, place):
        clauses = [place.spans[i] for i in place.touched(group)]
        for number in barred:
            if any(a <= s and e <= b for s, e in found.spans(number) for a, b in clauses):
                return f"同一处有「{hits.rules.phrases[number]}」（none 或 !），不算"
    within = rule.element.within if rule.element else "sentence"
    return "几个词不在同一分句里" if within == "clause" else "几个词相隔太远"


def _owner(rule: Rule) -> str:
    if rule.element is not None:
        return f"要素「{rule.element.name}」"
    if rule.metric is not None:
        return f"数据「{rule.metric.name}」"
    return {"about": "话题", "admits": "自认的说法", "fails": "不达标的说法"}[rule.use]
