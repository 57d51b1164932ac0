"""Assessment -> the tables about the text: 证据摘录, 逐句对照, 数据台账, 报告体检."""

from __future__ import annotations

from collections import defaultdict

from checker.model import Analysis, Assessment, Clause, Evidence, Sentence
from checker.outputs.xlsx import phrases
from checker.outputs.xlsx.cells import pieces
from checker.outputs.xlsx.tables import heading, row
from checker.review.workbook.layout import CHECKUP, EXCERPTS, FIGURES, SENTENCES
from checker.review.workbook.tables import Link, Row, Table, keyed


def excerpts(a: Assessment) -> tuple[Table, dict[str, str]]:
    """证据摘录, and for each indicator the row that its quote stands in."""
    sentences = [{s.number: s for s in x.sentences} for x in a.analyses]
    rows: list[Row] = []
    decisive: dict[str, int] = {}
    for f in a.findings:
        names = {e.id: e.name for e in f.indicator.elements}
        chosen = phrases.shown(f)
        for e in _merged(f.evidence):
            sentence = sentences[e.document][e.sentence]
            clause = _clause(sentence, e)
            if chosen and (e.document, e.sentence, e.use, e.element) == (
                chosen.document,
                chosen.sentence,
                chosen.use,
                chosen.element,
            ):
                decisive[f.indicator.id] = len(rows)
            rows.append(
                row(
                    EXCERPTS,
                    (
                        Link("where", "sentences", f"{e.document}:{e.sentence}"),
                        Link("number", "indicators", f.indicator.id),
                    ),
                    row=len(rows) + 1,
                    number=f.indicator.id,
                    title=f.indicator.label,
                    use=contribution(e),
                    strength=f"{e.strength.name} {e.strength.label}",
                    tense=e.tense.label,
                    polarity=clause.polarity.label if clause else "",
                    subject=clause.subject if clause else "",
                    year=clause.year if clause and clause.year else a.analyses[e.document].reporter.year,
                    quote=e.quote,
                    where=phrases.where(a, e),
                    element=names.get(e.element or "", ""),
                    code=e.refused_by or "",
                    reason=e.note,
                )
            )
    table = Table(EXCERPTS, heading(a, "证据摘录"), keyed(EXCERPTS, rows))
    return table, {i: table.rows[n].key for i, n in decisive.items()}


def _merged(evidence: tuple[Evidence, ...]) -> list[Evidence]:
    """A sentence that only names the topic is left out where the same sentence says more."""
    said = {(e.document, e.sentence) for e in evidence if e.use != "about"}
    kept: dict[tuple[object, ...], Evidence] = {}
    for e in evidence:
        if e.use == "about" and (e.document, e.sentence) in said:
            continue
        kept.setdefault((e.document, e.sentence, e.use, e.element, e.accepted, e.refused_by), e)
    return sorted(kept.values(), key=lambda e: (not e.accepted, -e.strength, e.document, e.start))


def contribution(e: Evidence) -> str:
    """采信, 线索, 计划, 自认, 否认 or 被拒."""
    if e.use == "plan":
        return "计划"
    if not e.accepted:
        return "被拒"
    if e.use == "admission":
        return "自认"
    if e.use == "denial":
        return "否认"
    return "采信" if e.use in ("element", "metric") and e.strength >= 2 else "线索"


def _clause(sentence: Sentence, e: Evidence) -> Clause | None:
    at = e.matched[0][0] if e.matched else e.start
    return next((c for c in sentence.clauses if c.start <= at < c.end), None) or (
        sentence.clauses[0] if sentence.clauses else None
    )


