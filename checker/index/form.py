"""The one canonical way to write a rule file, so that two files with the same content are the same bytes.

Order of the fields as in the schema; short lists on one line; a sentence is quoted only where YAML needs it. Comments
stay with what they stand at. ``parse(write(...)).data`` is the data again, and writing twice changes nothing.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources
from typing import Any

import yaml
from msgspec import Struct, field

from checker.index.source import Loader, Path_, Source

WIDTH = 110
_ROWS = frozenset({"examples", "thresholds", "sections", "abbreviations", "changelog"})
_BLOCKS = frozenset({"elements", "metrics", "chapters", "groups", "add", "remove"})
_KEPT_EMPTY = frozenset({"elements", "examples", "groups"})
_LISTS = _KEPT_EMPTY | {
    "about", "admits", "fails", "none", "basis", "materials", "measures", "thresholds", "metrics", "lead", "support",
    "any", "subject", "means", "abbreviations", "changelog", "drop",
}  # fmt: skip
_SAFE = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`＠][^\x00-\x1f\x7f\u0085\u2028\u2029\ufeff]*")
_TYPED = re.compile(
    r"[0-9.+\-_:eExXoOTZ, ]+|null|Null|NULL|~|true|false|True|False|TRUE|FALSE|[Yy]es|[Nn]o|YES|NO|[Oo]n|[Oo]ff|ON|OFF|[yYnN]|=|<<|\.inf|\.nan"
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


class Comments(Struct):
    """Comments by what they stand at: own lines before it, and the one at the end of its line."""

    before: dict[Path_, list[str]] = field(default_factory=dict)
    after: dict[Path_, str] = field(default_factory=dict)
    last: list[str] = field(default_factory=list)


@cache
def order_of(kind: str) -> tuple[str, ...]:
    """The fields of a kind of file (``indicator``, ``change``, ``index``, ``layer``, ``lexicon``) in their order."""
    schema = _schema(kind)
    names = list(schema["properties"])
    if kind in ("indicator", "change", "layer"):
        for name in ("add", "remove"):
            if name in names:
                names.append(names.pop(names.index(name)))
    return tuple(names)


@cache
def part_order(name: str) -> tuple[str, ...]:
    """The fields of an element, a metric or an example in their order."""
    return tuple(_schema("indicator")["$defs"][name]["properties"])


def _schema(kind: str) -> Any:
    path = resources.files("checker.index.schema").joinpath(f"{kind}.schema.json")
    return json.loads(path.read_text(encoding="utf-8"))


def kind_of(name: str, data: Any) -> str:
    """Which schema a file of this name and content follows."""
    if name == "lexicon.yaml":
        return "lexicon"
    layered = isinstance(data, dict) and "extends" in data
    if name == "index.yaml":
        return "layer" if layered or not (isinstance(data, dict) and "chapters" in data) else "index"
    return "change" if layered else "indicator"


def format_text(text: str, source: Source, kind: str) -> str:
    """The canonical text of a file that parsed without problems."""
    return write(source.data, kind, comments_of(text, source))


def comments_of(text: str, source: Source) -> Comments:
    """Every comment of a file with what it stands at."""
    out = Comments()
    ends: dict[int, int] = {}
    inside: set[int] = set()
    for token in yaml.scan(text, Loader=Loader):
        start, end = token.start_mark, token.end_mark
        if end.index > start.index:
            ends[end.line] = max(ends.get(end.line, 0), end.column)
        if isinstance(token, yaml.ScalarToken):
            # The end mark of a block text stands at the start of the next token's line.
            last = end.line if end.column else end.line - 1
            inside.update(range(start.line + 1, last + 1))
            ends[start.line] = max(ends.get(start.line, 0), start.column + 1)
    starts: dict[tuple[int, int], Path_] = {}
    entries = [*source.keys.items(), *((p, m) for p, m in source.marks.items() if p and isinstance(p[-1], int))]
    for path, mark in entries:
        if mark not in starts or len(path) < len(starts[mark]):
            starts[mark] = path
    ordered = sorted(starts.items())
    for number, line in enumerate(text.split("\n"), 1):
        if number - 1 in inside:
            continue
        if line.lstrip().startswith("#"):
            target = next((p for (at, _), p in ordered if at > number), None)
            (out.last if target is None else out.before.setdefault(target, [])).append(line.strip())
            continue
        m = re.match(r"\s+(#.*)", line[ends.get(number - 1, 0) :]) if number - 1 in ends else None
        if m:
            here = [p for (at, _), p in ordered if at == number] or [p for (at, _), p in ordered if at < number][-1:]
            out.after[here[0] if here else ()] = m[1].rstrip()
    return out


def write(data: Any, kind: str, comments: Comments | None = None) -> str:
    """``data`` as a canonical file with ``comments``."""
    writer = _Writer(comments or Comments())
    writer.mapping(_ordered(data, kind), (), 0, order_of(kind))
    writer.lines += writer.leftover() + writer.comments.last
    return "\n".join(writer.lines) + "\n"


_ORDERS = {
    "examples": ("text", "section", "level", "verdict", "note"),
    "thresholds": ("kind", "text"),
    "chapters": ("id", "name", "sections"),
    "sections": ("id", "name"),
    "groups": ("name", "any", "none", "add", "remove"),
    "abbreviations": ("name", "means"),
    "changelog": ("version", "date", "text"),
    "units": ("lead", "support"),
}


def _ordered(value: Any, name: str) -> Any:
    """The same data with the fields of every mapping in their canonical order."""
    if isinstance(value, list):
        return [_ordered(v, name) for v in value]
    if not isinstance(value, dict):
        return value
    if name in ("elements", "metrics"):
        order = (*part_order(name.removesuffix("s")), "add", "remove")
    elif name in ("add", "remove"):
        order = (*part_order("element"), *order_of("indicator"))
    else:
        order = _ORDERS.get(name) or ()
    if name == "units":
        value = {k: v for k, v in value.items() if not _empty(v)}
    known = [k for k in order if k in value]
    return {k: empty_of(k) if _empty(value[k]) else _ordered(value[k], k) for k in dict.fromkeys([*known, *value])}


def empty_of(name: str) -> Any:
    """How a field with nothing in it is written, where it has to be (a comment stands there)."""
    return [] if name in _LISTS else None


class _Writer:
    def __init__(self, comments: Comments) -> None:
        self.comments = comments
        self.lines: list[str] = []
        self.pending = ""
        self.said: set[Path_] = set()

    def leftover(self) -> list[str]:
        """Comments whose place is gone: kept at the end, never dropped."""
        before = [c for p, found in self.comments.before.items() if p not in self.said for c in found]
        return before + [c for p, c in self.comments.after.items() if p not in self.said]

    def touched(self, path: Path_) -> bool:
        marks = (*self.comments.before, *self.comments.after)
        return any(p[: len(path)] == path and p != path for p in marks)

    def say(self, path: Path_, text: str, indent: int, whole: bool = False) -> None:
        """One line for ``path``; with ``whole`` it stands for everything below as well."""
        before = [(p, c) for p, c in self.comments.before.items() if p == path or (whole and p[: len(path)] == path)]
        after = [(p, c) for p, c in self.comments.after.items() if p == path or (whole and p[: len(path)] == path)]
        self.said.update(p for p, _ in (*before, *after))
        self.lines += [" " * indent + c for _, found in sorted(before, key=lambda x: _order(x[0])) for c in found]
        tail = " ".join([*filter(None, [self.pending]), *(c for _, c in sorted(after, key=lambda x: _order(x[0])))])
        self.pending = ""
        self.lines.append(" " * indent + text + (f"  {tail}" if tail else ""))

    def mapping(self, data: dict[str, Any], path: Path_, indent: int, order: tuple[str, ...], first: str = "") -> None:
        names = [k for k in order if k in data] + [k for k in data if k not in order]
        for name in names:
            at = (*path, name)
            if _empty(data[name]) and name not in _KEPT_EMPTY and not self.touched(at) and not self.noted(at):
                continue
            self.entry(name, data[name], at, indent, first)
            first = ""

    def noted(self, path: Path_) -> bool:
        return path in self.comments.before or path in self.comments.after

    def entry(self, name: str, value: Any, path: Path_, indent: int, first: str) -> None:
        start = indent - 2 if first else indent
        head = f"{first}{name}:"
        if isinstance(value, dict) and (name in _BLOCKS or self.touched(path)):
            self.say(path, head, start)
            self.mapping(value, path, indent + 2, tuple(value))
            return
        if isinstance(value, list) and value and not self.fits(name, value, path, len(head) + start):
            self.say(path, head, start)
            self.items(name, value, path, indent + 2)
            return
        if isinstance(value, str) and "\n" in value and _blockable(value):
            self.say(path, f"{head} |-", start)
            self.lines += [" " * (indent + 2) + line if line else "" for line in value.split("\n")]
            return
        self.say(path, f"{head} {flow(value, inside=False)}", start, whole=True)

    def fits(self, name: str, value: list[Any], path: Path_, used: int) -> bool:
        if name in _ROWS or (name in _BLOCKS and any(isinstance(v, dict) for v in value)) or self.touched(path):
            return False
        texts = [str(x) for v in value for x in (v if isinstance(v, list) else [v])]
        if any(isinstance(v, dict) for v in value) or (
            len(value) > 1 and any(re.search(" & |[，。；]", t) for t in texts)
        ):
            return False
        return used + 1 + len(flow(value)) <= WIDTH

    def items(self, name: str, values: list[Any], path: Path_, indent: int) -> None:
        for n, value in enumerate(values):
            at = (*path, n)
            if isinstance(value, dict) and (name in _BLOCKS or self.touched(at)):
                self.lines += [" " * indent + c for c in self.comments.before.get(at, ())]
                self.said.add(at)
                self.pending = self.comments.after.get(at, "")
                self.mapping(value, at, indent + 2, tuple(value), "- ")
            else:
                self.say(at, f"- {flow(value, inside=isinstance(value, (list, dict)))}", indent, whole=True)


def _order(path: Path_) -> tuple[str, ...]:
    return tuple(f"{p:06d}" if isinstance(p, int) else p for p in path)


def _empty(value: Any) -> bool:
    return value is None or value == [] or value == {}


def _blockable(text: str) -> bool:
    """Whether a text of several lines can stand after ``|-`` unchanged."""
    lines = text.split("\n")
    return bool(
        lines[0].strip()
        and not lines[0].startswith((" ", "\t"))
        and lines[-1].strip()
        and not _CONTROL.search(text.replace("\n", ""))
        and all(not line or line.strip() for line in lines)
    )


def flow(value: Any, *, inside: bool = True) -> str:
    """A value on one line; ``inside`` brackets more must be quoted."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(flow(v) for v in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {flow(v)}" for k, v in value.items() if v is not None) + "}"
    return scalar(str(value), inside)


def scalar(text: str, inside: bool = True) -> str:
    """A text, quoted only where YAML (or a person's eye) would otherwise take it for something else."""
    if _CONTROL.search(text):
        return _CONTROL.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(text, ensure_ascii=False))
    risky = (
        not _SAFE.fullmatch(text)
        or _TYPED.fullmatch(text)
        or text != text.strip()
        or ": " in text
        or " #" in text
        or text.endswith(":")
        or (inside and re.search(r"[,，\[\]{}]|[:?](?:$|[\"'?:])", text))
        or (text[0] in "“‘「『" and text[-1] in "”’」』")
    )
    if not risky:
        return text
    if "\\" in text or '"' in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'
