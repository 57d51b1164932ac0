"""``checker check``: the main job."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from checker import __version__
from checker.cli.chinese import Command
from checker.cli.options import given_level, moment, reading
from checker.cli.write import write_bytes
from checker.errors import CheckerError, Issue
from checker.model import Assessment, Verdict
from checker.outputs import BINARY, RENDERERS, Context, kind_of, render

A = TypeVar("A")
B = TypeVar("B")

FAIL_ON = ("never", "red_line", "major", "minor")


@click.command("check", cls=Command)
@click.argument("files", nargs=-1, required=True, metavar="文件...")
@reading
@click.option("-o", "--output", "outputs", multiple=True, metavar="文件", help="写到文件；格式看扩展名。可给多个。")
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(tuple(RENDERERS)),
    help="输出格式；与 -o 依次对应，没有 -o 时写到屏幕。",
)
@click.option(
    "--fail-on", default="never", type=click.Choice(FAIL_ON), show_default=True, help="有这一级以上的问题时以 1 退出。"
)
def command(
    files: tuple[str, ...],
    index_name: str,
    level: str,
    year: int | None,
    place: str | None,
    encoding: str | None,
    outputs: tuple[str, ...],
    formats: tuple[str, ...],
    fail_on: str,
) -> int:
    """检查报告（第一个文件是报告，其余是材料），给出逐项结论和问题清单。"""
    jobs = _jobs(outputs, formats)
    from checker.api import check, read_documents
    from checker.index import load_index

    index, documents = _both(lambda: load_index(index_name), lambda: read_documents(files, encoding))
    assessment = check(documents, index, level=given_level(level), year=year, place=place)
    context = Context(tool_version=__version__, moment=moment())
    rendered = [(target, render(assessment, kind, context)) for target, kind in jobs]
    for target, data in rendered:
        if target is not None:
            write_bytes(Path(target), data)
    for warning in assessment.warnings:
        click.echo(f"提示 {warning}", err=True)
    for target, data in rendered:
        if target is None:
            sys.stdout.write(data.decode("utf-8"))
    if not any(target is None for target, _ in rendered):
        from checker.cli.summary import show

        show(assessment, [t for t, _ in rendered if t])
    return 1 if _fails(assessment, fail_on) else 0


def _both(first: Callable[[], A], second: Callable[[], B]) -> tuple[A, B]:
    """Both results, or one error with the problems of both."""
    issues: list[Issue] = []
    got: list[Any] = []
    for load in (first, second):
        try:
            got.append(load())
        except CheckerError as error:
            issues.extend(error.issues)
    if issues:
        raise CheckerError(issues)
    return got[0], got[1]


def _jobs(outputs: tuple[str, ...], formats: tuple[str, ...]) -> list[tuple[str | None, str]]:
    """(target or None for stdout, format) pairs."""
    if len(formats) > max(1, len(outputs)):
        raise click.UsageError("--format 比 -o 多，请让它们一一对应。")
    if not outputs:
        kind = formats[0] if formats else "text"
        if kind in BINARY:
            raise click.UsageError(f"{kind} 不能写到屏幕，请用 -o 指定文件，例如 -o 问题清单.{kind}。")
        return [] if kind == "text" else [(None, kind)]
    jobs: list[tuple[str | None, str]] = []
    for i, output in enumerate(outputs):
        kind = formats[i] if i < len(formats) else kind_of(output) or ""
        if not kind:
            raise click.UsageError(f"看不出「{output}」要什么格式，请用 .xlsx 或 .json 结尾，或加 --format。")
        jobs.append((output, kind))
    return jobs


def _fails(assessment: Assessment, fail_on: str) -> bool:
    if fail_on == "never":
        return False
    bad = [f for f in assessment.findings if f.verdict.is_problem and f.verdict is not Verdict.MANUAL and not f.waived]
    if fail_on == "red_line":
        return any(f.indicator.red_line and f.verdict in (Verdict.FAILED, Verdict.ADMITTED) for f in bad)
    if fail_on == "major":
        return any(f.indicator.severity == "major" or f.indicator.red_line for f in bad)
    return bool(bad)
