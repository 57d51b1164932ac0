"""YAML with places: every value knows its line and column; what trips people up is an error, not a surprise.

Refused: duplicate keys, anchors and aliases, tags, several documents in a file, and the slips of ``slips.py``.
Scalars are strings, true/false or null; only what the schema calls a number is one (``1.10`` and dates stay text).
"""

from __future__ import annotations

import copy
import re
from typing import Any

import yaml
from msgspec import Struct, field

from checker.errors import Issue, Location
from checker.index.slips import slips

__all__ = ["Loader", "Path_", "Source", "parse"]

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # PyYAML built without libyaml
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

Path_ = tuple[str | int, ...]
_INT = re.compile(r"-?(?:0|[1-9][0-9]*)$")
# Lists of single words, where a full-width comma can only be a slip.
_WORD_LISTS = frozenset({"applies_to", "lead", "support", "none", "means", "metrics", "subject"})
_JOINED = re.compile(r"^[^，]*》，\s*《")
_QUOTE = re.compile(r"""(?:: +|- +|[\[,{] *)(["'])""")
_QUOTED = re.compile(r"[“‘「『][^“”‘’「」『』]*[”’」』]$")


class Source(Struct):
    """A parsed file: plain ``data`` and the place of every value and key by its path in the data.

    Where layers were put together, ``files`` names the file of each value that comes from another one than ``path``.
    """

    path: str
    data: Any = None
    marks: dict[Path_, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Path_, tuple[int, int]] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    files: dict[Path_, str] = field(default_factory=dict)

    def at(self, path: Path_) -> Location:
        """Place of the value at ``path`` (or of its nearest parent)."""
        while path and path not in self.marks:
            path = path[:-1]
        return Location(self.files.get(path, self.path), *self.marks.get(path, (1, 1)))

    def at_key(self, path: Path_) -> Location:
        """Place of the key at ``path``."""
        return Location(self.files.get(path, self.path), *self.keys[path]) if path in self.keys else self.at(path)

    def take(self, to: Path_, other: Source, path: Path_) -> Any:
        """A copy of the value that ``other`` has at ``path``; its places are noted here under ``to``."""
        value = other.data
        for step in path:
            value = value[step]
        for mine, theirs in ((self.marks, other.marks), (self.keys, other.keys)):
            for at in [p for p in theirs if p[: len(path)] == path]:
                mine[to + at[len(path) :]] = theirs[at]
                self.files[to + at[len(path) :]] = other.files.get(at, other.path)
        return copy.deepcopy(value)


def parse(text: str, path: str, integers: frozenset[str] = frozenset({"no"})) -> Source:
    """Parse one YAML file; problems are collected in ``issues``. Only values of ``integers`` become numbers."""
    source = Source(path)
    source.issues.extend(slips(text, path))
    if source.issues:
        return source
    try:
        events = list(yaml.parse(text, Loader=Loader))
    except yaml.YAMLError as error:
        source.issues.append(_open_quote(text, error, path) or _syntax(error, path))
        return source
    _Builder(events, source, integers).build()
    return source


def _open_quote(text: str, error: yaml.YAMLError, path: str) -> Issue | None:
    """The first line before the trouble whose quotation mark has no partner; YAML itself only notices far below."""
    mark = getattr(error, "problem_mark", None)
    for number, line in enumerate(text.split("\n")[: mark.line + 1 if mark else None], 1):
        m = _QUOTE.search(line)
        if m and not line.lstrip().startswith("#") and line.count(m[1], m.start(1)) % 2 and "\\" not in line:
            return Issue(Location(path, number, m.start(1) + 1), "E103", "格式不对：这里的引号没有配对。")
    return None


def _syntax(error: yaml.YAMLError, path: str) -> Issue:
    mark = getattr(error, "problem_mark", None)
    where = Location(path, mark.line + 1, mark.column + 1) if mark else Location(path, 1, 1)
    problem = getattr(error, "problem", None) or str(error)
    known = (
        ("could not find expected ':'", "这一行缺少冒号，或者上一行的引号没有配对"),
        ("mapping values are not allowed", "这里不该有冒号；文字里含冒号时请整句加英文引号"),
        ("expected ',' or ']'", "方括号里缺少英文逗号或右括号 ]"),
        ("expected ',' or '}'", "花括号里缺少英文逗号或右括号 }"),
        ("expected <block end>", "缩进没有对齐"),
        ("did not find expected key", "缩进没有对齐，或者缺少引号"),
        ("did not find expected '-' indicator", "列表没有对齐，每一项都要以「- 」开头"),
        ("did not find expected ',' or ']'", "方括号里缺少英文逗号或右括号 ]"),
        ("did not find expected ',' or '}'", "花括号里缺少英文逗号或右括号 }"),
        ("cannot start any token", "以 @ ` % 等符号开头的文字请加英文引号"),
        ("unexpected end of stream", "引号没有配对"),
        ("expected alphabetic or numeric character", "以 & 或 * 开头的文字请加英文引号"),
        ("control characters", "含有不可见的控制字符"),
        ("unacceptable character", "含有不可见的控制字符"),
    )
    for english, chinese in known:
        if english in problem:
            return Issue(where, "E103", f"格式不对：{chinese}。")
    return Issue(where, "E103", "格式不对，YAML 读不下去。请检查这一行的缩进、冒号和引号。")


