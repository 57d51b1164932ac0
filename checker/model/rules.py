"""An indicator edition as the rest of the program sees it."""

from __future__ import annotations

from msgspec import Struct, msgpack


class Term(Struct, frozen=True):
    """One condition inside a way.

    ``kind``: ``phrase`` (any of ``options`` occurs), ``number`` (a quantity; ``options`` are its units, empty = any),
    ``regex`` (``options[0]`` is the pattern), ``meta`` (``options[0]`` names a fact of the page), ``not`` (none of
    ``options`` occurs in the clauses the way touches). A phrase term with ``units`` is also met by a quantity in
    one of them (``建立|更新|#名|户``).
    """

    kind: str
    options: tuple[str, ...]
    exclude: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


_TERMS = msgpack.Decoder(tuple[Term, ...])
_pack = msgpack.Encoder().encode


class Way(Struct, frozen=True):
    """One way to say a thing: all ``terms`` within one window. ``text`` is as the author wrote it.

    ``packed`` are the terms as msgpack, unpacked when somebody asks: a run meets a part of two thousand ways only.
    """

    text: str
    packed: bytes

    @classmethod
    def of(cls, text: str, terms: tuple[Term, ...]) -> Way:
        """A way with these terms."""
        return cls(text, _pack(terms))

    @property
    def terms(self) -> tuple[Term, ...]:
        """The conditions, in the order in which they were written."""
        return _TERMS.decode(self.packed)


class Metric(Struct, frozen=True):
    """A figure an indicator asks for. ``require`` is ``(comparator, threshold)`` in ``unit`` or None (only shown)."""

    id: str
    name: str
    subject: tuple[Way, ...]
    unit: str
    require: tuple[str, float] | None
    kind: str
    good_when: str
    single: bool
    none: tuple[str, ...]


class Element(Struct, frozen=True):
    """One thing that an indicator demands."""

    id: str
    name: str
    required: bool
    ways: tuple[Way, ...]
    none: tuple[str, ...]
    within: str
    whole: bool
    honours: bool
    verifiability: str
    metrics: tuple[str, ...]


class Example(Struct, frozen=True):
    """A sentence with the verdict it must get."""

    text: str
    verdict: str
    section: str | None
    level: str | None


class Threshold(Struct, frozen=True):
    """A threshold as the source gives it, for reading only."""

    kind: str
    text: str


class Indicator(Struct, frozen=True):
    """One third-level indicator with the rules that judge it."""

    id: str
    no: int
    title: str
    requirement: str
    official_text: str | None
    provenance: str
    chapter: str
    section: str
    kind: str
    verifiability: str
    applies_to: tuple[str, ...]
    severity: str
    red_line: bool
    basis: tuple[str, ...]
    thresholds: tuple[Threshold, ...]
    about: tuple[Way, ...]
    elements: tuple[Element, ...]
    metrics: tuple[Metric, ...]
    admits: tuple[Way, ...]
    fails: tuple[Way, ...]
    none: tuple[str, ...]
    materials: tuple[str, ...]
    lead: tuple[str, ...]
    support: tuple[str, ...]
    measures: tuple[str, ...]
    status: str
    examples: tuple[Example, ...]
    path: str
    line: int
    official_no: str | None = None
    replaced_by: str | None = None

    @property
    def number(self) -> str:
        """What people see under 编号: the official number where a bureau has taken it in, else ours."""
        return self.official_no or str(self.no)

    @property
    def wording(self) -> str:
        """What people see under 指标内容: the official text to the character where it is there, else our words."""
        return self.official_text or self.requirement

    @property
    def label(self) -> str:
        """Number and title, as lists and headings show them."""
        return f"{self.number} {self.title}"

    @property
    def stated(self) -> str:
        """Title for outputs that have one cell for it: with the official text where the bureau took it in."""
        return f"{self.title}：{self.official_text}" if self.official_text else self.title

    @property
    def is_official(self) -> bool:
        """Whether the text comes from a table that the bureau itself took in."""
        return self.official_text is not None

    @property
    def unwritten(self) -> bool:
        """Whether nobody has written a rule yet: an item of a table taken in, judged 需人工核验 until then."""
        return not self.elements

    def answers_to(self, name: str) -> bool:
        """Whether a person means this one: its id, its official number, or (where it has none) ours."""
        wanted = name.strip()
        plain = wanted.lstrip("0") or wanted
        return wanted == self.id or plain == (self.official_no or str(self.no)).lstrip("0")


class Change(Struct, frozen=True):
    """One entry of a pack's changelog."""

    version: str
    date: str
    text: str


class Layer(Struct, frozen=True):
    """One folder that an edition was put together from: the base, the pack on it, each overlay."""

    id: str
    title: str
    version: str
    sha256: str
    changelog: tuple[Change, ...] = ()


class Section(Struct, frozen=True):
    """A second-level indicator."""

    id: str
    name: str


class Chapter(Struct, frozen=True):
    """A first-level indicator."""

    id: str
    name: str
    sections: tuple[Section, ...]


class Abbreviation(Struct, frozen=True):
    """A short form of official prose and what it stands for."""

    name: str
    means: tuple[str, ...]


class Index(Struct, frozen=True):
    """One edition of the indicator system, compiled."""

    id: str
    title: str
    edition: str
    version: str
    provenance: str
    chapters: tuple[Chapter, ...]
    indicators: tuple[Indicator, ...]
    abbreviations: tuple[Abbreviation, ...]
    sha256: str
    notice: str = ""
    retired: tuple[Indicator, ...] = ()
    layers: tuple[Layer, ...] = ()

    @property
    def stamp(self) -> str:
        """Which rules judged, for the foot of every output: id, version and the start of the content hash."""
        return f"{self.id} 版本 {self.version}，规则指纹 {self.sha256[:12]}"

    @property
    def caution(self) -> str:
        """One sentence on how far numbers and words can be trusted; ``provenance`` says it at length."""
        official = sum(i.is_official for i in self.indicators)
        if official and official == len(self.indicators):
            return "指标编号和内容取自本单位导入的正式文本。"
        if official:
            return f"{official} 项的编号和内容取自本单位导入的正式文本，其余为本库措辞，以正式文本为准。"
        return self.notice or self.provenance

    def find(self, name: str) -> Indicator | None:
        """The indicator a person means by a number or an id, among the living first, then the retired."""
        return next((i for i in (*self.indicators, *self.retired) if i.answers_to(name)), None)

    def chapter(self, chapter_id: str) -> Chapter:
        """The chapter with this id."""
        return next(c for c in self.chapters if c.id == chapter_id)

    def section_name(self, indicator: Indicator) -> str:
        """Name of the second-level indicator above ``indicator``."""
        return next(s.name for s in self.chapter(indicator.chapter).sections if s.id == indicator.section)
