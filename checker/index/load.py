"""Find a pack on disk, read it, keep it in the cache, give out the compiled Index."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from checker.errors import CheckerError, Issue, Location
from checker.index import cache
from checker.index.compile import compile_index
from checker.index.source import Source, parse
from checker.index.way import WayError
from checker.model import Index


def find_pack(name: str = "2021") -> Path:
    """The folder of an edition: a path, or a name among the bundled ones (in a checkout or in the wheel)."""
    direct = Path(name)
    if (direct / "index.yaml").is_file():
        return direct
    here = Path(__file__).resolve().parent.parent
    for base in (here / "indicators", here.parent / "indicators"):
        if (base / name / "index.yaml").is_file():
            return base / name
    known = sorted(
        {p.parent.name for b in (here / "indicators", here.parent / "indicators") for p in b.glob("*/index.yaml")}
    )
    raise CheckerError(
        [
            Issue(
                Location(name),
                "E140",
                f"找不到指标体系「{name}」。可用的有：{'、'.join(known) or '（无）'}；也可以给出含 index.yaml 的文件夹。",
            )
        ]
    )


def _files(pack: Path) -> tuple[Path, Path, list[Path]]:
    lexicon = pack / "lexicon.yaml"
    if not lexicon.is_file():
        lexicon = pack.parent / "lexicon.yaml"
    files = sorted(
        p for p in pack.rglob("*") if p.suffix in (".yaml", ".yml") and p.name not in ("index.yaml", "lexicon.yaml")
    )
    return pack / "index.yaml", lexicon, files


def read_pack(pack: Path, only: frozenset[str] | None = None) -> tuple[Source, Source, list[Source], str]:
    """Parse a pack (or only the indicator files with these stems). Returns index, lexicon, indicators and hash."""
    digest = hashlib.sha256()
    sources = []
    index, lexicon, files = _files(pack)
    files = [f for f in files if only is None or f.stem in only]
    for path in (index, lexicon, *files):
        shown = _shown(path)
        if not path.is_file():
            source = Source(shown, issues=[Issue(Location(shown), "E141", "缺少这个文件。")])
        else:
            data = path.read_bytes()
            digest.update(path.name.encode() + b"\0" + data + b"\0")
            try:
                source = parse(data.decode("utf-8-sig"), shown)
            except UnicodeDecodeError:
                source = Source(shown, issues=[Issue(Location(shown), "E142", "不是 UTF-8 编码。请另存为 UTF-8。")])
        sources.append(source)
    return sources[0], sources[1], sources[2:], digest.hexdigest()


def _shown(path: Path) -> str:
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def _digest(pack: Path) -> str:
    index, lexicon, files = _files(pack)
    digest = hashlib.sha256()
    for path in (index, lexicon, *files):
        if path.is_file():
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def load_index(name: str = "2021", only: frozenset[str] | None = None) -> Index:
    """Load an edition. Raises CheckerError with every problem of every file.

    ``only`` loads just the indicator files with these stems (an author's trial run) and leaves the cache alone.
    """
    pack = find_pack(name)
    key = _digest(pack)
    kept = cache.read(key) if only is None else None
    if kept is not None:
        try:
            return compile_index(kept)
        except (WayError, KeyError, TypeError, ValueError, AttributeError):
            pass
    from checker.index.lint import check_pack

    index, lexicon, files, sha256 = read_pack(pack, only)
    issues = [i for i in check_pack(index, lexicon, files) if i.fatal]
    if issues:
        raise CheckerError(issues)
    data: dict[str, Any] = {
        "index": index.data,
        "lexicon": lexicon.data,
        "indicators": [{"path": f.path, "line": 1, "data": f.data} for f in files],
        "sha256": sha256,
    }
    compiled = compile_index(data)
    if only is None:
        cache.write(key, data)
    return compiled
