"""``checker evidence``: the materials behind a report, listed and held against what the list says."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from msgspec.structs import asdict

from checker.cli.chinese import Group
from checker.cli.options import reading
from checker.cli.write import write_bytes
from checker.errors import CheckerError, Issue, Location


@click.group("evidence", cls=Group)
def command() -> None:
    """登记和核对佐证材料。"""


@command.command("init")
@click.argument("folder", metavar="文件夹")
@click.option("--skeleton", is_flag=True, help="按指标建好迎检目录，每个文件夹里写明应附什么。")
@reading
def init(
    folder: str,
    skeleton: bool,
    index_name: str,
    level: str,
    year: int | None,
    place: str | None,
    encoding: str | None,
) -> None:
    """登记文件夹里的材料，写出或补写佐证材料清单；已写的一个字不动。"""
    from checker.index import load_index
    from checker.review.materials import NAME
    from checker.review.skeleton import folders, manifest_text

    index = load_index(index_name)
    home = Path(folder)
    if home.exists() and not home.is_dir():
        raise CheckerError([Issue(Location(folder), "E645", "这是文件，不是文件夹。")])
    if not home.is_dir() and not skeleton:
        raise CheckerError([Issue(Location(folder), "E645", "没有这个文件夹。要新建迎检目录请加 --skeleton。")])
    made = 0
    if skeleton:
        for path, text in folders(index):
            file = home / path
            if not file.exists():
                file.parent.mkdir(parents=True, exist_ok=True)
                write_bytes(file, text.encode("utf-8"))
                made += 1
    text, new, open_ = manifest_text(home, index, year)
    if new or not (home / NAME).exists():
        write_bytes(home / NAME, text.encode("utf-8"))
    if skeleton:
        click.echo(f"新建 {made} 个指标文件夹，原有的没有动。")
    click.echo(f"{home / NAME}：新登记 {len(new)} 份材料。")
    for path in open_:
        click.echo(f"  看不出证明哪项指标，请填写 indicators：{path}")


@command.command("verify")
@click.argument("folder", metavar="文件夹")
@click.option("--report", help="对应的报告：核对达标项有无材料、报告提到的文件有无原件。", metavar="文件")
@click.option("--strict", is_flag=True, help="没能核对的也算不过。")
@click.option(
    "--format", "kind", type=click.Choice(("text", "json")), default="text", show_default=True, help="输出格式。"
)
@reading
def verify(
    folder: str,
    report: str | None,
    strict: bool,
    kind: str,
    index_name: str,
    level: str,
    year: int | None,
    place: str | None,
    encoding: str | None,
) -> int:
    """核对佐证材料清单：文件在不在、变没变、日期和文号对不对、达标项有无材料。"""
    from checker.api import check, read_documents
    from checker.cli.options import given_level
    from checker.index import load_index
    from checker.review.materials import NAME, load_manifest
    from checker.review.materials import verify as hold

    home = Path(folder)
    if not home.is_dir():
        raise CheckerError([Issue(Location(folder), "E645", "没有这个文件夹。")])
    index = load_index(index_name)
    manifest = load_manifest(str(home / NAME), index, f"{home.as_posix()}/{NAME}")
    assessment = None
    if report is not None:
        documents = read_documents([report], encoding)
        assessment = check(documents, index, level=given_level(level), year=year, place=place)
        year = year or assessment.year
    found = hold(
        home,
        manifest,
        index,
        year,
        assessment.findings if assessment else (),
        assessment.analyses if assessment else (),
    )
    bad = [c for c in found if c.state == "bad"]
    unseen = [c for c in found if c.state == "unverified"]
    if kind == "json":
        import json

        rows = [{**asdict(c), "place": str(c.place)} for c in found]
        data = {"schema": "checker-evidence/1", "materials": len(manifest.materials), "bad": len(bad)}
        data |= {"unverified": len(unseen), "checks": rows}
        sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")
    else:
        words = {"bad": "不符", "unverified": "未能核对", "note": "提示"}
        for c in found:
            click.echo(f"{words[c.state]} {c.code} {c.subject}：{c.message}（{c.place}）")
        click.echo(f"{len(manifest.materials)} 份材料，{len(bad)} 处不符，{len(unseen)} 处未能核对。", err=True)
    return 1 if bad or (strict and unseen) else 0
