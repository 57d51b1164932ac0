"""Sentences that may bear on an indicator for which nothing was found: a hint for people, never evidence."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass

from checker.model import Analysis, Genre, Indicator, Role, Suggestion

MOST = 3
LEAST_SHARED = 3
_CHINESE = re.compile(r"[^\u4e00-\u9fff]+")
# Pairs that every such report is full of say nothing about one indicator.
_EMPTY = frozenset(
    [
        "法治",
        "治政",
        "政府",
        "府建",
        "建设",
        "工作",
        "行政",
        "依法",
        "加强",
        "推进",
        "落实",
        "制度",
        "机制",
        "开展",
        "情况",
        "规范",
        "实施",
        "进行",
        "全面",
        "健全",
        "完善",
        "及时",
        "管理",
    ]
)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Character pairs of every sentence that could be suggested, with the weight of each pair."""

    rows: tuple[tuple[Suggestion, frozenset[str]], ...]
    weights: dict[str, float]


def candidates(analyses: tuple[Analysis, ...], skip: tuple[int, ...] = ()) -> Candidates:
    """Prepare once for a run: body sentences of achievement sections, but for the documents in ``skip``."""
    rows = []
    for number, analysis in enumerate(analyses):
        if analysis.reporter.genre is not Genre.REPORT or number in skip:
            continue
        for s in analysis.sentences:
            if s.heading or s.noise or s.role is not Role.ACHIEVEMENT:
                continue
            rows.append((Suggestion(number, s.number, s.start, s.end, 0.0), _pairs(analysis.folded[s.start : s.end])))
    seen = Counter(p for _, pairs in rows for p in pairs)
    weights = {p: math.log((len(rows) + 1) / n) for p, n in seen.items()}
    return Candidates(tuple(rows), weights)


def suggest(indicator: Indicator, among: Candidates) -> tuple[Suggestion, ...]:
    """The nearest sentences, best first; none where hardly a pair is shared."""
    wanted = _pairs(
        indicator.title + "。" + indicator.requirement + "。" + "。".join(e.name for e in indicator.elements)
    )
    out = []
    for row, pairs in among.rows:
        shared = wanted & pairs
        if len(shared) >= LEAST_SHARED:
            score = sum(among.weights[p] for p in shared) / math.sqrt(len(pairs) + 8)
            out.append(Suggestion(row.document, row.sentence, row.start, row.end, round(score, 4)))
    out.sort(key=lambda s: (-s.score, s.document, s.start))
    return tuple(out[:MOST])


def _pairs(text: str) -> frozenset[str]:
    parts = _CHINESE.split("".join(text.split()))
    return frozenset(p[i : i + 2] for p in parts for i in range(len(p) - 1)) - _EMPTY
