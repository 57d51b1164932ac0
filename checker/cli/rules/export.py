"""``checker rules export``: the rules as a workbook."""

from __future__ import annotations

from pathlib import Path

import click

from checker.cli.chinese import Command
from checker.cli.write import write_bytes
from checker.errors import CheckerError


@click.command("export", cls=Command)
@click.argument("pack", required=False)
@click.option("-o", "--output", required=True, metavar="文件", help="写到哪个 .xlsx。")
def command(pack: str | None, output: str) -> None:
    """把一套规则写成 Excel 工作簿；改好后用 checker rules import 读回。"""
    from checker.authoring.book import build
    from checker.authoring.folder import read_folder
    from checker.authoring.unbook import unbuild
    from checker.cli.rules.places import own_issues, read_with_base
    from checker.index import find_pack

    if Path(output).suffix.lower() != ".xlsx":
        raise CheckerError(f"只能写成 .xlsx，请把「{output}」改成以 .xlsx 结尾。")
    folder = Path(pack) if pack and Path(pack).is_dir() else find_pack(pack or "2021")
    files = read_folder(folder)
    issues = [i for i in own_issues(read_with_base(str(folder))) if i.fatal]
    if issues:
        raise CheckerError(issues)
    data = build(files)
    back = unbuild(data, output)
    lost = [f.name for f in files if back.get(f.name) != f.canonical]
    if lost:
        raise AssertionError(f"export would lose something in {', '.join(lost)}")
    write_bytes(Path(output), data)
    click.echo(f"已写出 {output}：{len(files)} 个规则文件，读回核对逐字相同。")
