"""``checker rules list``: the indicators of an edition, or the editions there are."""

from __future__ import annotations

import json

import click

from checker.cli.chinese import Command
from checker.cli.options import indexed
from checker.model.codes import KINDS, LEVELS, SEVERITY, STATUS


@click.command("list", cls=Command)
@click.option("--packs", is_flag=True, help="只列有哪几套指标体系。")
@click.option("--all", "everything", is_flag=True, help="停用的也列。")
@click.option("--format", "kind", type=click.Choice(("text", "json")), default="text", help="输出格式。")
@indexed
def command(index_name: str, packs: bool, everything: bool, kind: str) -> None:
    """列出全部指标；--packs 列出有哪几套指标体系。"""
    if packs:
        _packs(kind)
        return
    from checker.index import load_index

    index = load_index(index_name)
    chosen = [*index.indicators, *(index.retired if everything else ())]
    if kind == "json":
        rows = [
            {
                "number": i.number,
                "no": i.no,
                "id": i.id,
                "official_no": i.official_no,
                "title": i.title,
                "wording": i.wording,
                "chapter": i.chapter,
                "section": i.section,
                "kind": i.kind,
                "verifiability": i.verifiability,
                "severity": i.severity,
                "red_line": i.red_line,
                "status": i.status,
                "unwritten": i.unwritten,
                "path": i.path,
            }
            for i in chosen
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("编号", "标题", "类型", "可证", "程度", "状态", "要素"):
        table.add_column(name, no_wrap=name in ("编号", "程度", "状态"))
    for chapter in index.chapters:
        table.add_row("", Text(chapter.name, "bold"))
        for i in chosen:
            if i.chapter == chapter.id:
                level = "红线" if i.red_line else SEVERITY[i.severity]
                what = "（尚未编写规则）" if i.unwritten else "、".join(e.name for e in i.elements)
                cells = (i.number, i.title, KINDS[i.kind], i.verifiability, level, STATUS[i.status], what)
                table.add_row(*map(Text, cells))
    console = Console(highlight=False)
    console.print(table)
    console.print(f"共 {len(index.indicators)} 条。{index.caution}（{index.stamp}）", markup=False)
    for layer in index.layers:
        console.print(f"  规则来自 {layer.id} 版本 {layer.version}：{layer.title}", markup=False, soft_wrap=True)
        for change in layer.changelog[:3]:
            console.print(f"    {change.date} {change.version} {change.text}", markup=False, soft_wrap=True)


def _packs(kind: str) -> None:
    from checker.index import load_index
    from checker.index.layers import bundled

    rows = []
    for name in bundled():
        index = load_index(name)
        levels = "、".join(LEVELS[x] for x in LEVELS if any(x in i.applies_to for i in index.indicators))
        rows.append((name, index.title, index.version, len(index.indicators), levels))
    if kind == "json":
        names = ("name", "title", "version", "indicators", "levels")
        click.echo(json.dumps([dict(zip(names, r, strict=True)) for r in rows], ensure_ascii=False, indent=1))
        return
    for name, title, version, count, levels in rows:
        click.echo(f"{name}  {title}（版本 {version}，{count} 条，适用{levels}）")
    click.echo("自己的指标库用 --index 文件夹 指定；在上面补充用 --overlay 文件夹。")
