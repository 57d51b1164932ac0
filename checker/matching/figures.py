"""Which figure of a clause belongs to a metric's noun."""

from __future__ import annotations

from checker import patterns
from checker.matching.elements import Match
from checker.model import Compact, MetricValue, Polarity, Quantity, Role, Tense

_UNITS = {"工作日": "个工作日", "天": "日", "百分点": "个百分点", "％": "%"}
REACH = 30


def metric_value(match: Match, view: Compact, document: int) -> MetricValue | None:
    """The figure that the text gives for the metric at this match, or None."""
    metric = match.rule.metric
    assert metric is not None
    place = match.place
    if place.sentence.heading or place.sentence.role in (Role.PLAN, Role.METADATA):
        return None
    if metric.single and len(match.touched) > 1:
        return None  # 常务会议研究法治工作3次,带头落实会前学法: two figures contradict only where each surely is the metric's
    clauses = [place.clauses[i][2] for i in match.touched]
    if any(c.tense is Tense.PLANNED or c.year or c.subject in ("court", "superior") or c.placeholder for c in clauses):
        return None
    unit = _UNITS.get(metric.unit, metric.unit)
    start, end = match.spans[0][0], match.spans[-1][1]
    first, last = place.clauses[match.touched[0]][0], place.clauses[match.touched[-1]][1]
    candidates = [
        (a, b, q)
        for a, b, q in place.quantities
        if (q.unit == unit or (q.unit == "" and q.value == 0)) and not q.previous
    ]
    inside = [(a, b, q) for a, b, q in candidates if first <= a and b <= last]
    found = _distributed(view.text[first:last], start - first, inside, first) or _nearest(inside, start, end)
    if found is None:
        # 其中:按期报备(件) | 36 | 92.3% - in a table row the figures stand in the cells that follow.
        cells = place.clauses[match.touched[-1] + 1 : match.touched[-1] + 3]
        stop = cells[-1][1] if cells else last
        found = _nearest([(a, b, q) for a, b, q in candidates if last <= a and b <= stop and a - end <= 16], start, end)
    if found is None:
        return None
    return MetricValue(
        metric,
        document,
        place.sentence.number,
        found.start,
        found.end,
        found.value,
        found.comparator,
        _passed(metric.require, found),
    )


def _distributed(text: str, subject: int, inside: list[tuple[int, int, Quantity]], base: int) -> Quantity | None:
    """A、B 分别为 x、y: the n-th figure belongs to the n-th noun."""
    at = text.find("分别")
    if at < 0 or subject > at:
        return None
    values = [q for a, _, q in inside if a - base > at]
    position = len(patterns.findall(r"[、和及与]", text[:subject]))
    return values[position] if position < len(values) and len(values) > 1 else None


def _nearest(inside: list[tuple[int, int, Quantity]], start: int, end: int) -> Quantity | None:
    after = [(a - end, q) for a, _, q in inside if 0 <= a - end <= REACH]
    if after:
        return min(after, key=lambda x: x[0])[1]
    covered = [q for a, b, q in inside if start <= a and b <= end]
    if covered:
        return covered[0]
    before = [(start - b, q) for _, b, q in inside if 0 <= start - b <= REACH // 2]
    return min(before, key=lambda x: x[0])[1] if before else None


def _passed(require: tuple[str, float] | None, q: Quantity) -> bool | None:
    """Hold a figure against ``(comparator, threshold)``; bounds take their worst side."""
    if require is None:
        return None
    sign, want = require
    holds = {
        ">=": q.value >= want,
        "<=": q.value <= want,
        "=": q.value == want,
        ">": q.value > want,
        "<": q.value < want,
    }[sign]
    if q.comparator == "=":
        return holds
    if sign in (">=", ">"):
        return holds if q.comparator == ">=" else (False if not holds else None)
    if sign in ("<=", "<"):
        return holds if q.comparator == "<=" else (False if not holds else None)
    return None


def denied(match: Match) -> bool:
    """Whether the clause of the metric is negated."""
    return any(match.place.clauses[i][2].polarity is Polarity.DENIED for i in match.touched)
