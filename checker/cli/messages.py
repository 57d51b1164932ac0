"""Click's own complaints, in plain Chinese."""

from __future__ import annotations

import click


def usage_text(error: click.ClickException) -> str:
    """What is wrong with the command line and what to do."""
    ctx = getattr(error, "ctx", None)
    hint = f"\n用法见：{ctx.command_path} --help" if ctx else ""
    if isinstance(error, click.NoSuchOption):
        close = f"是否想写 {'、'.join(error.possibilities)}？" if error.possibilities else ""
        return f"错误 E001 没有这个选项：{error.option_name}。{close}{hint}"
    if isinstance(error, click.MissingParameter):
        name = _name(error.param)
        return f"错误 E002 缺少参数：{name}。{hint}"
    if isinstance(error, click.BadParameter):
        name = _name(error.param)
        return f"错误 E003 参数 {name} 的值不对：{_plain(error.message)}{hint}"
    if isinstance(error, click.UsageError):
        return f"错误 E004 命令写得不对：{_plain(error.message)}{hint}"
    return f"错误 E004 {error.message}{hint}"


def _name(param: click.Parameter | None) -> str:
    if param is None:
        return ""
    return param.opts[0] if isinstance(param, click.Option) else param.human_readable_name


def _plain(message: str) -> str:
    for english, chinese in (
        ("No such command", "没有这个命令"),
        ("Missing command", "缺少命令"),
        ("is not one of", "不在可选范围"),
        ("is not a valid integer", "不是整数"),
        ("Got unexpected extra argument", "多出了参数"),
        ("requires an argument", "后面要跟一个值"),
    ):
        message = message.replace(english, chinese)
    return message
