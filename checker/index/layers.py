"""Which folders make an edition (a pack, what it ``extends``, overlays), and which files they hold."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Sequence
from pathlib import Path

from checker.errors import CheckerError, Issue, Location

_EXTENDS = re.compile(rb"^extends *[:\xef]", re.MULTILINE)
_ALONE = re.compile(rb"^(?:extends|chapters) *[:\xef]", re.MULTILINE)
ENDINGS = (".yaml", ".yml")
SPECIAL = ("index.yaml", "lexicon.yaml")


class IndexName(str):
    """The name of an edition as given on the command line, with the overlays to lay upon it."""

    overlays: tuple[str, ...] = ()


def shown(path: Path) -> str:
    """A path as people see it: from the current folder where it lies below it."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def bundled() -> dict[str, Path]:
    """Editions that come with the tool (in a checkout or in the wheel), by name."""
    here = Path(__file__).resolve().parent.parent
    found: dict[str, Path] = {}
    for base in (here.parent / "indicators", here / "indicators"):
        for path in sorted(base.glob("*/index.yaml")):
            found[path.parent.name] = path.parent
    return found


def find_pack(name: str = "2021", beside: Path | None = None) -> Path:
    """The folder of an edition: a path (also one seen from ``beside``), or the name of a bundled one."""
    for direct in (*([beside / name] if beside else []), Path(name)):
        if (direct / "index.yaml").is_file():
            return direct
    known = bundled()
    if name in known:
        return known[name]
    text = f"找不到指标体系「{name}」。可用的有：{'、'.join(sorted(known)) or '（无）'}；也可以给出含 index.yaml 的文件夹。"
    raise CheckerError([Issue(Location(name), "E140", text)])


def stands_alone(folder: Path) -> bool:
    """Whether a folder is an edition (it has chapters, or names what it stands on), not an overlay for any."""
    path = folder / "index.yaml"
    return path.is_file() and bool(_ALONE.search(path.read_bytes()))


def rule_files(folder: Path) -> list[Path]:
    """The indicator files of a folder, in order."""
    found: list[Path] = []
    for base, folders, names in os.walk(folder):
        folders[:] = filter(_visible, folders)
        found += [Path(base, n) for n in names if n.endswith(ENDINGS) and n not in SPECIAL and _visible(n)]
    return sorted(found)


def _visible(name: str) -> bool:
    return not name.startswith((".", "~$", "备份"))


def stack(name: str, overlays: Sequence[str] = ()) -> list[Path]:
    """Folders from the base upwards; raises CheckerError for what is missing or goes in a circle."""
    folders: list[Path] = []
    pack = find_pack(name)
    while True:
        if any(pack.resolve() == f.resolve() for f in folders):
            raise CheckerError([Issue(Location(shown(pack / "index.yaml")), "E155", "extends 绕了一圈，指回了自己。")])
        folders.insert(0, pack)
        below = _extends(pack / "index.yaml")
        if below is None:
            break
        pack = find_pack(below, beside=pack)
    for overlay in overlays:
        folder = Path(overlay)
        if not folder.is_dir():
            raise CheckerError([Issue(Location(overlay), "E156", "找不到这个叠加的文件夹（--overlay）。")])
        if not rule_files(folder) and not any((folder / s).is_file() for s in SPECIAL):
            raise CheckerError([Issue(Location(overlay), "E156", "这个叠加的文件夹里一个规则文件也没有。")])
        folders.append(folder)
    return folders


def _extends(path: Path) -> str | None:
    data = path.read_bytes()
    if not _EXTENDS.search(data):
        return None
    from checker.index.source import parse

    source = parse(data.decode("utf-8", "replace"), shown(path))
    if source.issues:
        raise CheckerError(source.issues)
    value = source.data.get("extends") if isinstance(source.data, dict) else None
    if not isinstance(value, str) or not value:
        raise CheckerError([Issue(source.at(("extends",)), "E112", "「extends」要写一套指标体系的名称或文件夹。")])
    return value


def layer_files(folder: Path, base: bool) -> tuple[Path, Path, list[Path]]:
    """index.yaml, lexicon.yaml and the indicator files of one folder. Editions side by side may share a lexicon."""
    lexicon = folder / "lexicon.yaml"
    if base and not lexicon.is_file():
        lexicon = folder.parent / "lexicon.yaml"
    return folder / "index.yaml", lexicon, rule_files(folder)


def digest(folders: Sequence[Path]) -> str:
    """The content hash of a stack: of its one folder, or of the hashes of all."""
    single = [folder_digest(f, n == 0) for n, f in enumerate(folders)]
    return single[0] if len(single) == 1 else hashlib.sha256("\n".join(single).encode()).hexdigest()


def folder_digest(folder: Path, base: bool) -> str:
    """The content hash of one folder: names and bytes of its files."""
    index, lexicon, files = layer_files(folder, base)
    out = hashlib.sha256()
    for path in (index, lexicon, *files):
        if path.is_file():
            out.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return out.hexdigest()
