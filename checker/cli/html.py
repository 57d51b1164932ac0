"""``checker html``: the report with its evidence as one page for a browser."""

from __future__ import annotations

from pathlib import Path

import click

from checker import __version__
from checker.cli.chinese import Command
from checker.cli.options import given_level, moment, reading
from checker.cli.write import write_bytes
from checker.errors import Issue, Location, OutputError
from checker.model import Assessment
from checker.outputs import Context


@click.command("html", cls=Command)
@click.argument("files", nargs=-1, required=True, metavar="文件...")
@reading
@click.option("-o", "--output", metavar="文件", help="写到哪个文件（缺省：报告名-对标.html，在当前文件夹）。")
def command(
    files: tuple[str, ...],
    index_name: str,
    level: str,
    year: int | None,
    place: str | None,
    encoding: str | None,
    output: str | None,
) -> None:
    """写一页网页：左边报告原文，右边逐项结论，互相点得到。单个文件，不联网，可转发、可打印。"""
    target = Path(output) if output else Path(f"{Path(files[0]).stem}-对标.html")
    refuse_input(target, files)
    from checker.outputs.html import render_page

    assessment = assess_files(files, index_name, level, year, place, encoding)
    page = render_page(assessment, Context(tool_version=__version__, moment=moment()))
    write_bytes(target, page)
    for warning in assessment.warnings:
        click.echo(f"提示 {warning}", err=True)
    click.echo(f"已写出 {target}（{size(page)}），双击用浏览器打开。")


def assess_files(
    files: tuple[str, ...], index_name: str, level: str, year: int | None, place: str | None, encoding: str | None
) -> Assessment:
    """Read and judge; raises one CheckerError with the problems of rules and files alike."""
    from checker.api import check, read_documents
    from checker.cli.check import _both
    from checker.index import load_index

    index, documents = _both(lambda: load_index(index_name), lambda: read_documents(files, encoding))
    return check(documents, index, level=given_level(level), year=year, place=place)


def refuse_input(target: Path, files: tuple[str, ...]) -> None:
    """Never write a page over a file that was just read."""
    if any(target.exists() and Path(f).exists() and target.samefile(f) for f in files):
        message = "输出文件就是输入文件，会盖掉报告。请用 -o 换一个文件名。"
        raise OutputError([Issue(Location(str(target)), "E462", message)])


def size(data: bytes) -> str:
    """A file's size in people's terms."""
    return f"{len(data) / 1e6:.1f} MB" if len(data) >= 950_000 else f"{max(1, round(len(data) / 1000))} KB"
