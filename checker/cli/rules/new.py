"""``checker rules new``: a form to fill in."""

from __future__ import annotations

import re
from pathlib import Path

import click

from checker.cli.chinese import Command
from checker.cli.options import indexed, moment
from checker.errors import CheckerError, Issue, Location, OutputError
from checker.model import Index


@click.command("new", cls=Command)
@click.argument("folder", metavar="文件夹")
@click.option("--title", default="", metavar="标题", help="短标题。")
@click.option("--id", "ident", default="", metavar="编号", help="编号，如 local-101（缺省自动取下一个）。")
@click.option("--section", default="", metavar="节", help="放在哪一节：英文编号或名称里的字。")
@click.option("--extends", "changed", default="", metavar="编号", help="不是新写，而是改动已有的这一条。")
@indexed
def command(folder: str, title: str, ident: str, section: str, changed: str, index_name: str) -> None:
    """新写一条指标：在文件夹里放一张带说明的表，填好就能用；文件夹不存在就新建。"""
    from checker.authoring.blank import change_form, form, layer_head
    from checker.cli.rules.places import SCHEMA_FOLDER, write_schemas
    from checker.cli.write import write_bytes
    from checker.index import load_index
    from checker.index.layers import rule_files, stands_alone

    title = " ".join(title.split())
    if title and len(title) < 2:
        raise CheckerError(f"标题「{title}」太短，至少两个字。")
    home = Path(folder)
    if home.exists() and not home.is_dir():
        raise OutputError([Issue(Location(folder), "E406", "这是文件，不是文件夹。")])
    pack = stands_alone(home)
    given = list(getattr(index_name, "overlays", ()))
    own = rule_files(home) if home.is_dir() and not pack else []
    overlays = [*given, str(home)] if own and str(home) not in given else given
    try:
        index = load_index(str(home)) if pack else load_index(str(index_name), overlays=overlays)
    except CheckerError:
        if overlays == given:
            raise
        index = load_index(str(index_name), overlays=given)
        click.echo(
            f"提示 {folder} 里还有没写好的指标（checker rules lint --overlay {folder} 查看），不妨碍再加。", err=True
        )
    if changed:
        found = index.find(changed)
        if found is None:
            raise CheckerError(f"没有编号为 {changed} 的指标。用 checker rules list 看全部编号。")
        name, text = found.id, change_form(found, "")
        number = found.number
    else:
        no = max((*(i.no for i in (*index.indicators, *index.retired)), *map(_number_in, own)), default=0) + 1
        name = ident or f"local-{no:03d}"
        if not re.fullmatch(r"[0-9A-Za-z]+-[0-9A-Za-z]+", name):
            raise CheckerError(f"编号「{name}」写法不对，应像 local-101 这样（英文或数字，中间一个减号）。")
        if index.find(name) is not None:
            raise CheckerError(f"编号「{name}」已经用过。改动已有的请用 --extends {name}。")
        chapter_id, section_id = _section(index, section)
        text = form(index, id=name, no=no, title=title, chapter=chapter_id, section=section_id, schema="")
        number = str(no)
    path = home / f"{name}.yaml"
    if path.exists():
        raise OutputError([Issue(Location(str(path)), "E407", "这个文件已经有了，没有改动。")])
    home.mkdir(parents=True, exist_ok=True)
    if not (home / "index.yaml").is_file():
        date = moment().date().isoformat()
        write_bytes(home / "index.yaml", layer_head(f"{home.resolve().name}（叠加）", date).encode("utf-8"))
    if not (home / SCHEMA_FOLDER).is_dir():
        write_schemas(home)
    write_bytes(path, text.encode("utf-8"))
    where = f"--index {folder}" if pack else f"--overlay {folder}"
    lint = folder if pack else f"--overlay {folder}"
    click.echo(f"已写出 {path}。用记事本或 VS Code 打开，照里面的说明填，然后：")
    click.echo(f"  checker rules lint {lint}              查错")
    click.echo(f"  checker rules test {number} {where}    运行例句")
    click.echo(f'  checker try "一句话" {where}         看一句话支持哪些指标')


def _number_in(path: Path) -> int:
    """The number that a rule file gives itself, be the rest of it finished or not; 0 where it gives none."""
    m = re.search(rb"^no: *([0-9]{1,6})\b", path.read_bytes(), re.MULTILINE)
    return int(m[1]) if m else 0


def _section(index: Index, wanted: str) -> tuple[str, str]:
    if not wanted:
        return "", ""
    found = [
        (c.id, s.id, s.name)
        for c in index.chapters
        for s in c.sections
        if wanted == s.id or wanted == s.name or wanted in s.name
    ]
    exact = [f for f in found if wanted in (f[1], f[2])] or found
    if len(exact) == 1:
        return exact[0][0], exact[0][1]
    if not exact:
        raise CheckerError(f"没有含「{wanted}」的节。不写 --section 时，表里会列出全部章节供选。")
    raise CheckerError(f"含「{wanted}」的节有 {len(exact)} 个：{'、'.join(f[2] for f in exact)}。请写得更全。")
