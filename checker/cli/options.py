"""Options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import click

LEVELS = ("auto", "province", "city", "county", "township", "department")


def reading(function: Callable[..., Any]) -> Callable[..., Any]:
    """--index, --level, --year, --place, --encoding."""
    for option in (
        click.option(
            "--index", "index_name", default="2021", show_default=True, help="指标体系：名称或文件夹。", metavar="名称"
        ),
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
        return datetime.fromtimestamp(int(pinned), UTC)
    return datetime.now().astimezone()
