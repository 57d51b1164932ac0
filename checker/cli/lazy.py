"""Groups that know their commands' names and one-line helps without importing them."""

from __future__ import annotations

import importlib
from typing import Any

import click

from checker.cli.chinese import Group

Table = dict[str, tuple[str, str]]
"""name -> (module with ``command``, one line of help)"""


class Lazy(Group):
    """A group whose commands are imported only when they run, so that ``--help`` stays quick."""

    def __init__(self, *args: Any, table: Table, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.table = table

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of use."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a command."""
        if cmd_name not in self.table:
            return None
        command: click.Command = importlib.import_module(self.table[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table, importing none."""
        with formatter.section("命令"):
            formatter.write_dl([(name, text) for name, (_, text) in self.table.items()])
