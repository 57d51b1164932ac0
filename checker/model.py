"""The words of the domain, as frozen values. Offsets count code points in ``Document.text``."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import Enum, IntEnum

from checker.errors import QuoteMismatch


class Verdict(Enum):
    """The nine conclusions, in order of precedence (first that applies holds)."""

    NOT_APPLICABLE = "not_applicable"
    FAILED = "failed"
    ADMITTED = "admitted"
    MANUAL = "manual"
    MET = "met"
    PARTIAL = "partial"
    WEAK = "weak"
    PLANNED = "planned"
    MISSING = "missing"

    @property
    def label(self) -> str:
        """Chinese name as printed."""
        return _LABELS[self]

    @property
    def sign(self) -> str:
        """A sign that survives black-and-white print."""
        return _SIGNS[self]

    @property
    def is_problem(self) -> bool:
        """Whether it goes to the 问题清单."""
        return self not in (Verdict.MET, Verdict.NOT_APPLICABLE)


_LABELS = {
    Verdict.NOT_APPLICABLE: "不适用",
    Verdict.FAILED: "不达标",
    Verdict.ADMITTED: "自认问题",
    Verdict.MANUAL: "需人工核验",
    Verdict.MET: "达标（报告口径）",
    Verdict.PARTIAL: "部分达标",
    Verdict.WEAK: "证据不足",
    Verdict.PLANNED: "仅有计划",
    Verdict.MISSING: "未见证据",
}
_SIGNS = {
    Verdict.NOT_APPLICABLE: "—",
    Verdict.FAILED: "××",
    Verdict.ADMITTED: "×",
    Verdict.MANUAL: "?",
    Verdict.MET: "√",
    Verdict.PARTIAL: "◐",
    Verdict.WEAK: "△",
    Verdict.PLANNED: "▷",
    Verdict.MISSING: "○",
}


class Strength(IntEnum):
    """How much a piece of evidence can carry, S0 (nothing) to S4 (an own document)."""

    S0 = 0
    S1 = 1
    S2 = 2
    S3 = 3
    S4 = 4

    @property
    def label(self) -> str:
        """Chinese name."""
        return ("无效", "原则表述", "具体做法", "量化数据", "本级制度文件")[self.value]


class Role(Enum):
    """What a section is for; sentences inherit it."""

    METADATA = "metadata"
    OVERVIEW = "overview"
    ACHIEVEMENT = "achievement"
    PROBLEM = "problem"
    PLAN = "plan"

    @property
    def label(self) -> str:
        """Chinese name."""
        return {"metadata": "元数据", "overview": "总述", "achievement": "成效", "problem": "问题", "plan": "计划"}[
            self.value
        ]


class Tense(Enum):
    """Chinese has no tense; this is what section and wording say about a clause."""

    ACHIEVED = "achieved"
    ONGOING = "ongoing"
    PLANNED = "planned"

    @property
    def label(self) -> str:
        """Chinese name."""
        return {"achieved": "完成", "ongoing": "进行", "planned": "计划"}[self.value]


class Polarity(Enum):
    """Whether a clause claims, admits a shortcoming, or denies that the thing was done."""

    POSITIVE = "positive"
    ADMITTED = "admitted"
    DENIED = "denied"

    @property
    def label(self) -> str:
        """Chinese name."""
        return {"positive": "正面", "admitted": "自认", "denied": "否定"}[self.value]


class Genre(Enum):
    """What kind of text it is. Only REPORT can earn credit."""

    REPORT = "report"
    PLAN = "plan"
    STATUTE = "statute"
    NEWS = "news"
    SPEECH = "speech"
    WORK_REPORT = "work_report"
    DISCLOSURE_REPORT = "disclosure_report"
    INDEX = "index"
    RULES = "rules"
    ARTICLE = "article"
    EXAM = "exam"
    COURT = "court"
    TEMPLATE = "template"
    INSPECTION = "inspection"

    @property
    def label(self) -> str:
        """Chinese name."""
        return _GENRES[self.value]


_GENRES = {
    "report": "法治政府建设报告",
    "plan": "工作要点、方案一类的计划",
    "statute": "法律法规规章",
    "news": "新闻或政策宣传稿",
    "speech": "讲话稿",
    "work_report": "政府工作报告",
    "disclosure_report": "政府信息公开年度报告",
    "index": "指标体系或标准文本",
    "rules": "工作规则或目录",
    "article": "学术文章或评估书",
    "exam": "试题",
    "court": "法院、检察院报告",
    "template": "范文模板",
    "inspection": "巡察审计整改通报",
}


# ---------------------------------------------------------------- the index


@dataclass(frozen=True, slots=True)
class Term:
    """One condition inside a way.

    ``kind``: ``phrase`` (any of ``options`` occurs), ``number`` (a quantity; ``options`` are its units, empty = any),
    ``regex`` (``options[0]`` is the pattern), ``meta`` (``options[0]`` names a fact of the page), ``not`` (none of
    ``options`` occurs in the clauses the way touches).
    """

    kind: str
    options: tuple[str, ...]
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """One way to say a thing: all ``terms`` within one window. ``text`` is as the author wrote it."""

    text: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Metric:
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


@dataclass(frozen=True, slots=True)
class Element:
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


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with the verdict it must get."""

    text: str
    verdict: str
    section: str | None
    level: str | None


