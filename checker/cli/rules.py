"""``checker rules``: list, lint and test the indicator files."""

from __future__ import annotations

import click

from checker.cli.chinese import Group


@click.group("rules", cls=Group)
def command() -> None:
    """列出、检查、试验指标规则。"""


_index = click.option(
    "--index", "index_name", default="2021", show_default=True, help="指标体系：名称或文件夹。", metavar="名称"
)


@command.command("list")
@_index
def list_(index_name: str) -> None:
    """列出全部指标。"""
    from rich.console import Console
    from rich.table import Table

    from checker.index import load_index

    index = load_index(index_name)
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("编号", "标题", "类", "可证", "级", "要素", "来源"):
        table.add_column(name, no_wrap=name == "编号")
    for chapter in index.chapters:
        table.add_row("", f"[bold]{chapter.name}[/bold]")
        for i in index.indicators:
            if i.chapter == chapter.id:
                level = "红线" if i.red_line else {"major": "重要", "minor": "一般"}[i.severity]
                table.add_row(
                    str(i.no),
                    i.title,
                    i.kind,
                    i.verifiability,
                    level,
                    "、".join(e.name for e in i.elements),
                    i.provenance,
                )
    Console(highlight=False).print(table)


@command.command("lint")
@click.argument("pack", required=False)
def lint(pack: str | None) -> int:
    """检查指标文件：全部问题一次列出（文件:行:列）。"""
    from checker.index import find_pack, read_pack
    from checker.index.lint import check_pack

    read = read_pack(find_pack(pack or "2021"))
    files = read.files
    issues = check_pack(read)
    for issue in issues:
        click.echo(str(issue))
    fatal = [i for i in issues if i.fatal]
    if fatal:
        click.echo(f"{len(files)} 个指标文件，{len(fatal)} 处错误。", err=True)
        return 2
    click.echo(f"{len(files)} 个指标文件，没有错误。", err=True)
    return 0


@command.command("test")
@click.argument("numbers", nargs=-1, metavar="[编号]...")
@_index
def test(numbers: tuple[str, ...], index_name: str) -> int:
    """运行指标里的例句；不给编号就全部运行。"""
    from checker.errors import CheckerError
    from checker.index import load_index
    from checker.matching import prepare
    from checker.trial import run_example

    only = frozenset(f"{int(n):03d}" for n in numbers) if numbers and all(n.isdigit() for n in numbers) else None
    index = load_index(index_name, only)
    wanted = {n.lstrip("0") or "0" for n in numbers}
    chosen = [i for i in index.indicators if not wanted or str(i.no) in wanted or i.id in numbers]
    if wanted and len(chosen) < len(wanted):
        unknown = sorted(wanted - {str(i.no) for i in chosen} - {i.id for i in chosen})
        raise CheckerError(f"没有编号为 {'、'.join(unknown)} 的指标。")
    rules = prepare(index)
    total = failed = 0
    for indicator in chosen:
        for example in indicator.examples:
            total += 1
            verdict, reasons = run_example(indicator, example, rules)
            if verdict.value != example.verdict:
                failed += 1
                click.echo(f"{indicator.path}: 例句应得 {example.verdict}，实得 {verdict.value}：{example.text}")
                for reason in reasons[:4]:
                    click.echo(f"    {reason}")
    click.echo(f"{len(chosen)} 条指标，{total} 个例句，{failed} 个不符。")
    return 2 if failed else 0
