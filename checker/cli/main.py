"""The group of commands; each is imported only when it runs, so that ``--help`` stays quick."""

from __future__ import annotations

from typing import Any

import click

from checker import __version__
from checker.cli.lazy import Lazy, Table

_COMMANDS: Table = {
    "check": ("checker.cli.check", "检查报告，给出逐项结论和问题清单"),
    "batch": ("checker.cli.batch", "成批检查一个文件夹的报告，写出一份汇总"),
    "html": ("checker.cli.html", "写一页网页：报告原文和逐项结论，互相点得到"),
    "open": ("checker.cli.open_", "检查，写出问题清单和网页，用浏览器打开"),
    "explain": ("checker.cli.explain", "说明一条指标要求什么；给出报告时，逐步说明它为何得此结论"),
    "try": ("checker.cli.try_", "看一句话支持哪些指标、被哪道门拦下"),
    "text": ("checker.cli.text", "按偏移量所数的样子，原样打印提取出的文字"),
    "compare": ("checker.cli.compare", "比较两次结果：变好、变坏、出现、消失、引文不在了"),
    "workbook": ("checker.cli.workbook", "拆分、合并、比较问题清单工作簿"),
    "evidence": ("checker.cli.evidence", "登记和核对佐证材料"),
    "rerun": ("checker.cli.rerun", "按运行记录重跑一遍，看结果是否一致"),
    "ci": ("checker.cli.ci", "写出 CI 和 pre-commit 的配置"),
    "rules": ("checker.cli.rules", "列出、检查、试验指标规则"),
}


class _Root(Lazy):
    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Note whether help is asked for: help must not fail for a configuration that is wrong."""
        ctx.meta["checker.help"] = bool({"-h", "--help"} & set(args))
        return super().resolve_command(ctx, args)


def _version(ctx: click.Context, _param: Any, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(f"checker {__version__}")
        ctx.exit(0)


@click.command(
    cls=_Root,
    table=_COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "CHECKER"},
)
@click.option("--version", is_flag=True, expose_value=False, is_eager=True, callback=_version, help="显示版本号。")
@click.option("--debug", is_flag=True, help="出错时显示程序内部信息（给维护者看）。")
@click.option("--config", help="配置文件（缺省找 checker.toml 或 pyproject.toml 的 [tool.checker]）。", metavar="文件")
@click.pass_context
def cli(ctx: click.Context, debug: bool, config: str | None) -> None:
    """法治政府建设示范指标对标检查：读报告、找证据、出问题清单。全程离线，不联网。"""
    if ctx.meta.get("checker.help"):
        return
    from checker.cli.config import load

    found = load(config)
    ctx.obj = found
    # Click itself lets the command line go before the environment, and that before the file.
    nested = dict.fromkeys(("init", "verify", "list", "test"), found.values)
    ctx.default_map = {name: {**found.values, **nested} for name in _COMMANDS}