class _Builder:
    def __init__(self, events: list[yaml.Event], source: Source, integers: frozenset[str]) -> None:
        self.events = events
        self.integers = integers
        self.at = 0
        self.source = source

    def next(self) -> yaml.Event:
        event = self.events[self.at]
        self.at += 1
        return event

    def build(self) -> None:
        documents = 0
        while self.at < len(self.events):
            event = self.events[self.at]
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                self.at += 1
                if documents > 1:
                    self.issue(event, "E104", "一个文件里只能有一份内容，请删去中间的「---」。")
                    return
                self.source.data = self.value(())
            else:
                self.at += 1
        if not documents:
            self.source.issues.append(Issue(Location(self.source.path, 1, 1), "E105", "文件是空的。"))

    def issue(self, event: yaml.Event, code: str, message: str) -> None:
        self.source.issues.append(Issue(Location(self.source.path, *_place(event)), code, message))

    def value(self, path: Path_) -> Any:
        event = self.next()
        self.source.marks[path] = _place(event)
        if isinstance(event, yaml.AliasEvent):
            self.issue(event, "E106", f"不能用引用「*{getattr(event, 'anchor', '')}」。请把内容照写一遍。")
            return None
        anchor = getattr(event, "anchor", None)
        if anchor:
            self.issue(event, "E106", f"不能用锚点「&{anchor}」。文字以 & 开头时请加英文引号。")
        tag = getattr(event, "tag", None)
        if tag and tag != "!":
            self.issue(event, "E107", f"不能用类型标记「{tag}」。文字以 ! 开头时请加英文引号。")
        if isinstance(event, yaml.ScalarEvent):
            if event.style in (None, "") and _QUOTED.match(event.value) and path[-1:] != ("text",):
                self.issue(event, "E167", "整个值套在中文引号里。YAML 只认英文引号，请删去中文引号或改成英文引号。")
            return _scalar(event, bool(path) and path[-1] in self.integers)
        if isinstance(event, yaml.SequenceStartEvent):
            out: list[Any] = []
            while not isinstance(self.events[self.at], yaml.SequenceEndEvent):
                item = self.events[self.at]
                if event.flow_style and isinstance(item, yaml.ScalarEvent) and path:
                    self.wide_comma(item, path[-1] in _WORD_LISTS)
                out.append(self.value((*path, len(out))))
            self.at += 1
            return out
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(path)
        return None

    def wide_comma(self, item: yaml.ScalarEvent, words: bool) -> None:
        if item.style in (None, "") and ("，" in item.value if words else _JOINED.search(item.value)):
            self.issue(item, "E161", f"方括号里各项之间要用英文逗号，这里写成了一项：「{item.value}」。")

    def mapping(self, path: Path_) -> dict[str, Any]:
        out: dict[str, Any] = {}
        while not isinstance(self.events[self.at], yaml.MappingEndEvent):
            event = self.events[self.at]
            if not isinstance(event, yaml.ScalarEvent):
                self.issue(event, "E108", "这里应当是一个栏目名（英文），不能是列表或花括号。")
                self.value((*path, "?"))
                self.value((*path, "?"))
                continue
            self.at += 1
            key = event.value
            if key in out:
                line = self.source.keys[(*path, key)][0]
                self.issue(event, "E109", f"栏目「{key}」重复了（第 {line} 行已经写过）。请合并成一个。")
            anchor = getattr(event, "anchor", None)
            if anchor:
                self.issue(event, "E106", f"不能用锚点「&{anchor}」。")
            self.source.keys[(*path, key)] = _place(event)
            value = self.value((*path, key))
            if key not in out:
                out[key] = value
        self.at += 1
        return out


def _place(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)


def _scalar(event: yaml.ScalarEvent, integer: bool) -> Any:
    text = event.value
    if not event.implicit[0] or event.style not in (None, ""):
        return text
    if text in ("", "~", "null"):
        return None
    if text in ("true", "false"):
        return text == "true"
    if integer and _INT.match(text):
        return int(text)
    return text
