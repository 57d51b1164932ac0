"""``checker open``: check, write workbook and page into one folder, open the page."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from checker import __version__
from checker.cli.chinese import Command
from checker.cli.html import run_on, size
from checker.cli.options import moment, reading
from checker.cli.write import write_bytes
from checker.errors import Issue, Location, OutputError
from checker.outputs import Context, render

BOOK, PAGE = "问题清单.xlsx", "报告.html"


@click.command("open", cls=Command)
@click.argument("files", nargs=-1, required=True, metavar="文件...")
@reading
@click.option("--dir", "folder", metavar="文件夹", help="写到哪个文件夹（缺省：报告旁边的「报告名-对标检查」）。")
@click.option("--no-browser", is_flag=True, help="只写文件，不打开浏览器。")
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[str, ...],
    index_name: str,
    level: str,
    year: int | None,
    place: str | None,
    encoding: str | None,
    folder: str | None,
    no_browser: bool,
) -> None:
    """检查报告，把问题清单和网页写进一个文件夹，并用浏览器打开网页。"""
    report = Path(files[0])
    home = Path(folder) if folder else report.parent / f"{report.stem}-对标检查"
    assessment, _ = run_on(ctx, files, index_name, level, year, place, encoding)
    context = Context(tool_version=__version__, moment=moment())
    book, page = render(assessment, "xlsx", context), render(assessment, "html", context)
    _make(home)
    target = _free(home / BOOK)
    write_bytes(target, book)
    write_bytes(home / PAGE, page)
    for warning in assessment.warnings:
        click.echo(f"提示 {warning}", err=True)
    click.echo(f"文件夹 {home}")
    click.echo(f"  {PAGE}（{size(page)}）：报告原文和逐项结论")
    click.echo(f"  {target.name}：问题清单工作簿")
    if target.name != BOOK:
        click.echo(f"文件夹里已有 {BOOK}，可能有人填过，没有动它；这次的写在 {target.name}。")
    if not no_browser and not webbrowser.open((home / PAGE).absolute().as_uri()):
        click.echo("没有找到浏览器，请双击网页文件打开。", err=True)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"建不了这个文件夹：{error.strerror}。请用 --dir 指定一个可写的文件夹。"
        raise OutputError([Issue(Location(str(folder)), "E463", message)]) from error


def _free(path: Path) -> Path:
    """The path itself, or the next numbered one: a workbook that people may have filled in is never written over."""
    number, free = 2, path
    while free.exists():
        free = path.with_stem(f"{path.stem}-{number}")
        number += 1
    return free
