"""Click's commands with their own words in Chinese."""

from __future__ import annotations

import re

import click

_WORDS = (("[default: ", "[缺省 "), ("[required]", "[必须给出]"), ("; required]", "；必须给出]"))
_RANGE = re.compile(r"(?:(?P<low>[\d.]+)<=)?x(?:>=(?P<least>[\d.]+))?(?:<=(?P<high>[\d.]+))?(?=\])")


def _told(text: str) -> str:
    """A line of help with click's own words in Chinese."""
    for english, chinese in _WORDS:
        text = text.replace(english, chinese)

    def span(m: re.Match[str]) -> str:
        least, most = m["low"] or m["least"], m["high"]
        return f"{least} 到 {most}" if least and most else f"不小于 {least}" if least else f"不大于 {most}"

    return _RANGE.sub(span, text).replace("; 不", "；不")


class _Chinese(click.Command):
    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """用法：…"""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        for english, chinese in (
            ("[OPTIONS]", "[选项]"),
            ("COMMAND [ARGS]...", "命令 [参数]..."),
            ("[PACK]", "[文件夹]"),
        ):
            pieces = pieces.replace(english, chinese)
        formatter.write_usage(ctx.command_path, pieces, prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options under 选项."""
        rows = [
            row
            for param in self.get_params(ctx)
            if isinstance(param, click.Option) and (row := param.get_help_record(ctx)) is not None
        ]
        if rows:
            with formatter.section("选项"):
                formatter.write_dl([(name, _told(text)) for name, text in rows])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """--help with a Chinese text."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示本帮助。"
        return option


class Command(_Chinese):
    """A command whose help is Chinese throughout."""


class Group(_Chinese, click.Group):
    """A group whose help is Chinese throughout."""

    command_class = Command
    group_class = type

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options, then the commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands under 命令."""
        rows = [(name, self.commands[name].get_short_help_str(200)) for name in self.list_commands(ctx)]
        if rows:
            with formatter.section("命令"):
                formatter.write_dl(rows)
