"""The slow and plain way to find what the engine finds: every rule in every sentence, with ``str.find`` and ``re``.

Nothing here uses the automaton, phrase numbers, anchors or what is kept between rules. It exists to be compared with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.matching.scanner import UNITS, Rule, Rules
from checker.model import Analysis, Sentence, Term
from checker.text.normalize import fold_phrase

Span = tuple[int, int]
Hit = tuple[int, int, tuple[Span, ...], tuple[int, ...]]
WINDOW, WIDE_WINDOW = 80, 400


def hits(analysis: Analysis, rules: Rules) -> set[Hit]:
    """(sentence, rule, where its terms stand, which clauses they touch) for every way that is fulfilled."""
    out = set()
    for at, sentence in enumerate(analysis.sentences):
        for number, rule in enumerate(rules.every):
            for spans, touched in _fulfilled(rule, analysis, at):
                out.add((sentence.number, number, spans, touched))
    return out


def _fulfilled(rule: Rule, analysis: Analysis, at: int) -> Iterator[tuple[tuple[Span, ...], tuple[int, ...]]]:
    sentence, text = analysis.sentences[at], analysis.view.text
    wide = rule.element is not None and rule.element.within == "paragraph"
    after = _same_paragraph(analysis, at) if wide else []
    start, stop = sentence.wording.span
    end = after[-1].wording.span[1] if after else stop
    terms = [t for t in rule.way.terms if t.kind not in ("not", "meta")]
    positions = []
    for term in terms:
        found = _stand(term, text, start, end, [sentence, *after])
        if not found:
            return
        positions.append(found)
    clauses = sentence.wording.clause_spans
    if not positions or not clauses:
        return
    foreign = [s for s, c in zip(sentence.wording.citation_spans, sentence.citations, strict=True) if c.superior]

    def cited(s: Span) -> bool:
        return any(a <= s[0] and s[1] <= b for a, b in foreign)

    def clause(s: Span) -> int:
        return next((i for i, (a, b) in enumerate(clauses) if a <= s[0] < b), -1)

    barred = [o for t in rule.way.terms if t.kind == "not" for o in t.options]
    barred += rule.element.none if rule.element else rule.metric.none if rule.metric else ()
    barred += rule.indicator.none if rule.use != "metric" else ()
    fewest = min(positions, key=len)
    seen = set()
    for first in sorted(fewest, key=cited):
        group = tuple(
            sorted(
                min(p, key=lambda s: (cited(s), clause(s) != clause(first), max(0, s[0] - first[1], first[0] - s[1])))
                for p in positions
            )
        )
        touched = tuple(i for i, (a, b) in enumerate(clauses) if any(s[0] < b and a < s[1] for s in group))
        if group[-1][1] - group[0][0] > (WIDE_WINDOW if wide else WINDOW) or group[0][0] >= stop:
            continue
        if not touched or touched in seen or (rule.element and rule.element.within == "clause" and len(touched) > 1):
            continue
        if any(p and p in text[clauses[i][0] : clauses[i][1]] for p in map(fold_phrase, barred) for i in touched):
            continue
        seen.add(touched)
        yield group, touched


def _same_paragraph(analysis: Analysis, at: int) -> list[Sentence]:
    here, out = analysis.sentences[at], []
    for s in analysis.sentences[at + 1 : at + 5]:
        if s.paragraph != here.paragraph or s.role is not here.role or s.heading:
            break
        out.append(s)
    return out


def _stand(term: Term, text: str, start: int, end: int, sentences: list[Sentence]) -> list[Span]:
    if term.kind == "regex":
        return [m.span() for m in re.compile(term.options[0]).finditer(text, start, end) if m.end() > m.start()]
    if term.kind == "number":
        return _figures(term.options, sentences)
    found = [s for o in term.options for s in _find(fold_phrase(o), text, start, end)]
    barred = [s for o in term.exclude for s in _find(fold_phrase(o), text, start, end)] if found else []
    found = [s for s in found if not any(s[0] < b[1] and b[0] < s[1] for b in barred)]
    return sorted({*found, *(_figures(term.units, sentences) if term.units else ())})


def _find(phrase: str, text: str, start: int, end: int) -> Iterator[Span]:
    at = text.find(phrase, start, end) if phrase else -1
    while at >= 0:
        yield at, at + len(phrase)
        at = text.find(phrase, at + 1, end)


def _figures(units: tuple[str, ...], sentences: list[Sentence]) -> list[Span]:
    wanted = {UNITS.get(u, u) for u in units}
    return [
        span
        for s in sentences
        for span, q in zip(s.wording.quantity_spans, s.quantities, strict=True)
        if (q.unit in wanted if wanted else q.unit != "")
    ]
