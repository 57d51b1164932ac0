"""Which folders make an edition (a pack, what it ``extends``, overlays) and what they come to together."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checker.errors import CheckerError, Issue, Location

if TYPE_CHECKING:  # the YAML reader is not needed where the cache answers
    from checker.index.source import Source

_EXTENDS = re.compile(rb"^extends *[:\xef]", re.MULTILINE)
_ALONE = re.compile(rb"^(?:extends|chapters) *[:\xef]", re.MULTILINE)
ENDINGS = (".yaml", ".yml")
SPECIAL = ("index.yaml", "lexicon.yaml")


class IndexName(str):
    """The name of an edition as given on the command line, with the overlays to lay upon it."""

    overlays: tuple[str, ...] = ()


@dataclass(slots=True)
class Pack:
    """Everything read of a stack of folders, before it is judged: sources, problems met on the way, hashes."""

    index: Source
    lexicon: Source
    files: list[Source]
    sha256: str
    issues: list[Issue] = field(default_factory=list)
    layers: list[dict[str, Any]] = field(default_factory=list)


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
    return sorted(p for p in folder.rglob("*") if p.suffix in ENDINGS and p.name not in SPECIAL and _visible(p, folder))


def _visible(path: Path, folder: Path) -> bool:
    return not any(part.startswith((".", "~$", "备份")) for part in path.relative_to(folder).parts)


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


def read_source(path: Path) -> Source:
    """Parse one file; a missing one or one that is no UTF-8 is an issue of its source."""
    from checker.index.source import Source, parse

    if not path.is_file():
        return Source(shown(path), issues=[Issue(Location(shown(path)), "E141", "缺少这个文件。")])
    try:
        return parse(path.read_bytes().decode("utf-8-sig"), shown(path))
    except UnicodeDecodeError:
        text = "不是 UTF-8 编码。请用记事本「另存为」，编码选 UTF-8。"
        return Source(shown(path), issues=[Issue(Location(shown(path)), "E142", text)])


def read_pack(pack: Path, overlays: Sequence[str] = (), only: frozenset[str] | None = None) -> Pack:
    """Read a pack with all it stands on. ``only`` limits a pack that stands alone to files with these stems."""
    folders = stack(str(pack), overlays)
    index, lexicon, files = layer_files(folders[0], True)
    if only is not None and len(folders) == 1:
        files = [f for f in files if f.stem in only]
    out = Pack(read_source(index), read_source(lexicon), [read_source(f) for f in files], digest(folders))
    out.layers.append(_about(out.index, folders[0], True))
    if len(folders) > 1:
        from checker.index.overlay import lay

        for folder in folders[1:]:
            out.layers.append(_about(lay(out, folder), folder, False))
    return out


def _about(index: Source, folder: Path, base: bool) -> dict[str, Any]:
    data = index.data if isinstance(index.data, dict) else {}
    return {
        "id": str(data.get("id") or folder.resolve().name),
        "title": str(data.get("title") or folder.resolve().name),
        "version": str(data.get("version") or "0"),
        "sha256": folder_digest(folder, base),
        "changelog": data.get("changelog") or [],
    }
