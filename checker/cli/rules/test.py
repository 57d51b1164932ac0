"""``checker rules test``: the examples of the indicators; with --on, the rules on real reports."""

from __future__ import annotations

from pathlib import Path

import click

from checker.cli.chinese import Command
from checker.cli.options import indexed
from checker.errors import CheckerError, Issue, Location
from checker.model import Document, Index, Indicator, Verdict


@click.command("test", cls=Command)
@click.argument("numbers", nargs=-1, metavar="[编号]...")
@click.option("--on", "folder", metavar="文件夹", help="在一批真实报告上看：哪些规则从不命中、处处命中、只被拦下。")
@click.option("--ways", is_flag=True, help="与 --on 同用：逐条列出从不命中的说法。")
@indexed
def command(numbers: tuple[str, ...], folder: str | None, ways: bool, index_name: str) -> int:
    """运行指标里的例句；不给编号就全部运行。"""
    from checker.index import load_index
    from checker.matching import prepare
    from checker.trial import run_example

    plain = bool(numbers) and all(n.isdigit() for n in numbers) and not getattr(index_name, "overlays", ())
    only = frozenset(f"{int(n):03d}" for n in numbers) if plain and not folder else None
    index = _load(index_name, only) if only else load_index(index_name)
    chosen = _chosen(index, numbers)
    if folder:
        return _survey(index, chosen, Path(folder), ways)
    rules = prepare(index)
    total = failed = 0
    for indicator in chosen:
        for example in indicator.examples:
            total += 1
            verdict, reasons = run_example(indicator, example, rules)
            if verdict.value != example.verdict:
                failed += 1
                want = Verdict(example.verdict)
                where = f"（{indicator.label}，{indicator.path}）"
                click.echo(
                    f"例句应得「{want.label}」{want.value}，实得「{verdict.label}」{verdict.value}{where}：{example.text}"
                )
                for reason in reasons[:4]:
                    click.echo(f"    {reason}")
    click.echo(f"{len(chosen)} 条指标，{total} 个例句，{failed} 个不符。")
    return 2 if failed else 0


def _load(index_name: str, only: frozenset[str]) -> Index:
    """Only the files asked for; the whole edition where they are not named by number (another pack's habit)."""
    from checker.index import load_index

    try:
        return load_index(index_name, only)
    except CheckerError as error:
        if {i.code for i in error.issues} <= {"E121"}:
            return load_index(index_name)
        raise


def _chosen(index: Index, numbers: tuple[str, ...]) -> list[Indicator]:
    if not numbers:
        return list(index.indicators)
    found = [index.find(n) for n in numbers]
    unknown = [n for n, i in zip(numbers, found, strict=True) if i is None]
    if unknown:
        raise CheckerError(f"没有编号为 {'、'.join(unknown)} 的指标。")
    return [i for i in found if i is not None]


def _survey(index: Index, chosen: list[Indicator], folder: Path, ways: bool) -> int:
    from checker.api import read_documents
    from checker.authoring.survey import survey
    from checker.documents import ENDINGS

    if not folder.is_dir():
        raise CheckerError([Issue(Location(str(folder)), "E302", "--on 要给一个放着报告的文件夹。")])
    endings = {e for e in ENDINGS if e}
    paths = sorted(str(p) for p in folder.rglob("*") if p.is_file() and p.suffix.lower() in endings)
    if not paths:
        raise CheckerError([Issue(Location(str(folder)), "E306", "这个文件夹里没有能读的报告。")])
    documents: list[Document] = []
    for path in paths:
        try:
            documents += read_documents([path])
        except CheckerError as error:
            for issue in error.issues:
                click.echo(str(issue), err=True)
    result = survey(index, documents, [i.id for i in chosen])
    click.echo(f"{result.documents} 份文件（读不了的 {len(paths) - len(documents)} 份不算），{len(chosen)} 条指标。")
    for title, lines in result.sections(ways):
        click.echo(f"\n【{title}】{len(lines)} 条")
        for line in lines:
            click.echo(f"  {line}")
    return 0
