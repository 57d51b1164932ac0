"""Writing a folder of rules so that nothing that lies there is lost, and saying at once what is wrong with it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli.options import moment
from checker.cli.write import write_bytes
from checker.errors import Issue, Location, OutputError

if TYPE_CHECKING:
    from checker.index.pack import Pack

SCHEMA_FOLDER = "schema"


def write_folder(folder: Path, files: Mapping[str, str], replace: bool) -> None:
    """Write rule files (and the editor schemas beside them). Rules that lie there go to 备份 first, if ``replace``."""
    from checker.index.layers import SPECIAL, rule_files

    if folder.exists() and not folder.is_dir():
        raise OutputError([Issue(Location(str(folder)), "E406", "这是文件，不是文件夹。")])
    there = [*rule_files(folder), *(folder / s for s in SPECIAL if (folder / s).is_file())] if folder.is_dir() else []
    if there and not replace:
        text = (
            f"文件夹里已有 {len(there)} 个规则文件，没有改动。请换一个文件夹，或加 --replace（原来的先移到「备份」）。"
        )
        raise OutputError([Issue(Location(str(folder)), "E407", text)])
    try:
        if there:
            keep = folder / "备份" / moment().strftime("%Y%m%d-%H%M%S")
            n = 1
            while keep.exists():
                n += 1
                keep = keep.with_name(f"{keep.name.split('_')[0]}_{n}")
            for path in there:
                target = keep / path.relative_to(folder)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, target)
            click.echo(f"原来的 {len(there)} 个规则文件已存到 {keep}。", err=True)
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            write_bytes(path, text.encode("utf-8"))
        for path in there:
            if path.relative_to(folder).as_posix() not in files:
                path.unlink()
    except OSError as error:
        raise OutputError([Issue(Location(str(folder)), "E405", f"写不进去：{error.strerror}。")]) from error


def write_schemas(folder: Path) -> None:
    """Copies of the schemas, so that an editor (VS Code with the YAML extension) helps while typing."""
    target = folder / SCHEMA_FOLDER
    target.mkdir(parents=True, exist_ok=True)
    for item in resources.files("checker.index.schema").iterdir():
        if item.name.endswith(".json"):
            write_bytes(target / item.name, item.read_bytes())


def read_with_base(folder: str | None, overlays: Sequence[str] = ()) -> Pack:
    """A folder as it is to be checked: an edition by itself, an overlay laid upon the bundled edition."""
    from checker.index import find_pack, read_pack
    from checker.index.layers import stands_alone

    if folder and Path(folder).is_dir() and not stands_alone(Path(folder)):
        return read_pack(find_pack(), [folder, *overlays])
    return read_pack(find_pack(folder) if folder else find_pack(), overlays)


def own_issues(pack: Pack) -> list[Issue]:
    """Everything wrong; what is merely advisable about bundled files below is no business of those who build on them."""
    from checker.authoring.quality import look_again
    from checker.index.layers import bundled, shown
    from checker.index.lint import check_pack

    issues = sorted({*check_pack(pack), *look_again(pack)})
    if len(pack.layers) == 1:
        return issues
    below = tuple(f"{shown(p)}/" for p in bundled().values())
    return [i for i in issues if i.fatal or not i.location.path.startswith(below)]


def report_lint(folder: Path) -> int:
    """Say what is wrong with a folder just written: the exit code."""
    issues = own_issues(read_with_base(str(folder)))
    for issue in issues:
        click.echo(str(issue))
    fatal = sum(i.fatal for i in issues)
    click.echo(f"查错：{fatal} 处错误。", err=True)
    return 2 if fatal else 0
