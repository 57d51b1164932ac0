"""Headings and the role of what stands below them.

The outline is read from numbering (一、 （一） 1. （1）), at line starts and, in texts that arrive on one line, after a
sentence end. A numbered opening that ends in a full stop while the line goes on (1.带头学法用法。…) is a heading too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from checker import patterns
from checker.model import Genre, Role
from checker.patterns import regex

_L1 = r"(?:第[一二三四五六七八九十]+部分|[一二三四五六七八九十]{1,3}[、.])"
_L2 = r"[(][一二三四五六七八九十]{1,3}[)][、.]?"
_L3 = r"\d{1,2}[.、](?!\d)"
_L4 = r"[(]\d{1,2}[)]"
_NUMBER = regex(rf"(?P<l1>{_L1})|(?P<l2>{_L2})|(?P<l3>{_L3})|(?P<l4>{_L4})")
_INLINE = regex(rf"(?<=[。:;!\s])(?:{_L1}(?=[^,。;]{{2,40}}[。\s(])|{_L2}|{_L3}(?=[^,。;]{{2,30}}。))")
_END = "。!?;:,"
_RUN_IN = regex(r"[一二三四五六七八九十]{1,2}是")

_PLAN = regex(
    r"下一?步|下一?阶段|下一?年度?|明年|今后|未来.{0,4}(?:打算|计划|工作)|努力方向|展望|(?:工作|主要|总体|初步|有关)(?:打算|思路|安排|计划|设想|谋划)[。:]?$"
    r"|(?:打算|思路|安排|计划)$|改进(?:措施|方向|举措)|整改(?:措施|方向|打算)|下步|工作重点[。:]?$|蓝图|再出发|新的一年|新一年|步棋"
)
_PROBLEM = regex(
    r"(?:存在|面临).{0,10}(?:问题|不足|困难|短板|差距|弱项|薄弱)|(?:不足|短板|差距|困难|问题|薄弱环节|弱项)(?:和|及|与|之处|以及|、)|"
    r"(?:主要|突出)(?:问题|困难|不足)|^不足|(?:不足|问题|困难)[。:]?$"
    r"|(?:正视|直面|找准|剖析|反思|认清|看到|让)(?:存在)?的?(?:问题|不足|差距|短板)"
)
_NO_PROBLEM = regex(r"补|解决|整改(?!措施)|销号|破解|化解|攻克|问题导向|聚焦|针对|纠治|整治|热点|难点|回应")
_ACHIEVED = regex(
    r"成效|举措|做法|主要工作|工作情况|开展情况|推进情况|履行.{0,20}(?:职责|责任).{0,4}(?:情况|方面)|完成情况|亮点|经验"
)
_PLAN_LINE = regex(r"^(?:下一?步|明年|今后).{0,20}(?:打算|安排|计划|思路|工作|如下)[。:]?$")


class Piece(Struct, frozen=True):
    """A run of text below one outline path, as (start, end) in the folded text."""

    start: int
    end: int
    heading: bool
    role: Role
    path: str
    paragraph: int
    line: int


class _Open(Struct, frozen=True):
    level: int
    mark: str
    role: Role


def pieces(
    folded: str, genre: Genre, title_end: int, aside: Callable[[int], bool] = lambda _: False
) -> tuple[Piece, ...]:
    """Cut a folded text into headings and bodies, each with its role and path, in order, without gaps of words.

    ``aside`` says of an offset that a table cell, a note or a fact of the page begins there: short without being a heading.
    """
    out: list[Piece] = []
    levels: list[int] = []
    stack: list[_Open] = []
    seen_heading = False
    for paragraph, (start, end, line) in enumerate(_paragraphs(folded)):
        for a, b in _cut(folded, start, end):
            number = _NUMBER.match(folded, a, b)
            head_end = _heading_end(folded, a, b, number)
            if head_end is not None and number is None and aside(a) and not _PLAN.search(folded[a:head_end]):
                head_end = None
            if head_end is not None and end > title_end:
                level, mark = _level(number, folded, a, head_end)
                title = folded[number.end() if number else a : head_end]
                if number is None and not _opens_section(title, stack):
                    level = _SUBTITLE
                while stack and stack[-1].level >= level:
                    stack.pop()
                role = _role(title, level, stack, genre)
                item = bool(stack) and stack[-1].role is role and role in (Role.PLAN, Role.PROBLEM)
                stack.append(_Open(level, mark, role))
                seen_heading = True
                out.append(Piece(a, head_end, True, role, _path(stack), paragraph, line))
                levels.append(level if item else -1)
                a = head_end
            if folded[a:b].strip():
                role = stack[-1].role if stack else _opening(genre, seen_heading)
                out.append(Piece(a, b, False, role, _path(stack), paragraph, line))
                levels.append(0)
    return tuple(_as_item(out, levels, i) for i in range(len(out)))


# Below every numbered level: a line such as 丰富学习内容 stands inside its section and does not end it.
_SUBTITLE = 9


def _opens_section(title: str, stack: list[_Open]) -> bool:
    """Whether a heading without a number begins a section: its words say of which kind, and it ends no plans."""
    if not stack or _PLAN.search(title) or _PROBLEM.search(title):
        return True
    return stack[-1].role is not Role.PLAN and _ACHIEVED.search(title) is not None


def _as_item(out: list[Piece], levels: list[int], i: int) -> Piece:
    """Among plans and problems a heading with nothing below it is an item: （一）落实公务员法治培训。"""
    here = out[i]
    if not here.heading or levels[i] <= 0:
        return here
    bare = i + 1 == len(out) or (out[i + 1].heading and abs(levels[i + 1]) <= levels[i])
    return replace(here, heading=False) if bare else here


def _opening(genre: Genre, seen_heading: bool) -> Role:
    if genre is Genre.PLAN:
        return Role.PLAN
    return Role.ACHIEVEMENT if seen_heading else Role.OVERVIEW


def _path(stack: list[_Open]) -> str:
    return "".join(o.mark for o in stack if o.mark)


def _paragraphs(folded: str) -> list[tuple[int, int, int]]:
    """(start, end, line number) of each paragraph; hard-wrapped lines are joined."""
    lines: list[tuple[int, int, int]] = []
    at = 0
    for number, line in enumerate(folded.split("\n"), 1):
        stripped = line.strip()
        if stripped:
            begin = at + line.index(stripped[0])
            lines.append((begin, begin + len(stripped), number))
        at += len(line) + 1
    if not _hard_wrapped(folded, lines):
        return lines
    joined: list[tuple[int, int, int]] = []
    width = _median(e - s for s, e, _ in lines)
    for s, e, number in lines:
        if joined and _continues(folded, joined[-1], s, width):
            joined[-1] = (joined[-1][0], e, joined[-1][2])
        else:
            joined.append((s, e, number))
    return joined


def _hard_wrapped(folded: str, lines: list[tuple[int, int, int]]) -> bool:
    if len(lines) < 8:
        return False
    widths = [e - s for s, e, _ in lines]
    middle = _median(widths)
    even = sum(abs(w - middle) <= 4 for w in widths) / len(widths)
    open_ended = sum(folded[e - 1] not in "。!?;:" for _, e, _ in lines) / len(lines)
    return middle >= 18 and even > 0.55 and open_ended > 0.5


def _continues(folded: str, before: tuple[int, int, int], start: int, width: float) -> bool:
    if folded[before[1] - 1] in "。!?;:":
        return False
    last_line = folded.rfind("\n", 0, before[1]) + 1
    full = before[1] - max(last_line, before[0]) >= width - 5
    return full and not patterns.match(rf"{_L1}|{_L2}", folded[start : start + 8])


def _cut(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """Split a paragraph before inline headings (texts that arrive on one line)."""
    cuts = [start, *(m.start() for m in _INLINE.finditer(folded, start + 1, end) if _is_inline(folded, m, start)), end]
    return [(a, b) for a, b in pairwise(cuts) if a < b]


def _is_inline(folded: str, m: re.Match[str], start: int) -> bool:
    return m.start() - start > 1


_COUNTED = regex(r"\d[\d.,]*\s*(?:余|多)?\s*(?:件|次|项|人|个|%|家|名|场|条|份|期|万|元)|[:]\s*\d")


def _heading_end(folded: str, start: int, end: int, number: re.Match[str] | None) -> int | None:
    """Where a heading that begins at ``start`` ends, or None when the text is a body."""
    text = folded[start:end]
    stop = patterns.search(r"[。!?;]", text)
    first = stop.end() if stop else len(text)
    words = text[number.end() - start if number else 0 : first].strip()
    if number:
        lead = patterns.match(r"(\S{2,20})\s+(?=\S{4})", words)
        if lead and any(p.search(lead.group(1)) for p in (_PLAN, _PROBLEM, _ACHIEVED)):
            return folded.index(lead.group(1), start) + len(lead.group(1))
        if stop and first < len(text):
            plain = len(words) <= 32 and not patterns.search(r"\d[\d.]*\s*(?:件|次|项|人|个|%|家|名|场|条)", words)
            return start + first if plain else None
        if not stop:
            gap = patterns.match(r"[^\s]{2,40}\s+(?=\S{12,})", text[number.end() - start :])
            if gap and len(text) > 60:
                return number.end() + gap.end()
            return end if len(words) <= 60 else None
        return end if len(words) <= 24 and not patterns.search(r"\d\s*(?:件|次|项|人|个|%)", words) else None
    if _COUNTED.search(text):
        return None  # 法律援助案件(件):582 - a table cell or a fact, not a heading
    if (
        not stop
        and len(text) <= 30
        and text[-1] not in ",:、)"
        and not patterns.search(r"\d", text[:4])
        and "," not in text
    ):
        return end
    if _PLAN_LINE.match(text) and len(text) <= 30:
        return end
    return None


def _level(number: re.Match[str] | None, folded: str, start: int, end: int) -> tuple[int, str]:
    if number is None:
        return 0, ""
    for level, name in enumerate(("l1", "l2", "l3", "l4"), 1):
        if number[name]:
            return level, number[name].strip("、. ")
    return 1, ""


def _role(title: str, level: int, stack: list[_Open], genre: Genre) -> Role:
    if genre is Genre.PLAN:
        return Role.PLAN
    above = stack[-1].role if stack else None
    if above is Role.PLAN:
        return Role.PLAN
    title = title.strip(" 。:")
    problem = bool(_PROBLEM.search(title)) and not _NO_PROBLEM.search(title)
    plan = bool(_PLAN.search(title)) and not patterns.search(r"计划(?:完成|执行|落实)|整改(?:情况|落实)", title)
    if problem:
        return Role.PROBLEM
    if plan:
        return Role.PLAN
    if above is not None and above is not Role.OVERVIEW:
        return above
    return Role.ACHIEVEMENT


def run_ins(folded: str, start: int, end: int) -> list[int]:
    """Where 一是 / 二是 begin inside a body: a sentence starts there."""
    if folded.find("是", start, end) < 0:
        return []
    found = (m.start() for m in _RUN_IN.finditer(folded, start, end))
    return [at for at in found if at > start and (folded[at - 1] in "。;,:!" or folded[at - 1].isspace())]


def _median(lengths: Iterable[int]) -> float:
    """What ``statistics.median`` gives; that module alone would take a fortieth of a short run to import."""
    known = sorted(lengths)
    middle = len(known) // 2
    return known[middle] if len(known) % 2 else (known[middle - 1] + known[middle]) / 2
