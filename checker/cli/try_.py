"""``checker try``: which indicators a sentence supports, and which gates refuse it."""

from __future__ import annotations

import click

from checker.cli.chinese import Command
from checker.cli.options import given_level, reading

SECTIONS = {"achievement": "", "plan": "二、下一步工作打算\n", "problem": "二、存在的问题\n"}


@click.command("try", cls=Command)
@click.argument("sentence", metavar="句子")
@reading
@click.option(
    "--section", type=click.Choice(tuple(SECTIONS)), default="achievement", show_default=True, help="句子所在的部分。"
)
def command(
    sentence: str, index_name: str, level: str, year: int | None, place: str | None, encoding: str | None, section: str
) -> None:
    """看一句话支持哪些指标、强度多少、被哪道门拦下。"""
    from checker.errors import CheckerError

    if not sentence.strip():
        raise CheckerError("句子是空的。")
    from rich.console import Console

    from checker.index import load_index
    from checker.matching import prepare
    from checker.trial import judge_sentence

    index = load_index(index_name)
    assessment = judge_sentence(sentence, prepare(index), section=section, level=given_level(level), year=year)
    console = Console(highlight=False, soft_wrap=True)
    analysis = assessment.analyses[0]
    for s in analysis.sentences:
        if s.heading:
            continue
        console.print(f"[bold]{s.where}[/bold] {analysis.document.text[s.start : s.end]}", markup=True)
        for c in s.clauses:
            extra = [
                x
                for x in (
                    c.subject,
                    f"{c.year}年" if c.year else "",
                    "未完成" if c.unfinished else "",
                    "荣誉" if c.honour else "",
                )
                if x
            ]
            console.print(
                f"  {c.tense.label}·{c.polarity.label}{'·' + '·'.join(extra) if extra else ''}  {analysis.document.text[c.start : c.end]}",
                markup=False,
            )
    found = [f for f in assessment.findings if f.evidence or f.metrics]
    if not found:
        console.print("没有任何指标认领这句话。")
    for f in found:
        console.print(f"\n[bold]{f.indicator.label}[/bold] → {f.verdict.sign} {f.verdict.label}")
        for e in f.evidence:
            element = next((x.name for x in f.indicator.elements if x.id == e.element), "话题")
            state = (
                "采信"
                if e.accepted and e.use == "element"
                else "线索"
                if e.accepted and e.use == "about"
                else e.refused_by or e.use
            )
            console.print(f"  {state} {e.strength.name} 要素「{element}」 说法「{e.way}」：{e.note}", markup=False)
        for m in f.metrics:
            console.print(
                f"  数字 {m.metric.name} = {m.value:g}{m.metric.unit} {'' if m.passed is None else '过' if m.passed else '不过'}",
                markup=False,
            )