def sentences(a: Assessment) -> tuple[Table, dict[str, str]]:
    """逐句对照, and for ``document:sentence`` the row it stands in."""
    counted: dict[tuple[int, int], list[str]] = defaultdict(list)
    other: dict[tuple[int, int], list[str]] = defaultdict(list)
    refused: dict[tuple[int, int], str] = {}
    for f in a.findings:
        number = f.indicator.number
        for e in f.evidence:
            at = (e.document, e.sentence)
            kind = contribution(e)
            into = counted if kind in ("采信", "自认", "否认") else other
            said = number if kind == "采信" else f"{number}（{kind}）"
            if said not in into[at]:
                into[at].append(said)
            if e.refused_by:
                refused.setdefault(at, e.refused_by)
    rows: list[Row] = []
    first: dict[str, int] = {}
    for n, analysis in enumerate(a.analyses):
        text = analysis.document.text
        for s in analysis.sentences:
            at = (n, s.number)
            first[f"{n}:{s.number}"] = len(rows)
            begin = s.start
            for part, piece in enumerate(pieces(text[s.start : s.end])):
                rows.append(
                    row(
                        SENTENCES,
                        row=len(rows) + 1,
                        document=phrases.document_name(a, n),
                        line=s.line,
                        path=(s.path or "正文") + ("（续）" if part else ""),
                        text=piece,
                        role="标题" if s.heading else s.role.label,
                        tense="、".join(dict.fromkeys(c.tense.label for c in s.clauses)) if not s.heading else "",
                        counted="、".join(counted[at]),
                        other="、".join(x for x in other[at] if x.split("（")[0] not in counted[at]),
                        unclaimed=""
                        if counted[at]
                        else _why_unclaimed(s, at in other and bool(other[at]), refused.get(at)),
                        span=f"[{begin},{begin + len(piece)})",
                    )
                )
                begin += len(piece)
    table = Table(SENTENCES, heading(a, "逐句对照"), keyed(SENTENCES, rows))
    return table, {k: table.rows[n].key for k, n in first.items()}


def _why_unclaimed(s: Sentence, clue: bool, code: str | None) -> str:
    if s.noise:
        return "不是正文"
    if s.heading:
        return "是标题"
    if code:
        return f"被拒 {code}"
    if clue:
        return "只作线索"
    if s.role.value == "plan":
        return "属下一步安排"
    if s.role.value in ("overview", "metadata"):
        return "属" + s.role.label
    return "无指标认领"


def _sentence_at(analysis: Analysis, start: int) -> Sentence | None:
    return next((s for s in analysis.sentences if s.start <= start < s.end), None)


def figures(a: Assessment) -> Table:
    """数据台账."""
    claimed: dict[tuple[int, int], list[str]] = defaultdict(list)
    for f in a.findings:
        for e in f.evidence:
            if (
                e.accepted
                and e.use in ("element", "metric")
                and f.indicator.number not in claimed[(e.document, e.sentence)]
            ):
                claimed[(e.document, e.sentence)].append(f.indicator.number)
    by_number = [{s.number: s for s in x.sentences} for x in a.analyses]
    rows: list[Row] = []
    for x in a.figures:
        text = a.analyses[x.document].document.text
        s = by_number[x.document][x.sentence]
        place = s.where if len(a.analyses) == 1 else f"{phrases.document_name(a, x.document)}·{s.where}"
        rows.append(
            row(
                FIGURES,
                (Link("where", "sentences", f"{x.document}:{x.sentence}"),),
                row=len(rows) + 1,
                subject=x.subject,
                text=text[x.quantity.start : x.quantity.end],
                value=x.quantity.value,
                unit=x.quantity.unit,
                year=x.year,
                recomputed={"ok": "相符", "mismatch": "不符"}.get(x.recomputed or "", "—"),
                indicators="、".join(claimed[(x.document, x.sentence)]),
                quote=text[s.start : s.end],
                where=place,
            )
        )
    return Table(FIGURES, heading(a, "数据台账"), keyed(FIGURES, rows))


def checkup(a: Assessment) -> Table:
    """报告体检."""
    rows: list[Row] = []
    for r in a.checkup:
        quote, place, links = "", "", []
        if r.document is not None and r.start is not None and r.end is not None:
            analysis = a.analyses[r.document]
            quote = analysis.document.text[r.start : r.end]
            s = _sentence_at(analysis, r.start)
            if s is not None:
                place = s.where if len(a.analyses) == 1 else f"{phrases.document_name(a, r.document)}·{s.where}"
                links.append(Link("where", "sentences", f"{r.document}:{s.number}"))
        elif r.document is not None:
            place = phrases.document_name(a, r.document)
        rows.append(
            row(
                CHECKUP,
                links,
                row=len(rows) + 1,
                code=r.code,
                message=r.message,
                advice=r.advice,
                quote=quote,
                where=place,
            )
        )
    return Table(CHECKUP, heading(a, "报告体检"), keyed(CHECKUP, rows))
