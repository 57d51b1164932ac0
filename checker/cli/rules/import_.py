"""``checker rules import``: a workbook of rules back into files."""

from __future__ import annotations

from pathlib import Path

import click

from checker.cli.chinese import Command
from checker.errors import CheckerError, Issue, Location


@click.command("import", cls=Command)
@click.argument("book", metavar="工作簿")
@click.option("-o", "--output", required=True, metavar="文件夹", help="写到哪个文件夹。")
@click.option("--replace", is_flag=True, help="文件夹里已有规则时也写；原来的先移到「备份」。")
def command(book: str, output: str, replace: bool) -> int:
    """把 Excel 里的规则读回成规则文件，并立即查错。"""
    from checker.authoring.unbook import unbuild
    from checker.cli.rules.places import report_lint, write_folder

    path = Path(book)
    if not path.is_file():
        raise CheckerError([Issue(Location(book), "E301", "找不到这个文件。请检查路径和文件名。")])
    files = unbuild(path.read_bytes(), book)
    write_folder(Path(output), files, replace)
    click.echo(f"已写出 {output}：{len(files)} 个规则文件。")
    return report_lint(Path(output))
