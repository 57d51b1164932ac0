"""The short coloured summary on the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from checker.model import Assessment, Verdict

STYLES = {
    Verdict.MET: "green",
    Verdict.PARTIAL: "yellow",
    Verdict.WEAK: "dark_orange",
    Verdict.PLANNED: "blue",
    Verdict.MISSING: "bright_black",
    Verdict.ADMITTED: "red",
    Verdict.FAILED: "bold red",
    Verdict.MANUAL: "magenta",
    Verdict.NOT_APPLICABLE: "white",
}


def show(assessment: Assessment, written: Sequence[str] = ()) -> None:
    """Print head, ledger, chapters, red lines and what was written, to stdout."""
    console = Console(highlight=False, soft_wrap=True)
    a = assessment
    head = f"{a.place or '（地区未知）'} {f'{a.year} 年' if a.year else '（年度未知）'} 对标《{a.index.edition}》版 {len(a.index.indicators)} 项指标"
    console.print(f"[bold]{head}[/bold]")
    console.print("  ".join(f"[{STYLES[v]}]{v.sign} {v.label} {a.ledger[v]}[/{STYLES[v]}]" for v in STYLES))
    if a.ledger.waived or a.ledger.lifted:
        console.print(f"另计：已豁免 {a.ledger.waived} 项（仍是问题）；靠人工佐证才达标 {a.ledger.lifted} 项")
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("一级指标", "述及", "充分", "空白"):
        table.add_column(name, justify="left" if name == "一级指标" else "right")
    for chapter, (_, r) in zip(a.index.chapters, a.chapter_rates, strict=True):
        table.add_row(chapter.name, *(f"{n}/{d}" for n, d in (r.mentioned, r.sufficient, r.blank)))
    r = a.rates
    table.add_row("合计", *(f"{n}/{d}" for n, d in (r.mentioned, r.sufficient, r.blank)), style="bold")
    console.print(table)
    reds = [f for f in a.findings if f.indicator.red_line and f.verdict in (Verdict.FAILED, Verdict.ADMITTED)]
    for f in reds:
        console.print(
            f"[bold red]红线[/bold red] {escape(f.indicator.label)}：{f.label}，{escape(f.reasons[0])}",
            markup=True,
        )
    if a.checkup:
        console.print(f"报告体检 {len(a.checkup)} 条：" + "；".join(x.message for x in a.checkup[:3]), markup=False)
    for path in written:
        console.print(f"已写出 {path}", markup=False)
    console.print(f"本结论依据提交文本自动比对，不等于评审得分；{a.index.caution}（{a.index.stamp}）", markup=False)
