"""``checker try``: which indicators a sentence supports, and which gates refuse it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from checker.cli.chinese import Command
from checker.cli.options import given_level, reading

if TYPE_CHECKING:
    from checker.matching.probe import WayProbe
    from checker.model import Analysis, Assessment, Indicator

SECTIONS = ("achievement", "plan", "problem", "whole")
MOST_WAYS = 8


@click.command("try", cls=Command)
@click.argument("sentence", metavar="句子")
@reading
@click.option(
    "--section",
    type=click.Choice(SECTIONS),
    default="achievement",
    show_default=True,
    help="句子所在的部分：成效、下一步、存在问题；whole 当作整份文件。",
)
@click.option("--indicator", "number", metavar="编号", help="只看这一条：每种说法缺什么词，为什么没有命中。")
@click.option("--format", "kind", type=click.Choice(("text", "json")), default="text", help="输出格式。")
def command(
    sentence: str,
    index_name: str,
    level: str,
    year: int | None,
    place: str | None,
    encoding: str | None,
    section: str,
    number: str | None,
    kind: str,
) -> None:
    """看一句话支持哪些指标、命中哪些词、强度多少、被哪道门拦下、还缺什么。"""
    from checker.errors import CheckerError

    if not sentence.strip():
        raise CheckerError("句子是空的。")
    from checker.index import load_index
    from checker.matching import prepare
    from checker.matching.probe import probe
    from checker.trial import judge_sentence

    index = load_index(index_name)
    indicator = index.find(number) if number else None
    if number and indicator is None:
        raise CheckerError(f"没有编号为 {number} 的指标。用 checker rules list 看全部编号。")
    rules = prepare(index)
    if section != "whole" and not sentence.rstrip().endswith(("。", "！", "？", "；", "!", "?", ";", "”")):
        sentence = sentence.rstrip() + "。"  # a line without a full stop would be taken for a heading
    assessment = judge_sentence(sentence, rules, section=section, level=given_level(level), year=year)
    ways = probe(assessment.analyses[0], rules, indicator) if indicator is not None else ()
    if kind == "json":
        click.echo(json.dumps(_data(assessment, indicator, ways), ensure_ascii=False, indent=1))
    else:
        _show(assessment, indicator, ways)


def _normalized(analysis: Analysis, start: int, end: int) -> str:
    """What matching sees of a stretch: folded, without white space and quotation marks."""
    from checker.text.normalize import fold_phrase

    return fold_phrase(analysis.document.text[start:end])


def _data(a: Assessment, indicator: Indicator | None, ways: tuple[WayProbe, ...]) -> dict[str, Any]:
    from checker.cli.trace import finding_data

    analysis = a.analyses[0]
    text = analysis.document.text
    found = [f for f in a.findings if f.evidence or f.metrics or f.indicator == indicator]
    return {
        "schema": "checker-try/1",
        "index": {"id": a.index.id, "version": a.index.version, "sha256": a.index.sha256},
        "sentences": [
            {
                "where": s.where,
                "text": text[s.start : s.end],
                "normalized": _normalized(analysis, s.start, s.end),
                "role": s.role.value,
                "clauses": [
                    {
                        "text": text[c.start : c.end],
                        "tense": c.tense.value,
                        "polarity": c.polarity.value,
                        "subject": c.subject,
                        "year": c.year,
                        "unfinished": c.unfinished,
                        "honour": c.honour,
                    }
                    for c in s.clauses
                ],
            }
            for s in analysis.sentences
            if not s.heading
        ],
        "findings": [finding_data(f, a.analyses) for f in found],
        "ways": [
            {
                "owner": w.owner,
                "way": w.way,
                "matched": not w.why,
                "why": w.why or None,
                "terms": [{"text": t.text, "found": list(t.found)} for t in w.terms],
            }
            for w in ways
        ],
    }


def _show(a: Assessment, indicator: Indicator | None, ways: tuple[WayProbe, ...]) -> None:
    from rich.console import Console
    from rich.text import Text

    from checker.cli.summary import STYLES
    from checker.cli.trace import figure_words, gate_words, matched, owner, quote, state

    console = Console(highlight=False, soft_wrap=True)
    analysis = a.analyses[0]
    text = analysis.document.text
    for s in analysis.sentences:
        if s.heading:
            continue
        console.print(Text.assemble((f"{s.where} ", "bold"), text[s.start : s.end], (f"（{s.role.label}）", "dim")))
        plain = _normalized(analysis, s.start, s.end)
        if plain != text[s.start : s.end]:
            console.print(Text(f"  归一后 {plain}", "dim"))
        for c in s.clauses:
            extra = [
                c.subject,
                f"{c.year}年" if c.year else "",
                "未完成" if c.unfinished else "",
                "荣誉" if c.honour else "",
            ]
            facts = "·".join([c.tense.label, c.polarity.label, *(x for x in extra if x)])
            console.print(Text(f"  {facts}  {text[c.start : c.end]}", "dim"))
    found = [f for f in a.findings if (f.evidence or f.metrics) and (indicator is None or f.indicator == indicator)]
    if not found:
        name = f"「{indicator.label}」" if indicator else "任何指标"
        console.print(f"没有命中{name}的说法。" if indicator else "没有任何指标认领这句话。", markup=False)
        if indicator is None:
            console.print("想知道某一条为什么没有命中：加 --indicator 编号。", markup=False)
    for f in found:
        head = Text.assemble("\n", (f.indicator.label, "bold"), " → ")
        head.append(f"{f.verdict.sign} {f.verdict.label}", STYLES[f.verdict])
        console.print(head)
        for e in f.evidence:
            word, style = state(e)
            line = Text.assemble("  ", (word, style), f" {e.strength.name} {e.strength.label} ")
            line.append(f"要素「{owner(e, f.indicator)}」" if e.element else "话题")
            if e.refused_by:
                line.append(f" {gate_words(e.refused_by)}", "magenta")
            console.print(line)
            console.print(Text("      ").append_text(quote(e, analysis)))
            words = "、".join(dict.fromkeys(matched(e, analysis)))
            console.print(f"      说法「{e.way}」命中：{words}；{e.note}", markup=False)
        for m in f.metrics:
            console.print(f"  数据 {figure_words(m)}", markup=False)
        if f.missing:
            console.print(Text(f"  还缺：{'、'.join(f.missing)}", "yellow"))
    if ways:
        _show_ways(console, ways)


def _show_ways(console: Any, ways: tuple[WayProbe, ...]) -> None:
    from rich.text import Text

    console.print("\n各种说法离这句话有多近（近的在前）：", markup=False)
    near = [w for w in ways if not w.why or w.missing < len(w.terms)]
    for w in near[:MOST_WAYS]:
        line = Text.assemble("  ", ("√ " if not w.why else "× ", "green" if not w.why else "red"), f"{w.owner} ")
        for n, t in enumerate(w.terms):
            line.append(" & " if n else "")
            line.append(t.text, "green" if t.found else "red underline")
        console.print(line)
        if w.why:
            console.print(f"      {w.why}", markup=False)
    rest = len(ways) - len(near[:MOST_WAYS])
    if rest > 0:
        console.print(f"  其余 {rest} 种说法更远。", markup=False)
