"""``checker workbook``: send parts to units, take them back, compare two workbooks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli.chinese import Command, Group
from checker.cli.options import moment
from checker.cli.write import back_up, ready, still, write_bytes
from checker.errors import CheckerError, Issue, Location, OutputError

if TYPE_CHECKING:
    from checker.review.workbook.earlier import Earlier


def _load(path: str) -> Earlier:
    from checker.review.workbook.earlier import read

    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise CheckerError([Issue(Location(path), "E301", "找不到这个文件，或者读不了。")]) from error
    return read(data, path)


@click.command("split", cls=Command)
@click.argument("workbook", metavar="总表.xlsx")
@click.option("-d", "--dir", "folder", metavar="文件夹", help="写到哪里（缺省：总表旁边的「分发」）。")
def split(workbook: str, folder: str | None) -> None:
    """按牵头单位拆分：每家一个文件，只有它的行；机审列锁定，不设密码。"""
    from checker.outputs.xlsx.parts import file_name
    from checker.outputs.xlsx.parts import split as make

    whole = _load(workbook)
    home = Path(folder) if folder else Path(workbook).parent / "分发"
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            [Issue(Location(str(home)), "E403", "文件夹建不了，请用 -d 指定一个可写的文件夹。")]
        ) from error
    files = {home / file_name(Path(workbook).stem, unit): data for unit, data in make(whole, moment()).items()}
    standing = [
        Issue(Location(str(p)), "E424", "已有这个文件，可能有人填过，没有动它。请先移走，或用 -d 换一个文件夹。")
        for p in files
        if p.exists()
    ]
    if standing:
        raise OutputError(standing)
    for path, data in files.items():
        write_bytes(path, data)
        click.echo(f"已写出 {path}")
    click.echo(f"共 {len(files)} 家。填好后用 checker workbook join {workbook} 各文件 合并。")


@click.command("join", cls=Command)
@click.argument("workbook", metavar="总表.xlsx")
@click.argument("parts", nargs=-1, required=True, metavar="单位文件...")
@click.option("-o", "--output", metavar="文件", help="写到另一个文件（缺省：更新总表，旧的存进「备份」）。")
def join(workbook: str, parts: tuple[str, ...], output: str | None) -> int:
    """按编号把各单位填的内容合并回总表：只取人填的列，冲突列出，不相干的文件点名。"""
    from checker.outputs.xlsx.parts import fits
    from checker.outputs.xlsx.parts import join as merge

    target = Path(output or workbook)
    ready(target)
    began = moment()
    old = Path(workbook).read_bytes() if Path(workbook).exists() else b""
    whole = _load(workbook)
    good: list[tuple[str, Earlier]] = []
    bad: list[Issue] = []
    for path in parts:
        try:
            part = _load(path)
        except CheckerError as error:
            bad.extend(error.issues)
            continue
        issue, note = fits(part, whole, path)
        if issue is not None:
            bad.append(issue)
            continue
        if note:
            click.echo(f"注意 {note}", err=True)
        good.append((path, part))
    if not good:
        raise CheckerError(bad)
    done = merge(whole, good, began)
    still(Path(workbook), old)
    if target.exists():
        current = target.read_bytes() if output else old
        click.echo(f"旧文件存在 {back_up(target, current, began)}", err=True)
    write_bytes(target, done.data)
    for d in done.conflicts:
        t = d.typed
        what = "总表里已没有这一条" if d.outcome == "unknown" else f"总表是「{d.now}」"
        click.echo(f"冲突 {t.path} {t.key.split(chr(31))[0]} {t.column}：{t.unit}填「{t.value}」，{what}", err=True)
    for x in done.extras:
        click.echo(f"注意 {x.path} 有自加的行，已记入「变更记录」：{x.text[:60]}", err=True)
    click.echo(f"合并 {len(good)} 个文件，取入 {done.taken} 处，冲突 {len(done.conflicts)} 处，写入 {target}")
    for issue in bad:
        click.echo(str(issue), err=True)
    return 2 if bad else 0


@click.command("diff", cls=Command)
@click.argument("old", metavar="旧.xlsx")
@click.argument("new", metavar="新.xlsx")
@click.option(
    "--format", "kind", type=click.Choice(("text", "json")), default="text", show_default=True, help="输出格式。"
)
def diff(old: str, new: str, kind: str) -> None:
    """比较两个工作簿：结论、状态、谁改了什么。"""
    from msgspec.structs import asdict

    from checker.review.workbook.difference import differences, saved_by

    a, b = _load(old), _load(new)
    found = differences(a, b)
    who, when = saved_by(b)
    if kind == "json":
        data = {"old": old, "new": new, "saved_by": who, "saved": when, "differences": [asdict(d) for d in found]}
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
        return
    click.echo(f"{new} 最后由「{who or '（未记）'}」保存于 {when or '（未记）'}")
    for d in found:
        change = f"「{_short(d.before)}」→「{_short(d.after)}」" if d.before or d.after else ""
        click.echo(f"{d.kind}\t{d.sheet}\t{d.number}\t{d.what}\t{change}")
    click.echo(f"共 {len(found)} 处不同。")


def _short(text: str, most: int = 60) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[:most] + "……"


@click.group("workbook", cls=Group)
def command() -> None:
    """问题清单工作簿：拆分给各单位，收回合并，比较两份。"""


for _sub in (split, join, diff):
    command.add_command(_sub)
