"""Evidence, findings and the assessment of one run."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from checker.errors import QuoteMismatchError
from checker.model.review import Attestation, Comparison, Material
from checker.model.rules import Index, Indicator, Metric
from checker.model.texts import Analysis, Document, Quantity
from checker.model.words import Role, Strength, Tense, Verdict


class Evidence(Struct, frozen=True):
    """Indicator x element x sentence, accepted or refused, always with reasons.

    ``use`` is ``element``, ``about`` (only a clue), ``plan``, ``admission``, ``denial`` or ``metric``.
    ``matched`` are the (start, end) slices of the words that hit. ``narrow``: only a part of the government did it;
    ``short``: done, but not as demanded (published too late). Neither carries 达标.
    ``page`` is that of the file, where it has pages; ``material``: it stands in a material attached to the report.
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
    page: int | None = None
    material: bool = False

    def check(self, document: Document) -> Evidence:
        """Return self if the quote is the slice it claims to be; raise QuoteMismatchError otherwise."""
        if document.text[self.start : self.end] != self.quote:
            raise QuoteMismatchError(f"{document.path}[{self.start}:{self.end}] is not the quote")
        return self


class MetricValue(Struct, frozen=True):
    """A figure of the report held against a metric. ``passed`` is None where there is nothing to hold it against."""

    metric: Metric
    document: int
    sentence: int
    start: int
    end: int
    value: float
    comparator: str
    passed: bool | None


class Suggestion(Struct, frozen=True):
    """A sentence that may bear on an indicator nothing was found for. For people to judge; never counted."""

    document: int
    sentence: int
    start: int
    end: int
    score: float


class Finding(Struct, frozen=True):
    """The conclusion for one indicator.

    ``waived`` is the line of the waiver that covers it (a tally apart: the verdict stays what it is). ``attested``
    are the attestations people gave; ``lifted`` says that the verdict rests on them and not on the text alone.
    """

    indicator: Indicator
    verdict: Verdict
    covered: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    metrics: tuple[MetricValue, ...]
    missing: tuple[str, ...]
    reasons: tuple[str, ...]
    waived: str | None = None
    suggestions: Sequence[Suggestion] = ()
    attested: tuple[Attestation, ...] = ()
    lifted: bool = False

    @property
    def label(self) -> str:
        """The verdict as every output prints it, with the marks of what people added."""
        marks = ("·人工佐证" if self.lifted else "") + ("·已豁免" if self.waived is not None else "")
        return self.verdict.label + marks

    @property
    def is_open(self) -> bool:
        """Whether it is a gap that ``--fail-on`` counts: a problem, not for people to judge first, not waived."""
        return self.verdict.is_problem and self.verdict is not Verdict.MANUAL and self.waived is None

    @property
    def problem_number(self) -> str:
        """Stable key of the problem; names the indicator, not the row."""
        return f"WT-{self.indicator.id}"

    @property
    def accepted(self) -> tuple[Evidence, ...]:
        """Evidence that counted, strongest first."""
        return tuple(sorted((e for e in self.evidence if e.accepted), key=lambda e: (-e.strength, e.document, e.start)))


class Figure(Struct, frozen=True):
    """A figure of the report for the data ledger; ``recomputed`` is ``ok``, ``mismatch`` or None."""

    document: int
    quantity: Quantity
    subject: str
    year: int | None
    recomputed: str | None
    sentence: int


class Remark(Struct, frozen=True):
    """One finding of the check-up of the report itself (报告体检)."""

    code: str
    message: str
    advice: str
    document: int | None = None
    start: int | None = None
    end: int | None = None


class Ledger(Struct, frozen=True):
    """How many indicators got which verdict; sums to the number of indicators.

    ``waived`` and ``lifted`` (met only by attestation) are tallies apart: they are inside the counts, never added.
    """

    total: int
    counts: tuple[tuple[str, int], ...]
    waived: int = 0
    lifted: int = 0

    def __getitem__(self, verdict: Verdict) -> int:
        return dict(self.counts)[verdict.value]


class Rates(Struct, frozen=True):
    """Numerators and denominators, never a total score. ``checkable`` is A+B+C that apply."""

    mentioned: tuple[int, int]
    sufficient: tuple[int, int]
    blank: tuple[int, int]


class Assessment(Struct, frozen=True):
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
    checkup: Sequence[Remark]
    figures: Sequence[Figure]
    warnings: Sequence[str] = ()
    comparison: Comparison | None = None
    materials: tuple[Material, ...] = ()


def tally(findings: tuple[Finding, ...]) -> Ledger:
    """The one place that counts verdicts."""
    verdicts = [f.verdict for f in findings]
    ledger = Ledger(
        len(findings),
        tuple((v.value, verdicts.count(v)) for v in Verdict),
        sum(f.waived is not None for f in findings),
        sum(f.lifted for f in findings),
    )
    assert sum(n for _, n in ledger.counts) == ledger.total
    return ledger
