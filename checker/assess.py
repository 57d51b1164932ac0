"""Evidence -> Finding -> Assessment. The only place that derives a verdict or a rate."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from checker.model import (
    Attestation,
    Element,
    Evidence,
    Finding,
    Index,
    Indicator,
    MetricValue,
    Rates,
    Strength,
    Verdict,
)

# A township or a department is judged for itself; where the whole government is demanded that is partial at most.
PART_OF_GOVERNMENT = ("township", "department")


def judge(
    indicator: Indicator,
    evidence: tuple[Evidence, ...],
    values: tuple[MetricValue, ...],
    level: str,
    attested: tuple[Attestation, ...] = (),
) -> Finding:
    """The verdict for one indicator, by the order of precedence, with its chain of reasons.

    ``attested`` can only lift a cap (class C, negative kind, an element of class D that it names): everything else
    must hold by the text all the same, and a class D indicator stays for people to judge.
    """
    covered = {e.id: _covering(e, evidence, values) for e in indicator.elements}
    vouched = {e.id for e in indicator.elements if e.verifiability == "D" and any(e.id in a.elements for a in attested)}
    missing = tuple(e.name for e in indicator.elements if e.required and not covered[e.id] and e.id not in vouched)
    verdict, reasons = _verdict(indicator, evidence, values, level, covered)
    lifted = False
    if attested and verdict is Verdict.PARTIAL:
        second, chain = _verdict(
            indicator, evidence, values, level, covered, frozenset(vouched), _whole(indicator, attested)
        )
        lifted = second is Verdict.MET
        if lifted:
            verdict, reasons = second, chain
    reasons += [f"人工佐证{'解除封顶' if lifted else '已登记，结论不因此改变'}：{a.text}" for a in attested]
    if verdict is not Verdict.PLANNED and any(e.use == "plan" for e in evidence):
        reasons.append("下一步仍列入，成果不因此抵消" if verdict is Verdict.MET else "下一步计划里也有，不作成果")
    reasons += _refusals(evidence)
    return Finding(
        indicator=indicator,
        verdict=verdict,
        covered=tuple(e.id for e in indicator.elements if covered[e.id]),
        evidence=evidence,
        metrics=values,
        missing=missing,
        reasons=tuple(reasons),
        attested=attested,
        lifted=lifted,
    )


def _whole(indicator: Indicator, attested: tuple[Attestation, ...]) -> bool:
    """Whether the attestations speak for the indicator as a whole, at once or element by element."""
    named = {name for a in attested for name in a.elements}
    return any(not a.elements for a in attested) or {e.id for e in indicator.elements if e.required} <= named


def _covering(
    element: Element, evidence: tuple[Evidence, ...], values: tuple[MetricValue, ...]
) -> tuple[Evidence, ...]:
    """Accepted evidence of S2 or more for an element; none for what a text can never prove."""
    if element.verifiability == "D":
        return ()
    return tuple(
        e for e in evidence if e.use == "element" and e.element == element.id and e.accepted and e.strength >= 2
    )


def _verdict(
    indicator: Indicator,
    evidence: tuple[Evidence, ...],
    values: tuple[MetricValue, ...],
    level: str,
    covered: dict[str, tuple[Evidence, ...]],
    vouched: frozenset[str] = frozenset(),
    uncapped: bool = False,
) -> tuple[Verdict, list[str]]:
    if level in ("county", "city") and level not in indicator.applies_to:
        return Verdict.NOT_APPLICABLE, ["本指标不适用于本级政府（规则 applies_to 所列层级不含本级）"]
    broken = [v for v in values if v.passed is False and v.metric.kind == "law" and v.comparator == "="]
    if broken:
        return Verdict.FAILED, [_figure(v, "劣于法定门槛") for v in broken]
    denied = [e for e in evidence if e.use == "denial" and e.accepted]
    if denied:
        return Verdict.FAILED, [f"原文明确否认：{_short(denied[0])}"]
    admitted = [e for e in evidence if e.use == "admission" and e.accepted]
    if admitted:
        return Verdict.ADMITTED, [f"原文自认：{_short(admitted[0])}"]
    if indicator.unwritten:
        return Verdict.MANUAL, ["本指标还没有编写判定规则，只能由人核验（见规则库中状态为 draft 的文件）"]
    if indicator.verifiability == "D" or indicator.kind == "survey":
        return Verdict.MANUAL, ["文本永远不能证明本指标，须人工核验；命中的句子只是线索"]
    clash = _contradiction(values)
    if clash:
        return Verdict.MANUAL, [clash]
    return _by_coverage(indicator, evidence, values, level, covered, vouched, uncapped)


def _by_coverage(
    indicator: Indicator,
    evidence: tuple[Evidence, ...],
    values: tuple[MetricValue, ...],
    level: str,
    covered: dict[str, tuple[Evidence, ...]],
    vouched: frozenset[str],
    uncapped: bool,
) -> tuple[Verdict, list[str]]:
    required = [e for e in indicator.elements if e.required]
    have = [e for e in required if covered[e.id]]
    reasons = [
        f"要素「{e.name}」：{_short(covered[e.id][0])}（{max(x.strength for x in covered[e.id]).name}）" for e in have
    ]
    if have:
        short = _shortfalls(indicator, required, have, values, level, covered, vouched, uncapped)
        if not short:
            return Verdict.MET, [*reasons, "必备要素齐全，强度够"]
        return Verdict.PARTIAL, [*reasons, *short]
    supporting = [e for e in indicator.elements if not e.required and covered[e.id]]
    clues = [e for e in evidence if e.use in ("element", "about") and (e.accepted or _clue(e))]
    if supporting:
        # A counted fact about a side of the matter is more than a clue; without figures it stays one.
        strong = any(x.strength >= 3 for e in supporting for x in covered[e.id])
        reasons = [f"只有辅助要素「{e.name}」：{_short(covered[e.id][0])}" for e in supporting]
        return (Verdict.PARTIAL if strong else Verdict.WEAK), reasons
    if clues:
        return Verdict.WEAK, [f"只有原则表述或线索：{_short(c)}（{c.note}）" for c in clues[:3]]
    planned = [e for e in evidence if e.use == "plan"]
    if planned:
        return Verdict.PLANNED, [f"只见于计划：{_short(planned[0])}"]
    return Verdict.MISSING, ["本次提交文本中未见相关表述，请责任单位说明或补证"]


def _clue(e: Evidence) -> bool:
    return not e.accepted and e.strength is Strength.S1


def _shortfalls(
    indicator: Indicator,
    required: list[Element],
    have: list[Element],
    values: tuple[MetricValue, ...],
    level: str,
    covered: dict[str, tuple[Evidence, ...]],
    vouched: frozenset[str],
    uncapped: bool,
) -> list[str]:
    """Why evidence for at least one required element is not enough; empty when it is."""
    out = []
    lacking = [e for e in required if e not in have and e.id not in vouched]
    if lacking:
        out.append("缺要素：" + "、".join(e.name for e in lacking))
    if (indicator.verifiability == "C" or indicator.kind == "negative") and not uncapped:
        out.append("本指标文本不能完全证明，附上台账、案卷等佐证前至多部分达标")
    if level in PART_OF_GOVERNMENT:
        out.append("报告主体是部门或乡镇（街道），指标要求的是整个政府")
    narrow = [e for e in have if all(x.narrow for x in covered[e.id])]
    if narrow:
        out.append("主体不全：" + "、".join(e.name for e in narrow) + "只见个别部门")
    outside = [e for e in have if all(x.material for x in covered[e.id])]
    if outside:
        out.append("报告没有写到：" + "、".join(e.name for e in outside) + "只见于所附材料，请写入报告或由人核验")
    late = [e for e in have if all(x.short for x in covered[e.id])]
    if late:
        out.append("未按期：" + "、".join(e.name for e in late) + f"（{covered[late[0].id][0].note}）")
    linked = {m for e in required for m in e.metrics}
    low = [v for v in values if v.metric.id in linked and v.metric.require and v.passed is not True]
    good = {v.metric.id for v in values if v.passed}
    for v in low:
        if v.metric.id not in good or v.passed is False:
            out.append(_figure(v, "未到要求"))
    kept = {(x.document, x.sentence, x.element): x for e in required for x in covered[e.id]}.values()
    strong = [x for x in kept if x.strength >= 3]
    need_figure = indicator.kind == "result"
    if not strong and (need_figure or len({(x.document, x.sentence, x.element) for x in kept}) < 2):
        out.append("只有做法，没有文件或数据")
    return out


def _figure(v: MetricValue, what: str) -> str:
    require = f"{v.metric.require[0]} {v.metric.require[1]:g}" if v.metric.require else ""
    return f"{v.metric.name} {v.value:g}{v.metric.unit}，要求 {require}{v.metric.unit}，{what}"


def _contradiction(values: tuple[MetricValue, ...]) -> str | None:
    by_metric: dict[str, list[MetricValue]] = {}
    for v in values:
        if v.metric.single and v.comparator == "=":
            by_metric.setdefault(v.metric.id, []).append(v)
    for group in by_metric.values():
        for a, b in combinations(group, 2):
            if a.value != b.value and (a.document, a.sentence) != (b.document, b.sentence):
                unit = a.metric.unit
                return f"同一数据前后不一：{a.metric.name}一处 {a.value:g}{unit}，一处 {b.value:g}{unit}，请核实"
    return None


def _short(e: Evidence, most: int = 40) -> str:
    text = " ".join(e.quote.split())
    return f"「{text if len(text) <= most else text[:most] + '……'}」"


def _refusals(evidence: tuple[Evidence, ...]) -> list[str]:
    seen: dict[str, Evidence] = {}
    for e in evidence:
        if e.refused_by and e.use != "plan":
            seen.setdefault(e.refused_by, e)
    return [f"不采信：{_short(e, 24)}（{e.note}）" for e in list(seen.values())[:3]]


def rates(findings: Iterable[Finding]) -> Rates:
    """述及率, 充分率, 空白率 over what a text can show at all: A, B and C that apply."""
    checkable = [
        f
        for f in findings
        if f.indicator.verifiability != "D" and not f.indicator.unwritten and f.verdict is not Verdict.NOT_APPLICABLE
    ]
    total = len(checkable)
    verdicts = [f.verdict for f in checkable]

    def count(*wanted: Verdict) -> tuple[int, int]:
        return sum(verdicts.count(v) for v in wanted), total

    return Rates(
        mentioned=count(Verdict.MET, Verdict.PARTIAL, Verdict.WEAK),
        sufficient=count(Verdict.MET),
        blank=count(Verdict.PLANNED, Verdict.MISSING),
    )


def chapter_rates(index: Index, findings: tuple[Finding, ...]) -> tuple[tuple[str, Rates], ...]:
    """The rates of each chapter, in order."""
    rows: dict[str, list[Finding]] = {c.id: [] for c in index.chapters}
    for f in findings:
        rows[f.indicator.chapter].append(f)
    return tuple((chapter, rates(found)) for chapter, found in rows.items())
