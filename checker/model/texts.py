"""Documents and what the text room knows about them. Offsets count code points in ``Document.text``."""

from __future__ import annotations

from bisect import bisect_right
from typing import Protocol

from msgspec import Struct

from checker.model.words import Genre, Polarity, Role, Tense


class Locator(Struct, frozen=True):
    """Where a run of text stands in the file it came from, in people's terms; all count from 1, None where unknown.

    ``part`` names what stands outside the running text (脚注, 文本框, 页面信息). ``undone`` is the cell of a table row
    that says its task is not done (未完成, 进行中), for nothing else in the row is a fact then.
    """

    page: int | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    sheet: str = ""
    part: str = ""
    undone: str = ""

    @property
    def label(self) -> str:
        """第3页第2段, 表1第4行第2列, 工作表「台账」第12行."""
        if self.sheet:
            words = f"工作表「{self.sheet}」" + (f"第{self.row}行" if self.row else "")
            return words + (f"第{self.column}列" if self.column else "")
        words = f"第{self.page}页" if self.page else ""
        if self.table:
            words += f"表{self.table}" + (f"第{self.row}行" if self.row else "")
            words += f"第{self.column}列" if self.column else ""
        elif self.paragraph:
            words += f"第{self.paragraph}段"
        return words + self.part


class Block(Struct, frozen=True):
    """A run ``text[start:end]`` of a document with its locator. Blocks stand in order and do not overlap."""

    start: int
    end: int
    locator: Locator


class PageInfo(Struct, frozen=True):
    """What a web page says about the text it carries, apart from the text. Empty where the page does not say.

    ``published`` is an ISO date; ``published_span`` is where it stands in the text of the document.
    """

    title: str = ""
    index_number: str = ""
    issuer: str = ""
    document_number: str = ""
    openness: str = ""
    published: str | None = None
    published_span: tuple[int, int] | None = None


class Document(Struct, frozen=True):
    """A text with where it came from. ``text`` is what offsets count; it is never changed afterwards.

    ``notes`` are people's words for what of the file was not read. ``material``: attached to a report, not one itself.
    """

    path: str
    format: str
    sha256: str
    text: str
    encoding: str = "utf-8"
    blocks: tuple[Block, ...] = ()
    page: PageInfo | None = None
    notes: tuple[str, ...] = ()
    material: bool = False

    def locate(self, offset: int) -> Locator | None:
        """Where the character at ``offset`` stands in the file; None where the format has no places (plain text)."""
        at = bisect_right(self.blocks, offset, key=lambda b: b.start) - 1
        return self.blocks[at].locator if at >= 0 else None

    def aside(self, offset: int) -> bool:
        """Whether the character stands in a cell of a table with columns, a note or the facts of a page."""
        place = self.locate(offset)
        return place is not None and (place.column is not None or place.part in ("页面信息", "脚注", "尾注"))


class Quantity(Struct, frozen=True):
    """A figure: ``value`` in ``unit``; ``comparator`` is ``=``, ``>=`` (以上, 余, 超) or ``<=`` (近, 不足).

    ``previous`` marks the old value of a change (由52个缩减至32个).
    """

    start: int
    end: int
    text: str
    value: float
    unit: str
    comparator: str
    previous: bool = False


class Citation(Struct, frozen=True):
    """A 《…》 with the verb before it. ``own`` says that the reporting body issued it."""

    start: int
    end: int
    title: str
    verb: str
    issued: bool
    superior: bool

    @property
    def own(self) -> bool:
        """An own document that was issued: what S4 needs."""
        return self.issued and not self.superior


class Clause(Struct, frozen=True):
    """A part of a sentence between commas, with its attributes."""

    start: int
    end: int
    tense: Tense
    polarity: Polarity
    subject: str
    year: int | None
    unfinished: bool = False
    honour: bool = False
    placeholder: bool = False


class Wording(Protocol):
    """What the wording of a sentence says. It is read when somebody first asks, and then kept.

    ``text`` is the sentence in the compact text (``Analysis.view``) and spans count its characters; everything else
    counts those of the document.
    """

    span: tuple[int, int]
    text: str

    @property
    def clause_spans(self) -> tuple[tuple[int, int], ...]:
        """Where the clauses stand."""
        ...

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses with their attributes."""
        ...

    @property
    def quantity_spans(self) -> tuple[tuple[int, int], ...]:
        """Where the figures stand."""
        ...

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """The figures."""
        ...

    @property
    def citation_spans(self) -> tuple[tuple[int, int], ...]:
        """Where the 《…》 stand."""
        ...

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The 《…》."""
        ...

    @property
    def noise(self) -> str | None:
        """What kind of page furniture it is, or None."""
        ...


class Sentence(Struct, frozen=True):
    """An exact slice ``text[start:end]``. Most sentences of a run are never asked what they say: that is lazy."""

    number: int
    start: int
    end: int
    role: Role
    heading: bool
    path: str
    ordinal: int
    paragraph: int
    line: int
    wording: Wording
    locator: Locator | None = None

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses with their attributes."""
        return self.wording.clauses

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """The figures in text order."""
        return self.wording.quantities

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The 《…》 in text order."""
        return self.wording.citations

    @property
    def noise(self) -> str | None:
        """What kind of page furniture the sentence is, or None."""
        return self.wording.noise

    @property
    def where(self) -> str:
        """People's words for the place: section path, number within it, place in the file."""
        place = self.locator.label if self.locator else ""
        return f"{self.path or '正文'}·第{self.ordinal}句" + (f"（{place}）" if place else "")

    @property
    def page(self) -> int | None:
        """Page of the file, where it has pages."""
        return self.locator.page if self.locator else None


class Reporter(Struct, frozen=True):
    """Who reports on which year, as read from title and page."""

    title: str
    place: str
    level: str
    year: int | None
    published: str | None
    published_span: tuple[int, int] | None
    genre: Genre
    genre_reason: str


class Compact(Struct, frozen=True):
    """Folded text without what matching ignores.

    It is kept as runs: run ``k`` begins at ``starts[k]`` in ``text`` and at ``origins[k]`` in the original.
    """

    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]

    def offset(self, position: int) -> int:
        """Where the character at a compact position stands in the original."""
        k = bisect_right(self.starts, position) - 1
        return self.origins[k] + position - self.starts[k]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original slice of compact ``[start, end)``; ``end`` must be greater than ``start``."""
        return self.offset(start), self.offset(end - 1) + 1

    def index(self, original: int) -> int:
        """First compact position at or after an original offset."""
        k = bisect_right(self.origins, original) - 1
        if k < 0:
            return 0
        at = self.starts[k] + original - self.origins[k]
        stop = self.starts[k + 1] if k + 1 < len(self.starts) else len(self.text)
        return min(at, stop)


class Analysis(Struct, frozen=True):
    """A document with everything the text room knows about it.

    ``folded`` has one character per character of text; ``view`` is what matching sees of it.
    """

    document: Document
    reporter: Reporter
    folded: str
    view: Compact
    sentences: tuple[Sentence, ...]
