"""Assessment -> the tables about indicators: 问题清单, 指标自评表, 佐证材料清单, 整改台账, 责任分解表."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from checker.model import Assessment, Finding, Verdict
from checker.outputs.xlsx import phrases
from checker.outputs.xlsx.cells import fitting
from checker.review.workbook import layout
from checker.review.workbook.layout import ACTIONS, INDICATORS, MATERIALS, PROBLEMS, UNITS, Sheet
from checker.review.workbook.tables import Link, Row, Table, Value, clean, fingerprint, keyed, plain

LABELS = {v.label: v for v in Verdict}


def row(sheet: Sheet, links: Sequence[Link] = (), /, **values: Value) -> Row:
    """A row from values by column key; columns not named stay empty."""
    unknown = values.keys() - {c.key for c in sheet.columns}
    assert not unknown, unknown
    found = (values.get(c.key) for c in sheet.columns)
    return Row("", tuple(clean(fitting(v)) if isinstance(v, str) else v for v in found), tuple(links))


def heading(a: Assessment, name: str) -> str:
    """The title above a table."""
    year = f"{a.year} 年度" if a.year else ""
    return f"{a.place}{year}法治政府建设示范指标对标　{name}"


def is_problem(finding: Finding, human: Verdict | None) -> bool:
    """Whether a finding belongs to the 问题清单: the machine says so, or a person does."""
    return finding.verdict.is_problem or (human is not None and human.is_problem)


def ranked(a: Assessment, human: Mapping[str, Verdict]) -> list[Finding]:
    """Problems in the order of the list: red lines, then 重要, then the rest; by number within."""
    order = {"红线": 0, "重要": 1, "一般": 2}
    found = [f for f in a.findings if is_problem(f, human.get(f.indicator.id))]
    return sorted(found, key=lambda f: (order[phrases.severity(f)], f.indicator.chapter != "", f.indicator.no))


def problems(a: Assessment, human: Mapping[str, Verdict], keys: Mapping[str, str]) -> Table:
    """问题清单. ``keys`` gives the excerpt row that an indicator's quote stands in."""
    chapters = {c.id: c.name for c in a.index.chapters}
    rows = []
    for n, f in enumerate(ranked(a, human), 1):
        i = f.indicator
        rows.append(
            row(
                PROBLEMS,
                _links(a, f, keys),
                row=n,
                number=f.problem_number,
                chapter=chapters[i.chapter],
                indicator=f"{i.label}\n{i.wording}",
                verdict=f.label,
                nature=phrases.nature(f),
                severity=phrases.severity(f),
                problem=phrases.problem(f),
                quote=phrases.quotes(f),
                where=_where(a, f),
                missing="、".join(f.missing),
                materials=_list(i.materials),
                lead="、".join(i.lead[:1]),
                support="、".join((*i.lead[1:], *i.support)),
                measure=_list(i.measures),
                state=layout.NEW_STATE,
            )
        )
    return Table(PROBLEMS, heading(a, "问题清单"), keyed(PROBLEMS, rows))


def indicators(a: Assessment, keys: Mapping[str, str]) -> Table:
    """指标自评表: every indicator a row."""
    chapters = {c.id: c.name for c in a.index.chapters}
    rows = []
    for n, f in enumerate(a.findings, 1):
        i = f.indicator
        added = [f"已豁免：{f.waived}"] if f.waived else []
        added += [f"人工佐证：{x.text}" for x in f.attested]
        rows.append(
            row(
                INDICATORS,
                _links(a, f, keys),
                row=n,
                number=i.id,
                title=i.label,
                chapter=chapters[i.chapter],
                section=a.index.section_name(i),
                requirement=i.wording,
                method=phrases.PROVED_BY[i.verifiability],
                verdict=f.label,
                reasons=_list((*added, *f.reasons)),
                quote=phrases.quotes(f),
                where=_where(a, f),
                metrics=phrases.metrics(f),
                gap="、".join(f.missing),
                lead="、".join(i.lead[:1]),
                support="、".join((*i.lead[1:], *i.support)),
            )
        )
    return Table(INDICATORS, heading(a, "指标自评表"), keyed(INDICATORS, rows))


