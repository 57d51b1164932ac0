"""Sentences that may bear on an indicator for which nothing was found: a hint for people, never evidence."""

from __future__ import annotations

import math
from collections import defaultdict
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from checker.model import Analysis, Genre, Indicator, Role, Suggestion
from checker.patterns import regex

MOST = 3
LEAST_SHARED = 3
_CHINESE = regex(r"[^\u4e00-\u9fff]+")
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


class Candidates(Struct, frozen=True):
    """Every sentence that could be suggested with its number of character pairs; where each pair stands, its weight."""

    rows: tuple[tuple[Suggestion, int], ...]
    places: dict[str, list[int]]
    weights: dict[str, float]


def candidates(analyses: tuple[Analysis, ...], skip: tuple[int, ...] = ()) -> Candidates:
    """Prepare once for a run: body sentences of achievement sections, but for the documents in ``skip``."""
    rows: list[tuple[Suggestion, int]] = []
    places: dict[str, list[int]] = defaultdict(list)
    for number, analysis in enumerate(analyses):
        if analysis.reporter.genre is not Genre.REPORT or number in skip:
            continue
        for s in analysis.sentences:
            if s.heading or s.role is not Role.ACHIEVEMENT or s.noise:
                continue
            pairs = _pairs(analysis.folded[s.start : s.end])
            for p in pairs:
                places[p].append(len(rows))
            rows.append((Suggestion(number, s.number, s.start, s.end, 0.0), len(pairs)))
    weights = {p: math.log((len(rows) + 1) / len(at)) for p, at in places.items()}
    return Candidates(tuple(rows), dict(places), weights)


def suggest(indicator: Indicator, among: Candidates) -> tuple[Suggestion, ...]:
    """The nearest sentences, best first; none where hardly a pair is shared."""
    wanted = _wanted(
        indicator.title + "。" + indicator.requirement + "。" + "。".join(e.name for e in indicator.elements)
    )
    shared: dict[int, list[float]] = defaultdict(list)
    for p in wanted & among.places.keys():
        for at in among.places[p]:
            shared[at].append(among.weights[p])
    out = []
    for at, weights in shared.items():
        if len(weights) >= LEAST_SHARED:
            row, size = among.rows[at]
            score = math.fsum(weights) / math.sqrt(size + 8)
            out.append(Suggestion(row.document, row.sentence, row.start, row.end, round(score, 4)))
    out.sort(key=lambda s: (-s.score, s.document, s.start))
    return tuple(out[:MOST])


@lru_cache(maxsize=1024)
def _wanted(text: str) -> frozenset[str]:
    return _pairs(text)


def _pairs(text: str) -> frozenset[str]:
    parts = _CHINESE.split("".join(text.split()))
    return frozenset([a + b for p in parts for a, b in pairwise(p)]) - _EMPTY
