"""A table copied off a web page as text: a cell a line, blank lines for merged cells."""

from __future__ import annotations

import re
from pathlib import Path

from checker.authoring.adopt.grid import ink
from checker.authoring.adopt.item import Item, Reading, number_of
from checker.authoring.adopt.read_text import lines_of
from checker.errors import Issue, Location

_CHAPTER = re.compile(r"^[一二三四五六七八九十]+、\S")
_SECTION = re.compile(r"^[（(][一二三四五六七八九十0-9]+[)）]\S|^[0-9０-９]{1,3}[.．、]\s*\S")
_ITEM = re.compile(r"^([0-9０-９]{1,4})[.．、]\s*(\S.*)$")
_HEADING = re.compile(r"^(?:[一二三]级指标|序号|编号)$")
_FOOTER = re.compile(
    r"^(?:主办|承办|版权|扫一扫|打印|关闭|上一篇|下一篇|相关(?:链接|文章)|分享|网站地图|附件[:：]|责任编辑)"
)
_LONG = 30


def read_lines(path: Path, reading: Reading) -> None:
    """Fill ``reading`` from lines. Two habits are known: numbers on lines of their own, or before the text."""
    lines = lines_of(path.read_bytes(), str(path))
    heads = [i for i, (_, line) in enumerate(lines) if _HEADING.match(ink(line))]
    start = next((i for i, (_, line) in enumerate(lines) if _CHAPTER.match(line) and i > (heads[-1:] or [-1])[0]), None)
    if start is None:
        start = heads[-1] + 1 if heads else 0
    body = lines[start:]
    alone = sum(number_of(line) is not None for _, line in body)
    _Lines(reading, str(path), numbers_alone=alone >= 2).run(body)


class _Lines:
    def __init__(self, reading: Reading, path: str, numbers_alone: bool) -> None:
        self.reading = reading
        self.path = path
        self.alone = numbers_alone
        self.chapter = self.section = ""
        self.number: str | None = None
        self.at = 0
        self.pieces: list[str] = []
        self.coming = 0

    def run(self, body: list[tuple[int, str]]) -> None:
        numbers = [int(number_of(line) or 0) for _, line in body]
        for n, (at, line) in enumerate(body):
            self.coming = next((x for x in numbers[n:] if x), 0)
            self.reading.ink_in += len(ink(line))
            if _FOOTER.match(line):
                self.reading.left += [f"第 {a} 行：{text}" for a, text in body[n:]]
                rest = sum(len(ink(text)) for _, text in body[n:])
                self.reading.ink_in += rest - len(ink(line))
                self.reading.ink_out += rest
                break
            self.reading.ink_out += len(ink(line))
            self.line(at, line)
        self.close()

    def line(self, at: int, line: str) -> None:
        number = number_of(line)
        numbered = _ITEM.match(line)
        if _HEADING.match(ink(line)):
            return
        if self.alone and number is not None:
            self.close()
            self.number, self.at = number, at
        elif _CHAPTER.match(line) and len(line) < _LONG:
            self.close()
            self.chapter, self.section = line, ""
        elif self.alone and _SECTION.match(line) and len(line) < _LONG and (self.pieces or self.number is None):
            self.close()
            self.section = line
        elif not self.alone and numbered:
            self.close()
            self.number, self.at, self.pieces = number_of(numbered[1]), at, [numbered[2]]
        elif not self.alone and _SECTION.match(line) and len(line) < _LONG:
            self.close()
            self.section = line
        elif self.number is None and self.alone and self.coming == self.last() + 2:
            self.number, self.at, self.pieces = "", at, [line]
        elif self.number is None:
            self.reading.left.append(f"第 {at} 行：{line}")
        else:
            self.pieces.append(line)

    def last(self) -> int:
        """The number of the last item that has one; -9 before the first."""
        return next((int(i.number) for i in reversed(self.reading.items) if i.number), -9)

    def close(self) -> None:
        """The item that was being read is complete; ``coming`` is the next number in the text (0 at the end)."""
        if self.number is None:
            return
        where = f"第 {self.at} 行"
        if not self.pieces:
            text = f"序号 {self.number} 后面没有内容（表可能在这里断了）。请补上这一项的内容。"
            self.reading.issues.append(Issue(Location(self.path, self.at, 1), "W511", text))
        else:
            pieces, rest = self.pieces, []
            ends = [k for k, piece in enumerate(self.pieces[:-1]) if piece.endswith(("。", "；", ";"))]
            if self.number and self.coming == int(self.number) + 2 and ends:
                # One number is missing in between: what follows the first full sentence is an item of its own.
                pieces, rest = self.pieces[: ends[0] + 1], self.pieces[ends[0] + 1 :]
            items = self.reading.items
            items.append(Item(self.number, "".join(pieces), self.chapter, self.section, where))
            if rest:
                items.append(Item("", "".join(rest), self.chapter, self.section, where + "之后"))
        self.number, self.pieces = None, []
