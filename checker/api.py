"""The whole way in one call: documents and an index in, an Assessment out. Pure but for reading the files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from msgspec.structs import asdict, replace

from checker.assess import chapter_rates, judge, rates
from checker.checkup import examine
from checker.documents import Limits, read_document
from checker.errors import CheckerError, Issue
from checker.figures import ledger
from checker.matching import Rules, collect, prepare
from checker.matching.materials import lift, settle
from checker.matching.suggest import Candidates, candidates, suggest
from checker.model import (
    Analysis,
    Assessment,
    Comparison,
    Document,
    Evidence,
    Finding,
    Genre,
    Index,
    Indicator,
    Later,
    MetricValue,
    Review,
    Verdict,
    tally,
)
from checker.text.sentences import analyze


def read_documents(
    paths: Sequence[str], encoding: str | None = None, limits: Limits | None = None
) -> tuple[Document, ...]:
    """Read a report and its materials; raises one CheckerError with all that can't be read."""
    documents, issues = read_what_can_be(paths, encoding, limits)
    if issues:
        raise CheckerError(issues)
    return documents


def read_what_can_be(
    paths: Sequence[str], encoding: str | None = None, limits: Limits | None = None
) -> tuple[tuple[Document, ...], tuple[Issue, ...]]:
    """A report (the first) with the materials that can be read, and what is wrong with the others.

    Raises CheckerError with all problems where the report itself can't be read: then there is nothing to judge.
    """
    documents: list[Document] = []
    issues: list[Issue] = []
    for number, path in enumerate(paths):
        try:
            documents.append(read_document(path, encoding, limits=limits, material=number > 0))
        except CheckerError as error:
            issues.extend(error.issues)
    if not paths:
        raise CheckerError("没有给出任何文件。")
    if not documents or documents[0].material:
        raise CheckerError(issues)
    return tuple(documents), tuple(issues)


def check(
    documents: Sequence[Document],
    index: Index,
    *,
    rules: Rules | None = None,
    level: str | None = None,
    year: int | None = None,
    place: str | None = None,
    review: Review | None = None,
) -> Assessment:
    """Judge documents (the report first) against an index. ``review`` is what people add to it."""
    rules = rules or prepare(index)
    first = analyze(documents[0], level=level, year=year, place=place)
    analyses = (first, *(_analyzed(d, first) for d in documents[1:]))
    return assess(analyses, index, rules, review or Review())


def _analyzed(document: Document, report: Analysis) -> Analysis:
    """A material as the report's body reads it; where it names no year, the report's is held against it."""
    level, place = report.reporter.level, report.reporter.place
    found = analyze(document, level=level, place=place)
    if found.reporter.year is None and report.reporter.year is not None:
        return analyze(document, level=level, year=report.reporter.year, place=place)
    return found


def earlier_reports(analyses: tuple[Analysis, ...]) -> tuple[int, ...]:
    """Numbers of the documents that are reports of an earlier year than the first: to compare with, never evidence."""
    year = analyses[0].reporter.year
    return tuple(
        number
        for number, a in enumerate(analyses)
        if number
        and year
        and a.reporter.title
        and a.reporter.genre is Genre.REPORT
        and (a.reporter.year or year) < year
    )


