"""Findings as the page shows them: chapters of indicators, each with elements, evidence, clues, gaps and materials."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from checker.model import Assessment, Evidence, Finding, Indicator, Suggestion, Verdict
from checker.model.codes import KINDS, PROVENANCE, SEVERITY, VERIFIABILITY
from checker.model.words import LEDGER_ORDER as ORDER
from checker.outputs.html.changes import ChangeView
from checker.outputs.html.reading import place, sentence_id
from checker.outputs.html.safe import display, quoted

# How many sentences of a kind stand in the page itself; the rest is drawn from the data on request.
SHOWN = 6


class EvidenceView(Struct, frozen=True):
    """One sentence in an indicator's list. ``target`` is the id of the sentence, empty where there is none."""

    target: str
    tag: str
    use: str
    element: str
    where: str
    note: str
    quote: str
    fresh: bool = False


class ElementView(Struct, frozen=True):
    """An element and whether it is covered."""

    name: str
    required: bool
    covered: bool


class FigureView(Struct, frozen=True):
    """A figure of the report held against a metric."""

    name: str
    value: str
    require: str
    result: str
    target: str


class IndicatorView(Struct, frozen=True):
    """Everything the page says about one indicator."""

    id: str
    number: str
    title: str
    chapter: str
    section: str
    verdict: Verdict
    severity: str
    severity_label: str
    red_line: bool
    waived: str
    attested: tuple[str, ...]
    lifted: bool
    units: str
    lead: tuple[str, ...]
    support: tuple[str, ...]
    kind: str
    verifiability: str
    provenance: str
    wording: str
    official: bool
    reasons: tuple[str, ...]
    printed: str
    elements: tuple[ElementView, ...]
    figures: tuple[FigureView, ...]
    accepted: tuple[EvidenceView, ...]
    accepted_count: int
    refused: tuple[EvidenceView, ...]
    refused_count: int
    suggestions: tuple[EvidenceView, ...]
    missing: tuple[str, ...]
    materials: tuple[str, ...]
    measures: tuple[str, ...]
    basis: tuple[str, ...]
    thresholds: tuple[str, ...]
    change: ChangeView | None


class ChapterView(Struct, frozen=True):
    """A first-level indicator with its indicators."""

    id: str
    name: str
    indicators: tuple[IndicatorView, ...]

    @property
    def counts(self) -> tuple[tuple[Verdict, int], ...]:
        """Verdicts that occur, with how many, in the order of the page."""
        found = Counter(i.verdict for i in self.indicators)
        return tuple((v, found[v]) for v in ORDER if found[v])


def shown_numbers(indicators: Iterable[Indicator]) -> dict[str, str]:
    """What the page calls each indicator."""
    return {i.id: i.number for i in indicators}


def chapter_views(
    a: Assessment, numbers: dict[str, str], changed: dict[str, ChangeView], fresh: frozenset[tuple[int, int]]
) -> tuple[ChapterView, ...]:
    """All chapters in order."""
    return tuple(
        ChapterView(
            c.id,
            c.name,
            tuple(
                _indicator(f, a, numbers, changed.get(f.indicator.id), fresh)
                for f in a.findings
                if f.indicator.chapter == c.id
            ),
        )
        for c in a.index.chapters
    )


def order_of(evidence: Iterable[Evidence]) -> list[Evidence]:
    """The order of the lists: what counts (strongest first), then what was refused, each in text order."""
    return sorted(evidence, key=lambda e: (not e.accepted, -e.strength, e.document, e.start))


def tag(e: Evidence) -> str:
    """How a sentence counts, in a word."""
    if e.use == "denial":
        return "否认"
    if e.use == "admission":
        return "自认"
    if e.use == "plan":
        return "计划"
    return f"{e.strength.name} {e.strength.label}" if e.accepted else "未采信"


def use_class(e: Evidence) -> str:
    """The colour of one use."""
    if e.accepted:
        return {"denial": "den", "admission": "adm"}.get(e.use, f"u{max(1, e.strength.value)}")
    return "plan" if e.use == "plan" else "ref"


def element_name(e: Evidence, indicator: Indicator) -> str:
    """The element a sentence supports, or 话题 for a mere clue."""
    return next((x.name for x in indicator.elements if x.id == e.element), "话题")


