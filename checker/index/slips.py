"""Slips of a Chinese keyboard and of people new to YAML, found line by line before YAML gives up with less to say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.errors import Issue, Location

_KEY = r"[A-Za-z_][A-Za-z0-9_]*"
_FULL_WIDTH_KEY = re.compile(rf"^[ \t]*(?:- )?{_KEY}[ ]?：")
_GLUED_KEY = re.compile(rf"^ *(?:- )?(?!meta:)({_KEY}):(?=[^\s/])")
_GLUED_DASH = re.compile(r"^ *-(?=[^\s\-])")
_WIDE_DASH = re.compile(r"^ *[－—–‐﹣](?=\s|\S)")
_WIDE_INDENT = re.compile(r"^ *[\u3000\u00a0]")
_WIDE_BRACKET = re.compile(rf"^ *(?:- )?(?:{_KEY}: *)?(?P<open>[［【｛])[^］】｝]*[］】｝] *$")
_WIDE_COMMA = re.compile(rf"[{{\[].*，\s*(?:{_KEY})\s*[:：]\s")
_BLOCK = re.compile(r"[:\-] +[|>][+-]?\d? *$")


def slips(text: str, path: str) -> Iterator[Issue]:
    """Every slip with its place. Lines of block texts (after ``|`` or ``>``) are left alone."""
    block = -1
    for number, line in enumerate(text.split("\n"), 1):
        body = line.rstrip("\r")
        indent = len(body) - len(body.lstrip(" "))
        if block >= 0 and (not body.strip() or indent > block):
            continue
        block = indent if _BLOCK.search(body) else -1
        if body.lstrip().startswith("#"):
            continue
        found = _slip(body)
        if found:
            column, code, message = found
            yield Issue(Location(path, number, column), code, message)


def _slip(line: str) -> tuple[int, str, str] | None:
    if line.startswith("\t") or re.match(r" *\t", line):
        return 1, "E101", "行首用了制表符（Tab）。请改用空格缩进。"
    m = _FULL_WIDTH_KEY.match(line)
    if m:
        return m.end(), "E102", "这里用了全角冒号「：」。请改为半角冒号加一个空格「: 」。"
    m = _WIDE_INDENT.match(line)
    if m:
        return m.end(), "E164", "行首用了全角空格。请改用半角空格缩进。"
    m = _WIDE_DASH.match(line)
    if m:
        return m.end(), "E165", f"列表的每一项以半角减号加空格「- 」开头，这里写的是「{m[0].strip()}」。"
    m = _GLUED_DASH.match(line)
    if m and line.strip() != "---":
        return m.end() + 1, "E162", "减号后面要有一个空格，写成「- 」。"
    m = _GLUED_KEY.match(line)
    if m:
        return m.end() + 1, "E163", f"「{m[1]}:」的冒号后面要有一个空格。"
    m = _WIDE_BRACKET.match(line)
    if m:
        return m.start("open") + 1, "E166", "列表要用英文方括号 [ ]，花括号用英文 { }，这里写的是全角括号。"
    m = _WIDE_COMMA.search(line)
    if m:
        return line.index("，", m.start()) + 1, "E161", "各栏之间要用英文逗号，这里写的是全角逗号「，」。"
    return None
