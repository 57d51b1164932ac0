"""Which of our indicators is which official item: similarity of words, one to one, doubt kept as doubt."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from checker.authoring.adopt.item import Item, bare
from checker.model import Index, Indicator

# Measured with texts of the same topics in other words, half of the indicators taken away at random: pairs that do
# not belong together stay below 0.10, 83 of 100 that do are above 0.20 with the next one far behind.
SURE = 0.22
"""From here on an item is taken for an indicator unasked, if no other comes near it."""
AHEAD = 1.5
"""How many times as near as the next one it must be for that."""
NEAR = 0.03
DOUBTFUL = 0.1
"""Below this there is nothing to ask about."""
_CHINESE = re.compile(r"[^\u3400-\u9fff]+")


class Match(Struct, frozen=True):
    """An item with the indicator it most likely is. ``state`` is ``sure``, ``doubtful``, ``none`` or ``confirmed``."""

    item: Item
    indicator: Indicator | None
    similarity: float
    shared: tuple[str, ...]
    state: str
    near: tuple[str, ...] = ()
    """The indicators that come nearest, for people who look through the list: 「编号 标题 0.31」"""

    @property
    def label(self) -> str:
        """Chinese word for the state."""
        return {"sure": "自动对上", "doubtful": "待确认", "none": "没有对应规则", "confirmed": "已确认"}[self.state]


def align(items: Sequence[Item], index: Index) -> tuple[Match, ...]:
    """The best one-to-one matching of items and indicators, in the order of the items."""
    indicators = [i for i in index.indicators if not i.unwritten]
    texts = [_pairs(i.text) + _weak(bare(i.section, 2)) for i in items]
    rules = [_profile(i, index) for i in indicators]
    weights = _weights([*texts, *rules])
    ours = [_scaled(r, weights) for r in rules]
    table = [[_cosine(_scaled(t, weights), r) for r in ours] for t in texts]
    chosen = assign(table)
    out = []
    for n, item in enumerate(items):
        at = chosen[n]
        best = sorted(range(len(indicators)), key=lambda c: -table[n][c])[:3]
        near = tuple(f"{indicators[c].id} {indicators[c].title} {table[n][c]:.2f}" for c in best if table[n][c] >= NEAR)
        score = table[n][at] if at is not None else 0.0
        if at is None or score < DOUBTFUL:
            out.append(Match(item, None, score, (), "none", near))
            continue
        others = [s for c, s in enumerate(table[n]) if c != at] + [row[at] for m, row in enumerate(table) if m != n]
        sure = score >= SURE and score >= AHEAD * max(others, default=0.0)
        shared = _shared(item.text, indicators[at], weights)
        out.append(Match(item, indicators[at], round(score, 2), shared, "sure" if sure else "doubtful", near))
    return tuple(out)


def _pairs(text: str) -> Counter[str]:
    """Pairs and triples of neighbouring Chinese characters."""
    out: Counter[str] = Counter()
    for run in _CHINESE.split(text):
        for size in (2, 3):
            out.update(run[i : i + size] for i in range(len(run) - size + 1))
    return out


def _weak(text: str) -> Counter[str]:
    return Counter(dict.fromkeys(_pairs(text), 1))


def _profile(i: Indicator, index: Index) -> Counter[str]:
    """What an indicator is about: its own words, twice where they define it."""
    out = _pairs(i.requirement) + _pairs(i.requirement) + _pairs(i.title) + _pairs(i.title)
    if i.official_text:
        out += _pairs(i.official_text) + _pairs(i.official_text)
    for e in i.elements:
        out += _pairs(e.name)
    for m in (*i.metrics,):
        out += _pairs(m.name)
    return out + _weak(index.section_name(i))


def _weights(bags: Sequence[Counter[str]]) -> dict[str, float]:
    """Inverse document frequency: what every item says tells none apart."""
    seen = Counter(k for bag in bags for k in bag)
    return {k: math.log((len(bags) + 1) / (n + 0.5)) for k, n in seen.items()}


def _scaled(bag: Counter[str], weights: dict[str, float]) -> dict[str, float]:
    raw = {k: (1 + math.log(n)) * weights.get(k, 0.0) for k, n in bag.items()}
    length = math.sqrt(sum(v * v for v in raw.values())) or 1.0
    return {k: v / length for k, v in raw.items()}


def _cosine(a: dict[str, float], b: dict[str, float]) -> float:
    if len(a) > len(b):
        a, b = b, a
    return sum(v * b[k] for k, v in a.items() if k in b)


def _shared(text: str, indicator: Indicator, weights: dict[str, float]) -> tuple[str, ...]:
    """The longest telling words that both use, for people to judge by."""
    theirs = _CHINESE.sub(
        " ", f"{indicator.title} {indicator.requirement} {' '.join(e.name for e in indicator.elements)}"
    )
    found: list[tuple[float, str]] = []
    for run in _CHINESE.split(text):
        at = 0
        while at < len(run):
            end = at
            while end < len(run) and run[at : end + 1] in theirs:
                end += 1
            word = run[at:end]
            if len(word) >= 2:
                found.append((sum(weights.get(p, 0.0) for p in _pairs(word)), word))
            at = max(end, at + 1)
    best = [word for _, word in sorted(set(found), reverse=True)]
    return tuple(best[:4])


def assign(scores: Sequence[Sequence[float]]) -> list[int | None]:
    """One-to-one choice of columns for rows with the greatest total (Hungarian method); None where columns run out."""
    rows, columns = len(scores), len(scores[0]) if scores else 0
    if not rows or not columns:
        return [None] * rows
    size = max(rows, columns)
    cost = [[-(scores[r][c] if r < rows and c < columns else 0.0) for c in range(size)] for r in range(size)]
    infinite = float("inf")
    u, v = [0.0] * (size + 1), [0.0] * (size + 1)
    match, way = [0] * (size + 1), [0] * (size + 1)
    for r in range(1, size + 1):
        match[0] = r
        column = 0
        least, used = [infinite] * (size + 1), [False] * (size + 1)
        while True:
            used[column] = True
            row, delta, following = match[column], infinite, 0
            for c in range(1, size + 1):
                if used[c]:
                    continue
                current = cost[row - 1][c - 1] - u[row] - v[c]
                if current < least[c]:
                    least[c], way[c] = current, column
                if least[c] < delta:
                    delta, following = least[c], c
            for c in range(size + 1):
                if used[c]:
                    u[match[c]] += delta
                    v[c] -= delta
                else:
                    least[c] -= delta
            column = following
            if match[column] == 0:
                break
        while column:
            match[column] = match[way[column]]
            column = way[column]
    out: list[int | None] = [None] * rows
    for c in range(1, size + 1):
        if match[c] - 1 < rows and c - 1 < columns:
            out[match[c] - 1] = c - 1
    return out
