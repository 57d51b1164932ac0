"""``checker check``: the main job."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from msgspec.structs import replace

from checker import __version__
from checker.cli.chinese import Command
from checker.cli.config import Config
from checker.cli.materials import UNREAD, gather_materials, given_limits, limited, with_registered, with_unread
from checker.cli.options import given_level, moment, reading
from checker.cli.paths import root, shown
from checker.cli.review import adding, fails, gather
from checker.cli.write import back_up, read_earlier, ready, still, write_bytes
from checker.errors import CheckerError, Issue, Location
from checker.model import Assessment, InputFile
from checker.outputs import BINARY, RENDERERS, Context, kind_of, render

A = TypeVar("A")
B = TypeVar("B")


@click.command("check", cls=Command)
@click.argument("files", nargs=-1, metavar="文件...")
@reading
@click.option(
    "-o", "--output", "outputs", multiple=True, metavar="文件", help="写到文件；格式看扩展名，- 是屏幕。可给多个。"
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(tuple(RENDERERS)),
    help="输出格式；与 -o 依次对应，没有 -o 时写到屏幕。",
)
@click.option("--previous", metavar="上年.xlsx", help="上年度的工作簿：比较结论，看上年的下一步安排有没有着落。")
@click.option(
    "--materials",
    multiple=True,
    metavar="文件夹",
    help="佐证材料的文件夹，里面能读的文件都作材料；可给多个。",
)
@limited
@adding
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[str, ...],
    index_name: str,
    level: str,
    year: int | None,
    place: str | None,
    encoding: str | None,
    outputs: tuple[str, ...],
    formats: tuple[str, ...],
    previous: str | None,
    waivers: str | None,
    attest: str | None,
    baseline: str | None,
    workbook: str | None,
    fail_on: str,
    public: bool,
    materials: tuple[str, ...],
    limits: tuple[str, ...],
) -> int:
    """检查报告（第一个文件是报告，其余是材料），给出逐项结论和问题清单。"""
    jobs = _jobs(outputs, formats)
    files = files or tuple((ctx.default_map or {}).get("files", ()))
    if not files:
        raise click.MissingParameter(ctx=ctx, param=next(p for p in ctx.command.params if p.name == "files"))
    if baseline and not Path(baseline).exists() and _writes(jobs, baseline):
        baseline, fail_on = None, "never" if fail_on == "regression" else fail_on  # the very first baseline
    if fail_on == "regression" and baseline is None and workbook is None:
        raise click.UsageError(
            "--fail-on regression 要和基线比，请同时给出 --baseline 文件（或 --workbook 填过的问题清单）。"
        )
    from checker.api import check, read_what_can_be
    from checker.index import load_index

    began = moment()
    earlier = _standing(jobs)
    if previous and not any(k == "xlsx" for _, k in jobs):
        raise click.UsageError("--previous 要和工作簿一起用，请加 -o 问题清单.xlsx。")
    last_year = _previous(previous)
    if public and (earlier or last_year):
        raise CheckerError(
            Issue(Location(t), "E646", "--public 不能用到已有的工作簿：手填的内容里可能有电话。请换一个新文件名。")
            for t in (earlier or [previous or ""])
        )
    config = ctx.find_object(Config) or Config()
    base = root(config.path)
    attached = gather_materials(files, materials)
    index, (documents, unread) = _both(
        lambda: load_index(index_name),
        lambda: read_what_can_be((*files, *attached.documents), encoding, given_limits(limits)),
    )
    report, *rest = (replace(d, path=shown(d.path, base)) for d in documents)
    documents = (report, *sorted(rest, key=lambda d: d.path))
    review, inputs = gather(index, began.date(), base, waivers, attest, baseline, workbook)
    assessment = check(documents, index, level=given_level(level), year=year, place=place, review=review)
    assessment = with_unread(assessment, unread, attached.others, base)
    if materials:
        assessment = with_registered(assessment, materials, base)
    if public:
        from checker.review.public import publish

        assessment = publish(assessment)
    context = Context(
        tool_version=__version__,
        moment=began,
        inputs=(
            *(InputFile("material" if d.material else "document", d.path, d.sha256) for d in documents),
            *inputs,
        ),
        settings=(
            ("index", shown(index_name, base) if Path(index_name).is_dir() else index_name),
            ("overlays", tuple(shown(o, base) for o in getattr(index_name, "overlays", ()))),
            ("level", level),
            ("year", year),
            ("place", place),
            ("encoding", encoding),
            ("fail_on", fail_on),
            ("public", public),
            ("limits", limits),
        ),
    )
    rendered = [
        (
            t,
            render(
                assessment,
                kind,
                replace(
                    context,
                    earlier=earlier.get(t or ""),
                    target=t or "",
                    previous=last_year,
                    previous_name=previous or "",
                ),
            ),
        )
        for t, kind in jobs
    ]
    for target, kind in jobs:
        if target is not None and kind == "xlsx":
            still(Path(target), earlier.get(target))
    for target, data in rendered:
        if target is not None:
            if earlier.get(target) is not None:
                kept = back_up(Path(target), earlier[target], began)
                click.echo(f"已并入原有的工作簿，手填内容保留；旧文件存在 {kept}", err=True)
            write_bytes(Path(target), data)
    for issue in unread:
        click.echo(str(issue), err=True)
    for warning in assessment.warnings:
        if not warning.startswith(UNREAD):
            click.echo(f"提示 {warning}", err=True)
    _tell(assessment)
    for target, data in rendered:
        if target is None:
            sys.stdout.write(data.decode("utf-8"))
    if not any(target is None for target, _ in rendered):
        from checker.cli.summary import show

        show(assessment, [t for t, _ in rendered if t])
    if unread:
        click.echo(f"结果已照常给出，但有 {len(unread)} 份材料没有读成，见上面的说明。", err=True)
        return 2
    return 1 if fails(assessment, fail_on) else 0


def _previous(path: str | None) -> bytes | None:
    """Last year's workbook, if one is given."""
    if path is None:
        return None
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise CheckerError([Issue(Location(path), "E301", "找不到上年的工作簿，或者读不了。")]) from error


