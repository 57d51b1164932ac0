"""``checker explain``: what an indicator asks; with a file, step by step why it got its verdict."""

from __future__ import annotations

import click

from checker.cli.chinese import Command
from checker.cli.options import given_level, reading
from checker.cli.words import KINDS, VERIFIABLE


@click.command("explain", cls=Command)
@click.argument("number", metavar="编号")
@click.argument("file", required=False, metavar="[文件]")
@reading
def command(
    number: str,
    file: str | None,
    index_name: str,
    level: str,
    year: int | None,
    place: str | None,
    encoding: str | None,
) -> None:
    """说明一条指标要求什么；给出报告时，逐步说明它为何得此结论。"""
    from rich.console import Console

    from checker.errors import CheckerError
    from checker.index import load_index

    index = load_index(index_name)
    indicator = index.find(number)
    if indicator is None:
        raise CheckerError(f"没有编号为 {number} 的指标。用 checker rules list 看全部编号。")
    console = Console(highlight=False, soft_wrap=True)

    def say(text: str) -> None:
        console.print(text, markup=False)

    i = indicator
    console.print(f"[bold]{i.label}[/bold]（{i.id}，{index.chapter(i.chapter).name}·{index.section_name(i)}）")
    say(f"要求（本库措辞）：{i.requirement}")
    if i.official_text:
        say(f"正式原文：{i.official_text}")
    say(f"类型：{KINDS[i.kind]}；可证性 {i.verifiability}：{VERIFIABLE[i.verifiability]}；来源：{i.provenance}")
    say("依据：" + "；".join(i.basis))
    for t in i.thresholds:
        say(f"门槛（{t.kind}）：{t.text}")
    for e in i.elements:
        say(
            f"{'必备' if e.required else '辅助'}要素「{e.name}」："
            + "；".join(w.text for w in e.ways[:12])
            + ("……" if len(e.ways) > 12 else "")
        )
        if e.none:
            say("    不算：" + "、".join(e.none))
    say("要补的材料：" + "、".join(i.materials))
    if not file:
        return
    from checker.api import check, read_documents

    assessment = check(read_documents([file], encoding), index, level=given_level(level), year=year, place=place)
    f = next(x for x in assessment.findings if x.indicator.id == i.id)
    for warning in assessment.warnings:
        say("提示 " + warning)
    console.print(f"\n[bold]结论：{f.verdict.sign} {f.verdict.label}[/bold]")
    for reason in f.reasons:
        say(f"  - {reason}")
    for e2 in f.evidence:
        name = next((x.name for x in i.elements if x.id == e2.element), "话题")
        state = "采信" if e2.accepted else f"不采信 {e2.refused_by}"
        say(f"\n[{state}] {e2.strength.name} 「{name}」 {e2.where}（{e2.role.label}·{e2.tense.label}）{e2.note}")
        say(f"    {e2.quote}")
        say(f"    说法：{e2.way}")
    for m in f.metrics:
        result = "没有门槛，只列数值" if m.passed is None else "过" if m.passed else "不过"
        say(f"数字：{m.metric.name} {m.value:g}{m.metric.unit}（{result}）")
    if f.missing:
        say("缺：" + "、".join(f.missing))
    for s in f.suggestions:
        say(f"可能相关，请人工判断：{assessment.analyses[s.document].document.text[s.start : s.end]}")
