"""Who gives verdicts: the checker, the checker with a gate off, a keyword matcher, and bigram similarity."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import contextmanager
from typing import Any

from benchmarks.accuracy.gold import Labelled
from benchmarks.accuracy.scoring import MISSING_ROW, Row
from checker.api import check
from checker.documents import read_document
from checker.matching import Rules, gates
from checker.model import Analysis
from checker.text.normalize import compact, fold_phrase
from checker.text.sentences import analyze

Judge = Callable[[Labelled], list[Row]]

GATES = {
    "G1 主体": ("_subject",),
    "G2 年度": ("_year",),
    "G3 计划": ("_plan",),
    "G4 极性": ("_polarity",),
    "G5 标题": ("_heading",),
    "G6 引用": ("_citation",),
    "G7 噪声": ("_noise", "_overview", "_award", "_placeholder", "_genre"),
}


def rows(
    labelled: Labelled,
    verdicts: dict[int, tuple[str, tuple[str, ...]]],
    reasons: dict[int, tuple[str, ...]] | None = None,
) -> list[Row]:
    out = []
    for no in sorted(set(labelled.labels) | set(verdicts)):
        got, quotes = verdicts.get(no, ("missing", ()))
        why = (reasons or {}).get(no, ())
        out.append(Row(labelled.path.name, no, labelled.labels.get(no, MISSING_ROW), got, quotes, why))
    return out


def checker(rules: Rules) -> Judge:
    def judge(labelled: Labelled) -> list[Row]:
        result = check([read_document(str(labelled.path))], rules.index, rules=rules, level=labelled.level)
        return rows(
            labelled,
            {f.indicator.no: (f.verdict.value, tuple(e.quote for e in f.evidence)) for f in result.findings},
            {f.indicator.no: f.reasons for f in result.findings},
        )

    return judge


@contextmanager
def without(names: tuple[str, ...]) -> Any:
    """Switch gates off for the time being."""
    kept = gates.CHECKS, gates.PLAIN_CHECKS
    gates.CHECKS, gates.PLAIN_CHECKS = (tuple(c for c in checks if c.__name__ not in names) for checks in kept)
    try:
        yield
    finally:
        gates.CHECKS, gates.PLAIN_CHECKS = kept


def keyword(rules: Rules) -> Judge:
    """Any phrase of an indicator's ways anywhere: the plain matcher that the gates are measured against."""
    table: dict[int, set[str]] = {}
    for rule in rules.every:
        if rule.use in ("element", "about"):
            longest = max(
                (fold_phrase(o) for t in rule.way.terms if t.kind == "phrase" for o in t.options), key=len, default=""
            )
            if len(longest) >= 3:
                table.setdefault(rule.indicator.no, set()).add(longest)

    def judge(labelled: Labelled) -> list[Row]:
        analysis = _analysis(labelled)
        found = {}
        for no, phrases in table.items():
            hits = [s for s in analysis.sentences if any(p in _text(analysis, s.start, s.end) for p in phrases)]
            if hits:
                counted = any(s.quantities for s in hits)
                found[no] = (
                    "partial" if counted else "weak",
                    tuple(analysis.document.text[s.start : s.end] for s in hits[:3]),
                )
        return rows(labelled, found)

    return judge


def bigram(rules: Rules, threshold: float = 0.16) -> Judge:
    """Cosine of character bigrams between a sentence and the requirement."""

    def grams(text: str) -> set[str]:
        text = re.sub(r"[^\u4e00-\u9fa5]", "", text)
        return {text[i : i + 2] for i in range(len(text) - 1)}

    wanted = {i.no: grams(i.title + i.requirement) for i in rules.index.indicators}

    def judge(labelled: Labelled) -> list[Row]:
        analysis = _analysis(labelled)
        sentences = [(grams(_text(analysis, s.start, s.end)), s) for s in analysis.sentences]
        found: dict[int, tuple[str, tuple[str, ...]]] = {}
        for no, want in wanted.items():
            best, at = max(
                ((len(want & g) / (len(want) * len(g)) ** 0.5 if g else 0.0, s) for g, s in sentences),
                key=lambda x: x[0],
            )
            if best >= threshold:
                found[no] = ("partial", (analysis.document.text[at.start : at.end],))
        return rows(labelled, found)

    return judge


def _analysis(labelled: Labelled) -> Analysis:
    return analyze(read_document(str(labelled.path)), level=labelled.level)


def _text(analysis: Analysis, start: int, end: int) -> str:
    return compact(analysis.folded[start:end]).text