def materials(a: Assessment) -> Table:
    """佐证材料清单: what each indicator that applies wants attached."""
    rows: list[Row] = []
    for f in a.findings:
        if f.verdict is Verdict.NOT_APPLICABLE:
            continue
        i = f.indicator
        for n, needed in enumerate(i.materials, 1):
            attached = [f"{x.material}\n{x.sha256[:12]}" for x in f.attested]
            attached += [f"{m.path}\n{m.sha256[:12]}" for m in a.materials if i.id in m.indicators]
            rows.append(
                row(
                    MATERIALS,
                    row=len(rows) + 1,
                    number=f"{i.no:03d}-{n:02d}",
                    indicator=i.label,
                    needed=needed,
                    attached="\n".join(dict.fromkeys(attached)) if n == 1 else "",
                    verdict=f.label,
                )
            )
    return Table(MATERIALS, heading(a, "佐证材料清单"), keyed(MATERIALS, rows))


def actions(a: Assessment, human: Mapping[str, Verdict]) -> Table:
    """整改台账: a row a problem, with what the list already says about it."""
    rows = [
        row(
            ACTIONS,
            (Link("number", "problems", f.problem_number),),
            row=n,
            number=f.problem_number,
            problem=phrases.problem(f),
            goal=phrases.goal(f),
            measure=_list(f.indicator.measures),
            lead="、".join(f.indicator.lead[:1]),
            state=layout.NEW_STATE,
        )
        for n, f in enumerate(ranked(a, human), 1)
    ]
    return Table(ACTIONS, heading(a, "整改台账"), keyed(ACTIONS, rows))


def units(a: Assessment, listed: Table) -> Table:
    """责任分解表: the problems as the list has them now, grouped by leading unit, in order of how many each has."""
    titles = {f.problem_number: f.indicator.label for f in a.findings}
    wanted = {f.problem_number: f.indicator.materials for f in a.findings}
    groups: dict[str, list[Row]] = {}
    for r in listed.rows:
        groups.setdefault(plain(listed.value(r, "lead")).strip() or "（未定牵头单位）", []).append(r)
    rows = []
    for lead, members in sorted(groups.items(), key=lambda g: (-len(g[1]), g[0])):
        for n, r in enumerate(members, 1):
            number = plain(listed.value(r, "number")) or f"自加-{fingerprint(plain(listed.value(r, 'problem')))[:6]}"
            deadline = listed.value(r, "deadline")
            rows.append(
                row(
                    UNITS,
                    (Link("number", "problems", r.key),),
                    lead=lead,
                    row=n,
                    number=number,
                    chapter=listed.value(r, "chapter"),
                    indicator=titles.get(number, plain(listed.value(r, "indicator"))),
                    problem=listed.value(r, "problem"),
                    result=_list(wanted.get(number, ())),
                    support=listed.value(r, "support"),
                    deadline=deadline if isinstance(deadline, date) else plain(deadline) or None,
                )
            )
    return Table(UNITS, heading(a, "责任分解表"), keyed(UNITS, rows))


def _list(lines: Sequence[str]) -> str:
    return lines[0] if len(lines) == 1 else "\n".join(f"{n}. {line}" for n, line in enumerate(lines, 1))


def _where(a: Assessment, f: Finding) -> str:
    e = phrases.shown(f)
    return phrases.where(a, e) if e else ""


def _links(a: Assessment, f: Finding, keys: Mapping[str, str]) -> tuple[Link, ...]:
    e = phrases.shown(f)
    if e is None:
        return ()
    links = [Link("where", "sentences", f"{e.document}:{e.sentence}")]
    if f.indicator.id in keys:
        # On the number, not on the quote: LibreOffice does not wrap the text of a linked cell.
        links.append(Link("number", "excerpts", keys[f.indicator.id]))
    return tuple(links)
