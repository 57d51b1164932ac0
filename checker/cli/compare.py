"""``checker compare``: two results side by side."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from checker.cli.chinese import Command
from checker.cli.config import Config
from checker.cli.paths import root
from checker.errors import CheckerError, Issue
from checker.model import Comparison

_KINDS = {
    "worse": "变坏",
    "reopened": "反弹",
    "appeared": "新出现",
    "uncovered": "失去支撑",
    "lost": "引文不在了",
    "better": "变好",
    "changed": "变化",
    "unaccepted": "不再采信",
    "waiver": "豁免",
    "vanished": "消失",
}


@click.command("compare", cls=Command)
@click.argument("old", metavar="旧结果")
@click.argument("new", metavar="新结果")
@click.option(
    "--format", "kind", type=click.Choice(("text", "json", "md")), default="text", show_default=True, help="输出格式。"
)
@click.option(
    "--fail-on",
    type=click.Choice(("never", "regression")),
    default="never",
    show_default=True,
    help="有新增或变坏时以 1 退出。",
)
@click.pass_context
def command(ctx: click.Context, old: str, new: str, kind: str, fail_on: str) -> int:
    """比较两次 JSON 结果（或基线）：变好、变坏、出现、消失，引文是否还在新文本里。"""
    from checker.review.compare import compare
    from checker.review.snapshot import read_snapshot

    issues: list[Issue] = []
    read = []
    for path in (old, new):
        try:
            read.append(read_snapshot(path, Path(path).as_posix()))
        except CheckerError as error:
            issues.extend(error.issues)
    if issues:
        raise CheckerError(issues)
    config = ctx.find_object(Config) or Config()
    result = compare(read[0], read[1], _texts(new, root(config.path)))
    sys.stdout.write({"text": _text, "json": _json, "md": _markdown}[kind](result))
    return 1 if fail_on == "regression" and result.regressions else 0


def _texts(new: str, base: Path | None) -> list[str] | None:
    """The documents of the new result, where every one is still on disk with the same content; else None."""
    from checker.documents import read_document
    from checker.review.snapshot import documents_of

    texts = []
    for path, sha256 in documents_of(new):
        for folder in (Path(), *((base,) if base else ()), Path(new).parent):
            try:
                document = read_document(str(folder / path))
            except CheckerError:
                continue
            if document.sha256 == sha256:
                texts.append(document.text)
                break
        else:
            return None
    return texts or None


def _text(c: Comparison) -> str:
    lines = [f"旧：{c.old}", f"新：{c.new}", *(f"注意：{n}" for n in c.notes)]
    for kind, word in _KINDS.items():
        rows = [d for d in c.differences if d.kind == kind]
        if rows:
            lines += ["", f"【{word} {len(rows)} 项】", *(f"  {d.number} {d.title}：{d.message}" for d in rows)]
    if not c.differences:
        lines += ["", "没有变化。"]
    return "\n".join([*lines, "", f"新增或变坏 {len(c.regressions)} 处。"]) + "\n"


def _json(c: Comparison) -> str:
    import json

    from checker.outputs.json import comparison

    return (
        json.dumps({"schema": "checker-comparison/1", "new": c.new, **comparison(c)}, ensure_ascii=False, indent=1)
        + "\n"
    )


def _markdown(c: Comparison) -> str:
    from checker.outputs.markdown import text

    lines = [f"### {text(c.old)} → {text(c.new)}：{len(c.regressions)} 处新增或变坏", ""]
    lines += [f"> {text(n)}" for n in c.notes] + ([""] if c.notes else [])
    lines += [f"- **{_KINDS[d.kind]}** {text(d.number)} {text(d.title)}：{text(d.message)}" for d in c.differences]
    return "\n".join([*lines, *([] if c.differences else ["没有变化。"])]) + "\n"