def assess(analyses: tuple[Analysis, ...], index: Index, rules: Rules, review: Review | None = None) -> Assessment:
    """Judge analyzed documents. Raises CheckerError where what people added does not hold."""
    first = analyses[0].reporter
    review = review or Review()
    if review.attestations:  # what people add is imported only where they added something
        from checker.review.attestations import refuse_stale

        refuse_stale(review, first.year)
    evidence: dict[str, list[Evidence]] = {}
    values: dict[str, list[MetricValue]] = {}
    earlier, twins = earlier_reports(analyses), _twins(analyses)
    materials = tuple(n for n, a in enumerate(analyses) if a.document.material and n not in earlier)
    for number, analysis in enumerate(analyses):
        if number in earlier or number in twins:
            continue
        found = collect(analysis, rules, number)
        if number in materials:
            found = settle(found, analysis, analyses[0])
        for e in found.evidence:
            evidence.setdefault(e.indicator, []).append(e)
        for indicator, value in found.metrics:
            values.setdefault(indicator, []).append(value)
    among = cache(lambda: candidates(analyses, earlier))
    judged: list[Finding] = []
    for i in index.indicators:
        found_here, attested = lift(evidence.get(i.id, ()), analyses, materials), review.attested(i.id)
        figures_here = tuple(values.get(i.id, ()))
        if not (found_here or figures_here or attested):
            judged.append(_blank(rules, i, first.level, among))
            continue
        finding = judge(i, found_here, figures_here, first.level, attested)
        judged.append(_with_suggestions(finding, among) if finding.verdict is Verdict.MISSING else finding)
    findings = tuple(judged)
    if review.waivers:
        from checker.review.waivers import waive

        findings = waive(findings, review)
    figures = Later(lambda: ledger(analyses))
    warnings = tuple(
        f"{a.document.path}：看起来不像法治政府建设报告，而像{a.reporter.genre.label}（{a.reporter.genre_reason}），其中的话不作成果采信。"
        for n, a in enumerate(analyses)
        if a.reporter.genre is not Genre.REPORT and n not in materials
    ) + tuple(
        f"{analyses[n].document.path}：是 {analyses[n].reporter.year} 年度的报告，只用来与本年度比较，其中的话不作本年度证据。"
        for n in earlier
    )
    warnings += _told(analyses, materials, twins)
    assessment = Assessment(
        index=index,
        analyses=analyses,
        year=first.year,
        place=first.place,
        level=first.level,
        findings=findings,
        ledger=tally(findings),
        rates=rates(findings),
        chapter_rates=chapter_rates(index, findings),
        checkup=Later(lambda: examine(analyses, index, findings, figures, earlier, materials)),
        figures=figures,
        warnings=Later(lambda: (*warnings, *_idle(findings), *_leaks(analyses))),
    )
    if review.baseline is None and not review.closed:
        return assessment
    texts = [a.document.text for n, a in enumerate(analyses) if n not in earlier]
    return replace(assessment, comparison=_comparison(assessment, review, texts))


def _idle(findings: tuple[Finding, ...]) -> Iterator[str]:
    """Attestations that changed nothing: said, so that nobody takes them for more."""
    for f in findings:
        if not f.lifted:
            for a in f.attested:
                yield f"{a.place}：「{f.indicator.label}」的人工佐证已登记，结论没有因此改变，仍是「{f.verdict.label}」。"


def _leaks(analyses: tuple[Analysis, ...]) -> tuple[str, ...]:
    from checker.review.public import leak_warnings

    return tuple(leak_warnings(analyses))


def _comparison(assessment: Assessment, review: Review, texts: list[str]) -> Comparison:
    """This run beside the baseline, and beside what people closed in the workbook."""
    from checker.review.compare import compare, reopened, sort
    from checker.review.snapshot import take

    now = take(assessment)
    back = reopened(review.closed, now.entries)
    if review.baseline is None:
        return Comparison(review.closed[0].source, "", back)
    c = compare(review.baseline, now, texts)
    return replace(c, differences=sort((*c.differences, *back), [e.indicator for e in now.entries]))


def _twins(analyses: tuple[Analysis, ...]) -> dict[int, int]:
    """Documents with the same text as one before them: number -> number of the first. They count once."""
    seen: dict[str, int] = {}
    return {n: first for n, a in enumerate(analyses) if (first := seen.setdefault(a.view.text, n)) != n}


def _told(analyses: tuple[Analysis, ...], materials: tuple[int, ...], twins: dict[int, int]) -> tuple[str, ...]:
    """What to say of the documents: what was not read in them, the same text twice, materials that are no facts."""
    out = [f"{a.document.path}：{note}" for a in analyses for note in a.document.notes]
    for n, first in twins.items():
        out.append(f"{analyses[n].document.path}：和 {analyses[first].document.path} 文字相同，只计一次。")
    for n in materials:
        reporter = analyses[n].reporter
        if reporter.genre is not Genre.REPORT and n not in twins:
            what = f"{reporter.genre.label}（{reporter.genre_reason}）"
            out.append(f"{analyses[n].document.path}：材料是{what}，其中的话不作成果；报告引用它时用来印证。")
    return tuple(out)


def _blank(rules: Rules, indicator: Indicator, level: str, among: Callable[[], Candidates]) -> Finding:
    """The finding where a text says nothing at all: the same for every such text of a level but for suggestions."""
    values = rules.blanks.get((indicator.id, level))
    if values is None:
        finding = judge(indicator, (), (), level)
        values = rules.blanks[indicator.id, level] = asdict(finding)
    if values["verdict"] is not Verdict.MISSING:
        return Finding(**values)
    return Finding(**{**values, "suggestions": Later(lambda: suggest(indicator, among()))})


def _with_suggestions(finding: Finding, among: Callable[[], Candidates]) -> Finding:
    return replace(finding, suggestions=Later(lambda: suggest(finding.indicator, among())))
