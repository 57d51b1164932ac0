"""``checker rules diff``: two editions side by side."""

from __future__ import annotations

import json

import click

from checker.cli.chinese import Command
from checker.cli.options import LEVELS, given_level


@click.command("diff", cls=Command)
@click.argument("old", metavar="甲")
@click.argument("new", metavar="乙")
@click.argument("report", required=False, metavar="[报告]")
@click.option("--overlay", "overlays", multiple=True, metavar="文件夹", help="叠加在乙上；甲乙可写同一个名称。")
@click.option("--level", default="auto", type=click.Choice(LEVELS), help="报告主体的层级。")
@click.option("--format", "kind", type=click.Choice(("text", "json")), default="text", help="输出格式。")
def command(old: str, new: str, report: str | None, overlays: tuple[str, ...], level: str, kind: str) -> None:
    """两套指标有何不同（甲到乙）；给出报告时，再说对这份报告的结论有何影响。"""
    from checker.authoring.compare import compare, effect
    from checker.index import load_index

    a, b = load_index(old), load_index(new, overlays=overlays)
    changes = compare(a, b)
    impact: tuple[str, ...] = ()
    if report:
        from checker.api import check, read_documents

        documents = read_documents([report])
        impact = effect(*(check(documents, i, level=given_level(level)) for i in (a, b)))
    if kind == "json":
        data = {
            "old": {"id": a.id, "version": a.version, "sha256": a.sha256, "indicators": len(a.indicators)},
            "new": {"id": b.id, "version": b.version, "sha256": b.sha256, "indicators": len(b.indicators)},
            "changes": [
                {"kind": c.kind, "id": c.indicator.id, "label": c.indicator.label, "lines": list(c.lines)}
                for c in changes
            ],
            "effect": list(impact) if report else None,
        }
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
        return
    click.echo(f"甲 {a.title}（{a.stamp}，{len(a.indicators)} 条）")
    click.echo(f"乙 {b.title}（{b.stamp}，{len(b.indicators)} 条）")
    for what in ("added", "removed", "changed"):
        some = [c for c in changes if c.kind == what]
        if some:
            click.echo(f"\n【{some[0].label}】{len(some)} 条")
        for c in some:
            click.echo(f"  {c.indicator.label}（{c.indicator.id}）")
            for line in c.lines:
                click.echo(f"      {line}")
    if not changes:
        click.echo("两套指标没有不同。")
    if report:
        click.echo(f"\n【对 {report} 的影响】" + ("" if impact else "没有"))
        for line in impact:
            click.echo(f"  {line}")
