"""Documents and what the text room knows about them. Offsets count code points in ``Document.text``."""

from __future__ import annotations

from dataclasses import dataclass

from checker.model.words import Genre, Polarity, Role, Tense


@dataclass(frozen=True, slots=True)
class Document:
    """A text with where it came from. ``text`` is what offsets count; it is never changed afterwards."""

    path: str
    format: str
    sha256: str
    text: str
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True)
class Quantity:
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

    @property
    def is_rate(self) -> bool:
        """Whether it is a percentage."""
        return self.unit == "%"


@dataclass(frozen=True, slots=True)
class Citation:
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


@dataclass(frozen=True, slots=True)
class Clause:
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


@dataclass(frozen=True, slots=True)
class Sentence:
    """An exact slice ``text[start:end]``."""

    number: int
    start: int
    end: int
    role: Role
    heading: bool
    path: str
    ordinal: int
    paragraph: int
    line: int
    clauses: tuple[Clause, ...]
    quantities: tuple[Quantity, ...]
    citations: tuple[Citation, ...]
    noise: str | None = None

    @property
    def where(self) -> str:
        """People's words for the place: section path and number within it."""
        return f"{self.path or '正文'}·第{self.ordinal}句"


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who reports on which year, as read from title and page."""

    title: str
    place: str
    level: str
    year: int | None
    published: str | None
    published_span: tuple[int, int] | None
    genre: Genre
    genre_reason: str


@dataclass(frozen=True, slots=True)
class Analysis:
    """A document with everything the text room knows about it. ``folded`` has one character per character of text."""

    document: Document
    reporter: Reporter
    folded: str
    sentences: tuple[Sentence, ...]
