"""``checker rules``: one module a subcommand, each imported only when it runs."""

from __future__ import annotations

import click

from checker.cli.lazy import Lazy, Table

TABLE: Table = {
    "list": ("checker.cli.rules.list_", "列出全部指标，或有哪几套指标体系"),
    "lint": ("checker.cli.rules.lint", "查错：全部问题一次列出（文件:行:列）"),
    "test": ("checker.cli.rules.test", "运行例句；--on 看规则在真实报告上的表现"),
    "new": ("checker.cli.rules.new", "新写一条指标，或改动一条：给出一张带说明的表"),
    "format": ("checker.cli.rules.format_", "把规则文件排成统一的写法"),
    "docs": ("checker.cli.rules.docs", "写出指标说明：一条一页，加目录"),
    "adopt": ("checker.cli.rules.adopt", "接入正式指标表：对上编号和原文，写成本单位的指标库"),
    "export": ("checker.cli.rules.export", "把规则写成 Excel，给不看 YAML 的人改"),
    "import": ("checker.cli.rules.import_", "把改好的 Excel 读回成规则文件"),
    "diff": ("checker.cli.rules.diff", "两套规则有何不同，对一份报告有何影响"),
}


@click.group("rules", cls=Lazy, table=TABLE)
def command() -> None:
    """列出、编写、检查、试验、交换指标规则。"""
