"""``checker rules adopt``: the official table becomes the bureau's own pack."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli.chinese import Command
from checker.cli.options import indexed, moment
from checker.errors import CheckerError

if TYPE_CHECKING:
    from checker.authoring.adopt.align import Match
    from checker.authoring.adopt.item import Reading
    from checker.model import Index

MAPPING = "对照表.xlsx"
RECORD = "接入记录.txt"


@click.command("adopt", cls=Command)
@click.argument("table", metavar="指标表")
@click.option("-o", "--output", default="指标库", show_default=True, metavar="文件夹", help="本单位的指标库写到哪里。")
@click.option("--mapping", metavar="对照表", help="改好「确认」列的对照表（xlsx 或 csv）。")
@click.option(
    "--id", "ident", default="official", show_default=True, metavar="名称", help="这一版的名称（英文或数字）。"
)
@click.option("--title", default="", metavar="标题", help="指标体系的名称（缺省用文件名）。")
@click.option("--replace", is_flag=True, help="文件夹里已有指标库时更新它：写好的规则都保留，原来的存到「备份」。")
@click.option("--yes", is_flag=True, help="不再逐项询问，待确认的一律先不对上。")
@click.option("--keep-rest", is_flag=True, help="正式表里没有的规则也留下，排在后面（正式表不全时用）。")
@indexed
def command(
    table: str,
    output: str,
    mapping: str | None,
    ident: str,
    title: str,
    replace: bool,
    yes: bool,
    keep_rest: bool,
    index_name: str,
) -> int:
    """接入正式指标表（docx、xlsx、html、pdf、txt）：读出各项，与本库规则一一对上，写成本单位的指标库。"""
    from checker.authoring.adopt.align import align
    from checker.authoring.adopt.items import read_items
    from checker.authoring.adopt.mapping import confirm, read_mapping, settled
    from checker.authoring.adopt.mapping import table as mapping_table
    from checker.authoring.adopt.pack import Options, build_pack, loss
    from checker.authoring.folder import read_folder
    from checker.cli.rules.places import write_folder, write_schemas
    from checker.cli.write import write_bytes
    from checker.index import load_index
    from checker.index.layers import SPECIAL, rule_files

    if not ident.replace("-", "").isalnum() or not ident.isascii():
        raise CheckerError(f"--id 只能用英文字母、数字和减号，不能是「{ident}」。")
    reading = read_items(Path(table))
    if reading.ink_in != reading.ink_out:
        raise AssertionError(f"{reading.ink_in} characters in the table, {reading.ink_out} accounted for")
    fatal = [i for i in reading.issues if i.code == "E513"]
    if fatal:
        raise CheckerError(fatal)
    index = load_index(index_name)
    folder = Path(output)
    there = folder.is_dir() and (rule_files(folder) or any((folder / s).is_file() for s in SPECIAL))
    old = read_folder(folder) if there and replace else ()
    matches = align(reading.items, index)
    matches = confirm(matches, _earlier(old, matches), index, str(folder))
    if mapping:
        matches = confirm(matches, read_mapping(Path(mapping)), index, mapping)
    elif not yes and sys.stdin.isatty():
        matches = _ask(matches, index)
    doubtful = [m for m in matches if m.state == "doubtful"]
    final = settled(matches)
    name = title or Path(table).stem
    options = Options(ident, name, _base(index_name, folder), Path(table).name, moment().date().isoformat())
    used = {m.indicator.id for m in final if m.indicator is not None}
    rest = [i for i in index.indicators if i.id not in used] if keep_rest else []
    write_folder(folder, build_pack(final, index, options, old, rest), replace)
    write_schemas(folder)
    write_bytes(folder / MAPPING, mapping_table(matches))
    adopted = load_index(str(folder))
    lost = loss(reading.items, adopted)
    lines = _report(reading, matches, doubtful, index, folder, lost, keep_rest)
    write_bytes(folder / RECORD, ("\n".join(lines) + "\n").encode("utf-8"))
    for line in lines:
        click.echo(line)
    if lost:
        raise AssertionError("the pack does not say what the table says: " + "; ".join(lost))
    return 0


def _base(index_name: str, folder: Path) -> str:
    """What ``extends`` says: a bundled edition by name, another pack by its path from the new one."""
    from checker.index import find_pack
    from checker.index.layers import bundled

    pack = find_pack(index_name)
    if getattr(index_name, "overlays", ()):
        raise CheckerError("adopt 不能与 --overlay 一起用：先接入，检查时再加 --overlay。")
    for name, place in bundled().items():
        if place.resolve() == pack.resolve():
            return name
    try:
        return Path(os.path.relpath(pack.resolve(), folder.resolve())).as_posix()
    except ValueError:  # another drive
        return pack.resolve().as_posix()


def _earlier(old: Sequence[object], matches: Sequence[Match]) -> list[tuple[int, str, str, str]]:
    """What an earlier run settled holds, as answers."""
    from checker.authoring.adopt.grid import ink
    from checker.authoring.folder import RuleFile

    texts = {ink(m.item.text) for m in matches}
    rows = []
    for n, file in enumerate(f for f in old if isinstance(f, RuleFile) and f.kind == "change"):
        data = file.source.data
        if ink(data.get("official_text") or "") in texts:
            rows.append((n, data.get("official_no") or "", data["official_text"], data["extends"]))
    return rows


def _ask(matches: Sequence[Match], index: Index) -> tuple[Match, ...]:
    """Put every doubtful pair to the person at the terminal."""
    from checker.authoring.adopt.mapping import NONE, confirm

    doubtful = [m for m in matches if m.state == "doubtful"]
    if not doubtful:
        return tuple(matches)
    click.echo(
        f"有 {len(doubtful)} 项拿不准，请逐项确认（回车=是，n=不是，也可填规则编号；q=其余都先不对上）：", err=True
    )
    answers: list[tuple[int, str, str, str]] = []
    for n, m in enumerate(doubtful, 1):
        assert m.indicator is not None
        click.echo(f"\n[{n}/{len(doubtful)}] {m.item.number} {m.item.text}", err=True)
        click.echo(
            f"    像 {m.indicator.id} {m.indicator.title}（相似度 {m.similarity}，共有：{'、'.join(m.shared)}）",
            err=True,
        )
        while True:
            said = click.prompt("    是同一条吗", default="y", err=True).strip()
            if said.lower() in ("y", "n", "q") or index.find(said) is not None:
                break
            click.echo(f"    没有规则「{said}」。", err=True)
        if said.lower() == "q":
            break
        answer = m.indicator.id if said.lower() == "y" else NONE if said.lower() == "n" else said
        answers.append((n, m.item.number, m.item.text, answer))
    return confirm(matches, answers, index, "终端")


def _report(
    reading: Reading,
    matches: Sequence[Match],
    doubtful: Sequence[Match],
    index: Index,
    folder: Path,
    lost: Sequence[str],
    keep_rest: bool,
) -> list[str]:
    used = {m.indicator.id for m in matches if m.indicator and m.state != "doubtful"}
    bare = [m for m in matches if m.indicator is None or m.state == "doubtful"]
    unused = [i for i in index.indicators if i.id not in used]
    chapters = len({m.item.chapter for m in matches if m.item.chapter})
    sections = len({(m.item.chapter, m.item.section) for m in matches if m.item.section})
    lines = [f"读出 {len(matches)} 项（一级 {chapters} 个，二级 {sections} 个）。"]
    lines += [str(i) for i in reading.issues]
    lines += [f"没有读成指标的内容（{len(reading.left)} 处）："] if reading.left else []
    lines += [f"    {text}" for text in reading.left]
    lines.append(f"对上规则 {len(used)} 项；还没有规则 {len(bare)} 项（写成空白的草稿，检查时一律「需人工核验」）：")
    lines += [f"    {m.item.number or '（无序号）'} {m.item.text[:40]}" for m in bare]
    if doubtful:
        lines.append(f"其中 {len(doubtful)} 项有相像的规则，须由人确认：")
        for m in doubtful:
            assert m.indicator is not None
            lines.append(
                f"    {m.item.number or '（无序号）'} 像 {m.indicator.id} {m.indicator.title}，相似度 {m.similarity}"
            )
        lines.append(
            f"    请在 {folder / MAPPING} 的「确认」列填规则编号或「无」，再运行一次，加 --replace --mapping {folder / MAPPING}"
        )
    where = "排在正式项后面，编号和措辞是本库的" if keep_rest else "没有放进指标库；要留下请加 --keep-rest"
    lines.append(f"本库有、正式表没有的规则 {len(unused)} 条（{where}）：")
    lines += [f"    {i.id} {i.title}" for i in unused]
    ink = f"表内 {reading.ink_in} 字，去处相加 {reading.ink_out} 字"
    verdict = "指标库与正式表逐字相同" if not lost else f"不一致：{'；'.join(lost)}"
    lines.append(f"核对：{ink}；{verdict}（换行和空格不计）。")
    lines.append(f"已写出 {folder}。检查时用：checker check 报告.txt --index {folder}")
    return lines
