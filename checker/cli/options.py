"""Options that several commands share."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import click

from checker.errors import CheckerError, Issue, Location

LEVELS = ("auto", "province", "city", "county", "township", "department")


def indexed(function: Callable[..., Any]) -> Callable[..., Any]:
    """--index and --overlay, handed on together as ``index_name`` (an IndexName)."""

    @functools.wraps(function)
    def call(*args: Any, index_name: str, overlays: tuple[str, ...], **rest: Any) -> Any:
        from checker.index import IndexName

        name = IndexName(index_name)
        name.overlays = overlays
        return function(*args, index_name=name, **rest)

    for option in (
        click.option(
            "--overlay",
            "overlays",
            multiple=True,
            metavar="文件夹",
            help="叠加在指标体系上的改动（省、市自己的补充）；可给多个，后给的在上。",
        ),
        click.option(
            "--index", "index_name", default="2021", show_default=True, help="指标体系：名称或文件夹。", metavar="名称"
        ),
    ):
        call = option(call)
    return call


def reading(function: Callable[..., Any]) -> Callable[..., Any]:
    """--index, --overlay, --level, --year, --place, --encoding."""
    function = indexed(function)
    for option in (
        click.option("--level", default="auto", type=click.Choice(LEVELS), show_default=True, help="报告主体的层级。"),
        click.option("--year", type=int, help="报告年度（缺省从标题读）。", metavar="年"),
        click.option("--place", help="地区（缺省从标题读）。", metavar="地名"),
        click.option("--encoding", help="文字编码（缺省自动识别）。", metavar="编码"),
    ):
        function = option(function)
    return function


def given_level(level: str) -> str | None:
    """None for auto."""
    return None if level == "auto" else level


def moment() -> datetime:
    """Now in local time, or the pinned SOURCE_DATE_EPOCH in UTC."""
    pinned = os.environ.get("SOURCE_DATE_EPOCH")
    if pinned:
        try:
            return datetime.fromtimestamp(int(pinned), UTC)
        except (ValueError, OverflowError, OSError) as error:
            where = Location("SOURCE_DATE_EPOCH")
            raise CheckerError([Issue(where, "E005", f"环境变量的值「{pinned}」不是秒数。")]) from error
    return datetime.now().astimezone()
