"""``checker.toml`` or ``[tool.checker]``: what a repository sets once. The command line and the environment go first."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from checker.errors import CheckerError, Issue, Location

NAME = "checker.toml"
_PATHS = ("waivers", "attest", "baseline", "workbook")


class Config(Struct, frozen=True):
    """What was found: the file and its values by the names of the commands' parameters."""

    path: Path | None = None
    values: dict[str, Any] = field(default_factory=dict)


def find() -> Path | None:
    """The nearest ``checker.toml``, or ``pyproject.toml`` with a ``[tool.checker]``, up to the root of the repository."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / NAME).is_file():
            return folder / NAME
        project = folder / "pyproject.toml"
        if project.is_file() and re.search(r"^\s*\[\s*tool\.checker\s*\]", _text(project), re.MULTILINE):
            return project
        if (folder / ".git").exists():
            return None
    return None


def load(given: str | None) -> Config:
    """Read the configuration; raises CheckerError with every unknown key and wrong value."""
    path = Path(given) if given else find()
    if path is None:
        return Config()
    import tomllib

    shown = given or path.name
    where = Location(shown)
    if not path.is_file():
        raise CheckerError([Issue(where, "E631", "找不到这个配置文件。")])
    text = _text(path)
    try:
        data: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        m = re.search(r"line (\d+), column (\d+)", str(error))
        raise CheckerError(
            [
                Issue(
                    Location(shown, int(m[1]), int(m[2])) if m else where,
                    "E632",
                    '格式不对，TOML 读不下去。文字要加英文引号，如 fail_on = "regression"；列表写成 ["甲", "乙"]。',
                )
            ]
        ) from error
    table = ""
    if path.name == "pyproject.toml":
        table = "tool.checker"
        data = data.get("tool", {}).get("checker", {})
    _validate(data, text, shown, table)
    return Config(path, _values(data, path.parent))


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CheckerError([Issue(Location(str(path)), "E632", "读不出来。请另存为 UTF-8 编码。")]) from error


def _validate(data: dict[str, Any], text: str, shown: str, table: str) -> None:
    from checker.index.lint import check_schema
    from checker.index.source import Source

    marks: dict[tuple[str | int, ...], tuple[int, int]] = {(): (1, 1)}
    current = ""
    for number, line in enumerate(text.split("\n"), 1):
        if header := re.match(r"\s*\[+\s*([^\]]+?)\s*\]+", line):
            current = header[1]
            if current == table:
                marks[()] = (number, 1)
        elif current == table and (key := re.match(r"\s*[\"']?([^\s=\"']+)[\"']?\s*=", line)):
            marks[(key[1],)] = (number, key.start(1) + 1)
    source = Source(shown, data=data, marks=dict(marks), keys={k: v for k, v in marks.items() if k})
    issues = check_schema(source, "config", "checker.review.schema")
    if issues:
        raise CheckerError(issues)


def _values(data: dict[str, Any], folder: Path) -> dict[str, Any]:
    values = dict(data)
    for key in _PATHS:
        if key in values:
            values[key] = _beside(folder, values[key])
    for key in ("files", "materials"):
        if key in values:
            values[key] = tuple(_beside(folder, f) for f in values[key])
    if "overlay" in values:
        values["overlays"] = tuple(_beside(folder, f) for f in values.pop("overlay"))
    if "index" in values:
        name = values.pop("index")
        values["index_name"] = _beside(folder, name) if (folder / name / "index.yaml").is_file() else name
    return values


def _beside(folder: Path, path: str) -> str:
    full = folder / path
    try:
        return Path(os.path.relpath(full)).as_posix()
    except ValueError:  # another drive on Windows
        return full.as_posix()
