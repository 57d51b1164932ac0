"""``checker rules format``: rule files in the one canonical form."""

from __future__ import annotations

from pathlib import Path

import click

from checker.cli.chinese import Command
from checker.cli.write import write_bytes


@click.command("format", cls=Command)
@click.argument("folder", metavar="文件夹")
@click.option("--check", is_flag=True, help="只看哪些不合，不改文件；有不合的以 1 退出。")
def command(folder: str, check: bool) -> int:
    """把规则文件排成统一的写法（栏目次序、引号、换行）；内容和批注都不变。"""
    from checker.authoring.folder import read_folder
    from checker.index.layers import shown

    files = read_folder(Path(folder))
    changed = [f for f in files if f.canonical != f.text]
    for file in changed:
        if not check:
            write_bytes(file.path, file.canonical.encode("utf-8"))
        click.echo(f"{'不合统一写法' if check else '已排好'} {shown(file.path)}")
    click.echo(f"{len(files)} 个文件，{len(changed)} 个{'不合' if check else '有改动'}。", err=True)
    return 1 if check and changed else 0
