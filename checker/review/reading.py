"""The files that people write, read as strictly as the rules: place of every slip, no silent guess."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from checker.errors import CheckerError, Issue, Location
from checker.index.lint import check_schema
from checker.index.source import Path_, Source, parse
from checker.index.way import suggest
from checker.model import Index, Indicator


class ReviewError(CheckerError):
    """A file that people wrote can't be taken as it is."""


def read_source(path: str, schema: str, shown: str | None = None) -> Source:
    """Parse one YAML file and hold it against ``schema``; raises ReviewError with every problem."""
    name = shown or path
    where = Location(name)
    try:
        data = Path(path).read_bytes()
    except FileNotFoundError as error:
        raise ReviewError([Issue(where, "E601", "找不到这个文件。请检查路径和文件名。")]) from error
    except OSError as error:
        raise ReviewError([Issue(where, "E601", f"文件打不开：{error.strerror}。")]) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReviewError([Issue(where, "E602", "不是 UTF-8 编码。请另存为 UTF-8。")]) from error
    source = parse(text, name)
    issues = check_schema(source, schema, "checker.review.schema")
    if issues:
        raise ReviewError(issues)
    return source


def indicator_at(source: Source, path: Path_, index: Index, issues: list[Issue]) -> Indicator | None:
    """The indicator named at ``path``; an unknown one becomes an issue."""
    name = value_at(source, path)
    found = next((i for i in index.indicators if i.answers_to(name)), None)
    if found is None:
        hint = suggest(name, [i.id for i in index.indicators])
        issues.append(Issue(source.at(path), "E603", f"指标体系「{index.id}」里没有编号「{name}」。{hint}"))
    return found


def date_at(source: Source, path: Path_, issues: list[Issue]) -> date | None:
    """The date at ``path``; one that is not in the calendar becomes an issue."""
    value = value_at(source, path)
    try:
        return date.fromisoformat(value)
    except ValueError:
        issues.append(Issue(source.at(path), "E604", f"日历上没有 {value} 这一天。"))
        return None


def value_at(source: Source, path: Path_) -> str:
    """The text at ``path``."""
    value = source.data
    for step in path:
        value = value[step]
    return str(value).strip()


def file_hash(path: Path) -> str:
    """SHA-256 of a file, in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()