@dataclass(frozen=True, slots=True)
class Threshold:
    """A threshold as the source gives it, for reading only."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Indicator:
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


@dataclass(frozen=True, slots=True)
class Section:
    """A second-level indicator."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A first-level indicator."""

    id: str
    name: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form of official prose and what it stands for."""

    name: str
    means: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Index:
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

    def chapter(self, chapter_id: str) -> Chapter:
        """The chapter with this id."""
        return next(c for c in self.chapters if c.id == chapter_id)

    def section_name(self, indicator: Indicator) -> str:
        """Name of the second-level indicator above ``indicator``."""
        return next(s.name for s in self.chapter(indicator.chapter).sections if s.id == indicator.section)


# ---------------------------------------------------------------- documents and text


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


# ---------------------------------------------------------------- evidence and results


@dataclass(frozen=True, slots=True)
class Evidence:
    """Indicator x element x sentence, accepted or refused, always with reasons.

    ``use`` is ``element``, ``about`` (only a clue), ``plan``, ``admission``, ``denial`` or ``metric``.
    ``matched`` are the (start, end) slices of the words that hit.
    """

    indicator: str
    element: str | None
    document: int
    start: int
    end: int
    quote: str
    where: str
    sentence: int
    use: str
    role: Role
    tense: Tense
    strength: Strength
    accepted: bool
    refused_by: str | None
    note: str
    way: str
    matched: tuple[tuple[int, int], ...]
    narrow: bool = False
    short: bool = False

    def check(self, document: Document) -> Evidence:
        """Return self if the quote is the slice it claims to be; raise QuoteMismatch otherwise."""
        if document.text[self.start : self.end] != self.quote:
            raise QuoteMismatch(f"{document.path}[{self.start}:{self.end}] is not the quote")
        return self


@dataclass(frozen=True, slots=True)
class MetricValue:
    """A figure of the report held against a metric. ``passed`` is None where there is nothing to hold it against."""

    metric: Metric
    document: int
    sentence: int
    start: int
    end: int
    value: float
    comparator: str
    passed: bool | None


@dataclass(frozen=True, slots=True)
class Finding:
    """The conclusion for one indicator."""

    indicator: Indicator
    verdict: Verdict
    covered: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    metrics: tuple[MetricValue, ...]
    missing: tuple[str, ...]
    reasons: tuple[str, ...]
    waived: str | None = None

    @property
    def problem_number(self) -> str:
        """Stable key of the problem; names the indicator, not the row."""
        return f"WT-{self.indicator.id}"

    @property
    def accepted(self) -> tuple[Evidence, ...]:
        """Evidence that counted, strongest first."""
        return tuple(sorted((e for e in self.evidence if e.accepted), key=lambda e: (-e.strength, e.document, e.start)))


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the report for the data ledger; ``recomputed`` is ``ok``, ``mismatch`` or None."""

    document: int
    quantity: Quantity
    subject: str
    year: int | None
    recomputed: str | None
    sentence: int


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding of the check-up of the report itself (报告体检)."""

    code: str
    message: str
    advice: str
    document: int | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """How many indicators got which verdict; sums to the number of indicators."""

    total: int
    counts: tuple[tuple[str, int], ...]
    waived: int = 0

    def __getitem__(self, verdict: Verdict) -> int:
        return dict(self.counts)[verdict.value]


@dataclass(frozen=True, slots=True)
class Rates:
    """Numerators and denominators, never a total score. ``checkable`` is A+B+C that apply."""

    mentioned: tuple[int, int]
    sufficient: tuple[int, int]
    blank: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything one run found."""

    index: Index
    analyses: tuple[Analysis, ...]
    year: int | None
    place: str
    level: str
    findings: tuple[Finding, ...]
    ledger: Ledger
    rates: Rates
    chapter_rates: tuple[tuple[str, Rates], ...]
    checkup: tuple[Remark, ...]
    figures: tuple[Figure, ...]
    warnings: tuple[str, ...] = field(default=())


def tally(findings: tuple[Finding, ...]) -> Ledger:
    """The one place that counts verdicts."""
    counts = Counter(f.verdict for f in findings)
    ledger = Ledger(
        len(findings), tuple((v.value, counts[v]) for v in Verdict), sum(f.waived is not None for f in findings)
    )
    assert sum(n for _, n in ledger.counts) == ledger.total
    return ledger
