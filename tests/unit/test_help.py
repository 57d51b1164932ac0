"""Every page of help is Chinese throughout, but for the names people type."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest

from checker.cli.main import cli

LEAKS = re.compile(
    r"\b(?:default|required|usage|options?|commands?|arguments?|args|show this|exit)\b|[<>]=|\.\.\.$", re.IGNORECASE
)


def pages(command: click.Command, name: str = "checker", above: click.Context | None = None) -> Iterator[click.Context]:
    context = command.make_context(name, [], parent=above, resilient_parsing=True)
    yield context
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            assert found is not None
            yield from pages(found, child, context)


@pytest.mark.parametrize("context", list(pages(cli)), ids=lambda c: c.command_path)
def test_help_is_chinese(context: click.Context) -> None:
    said = context.command.get_help(context)
    told = [line for line in said.splitlines() if not line.startswith("用法") and LEAKS.search(line)]
    assert not told
    assert "显示本帮助" in said


def test_ranges_and_musts_are_told_in_chinese() -> None:
    said = next(c.command.get_help(c) for c in pages(cli) if c.command_path == "checker batch")
    assert "[必须给出]" in said
    assert "[1 到 256]" in said
    assert "不小于 0.1" in said
