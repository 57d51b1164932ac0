"""What a reader hands back, and the writer that readers fill line by line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from checker.documents.limits import Limits, exceeded
from checker.model import Block, Locator, PageInfo
from checker.patterns import regex


class Request(Struct, frozen=True):
    """One file to read. ``file`` is where the bytes are, ``path`` what people call it."""

    file: str
    path: str
    kind: str
    encoding: str | None
    limits: Limits


class Extract(Struct, frozen=True):
    """Text of a file with its places. ``notes`` say in people's words what was not read."""

    text: str
    blocks: tuple[Block, ...] = ()
    encoding: str = "utf-8"
    page: PageInfo | None = None
    notes: tuple[str, ...] = ()


_CONTROL = regex(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\ufeff\ufffe\uffff]|[\ud800-\udfff]")
# A tab after a number is part of the number, no cell border.
_TABBED = regex(r"^((?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、]))\t+")
_BREAKS = regex(r"\r\n?|[\x85\u2028\u2029\x0b]")
Cell = Sequence[str]  # the paragraphs of a table cell


_UNDONE = regex(
    r"(?:尚?未(?:全部|全面|按期|按时)?(?:完成|落实|整改|开展|启动|达标|到位|办结|销号)|(?:正在)?(?:推进|进行|办理|整改|落实|实施|持续推进)中|正在(?:推进|办理|整改|进行|实施|落实)|否|×|✗|没有|未)"
)


def undone(cells: Sequence[str]) -> str:
    """The cell of a row that says, and says nothing else, that the task of the row is not done; empty without one."""
    if len(cells) < 2:
        return ""
    return next((c for c in cells if len(c) <= 12 and _UNDONE.fullmatch("".join(c.split()).rstrip("。；;"))), "")


def clean(text: str) -> str:
    """Text without control characters and lone surrogates; all line ends become ``\\n``."""
    return _CONTROL.sub("", _BREAKS.sub("\n", text))


class Writer:
    """Collects lines with their locators. Raises DocumentError when there are more characters than allowed."""

    def __init__(self, path: str, limits: Limits) -> None:
        self._path, self._limits = path, limits
        self._parts: list[str] = []
        self._blocks: list[Block] = []
        self._at = 0
        self.notes: list[str] = []

    def line(self, text: str, locator: Locator) -> None:
        """One paragraph (or several, where it holds line breaks). Blank ones are dropped."""
        for part in clean(text).split("\n"):
            self.pieces([(_TABBED.sub(r"\1", part.strip()), locator)])

    def pieces(self, pieces: Iterable[tuple[str, Locator]], between: str = "") -> tuple[int, int]:
        """One line made of parts that stand in different places. Returns where it stands in the text."""
        kept = [(text, where) for text, where in pieces if text.strip()]
        begin = self._at
        for n, (text, where) in enumerate(kept):
            if n and between:
                self._put(between)
            start = self._at
            self._put(text)
            self._blocks.append(Block(start, self._at, where))
        end = self._at
        if kept:
            self._put("\n")
        if self._at > self._limits.chars:
            raise exceeded(self._path, "chars", f"已超过 {self._at} 字", self._limits)
        return begin, end

    def row(self, cells: Sequence[Cell], locators: Sequence[Locator]) -> None:
        """A table row: one line with tabs between the cells; the paragraphs of a long or lonely cell stand alone."""
        filled = [
            ([p for p in (clean(x).replace("\n", " ").strip() for x in c) if p], w)
            for c, w in zip(cells, locators, strict=True)
        ]
        filled = [(paragraphs, where) for paragraphs, where in filled if paragraphs]
        said = undone(["".join(p) for p, _ in filled])
        if said:
            filled = [(p, replace(w, undone=said)) for p, w in filled]
        if len(filled) == 1 or any(len(p) > 1 and sum(map(len, p)) > 120 for p, _ in filled):
            for paragraphs, where in filled:
                for paragraph in paragraphs:
                    self.pieces([(paragraph, where)])
            return
        self.pieces([(" ".join(p).replace("\t", " "), w) for p, w in filled], between="\t")

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._at += len(text)

    def extract(self, encoding: str = "utf-8", page: PageInfo | None = None) -> Extract:
        """Everything written so far."""
        return Extract("".join(self._parts), tuple(self._blocks), encoding, page, tuple(self.notes))
