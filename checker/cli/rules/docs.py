"""``checker rules docs``: a page an indicator, and an index."""

from __future__ import annotations

from pathlib import Path

import click

from checker.cli.chinese import Command
from checker.cli.options import indexed
from checker.errors import Issue, Location, OutputError
from checker.model import Verdict


@click.command("docs", cls=Command)
@click.option("-o", "--output", required=True, metavar="文件夹", help="写到哪个文件夹。")
@click.option("--format", "kind", type=click.Choice(("both", "md", "html")), default="both", help="写哪种格式。")
@indexed
def command(output: str, kind: str, index_name: str) -> int:
    """写出指标说明：一条一页，加目录；页上的例句当场逐句核对。"""
    from checker.authoring.docs import build_docs
    from checker.cli.write import write_bytes
    from checker.index import load_index
    from checker.matching import prepare
    from checker.trial import run_example

    folder = Path(output)
    if folder.exists() and not folder.is_dir():
        raise OutputError([Issue(Location(output), "E406", "这是文件，不是文件夹。")])
    index = load_index(index_name)
    rules = prepare(index)
    outcome: dict[tuple[str, int], Verdict] = {}
    wrong = 0
    for i in index.indicators:
        for n, example in enumerate(i.examples):
            outcome[(i.id, n)], _ = run_example(i, example, rules)
            wrong += outcome[(i.id, n)].value != example.verdict
    files = build_docs(index, outcome, ("md", "html") if kind == "both" else (kind,))
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        write_bytes(folder / name, data)
    click.echo(f"已写出 {folder}：{len(files)} 个文件，{len(outcome)} 个例句逐句核对，{wrong} 个不符。")
    return 2 if wrong else 0
