"""``checker explain``: what an indicator asks; with a file, step by step why it got its verdict."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from checker.cli.chinese import Command
from checker.cli.options import given_level, reading
from checker.model.codes import KINDS, LEVELS, PROVENANCE, SEVERITY, STATUS, THRESHOLDS, VERIFIABILITY

if TYPE_CHECKING:
    from rich.console import Console

    from checker.model import Assessment, Index, Indicator

MOST_WAYS = 12


@click.command("explain", cls=Command)
@click.argument("number", metavar="编号")
@click.argument("file", required=False, metavar="[文件]")
@reading
@click.option("--ways", is_flag=True, help="列出全部说法，不省略。")
@click.option("--format", "kind", type=click.Choice(("text", "json")), default="text", help="输出格式。")
def command(
    number: str,
    file: str | None,
    index_name: str,
    level: str,
    year: int | None,
    place: str | None,
    encoding: str | None,
    ways: bool,
    kind: str,
) -> None:
    """说明一条指标要求什么；给出报告时，逐步说明它为何得此结论。"""
    from checker.errors import CheckerError
    from checker.index import load_index

    index = load_index(index_name)
    indicator = index.find(number)
    if indicator is None:
        raise CheckerError(f"没有编号为 {number} 的指标。用 checker rules list 看全部编号。")
    assessment = None
    if file and indicator in index.indicators:
        from checker.api import check, read_documents

        assessment = check(read_documents([file], encoding), index, level=given_level(level), year=year, place=place)
    if kind == "json":
        click.echo(json.dumps(_data(indicator, index, assessment), ensure_ascii=False, indent=1))
        return
    from rich.console import Console

    console = Console(highlight=False, soft_wrap=True)
    _asks(console, indicator, index, None if ways else MOST_WAYS)
    if assessment is not None:
        _why(console, indicator, assessment)
    elif file:
        console.print("这一条已停用，检查时不判。", markup=False)


def _data(i: Indicator, index: Index, a: Assessment | None) -> dict[str, Any]:
    from checker.cli.trace import finding_data

    out: dict[str, Any] = {
        "schema": "checker-explain/1",
        "index": {"id": index.id, "version": index.version, "sha256": index.sha256},
        "indicator": {
            "number": i.number,
            "no": i.no,
            "id": i.id,
            "official_no": i.official_no,
            "title": i.title,
            "wording": i.wording,
            "requirement": i.requirement,
            "official_text": i.official_text,
            "chapter": index.chapter(i.chapter).name,
            "section": index.section_name(i),
            "kind": i.kind,
            "verifiability": i.verifiability,
            "applies_to": list(i.applies_to),
            "severity": i.severity,
            "red_line": i.red_line,
            "provenance": i.provenance,
            "status": i.status,
            "replaced_by": i.replaced_by,
            "unwritten": i.unwritten,
            "basis": list(i.basis),
            "thresholds": [{"kind": t.kind, "text": t.text} for t in i.thresholds],
            "about": [w.text for w in i.about],
            "elements": [
                {
                    "id": e.id,
                    "name": e.name,
                    "required": e.required,
                    "any": [w.text for w in e.ways],
                    "none": list(e.none),
                    "within": e.within,
                }
                for e in i.elements
            ],
            "metrics": [
                {
                    "id": m.id,
                    "name": m.name,
                    "unit": m.unit,
                    "require": f"{m.require[0]} {m.require[1]:g}" if m.require else None,
                    "kind": m.kind,
                }
                for m in i.metrics
            ],
            "materials": list(i.materials),
            "measures": list(i.measures),
            "lead": list(i.lead),
            "support": list(i.support),
            "path": i.path,
        },
        "finding": None,
        "warnings": [],
    }
    if a is not None:
        finding = next(f for f in a.findings if f.indicator.id == i.id)
        out["finding"] = finding_data(finding, a.analyses)
        out["warnings"] = list(a.warnings)
    return out


def _asks(console: Console, i: Indicator, index: Index, most: int | None) -> None:
    from rich.text import Text

    def say(text: str) -> None:
        console.print(text, markup=False)

    place = f"{index.chapter(i.chapter).name}·{index.section_name(i)}"
    console.print(Text.assemble((i.label, "bold"), f"（{i.id}，{place}）"))
    if i.status == "deprecated":
        say("已停用" + (f"，由 {i.replaced_by} 代替。" if i.replaced_by else "。"))
    if i.official_text:
        say(f"正式原文：{i.official_text}")
    if not i.unwritten:
        say(f"要求（本库措辞）：{i.requirement}")
    level = f"{SEVERITY[i.severity]}{'，红线' if i.red_line else ''}"
    say(
        f"适用 {'、'.join(LEVELS[x] for x in i.applies_to)}；程度 {level}；{STATUS[i.status]}；来源：{PROVENANCE[i.provenance]}"
    )
    if i.unwritten:
        say(f"还没有编写判定规则，检查时一律「需人工核验」。要写规则，请改 {i.path}。")
        return
    say(f"类型：{KINDS[i.kind]}；可证性 {i.verifiability}：{VERIFIABILITY[i.verifiability]}")
    if i.basis:
        say("依据：" + "；".join(i.basis))
    for t in i.thresholds:
        say(f"有关门槛（{THRESHOLDS[t.kind]}，只供查阅）：{t.text}")
    for e in i.elements:
        console.print(
            Text.assemble((f"{'必备' if e.required else '辅助'}要素「{e.name}」", "bold"), "，下面任何一种说法：")
        )
        for w in e.ways[:most]:
            say(f"    {w.text}")
        if most is not None and len(e.ways) > most:
            say(f"    ……还有 {len(e.ways) - most} 种（加 --ways 全列）")
        if e.none:
            say("    不算：" + "、".join(e.none))
    for m in i.metrics:
        limit = f"{m.require[0]} {m.require[1]:g}{m.unit}（{THRESHOLDS[m.kind]}）" if m.require else "只列数值"
        say(f"数据「{m.name}」：{limit}")
    if i.materials:
        say("要补的材料：" + "、".join(i.materials))
    say(f"规则文件：{i.path}")


def _why(console: Console, i: Indicator, a: Assessment) -> None:
    from rich.text import Text

    from checker.cli.summary import STYLES
    from checker.cli.trace import figure_words, gate_words, matched, owner, quote, state

    f = next(x for x in a.findings if x.indicator.id == i.id)
    for warning in a.warnings:
        console.print("提示 " + warning, markup=False)
    console.print(Text.assemble("\n", ("结论：", "bold"), (f"{f.verdict.sign} {f.verdict.label}", STYLES[f.verdict])))
    for reason in f.reasons:
        console.print(f"  - {reason}", markup=False)
    for e in i.elements:
        mark, style = ("√", "green") if e.id in f.covered else ("×", "red")
        console.print(Text.assemble("  ", (mark, style), f" {'必备' if e.required else '辅助'}要素「{e.name}」"))
    for e2 in f.evidence:
        analysis = a.analyses[e2.document]
        word, style = state(e2)
        head = Text.assemble("\n", (f"[{word}]", style), f" {e2.strength.name} 「{owner(e2, i)}」 {e2.where}")
        head.append(f"（{e2.role.label}·{e2.tense.label}）{e2.note}")
        if e2.refused_by:
            head.append(f" {gate_words(e2.refused_by)}", "magenta")
        console.print(head)
        console.print(Text("    ").append_text(quote(e2, analysis)))
        words = "、".join(dict.fromkeys(matched(e2, analysis)))
        console.print(f"    说法「{e2.way}」命中：{words}", markup=False)
    for m in f.metrics:
        console.print(f"数字：{figure_words(m)}", markup=False)
    if f.missing:
        console.print(Text("缺：" + "、".join(f.missing), "yellow"))
    for s in f.suggestions:
        line = a.analyses[s.document].document.text[s.start : s.end]
        console.print(f"可能相关，请人工判断：{line}", markup=False)
