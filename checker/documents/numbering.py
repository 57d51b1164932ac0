"""Automatic numbers of a docx: they are printed but stand nowhere in the text, and headings hang on them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from checker.documents.zipped import attribute, local

if TYPE_CHECKING:
    from lxml.etree import _Element

_DIGITS = "〇一二三四五六七八九"
_CIRCLED = {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"}
_CHINESE = {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand", "chineseLegalSimplified", "japaneseLegal", "ideographTraditional"}  # fmt: skip


class _Level(Struct):
    form: str = "decimal"
    text: str = ""
    start: int = 1


class Numbering:
    """Counts the paragraphs of each list and says which number stands before one."""

    def __init__(self, numbering: _Element | None, styles: _Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._abstract: dict[str, str] = {}
        self._styles: dict[str, tuple[str | None, int | None, str | None]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if numbering is not None:
            self._read_lists(numbering)
        if styles is not None:
            for style in styles:
                if local(style) == "style":
                    number, level = _number(_find(style, "pPr"))
                    based = _value(_find(style, "basedOn"))
                    self._styles[attribute(style, "styleId") or ""] = (number, level, based)

    def _read_lists(self, numbering: _Element) -> None:
        abstracts: dict[str, dict[int, _Level]] = {}
        for element in numbering:
            if local(element) == "abstractNum":
                abstracts[attribute(element, "abstractNumId") or ""] = _levels(element)
        for element in numbering:
            if local(element) != "num":
                continue
            number = attribute(element, "numId") or ""
            abstract = _value(_find(element, "abstractNumId")) or ""
            levels = dict(abstracts.get(abstract, {}))
            own = False
            for change in element:
                if local(change) == "lvlOverride":
                    at = _int(attribute(change, "ilvl"), 0)
                    levels.update(_levels(change))
                    start = _value(_find(change, "startOverride"))
                    if start is not None:
                        old = levels.get(at, _Level())
                        levels[at] = _Level(old.form, old.text, _int(start, 1))
                    own = True
            self._levels[number] = levels
            self._abstract[number] = f"{abstract}/{number}" if own else abstract

    def next(self, paragraph: _Element) -> str:
        """The number printed before a paragraph, counted on; empty where it has none."""
        properties = _find(paragraph, "pPr")
        number, level = _number(properties)
        style = _value(_find(properties, "pStyle")) if properties is not None else None
        seen = 0
        while style is not None and (number is None or level is None) and seen < 20:
            by_style, at, based = self._styles.get(style, (None, None, None))
            number = by_style if number is None else number
            level = at if level is None else level
            style, seen = based, seen + 1
        level = level or 0
        if number in (None, "0") or level not in self._levels.get(number or "", {}):
            return ""
        levels = self._levels[number or ""]
        counts = self._counts.setdefault(self._abstract[number or ""], {})
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [k for k in counts if k > level]:
            del counts[deeper]
        for upper in range(level):
            counts.setdefault(upper, levels[upper].start if upper in levels else 1)
        if levels[level].form in ("none", "bullet"):
            return ""

        def put(m: re.Match[str]) -> str:
            at = int(m.group(1)) - 1
            form = levels[at].form if at in levels else "decimal"
            return written(counts.get(at, 1), form)

        return re.sub(r"%([1-9])", put, levels[level].text)


def written(n: int, form: str) -> str:
    """A number in one of Word's number formats; unknown ones come out as figures."""
    if form in _CHINESE:
        return chinese(n)
    if form in ("ideographDigital", "chineseDigital", "japaneseDigitalTenThousand"):
        return "".join(_DIGITS[int(d)] for d in str(n))
    if form in _CIRCLED and 1 <= n <= 20:
        return chr(0x2460 + n - 1)
    if form == "decimalEnclosedParen":
        return f"({n})"
    if form == "decimalEnclosedFullstop":
        return f"{n}."
    if form == "decimalZero":
        return f"{n:02d}"
    if form in ("upperLetter", "lowerLetter"):
        letter = chr(ord("A") + (n - 1) % 26) * ((n - 1) // 26 + 1)
        return letter if form == "upperLetter" else letter.lower()
    if form in ("upperRoman", "lowerRoman"):
        roman = _roman(n)
        return roman if form == "upperRoman" else roman.lower()
    return str(n)


def chinese(n: int) -> str:
    """1 to 9999 in Chinese numerals: 十二, 一百零三."""
    if not 0 < n < 10_000:
        return str(n)
    out, zero = "", False
    for unit, power in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, n = divmod(n, power)
        if digit:
            out += ("零" if zero and out else "") + _DIGITS[digit] + unit
            zero = False
        else:
            zero = True
    return out.removeprefix("一") if out.startswith("一十") else out


def _roman(n: int) -> str:
    out = ""
    for value, sign in ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):  # fmt: skip
        count, n = divmod(min(n, 3999), value) if n else (0, 0)
        out += sign * count
    return out


def _levels(parent: _Element) -> dict[int, _Level]:
    out = {}
    for element in parent:
        if local(element) == "lvl":
            out[_int(attribute(element, "ilvl"), 0)] = _Level(
                _value(_find(element, "numFmt")) or "decimal",
                _value(_find(element, "lvlText")) or "",
                _int(_value(_find(element, "start")), 1),
            )
    return out


def _number(properties: _Element | None) -> tuple[str | None, int | None]:
    found = _find(properties, "numPr") if properties is not None else None
    if found is None:
        return None, None
    level = _value(_find(found, "ilvl"))
    return _value(_find(found, "numId")), _int(level, 0) if level is not None else None


def _find(element: _Element | None, name: str) -> _Element | None:
    return next((e for e in element if local(e) == name), None) if element is not None else None


def _value(element: _Element | None) -> str | None:
    return attribute(element, "val") if element is not None else None


def _int(text: str | None, other: int) -> int:
    try:
        return max(0, min(int(text or ""), 10_000))
    except ValueError:
        return other