def _standing(jobs: list[tuple[str | None, str]]) -> dict[str, bytes]:
    """The workbooks that this run merges into; raises before any work where one can't be written."""
    found: dict[str, bytes] = {}
    issues: list[Issue] = []
    for target, kind in jobs:
        if target is None or kind != "xlsx":
            continue
        try:
            ready(Path(target))
            data = read_earlier(Path(target))
        except CheckerError as error:
            issues.extend(error.issues)
            continue
        if data is not None:
            found[target] = data
    if issues:
        raise CheckerError(issues)
    return found


def _tell(assessment: Assessment) -> None:
    """What fell since the baseline, and what the baseline names that is no more, on stderr."""
    c = assessment.comparison
    if c is None:
        return
    for note in c.notes:
        click.echo(f"注意 {note}", err=True)
    for d in c.differences:
        if d.fails:
            click.echo(f"变坏 {d.number} {d.title}：{d.message}", err=True)
    better = [d for d in c.differences if d.kind in ("better", "vanished")]
    if better:
        names = "；".join(f"{d.number} {d.title}（{d.message}）" for d in better)
        click.echo(f"基线里的这些已不再出现，请更新基线：{names}", err=True)
    click.echo(
        f"与基线 {c.old} 相比：新增或变坏 {len(c.regressions)} 处，其他变化 {len(c.differences) - len(c.regressions)} 处。",
        err=True,
    )


def _writes(jobs: list[tuple[str | None, str]], baseline: str) -> bool:
    """Whether this run writes the baseline that it is told to compare with."""
    return any(k == "baseline" and t and Path(t).resolve() == Path(baseline).resolve() for t, k in jobs)


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
        if output == "-" and kind in BINARY:
            raise click.UsageError(f"{kind} 不能写到屏幕，请用 -o 指定文件。")
        jobs.append((None if output == "-" else output, kind))
    return jobs
