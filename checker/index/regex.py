"""Which regular expressions a rule may use: linear in the text, and never without a fixed word.

Python's engine backtracks, so safety is counted, not hoped for: every repeat is cut to the width of the window that
a way is matched in, and the number of ways the engine could try from one start is bounded from the parse tree.
"""

from __future__ import annotations

import importlib
import re
import warnings
from collections.abc import Iterable
from typing import Any

from checker.patterns import regex

LONGEST = 80
"""No repeat reaches farther than this many characters: the terms of a way stand within such a window."""
MOST_TRIES = 20_000
"""Upper bound of the ways the engine may try from one place in the text."""

_parser: Any = importlib.import_module("re._parser")
_WORD = regex(r"[\u3400-\u9fffA-Za-z《》〔〕%]")
_OPEN = regex(r"\{(\d*),\}")
# An escape, a character class, an open repeat, or one character.
_PIECE = regex(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{\d*,\}|.", re.DOTALL)


class RegexError(ValueError):
    """A regular expression that may not be used; ``code`` is stable, the message Chinese."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def checked(pattern: str) -> str:
    """``pattern`` with its repeats cut to the window; raises RegexError."""
    shown = f"正则 /{pattern}/"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            tree = _parser.parse(pattern)
            re.compile(pattern)
    except (re.error, Warning, OverflowError) as error:
        raise RegexError("E208", f"{shown} 写得不对：{_plain(error)}。") from error
    if any(_name(op).startswith(("ASSERT", "GROUPREF", "ATOMIC", "POSSESSIVE")) for op, _ in _walk(tree)):
        raise RegexError("E206", f"{shown} 用了环视或反向引用，不能保证速度，请改写。")
    if _tries(tree) > MOST_TRIES:
        text = f"{shown} 有嵌套或接连的重复（如 (a+)+、a*b*c*），可能极慢。请去掉外层的重复，或写明次数，如 {{0,10}}。"
        raise RegexError("E207", text)
    if not _anchored(tree):
        text = f"{shown} 没有任何必定出现的字（只有数字、可选或任选的部分），会拖慢整份检查，请至少写一个固定的字。"
        raise RegexError("E209", text)
    lost = next((chr(arg) for op, arg in _walk(tree) if _name(op) == "LITERAL" and _unseen(chr(arg))), None)
    if lost is not None:
        instead = chr(ord(lost) - 0xFEE0) if 0xFF01 <= ord(lost) <= 0xFF5E else ""
        fix = f"请写半角「{instead}」" if instead else "请删去它"
        raise RegexError("E212", f"{shown} 永远不会命中：匹配前文字已归一，没有「{lost}」。{fix}。")
    return _cut(pattern)


def _plain(error: BaseException) -> str:
    text = str(error)
    for english, chinese in (
        ("unterminated character set", "方括号 [ 没有配对"),
        ("missing ), unterminated subpattern", "左括号 ( 没有配对"),
        ("unbalanced parenthesis", "右括号 ) 多了"),
        ("nothing to repeat", "重复符号（* + ?）前面没有字"),
        ("multiple repeat", "重复符号连写了"),
        ("bad escape", "反斜杠后面的字母不认识"),
        ("bad character range", "方括号里的范围写反了"),
        ("min repeat greater than max repeat", "次数的下限大于上限"),
    ):
        if english in text:
            return chinese
    return text


def _name(op: Any) -> str:
    return str(op)


def _walk(tree: Any) -> Iterable[tuple[Any, Any]]:
    for op, arg in tree:
        yield op, arg
        for inner in _inside(op, arg):
            yield from _walk(inner)


def _inside(op: Any, arg: Any) -> list[Any]:
    name = _name(op)
    if name == "BRANCH":
        return list(arg[1])
    if name == "SUBPATTERN":
        return [arg[3]]
    if name.endswith("REPEAT"):
        return [arg[2]]
    if name in ("ASSERT", "ASSERT_NOT"):
        return [arg[1]]
    return []


def _tries(tree: Any) -> int:
    total = 1
    for op, arg in tree:
        name = _name(op)
        if name == "BRANCH":
            each = [_tries(branch) for branch in arg[1]]
            total *= max(each) if _apart(arg[1]) else sum(each)
        elif name == "SUBPATTERN":
            total *= _tries(arg[3])
        elif name.endswith("REPEAT"):
            low, high = int(arg[0]), min(int(arg[1]), max(LONGEST, int(arg[0])))
            inner = _tries(arg[2])
            if high == 1:
                total *= inner + (low == 0)
            else:
                total *= (high - low + 1) * (1 if inner == 1 else min(inner, MOST_TRIES) ** min(high, 20))
        if total > MOST_TRIES:
            return total
    return total


def _apart(branches: Any) -> bool:
    """Whether only one of them can match at one place: fixed words of which none begins another."""
    words = []
    for branch in branches:
        letters = []
        for op, arg in branch:
            if _name(op) != "LITERAL":
                break
            letters.append(chr(arg))
        words.append("".join(letters))
    return all(
        a and not (a.startswith(b) or b.startswith(a)) for i, a in enumerate(words) for b in words[:i] + words[i + 1 :]
    )


def _anchored(tree: Any) -> bool:
    for op, arg in tree:
        name = _name(op)
        if name == "LITERAL" and _WORD.match(chr(arg)):
            return True
        if name == "BRANCH" and all(_anchored(branch) for branch in arg[1]):
            return True
        if name == "SUBPATTERN" and _anchored(arg[3]):
            return True
        if name.endswith("REPEAT") and int(arg[0]) >= 1 and _anchored(arg[2]):
            return True
    return False


def _unseen(char: str) -> bool:
    return char.isspace() or char in "“”‘’「」『』\"'" or 0xFF01 <= ord(char) <= 0xFF5E


def _cut(pattern: str) -> str:
    """The pattern with ``*``, ``+`` and ``{n,}`` cut to LONGEST."""
    out: list[str] = []
    at = 0
    while at < len(pattern):
        piece = _PIECE.match(pattern, at)
        assert piece is not None
        at = piece.end()
        text = piece[0]
        opened = _OPEN.fullmatch(text)
        if opened:
            low = int(opened[1] or 0)
            text = f"{{{low},{max(low, LONGEST)}}}"
        elif text in "*+":
            text = f"{{{int(text == '+')},{LONGEST}}}"
        out.append(text)
    return "".join(out)
