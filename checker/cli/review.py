"""What people add to a run, gathered from the options; and when a run fails."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from checker.cli.paths import shown
from checker.errors import CheckerError, Issue
from checker.model import Assessment, Closed, Index, InputFile, Review, Verdict

T = TypeVar("T")

FAIL_ON = ("never", "red_line", "major", "minor", "regression")


def vouched(function: Callable[..., Any]) -> Callable[..., Any]:
    """--attest, --waivers."""
    for option in (
        click.option("--waivers", help="豁免清单（YAML）。豁免另计，不算达标。", metavar="文件"),
        click.option("--attest", help="人工佐证（YAML）。只解除封顶，不代替原文。", metavar="文件"),
    ):
        function = option(function)
    return function


public_option = click.option("--public", is_flag=True, help="对外提供：遮盖身份证号、手机号和密级标志。")


def adding(function: Callable[..., Any]) -> Callable[..., Any]:
    """--waivers, --attest, --baseline, --workbook, --fail-on, --public."""
    function = vouched(function)
    for option in (
        click.option("--baseline", help="基线或上次的 JSON 结果，用来看变好变坏。", metavar="文件"),
        click.option("--workbook", help="填过的问题清单：已销号的问题又变坏，也算变坏。", metavar="文件"),
        click.option(
            "--fail-on",
            default="never",
            type=click.Choice(FAIL_ON),
            show_default=True,
            help="有这一级以上的问题时以 1 退出；regression 只看比基线新增或变坏的。",
        ),
        public_option,
    ):
        function = option(function)
    return function


def gather(
    index: Index,
    today: date,
    base: Path | None,
    waivers: str | None,
    attest: str | None,
    baseline: str | None,
    workbook: str | None = None,
) -> tuple[Review, tuple[InputFile, ...]]:
    """Read what people added; raises one CheckerError with the problems of every file."""
    if not (waivers or attest or baseline or workbook):
        return Review(today=today), ()  # nothing to import for nothing
    from checker.review.attestations import load_attestations
    from checker.review.public import text_warnings
    from checker.review.reading import file_hash
    from checker.review.snapshot import read_snapshot
    from checker.review.waivers import load_waivers

    issues: list[Issue] = []
    inputs: list[InputFile] = []

    def read(role: str, path: str | None, load: Callable[[str, str], T], empty: T) -> T:
        if path is None:
            return empty
        name = shown(path, base)
        try:
            value = load(path, name)
        except CheckerError as error:
            issues.extend(error.issues)
            return empty
        inputs.append(InputFile(role, name, file_hash(Path(path))))
        if role in ("waivers", "attest"):
            for warning in text_warnings(name, Path(path).read_text(encoding="utf-8-sig")):
                click.echo(f"提示 {warning}", err=True)
        return value

    review = Review(
        today=today,
        waivers=read("waivers", waivers, lambda p, n: load_waivers(p, index, today, n), ()),
        attestations=read("attest", attest, lambda p, n: load_attestations(p, index, today, n), ()),
        baseline=read("baseline", baseline, read_snapshot, None),
        closed=read("workbook", workbook, _read_closed, ()),
    )
    if issues:
        raise CheckerError(issues)
    return review, tuple(inputs)


def _read_closed(path: str, name: str) -> tuple[Closed, ...]:
    from checker.review.closed import read_closed  # brings in openpyxl

    return read_closed(path, name)


def fails(assessment: Assessment, fail_on: str) -> bool:
    """Whether there is a gap at or above ``fail_on``. What is waived or for people to judge first does not count."""
    if fail_on == "never":
        return False
    if fail_on == "regression":
        return bool(assessment.comparison and assessment.comparison.regressions)
    gaps = [f for f in assessment.findings if f.is_open]
    if fail_on == "red_line":
        return any(f.indicator.red_line and f.verdict in (Verdict.FAILED, Verdict.ADMITTED) for f in gaps)
    if fail_on == "major":
        return any(f.indicator.severity == "major" or f.indicator.red_line for f in gaps)
    return bool(gaps)
