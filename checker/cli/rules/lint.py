"""``checker rules lint``: everything wrong with the rule files, all at once."""

from __future__ import annotations

import json

import click

from checker.cli.chinese import Command


@click.command("lint", cls=Command)
@click.argument("pack", required=False)
@click.option("--overlay", "overlays", multiple=True, metavar="文件夹", help="连同叠加的改动一起查；可给多个。")
@click.option("--format", "kind", type=click.Choice(("text", "json")), default="text", help="输出格式。")
@click.option("--strict", is_flag=True, help="提示也算错误。")
def command(pack: str | None, overlays: tuple[str, ...], kind: str, strict: bool) -> int:
    """检查规则文件：全部问题一次列出（文件:行:列、编号、怎么改）。"""
    from checker.cli.rules.places import own_issues, read_with_base

    read = read_with_base(pack, overlays)
    issues = own_issues(read)
    if kind == "json":
        rows = [
            {
                "path": i.location.path,
                "line": i.location.line,
                "column": i.location.column,
                "code": i.code,
                "fatal": i.fatal,
                "message": i.message,
            }
            for i in issues
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for issue in issues:
            click.echo(str(issue))
    fatal = [i for i in issues if i.fatal or strict]
    hints = len(issues) - len(fatal)
    also = f"，{hints} 条提示" if hints else ""
    said = f"{len(fatal)} 处错误" if fatal else "没有错误"
    click.echo(f"{len(read.files)} 个指标文件，{said}{also}。", err=True)
    return 2 if fatal else 0
