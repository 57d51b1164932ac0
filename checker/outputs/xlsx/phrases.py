"""The sentences that the workbook says about a finding. Silence of the text is never called inaction."""

from __future__ import annotations

from checker.model import Assessment, Evidence, Finding, Verdict

NATURES = {
    Verdict.MISSING: "报告未述及",
    Verdict.WEAK: "材料缺失",
    Verdict.PLANNED: "仅有计划",
    Verdict.ADMITTED: "自认问题",
    Verdict.FAILED: "数据不达标",
    Verdict.MANUAL: "需现场",
    Verdict.PARTIAL: "材料缺失",
    Verdict.MET: "人工判定",
    Verdict.NOT_APPLICABLE: "人工判定",
}
PROVED_BY = {
    "A": "文本或网页可直接证明",
    "B": "报告自述，须附佐证",
    "C": "须查台账、案卷",
    "D": "文本不能证明，须实地或第三方",
}


def nature(finding: Finding) -> str:
    """What kind of gap it is."""
    said = "；".join(finding.reasons)
    if finding.waived:
        return "已豁免"
    if finding.verdict is Verdict.PARTIAL and "主体不全" in said and not finding.missing:
        return "主体不全"
    if finding.verdict is Verdict.MANUAL and "前后不一" in said:
        return "口径不清"
    if finding.verdict is Verdict.FAILED and "否认" in said:
        return "自认未开展"
    return NATURES[finding.verdict]


def severity(finding: Finding) -> str:
    """红线 only where the text itself shows a red-line indicator broken; silence is 重要 at most."""
    i = finding.indicator
    if i.red_line and finding.verdict in (Verdict.FAILED, Verdict.ADMITTED):
        return "红线"
    return "重要" if i.red_line or i.severity == "major" else "一般"


def problem(finding: Finding) -> str:
    """One sentence that can go before a meeting as it stands."""
    title = finding.indicator.title
    lacking = "、".join(finding.missing)
    have = "、".join(e.name for e in finding.indicator.elements if e.id in finding.covered)
    said = {
        Verdict.MISSING: f"本次提交文本中未见「{title}」的相关表述，请责任单位说明或补证。",
        Verdict.PLANNED: f"「{title}」只见于下一步安排，本次提交文本中未见已完成的成果。",
        Verdict.WEAK: f"「{title}」只有原则表述或线索，未见具体事实" + (f"，尚缺：{lacking}。" if lacking else "。"),
        Verdict.PARTIAL: f"「{title}」"
        + (f"已写明{have}，" if have else "")
        + (f"尚缺：{lacking}。" if lacking else f"{_shortfall(finding)}。"),
        Verdict.ADMITTED: f"报告自认「{title}」存在不足，见所引原句。",
        Verdict.FAILED: f"「{title}」：{finding.reasons[0]}。",
        Verdict.MANUAL: f"「{title}」：{finding.reasons[0]}。",
        Verdict.MET: f"「{title}」机审为报告口径达标，人工另有判定。",
        Verdict.NOT_APPLICABLE: f"「{title}」机审为不适用，人工另有判定。",
    }[finding.verdict]
    return f"（已豁免：{finding.waived}）{said}" if finding.waived else said


def _shortfall(finding: Finding) -> str:
    said = [r for r in finding.reasons if not r.startswith(("要素「", "不采信", "下一步"))]
    return "；".join(said) or "尚不充分"


def goal(finding: Finding) -> str:
    """What can be checked when it is done."""
    wanted = finding.missing or tuple(e.name for e in finding.indicator.elements if e.required)
    return f"补齐：{'、'.join(wanted)}；附可核验的文件、数据或台账。" if wanted else "附可核验的文件、数据或台账。"


def shown(finding: Finding) -> Evidence | None:
    """The one sentence to quote: what decided the verdict, else the strongest."""
    order = {
        Verdict.ADMITTED: ("admission",),
        Verdict.FAILED: ("denial", "metric", "element"),
        Verdict.PLANNED: ("plan",),
    }.get(finding.verdict, ("element", "about"))
    for use in order:
        found = [e for e in finding.evidence if e.use == use and (e.accepted or use == "plan")]
        if found:
            return max(found, key=lambda e: (e.strength, -e.document, -e.start))
    return next((e for e in finding.evidence if e.strength > 0), None)


def quotes(finding: Finding, most: int = 300) -> str:
    """Up to three quoted sentences, each cut openly at ``most`` characters; the whole is in 逐句对照."""
    first = shown(finding)
    if first is None:
        return ""
    texts: list[str] = []
    for e in (first, *finding.accepted):
        if (e.use == first.use or e is first) and e.quote not in texts:
            texts.append(e.quote)
    left = most
    out = []
    for text in texts[:3]:
        flat = text.strip()
        if left < 40:
            break
        out.append(f"「{flat}」" if len(flat) <= left else f"「{flat[:left]}……」（详见逐句对照）")
        left -= len(flat)
    return "\n".join(out)


def where(assessment: Assessment, evidence: Evidence) -> str:
    """File, section and sentence; the file only where there are several."""
    if len(assessment.analyses) == 1:
        return evidence.where
    return f"{document_name(assessment, evidence.document)}·{evidence.where}"


def document_name(assessment: Assessment, number: int) -> str:
    """The last part of a document's path."""
    return assessment.analyses[number].document.path.replace("\\", "/").rsplit("/", 1)[-1]


def metrics(finding: Finding) -> str:
    """Figures of the report held against the metrics of the indicator."""
    out = []
    for v in finding.metrics:
        require = f"（要求 {v.metric.require[0]} {v.metric.require[1]:g}{v.metric.unit}）" if v.metric.require else ""
        mark = {True: "√", False: "×", None: ""}[v.passed]
        out.append(f"{v.metric.name} {v.value:g}{v.metric.unit}{require}{mark}")
    return "\n".join(dict.fromkeys(out))
