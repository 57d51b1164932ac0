"""``checker html``: the report with its evidence as one page for a browser."""

from __future__ import annotations

from pathlib import Path

import click
from msgspec.structs import replace

from checker import __version__
from checker.cli.chinese import Command
from checker.cli.config import Config
from checker.cli.options import given_level, moment, reading
from checker.cli.paths import root, shown
from checker.cli.review import gather, public_option, vouched
from checker.cli.write import write_bytes
from checker.errors import Issue, Location, OutputError
from checker.model import Assessment, Review
from checker.outputs import Context


@click.command("html", cls=Command)
@click.argument("files", nargs=-1, required=True, metavar="文件...")
@reading
@click.option("-o", "--output", metavar="文件", help="写到哪个文件（缺省：报告名-对标.html，在当前文件夹）。")
@click.option("--against", metavar="文件", help="上次的 JSON 结果或基线；标出这次变了什么。")
@vouched
@public_option
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[str, ...],
    index_name: str,
    level: str,
    year: int | None,
    place: str | None,
    encoding: str | None,
    output: str | None,
    against: str | None,
    waivers: str | None,
    attest: str | None,
    public: bool,
) -> None:
    """写一页网页：左边报告原文，右边逐项结论，互相点得到。单个文件，不联网，可转发、可打印。"""
    target = Path(output) if output else Path(f"{Path(files[0]).stem}-对标.html")
    refuse_input(target, (*files, against, waivers, attest))
    assessment, review = run_on(
        ctx, files, index_name, level, year, place, encoding, waivers=waivers, attest=attest, baseline=against
    )
    if public:
        from checker.review.public import publish

        assessment = publish(assessment)
    from checker.outputs.html import render_page

    page = render_page(assessment, Context(tool_version=__version__, moment=moment()), review.baseline)
    write_bytes(target, page)
    for warning in assessment.warnings:
        click.echo(f"提示 {warning}", err=True)
    click.echo(f"已写出 {target}（{size(page)}），双击用浏览器打开。")


def run_on(
    ctx: click.Context,
    files: tuple[str, ...],
    index_name: str,
    level: str,
    year: int | None,
    place: str | None,
    encoding: str | None,
    *,
    waivers: str | None = None,
    attest: str | None = None,
    baseline: str | None = None,
) -> tuple[Assessment, Review]:
    """Read and judge; raises one CheckerError with the problems of rules and files alike."""
    from checker.api import check, read_documents
    from checker.cli.check import _both
    from checker.index import load_index

    base = root((ctx.find_object(Config) or Config()).path)
    index, documents = _both(lambda: load_index(index_name), lambda: read_documents(files, encoding))
    documents = tuple(replace(d, path=shown(d.path, base)) for d in documents)
    review, _ = gather(index, moment().date(), base, waivers, attest, baseline)
    return check(documents, index, level=given_level(level), year=year, place=place, review=review), review


def refuse_input(target: Path, given: tuple[str | None, ...]) -> None:
    """Never write over a file that was given to read; raises OutputError E462."""
    if target.exists() and any(f and Path(f).exists() and target.samefile(f) for f in given):
        message = "输出文件就是输入文件，会把它盖掉。请换一个文件名或文件夹。"
        raise OutputError([Issue(Location(str(target)), "E462", message)])


def size(data: bytes) -> str:
    """A file's size in people's terms."""
    return f"{len(data) / 1e6:.1f} MB" if len(data) >= 950_000 else f"{max(1, round(len(data) / 1000))} KB"