def _indicator(
    f: Finding, a: Assessment, numbers: dict[str, str], changed: ChangeView | None, fresh: frozenset[tuple[int, int]]
) -> IndicatorView:
    i = f.indicator
    accepted = _by_sentence(e for e in order_of(f.evidence) if e.accepted)
    refused = _by_sentence(e for e in order_of(f.evidence) if not e.accepted)
    return IndicatorView(
        id=i.id,
        number=numbers[i.id],
        title=i.title,
        chapter=i.chapter,
        section=a.index.section_name(i),
        verdict=f.verdict,
        severity="red" if i.red_line else i.severity,
        severity_label=SEVERITY[i.severity],
        red_line=i.red_line,
        waived=display(f.waived or ""),
        attested=tuple(display(x.text) for x in f.attested),
        lifted=f.lifted,
        units="|".join((*i.lead, *i.support)),
        lead=i.lead,
        support=i.support,
        kind=KINDS.get(i.kind, i.kind),
        verifiability=f"{i.verifiability}：{VERIFIABILITY[i.verifiability]}",
        provenance=PROVENANCE.get(i.provenance, i.provenance),
        wording=i.wording,
        official=i.is_official,
        reasons=tuple(display(r) for r in f.reasons),
        printed=_printed(f),
        elements=tuple(ElementView(e.name, e.required, e.id in f.covered) for e in i.elements),
        figures=tuple(_figures(f)),
        accepted=tuple(_evidence(group, i, a, fresh) for group in accepted[:SHOWN]),
        accepted_count=len(accepted),
        refused=tuple(_evidence(group, i, a, frozenset()) for group in refused[:SHOWN]),
        refused_count=len(refused),
        suggestions=tuple(
            EvidenceView(
                target=sentence_id(s.document, s.sentence),
                tag="",
                use="may",
                element="",
                where=_where(a, s),
                note="",
                quote=quoted(a.analyses[s.document].document.text[s.start : s.end]),
            )
            for s in f.suggestions
        ),
        missing=f.missing,
        materials=i.materials,
        measures=i.measures,
        basis=i.basis,
        thresholds=tuple(t.text for t in i.thresholds),
        change=changed,
    )


def _printed(f: Finding) -> str:
    """The reasons on one line, with what is missing where they do not say it."""
    says = any(r.startswith("缺要素") for r in f.reasons)
    return display("；".join(f.reasons) + ("" if says or not f.missing else "。缺：" + "、".join(f.missing)))


def _by_sentence(evidence: Iterable[Evidence]) -> list[list[Evidence]]:
    """One group a sentence, in the order in which each first comes; a sentence may bear on several elements."""
    groups: dict[tuple[int, int, int], list[Evidence]] = {}
    for e in evidence:
        groups.setdefault((e.document, e.sentence, 0 if e.sentence else e.start), []).append(e)
    return list(groups.values())


def _evidence(
    group: list[Evidence], indicator: Indicator, a: Assessment, fresh: frozenset[tuple[int, int]]
) -> EvidenceView:
    first = group[0]
    names = dict.fromkeys(element_name(e, indicator) for e in group if e.element) or {"话题": None}
    notes = dict.fromkeys(
        e.note + (f"（{e.refused_by.split('-')[0]}）" if e.refused_by else "")
        for e in group
        if e.element or len(group) == 1
    )
    return EvidenceView(
        target=sentence_id(first.document, first.sentence) if first.sentence else "",
        tag=tag(first),
        use=use_class(first),
        element="、".join(names),
        where=place(a, first.document, first.where),
        note=display("；".join(notes) or first.note),
        quote=quoted(first.quote),
        fresh=(first.document, first.sentence) in fresh,
    )


def _where(a: Assessment, s: Suggestion) -> str:
    found = (x.where for x in a.analyses[s.document].sentences if x.number == s.sentence)
    return place(a, s.document, next(found, ""))


def _figures(f: Finding) -> Iterable[FigureView]:
    for v in f.metrics:
        unit = v.metric.unit
        bound = {">=": "不低于 ", "<=": "不高于 ", "~": "约 "}.get(v.comparator, "")
        require = f"{v.metric.require[0]} {v.metric.require[1]:g}{unit}" if v.metric.require else "无门槛，只列数值"
        result = "—" if v.passed is None else "√ 达到" if v.passed else "× 未达到"
        yield FigureView(
            v.metric.name, f"{bound}{v.value:g}{unit}", require, result, sentence_id(v.document, v.sentence)
        )
