"""How evidence is shown to authors: the words that matched in colour, what became of it and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checker.model import Analysis, Evidence, Finding, Indicator, MetricValue

if TYPE_CHECKING:
    from rich.text import Text

GATES = {
    "G1": "主体不对",
    "G2": "年度不对",
    "G3": "是计划，不是成果",
    "G4": "自认或否认",
    "G5": "标题不作证据",
    "G6": "上级文件不作本级成果",
    "G7": "套话、荣誉、占位或不是报告",
}
USES = {"element": "证据", "about": "话题", "plan": "计划", "admission": "自认", "denial": "否认", "metric": "数据"}


def gate_words(code: str | None) -> str:
    """「G3-section 是计划，不是成果」."""
    return f"{code} {GATES.get(code[:2], '')}".strip() if code else ""


def owner(e: Evidence, indicator: Indicator) -> str:
    """The element that a piece of evidence speaks for, or 话题."""
    return next((x.name for x in indicator.elements if x.id == e.element), "话题")


def state(e: Evidence) -> tuple[str, str]:
    """(word, style) for what became of a piece of evidence."""
    if e.accepted and e.use == "element":
        return "采信", "bold green"
    if e.accepted and e.use in ("admission", "denial"):
        return USES[e.use], "bold red"
    if e.use == "plan":
        return "计划", "bold blue"
    return ("线索", "yellow") if e.accepted else ("拦下", "bold magenta")


def quote(e: Evidence, analysis: Analysis) -> Text:
    """The sentence with the words that matched underlined."""
    from rich.text import Text

    out = Text(e.quote)
    for start, end in e.matched:
        out.stylize("bold underline cyan", max(0, start - e.start), max(0, end - e.start))
    return out


def matched(e: Evidence, analysis: Analysis) -> list[str]:
    """The words of the text that hit."""
    return [analysis.document.text[a:b] for a, b in e.matched]


def evidence_data(e: Evidence, indicator: Indicator, analysis: Analysis) -> dict[str, Any]:
    """A piece of evidence for --format json."""
    return {
        "element": e.element,
        "element_name": owner(e, indicator),
        "use": e.use,
        "state": state(e)[0],
        "accepted": e.accepted,
        "refused_by": e.refused_by,
        "gate": gate_words(e.refused_by) or None,
        "strength": e.strength.name,
        "role": e.role.value,
        "tense": e.tense.value,
        "where": e.where,
        "start": e.start,
        "end": e.end,
        "quote": e.quote,
        "way": e.way,
        "matched": [{"start": a, "end": b, "text": analysis.document.text[a:b]} for a, b in e.matched],
        "note": e.note,
    }


def metric_data(m: MetricValue) -> dict[str, Any]:
    """A figure for --format json."""
    return {
        "id": m.metric.id,
        "name": m.metric.name,
        "value": m.value,
        "unit": m.metric.unit,
        "comparator": m.comparator,
        "require": f"{m.metric.require[0]} {m.metric.require[1]:g}" if m.metric.require else None,
        "passed": m.passed,
    }


def finding_data(f: Finding, analyses: tuple[Analysis, ...]) -> dict[str, Any]:
    """What one indicator makes of the text, for --format json."""
    i = f.indicator
    return {
        "number": i.number,
        "id": i.id,
        "title": i.title,
        "verdict": f.verdict.value,
        "label": f.verdict.label,
        "reasons": list(f.reasons),
        "missing": list(f.missing),
        "elements": [
            {"id": e.id, "name": e.name, "required": e.required, "covered": e.id in f.covered} for e in i.elements
        ],
        "evidence": [evidence_data(e, i, analyses[e.document]) for e in f.evidence],
        "metrics": [metric_data(m) for m in f.metrics],
    }


def figure_words(m: MetricValue) -> str:
    """「审核率 100%（要求 >= 100%，过）」."""
    if m.passed is None:
        return f"{m.metric.name} {m.value:g}{m.metric.unit}（没有门槛，只列数值）"
    require = f"{m.metric.require[0]} {m.metric.require[1]:g}" if m.metric.require else ""
    return (
        f"{m.metric.name} {m.value:g}{m.metric.unit}（要求 {require}{m.metric.unit}，{'过' if m.passed else '不过'}）"
    )
