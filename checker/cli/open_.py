"""``checker open``: check, write workbook and page into one folder, open the page."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from checker import __version__
from checker.cli.chinese import Command
from checker.cli.html import refuse_input, run_on, size
from checker.cli.options import moment, reading
from checker.cli.review import vouched
from checker.cli.write import back_up, read_earlier, ready, write_bytes
from checker.errors import Issue, Location, OutputError
from checker.outputs import Context, render

BOOK, PAGE = "问题清单.xlsx", "报告.html"


@click.command("open", cls=Command)
@click.argument("files", nargs=-1, required=True, metavar="文件...")
@reading
@click.option("--dir", "folder", metavar="文件夹", help="写到哪个文件夹（缺省：报告旁边的「报告名-对标检查」）。")
@vouched
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
    waivers: str | None,
    attest: str | None,
    no_browser: bool,
) -> None:
    """检查报告，把问题清单和网页写进一个文件夹，并用浏览器打开网页。"""
    report = Path(files[0])
    home = Path(folder) if folder else report.parent / f"{report.stem}-对标检查"
    book, page = home / BOOK, home / PAGE
    for target in (book, page):
        refuse_input(target, (*files, waivers, attest))
    assessment, _ = run_on(ctx, files, index_name, level, year, place, encoding, waivers=waivers, attest=attest)
    _make(home)
    ready(book)
    began, before = moment(), read_earlier(book)
    context = Context(tool_version=__version__, moment=began, earlier=before, target=str(book))
    workbook, html = render(assessment, "xlsx", context), render(assessment, "html", context)
    if before is not None:
        kept = back_up(book, before, began)
        click.echo(f"已并入原有的工作簿，手填内容保留；旧文件存在 {kept}", err=True)
    write_bytes(book, workbook)
    write_bytes(page, html)
    for warning in assessment.warnings:
        click.echo(f"提示 {warning}", err=True)
    click.echo(f"文件夹 {home}")
    click.echo(f"  {PAGE}（{size(html)}）：报告原文和逐项结论")
    click.echo(f"  {BOOK}（{size(workbook)}）：问题清单工作簿")
    if not no_browser and not webbrowser.open(page.absolute().as_uri()):
        click.echo("没有找到浏览器，请双击网页文件打开。", err=True)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"建不了这个文件夹：{error.strerror}。请用 --dir 指定一个可写的文件夹。"
        raise OutputError([Issue(Location(str(folder)), "E463", message)]) from error
