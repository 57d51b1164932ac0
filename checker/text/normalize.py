"""Folding: what matching sees, with exact ways back to what was written.

``fold`` maps every character to exactly one character, so that offsets stay. ``Compact`` drops what matching ignores
(white space inside words, quotation marks) and keeps the original offset of each character that is left.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from checker import patterns
from checker.model import Compact
from checker.patterns import regex

QUOTES = "“”‘’「」『』\"'＂＇〝〞"
_DROPPED = frozenset(QUOTES + "\u00ad\u200b\u200c\u200d\u2060\ufeff \t\r\n\u00a0\u3000\u2002\u2003\u2009")
# Look-alikes that scanning and filter-dodging leave behind (one character for one character).
_LOOKALIKES = {
    "菦": "近", "渻": "省", "梳悝": "梳理", "权仂": "权力", "丶": "、", "〇": "零", "Ο": "0", "О": "0",
    "縣": "县", "着": "着", "﹪": "%", "·": "·", "—": "—", "－": "-", "〈": "《", "〉": "》", "﹝": "〔", "﹞": "〕",
    "［": "[", "］": "]", "，": ",", "：": ":", "；": ";", "！": "!", "？": "?", "（": "(", "）": ")", "％": "%",
}  # fmt: skip
_GAP = regex(r"(?<=\S)([ \t\u3000\u00a0]{2,})(?=\S)")


@cache
def _traditional() -> dict[int, str]:
    """Traditional -> simplified, one character for one character (OpenCC's character table)."""
    try:
        from opencc import OpenCC
    except ImportError:  # the dependency is declared; a broken install must not stop simplified texts
        return {}
    convert = OpenCC("t2s").convert
    table = {}
    for point in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000)):
        char = chr(point)
        simple = convert(char)
        if len(simple) == 1 and simple != char:
            table[point] = simple
    return table


@cache
def _table() -> tuple[re.Pattern[str], dict[str, str]]:
    """Characters that fold to another one, as a pattern and a table. Letters fold to lower case at once."""
    table = {chr(point): chr(point - 0xFEE0).lower() for point in range(0xFF01, 0xFF5F)}
    table.update({chr(point): " " for point in (0x00A0, 0x3000, 0x2002, 0x2003, 0x2009)})
    table.update({k: v for k, v in _LOOKALIKES.items() if len(k) == 1 and k != v})
    table.update({chr(point): chr(point + 32) for point in range(ord("A"), ord("Z") + 1)})
    return patterns.compiled("[" + "".join(map(re.escape, table)) + "]"), table


_MIRROR = regex(r"視窗|程式正|程式違|程式規|程式進")
_MIRROR_WORDS = {"視窗": "窗口", "程式": "程序"}
# Telling signs of traditional script: frequent here and never used in simplified text.
_TRADITIONAL_SIGNS = regex(r"[國務對會發關學與為這來將開設體導實]")


def is_traditional(text: str) -> bool:
    """Whether the text is written in traditional characters (a mirror page, mostly)."""
    return len(_TRADITIONAL_SIGNS.findall(text[:20000])) > max(5, len(text[:20000]) // 200)


def fold(text: str) -> str:
    """Fold ``text`` character by character: ``len(fold(text)) == len(text)`` always holds.

    Full-width forms become half-width, traditional becomes simplified, wide gaps and cell borders become a comma
    (they separate table cells), letters become lower case.
    """
    pattern, table = _table()
    folded = pattern.sub(lambda m: table[m[0]], text)
    if is_traditional(folded):
        folded = _MIRROR.sub(lambda m: _MIRROR_WORDS[m.group()[:2]] + m.group()[2:], folded)
        folded = folded.translate(_traditional())
    if "  " in folded or "\t" in folded:
        folded = _GAP.sub(lambda m: "," + " " * (len(m.group()) - 1), folded)
        folded = folded.replace("\t", ",")
    folded = folded.replace("|", ",")
    assert len(folded) == len(text)
    return folded


_PLAIN = regex("[\u4e00-\u9fff0-9a-z%]+")


@lru_cache(maxsize=65536)
def fold_phrase(phrase: str) -> str:
    """A phrase as matching sees it: folded, without white space and quotation marks."""
    if _PLAIN.fullmatch(phrase) and not (_table()[0].search(phrase) or _TRADITIONAL_SIGNS.search(phrase)):
        return phrase  # nothing in it folds
    return "".join(c for c in fold(unicodedata.normalize("NFC", phrase)) if c not in _DROPPED)


# 機(jī)關(guān): mirrors that annotate every other character; (?) and |) are what is left of others.
_PINYIN = regex(r"(?<=[\u4e00-\u9fff])\(?[?]?[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}[|]?\)(?=[\u4e00-\u9fff,。、;:(]|$)")
_PINYIN_END = regex(r"[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü][|]?\)")
_IGNORED = regex("[" + "".join(map(re.escape, sorted(_DROPPED))) + "]+")


def compact(folded: str) -> Compact:
    """Drop ignored characters. A space between two ASCII letters or digits stays: it separates figures."""
    gaps = [m.span() for m in _IGNORED.finditer(folded) if m[0] != " " or not _between_ascii(folded, m.start())]
    if ")" in folded and _PINYIN_END.search(folded):
        gaps = _merged(gaps, [m.span() for m in _PINYIN.finditer(folded)])
    parts: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    at = size = 0
    for begin, end in (*gaps, (len(folded), len(folded))):
        if begin > at:
            parts.append(folded[at:begin])
            starts.append(size)
            origins.append(at)
            size += begin - at
        at = end
    return Compact("".join(parts), tuple(starts), tuple(origins))


def _merged(gaps: list[tuple[int, int]], more: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Both lists of slices as one, in order, without overlaps."""
    out: list[tuple[int, int]] = []
    for begin, end in sorted(gaps + more):
        if out and begin < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((begin, end))
    return out


def _between_ascii(text: str, i: int) -> bool:
    return 0 < i < len(text) - 1 and _is_word(text[i - 1]) and _is_word(text[i + 1])


def _is_word(char: str) -> bool:
    return char.isascii() and char.isalnum()
