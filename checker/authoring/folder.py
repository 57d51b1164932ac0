"""A folder of rules as it lies on disk: one layer, file by file, not yet merged with what it stands on."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from checker.errors import CheckerError, Issue, Location
from checker.index.form import Comments, comments_of, format_text, kind_of
from checker.index.layers import layer_files, rule_files, shown
from checker.index.source import Source, parse


class RuleFile(Struct, frozen=True):
    """One file: its path inside the folder, what it says, its comments, its exact text."""

    path: Path
    name: str
    kind: str
    source: Source
    comments: Comments
    text: str

    @property
    def canonical(self) -> str:
        """The file as the formatter writes it."""
        return format_text(self.text, self.source, self.kind)


def read_folder(folder: Path) -> tuple[RuleFile, ...]:
    """Every rule file of a folder (its index.yaml and lexicon first). Raises CheckerError for what YAML can't read."""
    base = (folder / "index.yaml").is_file() and not (folder / "lexicon.yaml").is_file()
    index, lexicon, files = layer_files(folder, base)
    found: list[RuleFile] = []
    issues: list[Issue] = []
    for path in (index, lexicon, *files):
        if not path.is_file():
            continue
        try:
            text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            issues.append(Issue(Location(shown(path)), "E142", "不是 UTF-8 编码。请用记事本「另存为」，编码选 UTF-8。"))
            continue
        source = parse(text, shown(path))
        if not source.issues and not isinstance(source.data, dict):
            source.issues.append(Issue(Location(shown(path), 1, 1), "E112", "文件应当是一栏一栏的「栏目: 内容」。"))
        issues += source.issues
        if not source.issues:
            name = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name
            found.append(RuleFile(path, name, kind_of(path.name, source.data), source, comments_of(text, source), text))
    if issues:
        raise CheckerError(issues)
    if not found or (not rule_files(folder) and len(found) < 2):
        raise CheckerError([Issue(Location(shown(folder)), "E156", "这个文件夹里没有规则文件。")])
    return tuple(found)
