"""Put the workbook together: this run's tables, what people added to the earlier workbook, forms, hidden sheets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, to_builtins
from msgspec.structs import replace
from openpyxl.workbook import Workbook

from checker.errors import Issue, Location
from checker.model import Assessment, Verdict
from checker.outputs import Context
from checker.outputs.xlsx import carry, cover, guide, hidden, last_year, leaders, tables, text_tables
from checker.outputs.xlsx.archive import to_bytes
from checker.outputs.xlsx.grid import Canvas, draw
from checker.outputs.xlsx.styles import Styles
from checker.review.workbook import layout
from checker.review.workbook.earlier import Earlier, WorkbookError, read
from checker.review.workbook.layout import CHANGES, FIRST_ROW
from checker.review.workbook.log import log
from checker.review.workbook.merge import Merger
from checker.review.workbook.merged import Change, Drawing, Merged, fresh
from checker.review.workbook.tables import Row, Table, fingerprint, plain

FIRST_TIME = "首次生成，没有可比的上次结果。"


class Facts(Struct, frozen=True):
    """What the hidden metadata says about a run; two runs with equal ``texts`` looked at the same things."""

    place: str
    year: str
    level: str
    index: str
    texts: str
    moment: str


def facts(a: Assessment, context: Context) -> Facts:
    """The facts of this run."""
    shas = [x.document.sha256 for x in a.analyses]
    return Facts(
        a.place,
        str(a.year or ""),
        a.level,
        a.index.id,
        fingerprint("\x1f".join([a.index.sha256, context.tool_version, *shas])),
        f"{context.moment:%Y-%m-%d %H:%M}",
    )


def build(a: Assessment, context: Context) -> bytes:
    """The workbook: new, or the one that stands at the target with this run merged in."""
    now = facts(a, context)
    earlier = read(context.earlier, context.target) if context.earlier is not None else None
    if earlier is not None:
        _same_subject(earlier, now, context.target)
    human = humans(earlier)
    found = run_tables(a, human)
    merged, since = _merge(a, found, earlier, now)
    against = last_year.compare(a, context) if context.previous is not None else None
    if against is not None and since == FIRST_TIME:
        since = against.summary
    verdicts = {f.indicator.id: human.get(f.indicator.id, f.verdict) for f in a.findings}
    return _draw(a, context, now, found, merged, earlier, verdicts, since, against.changes if against else ())


def _same_subject(earlier: Earlier, now: Facts, path: str) -> None:
    """Keys name indicator, year and place: another place's workbook must not be merged into."""
    old = earlier.metadata
    for name, key, value in (
        ("地区", "place", now.place),
        ("年度", "year", now.year),
        ("指标体系", "index", now.index),
    ):
        before = old.get(key, "")
        if before and value and before != value:
            raise WorkbookError(
                [
                    Issue(
                        Location(path),
                        "E413",
                        f"这个工作簿的{name}是「{before}」，本次是「{value}」，不能合并；原文件没有动。请换一个文件名输出"
                        + ("，跨年比较用 --previous。" if key == "year" else "。"),
                    )
                ]
            )


def humans(earlier: Earlier | None) -> dict[str, Verdict]:
    """人工结论 by indicator id; of two that differ, the one typed since the last run."""
    out: dict[str, Verdict] = {}
    fresh_ones: dict[str, Verdict] = {}
    for key in ("problems", "indicators"):
        sheet = earlier.tables.get(key) if earlier else None
        for r in sheet.rows if sheet else ():
            verdict = verdict_of(plain(r.values.get("human")))
            number = r.key.removeprefix("WT-")
            if verdict is None or earlier is None:
                continue
            written = earlier.written(key, r.key)
            if written is not None and written.last("human") != plain(r.values.get("human")):
                fresh_ones.setdefault(number, verdict)
            out.setdefault(number, verdict)
    return {**out, **fresh_ones}


def verdict_of(text: str) -> Verdict | None:
    """The verdict that a person means: its name, with or without the sign, 达标 for short."""
    wanted = text.split("·")[0].strip().lstrip("".join(v.sign for v in Verdict) + " ")
    for v in Verdict:
        if wanted and (wanted == v.label or wanted == v.label.split("（")[0]):
            return v
    return None


def _merge(
    a: Assessment, found: Mapping[str, Table], earlier: Earlier | None, now: Facts
) -> tuple[tuple[Merged, Merger | None], str]:
    if earlier is None:
        drawings = {key: fresh(t) for key, t in found.items()}
        drawings["units"] = fresh(tables.units(a, drawings["problems"].table))
        return (Merged(drawings), None), FIRST_TIME
    same = earlier.metadata.get("texts") == now.texts
    merger = Merger(earlier, now.texts, same)
    drawings = merger.merge(found)
    drawings["units"] = merger.table(tables.units(a, _listed(drawings)))
    since = _since(merger.changes, earlier, same)
    return (Merged(drawings, gone=merger.gone), merger), since


def _listed(drawings: Mapping[str, Drawing]) -> Table:
    """问题清单 as merged, people's own rows included."""
    d = drawings["problems"]
    return replace(d.table, rows=tuple(line.row for line in d.lines))


_BETTER = (Verdict.MISSING, Verdict.PLANNED, Verdict.WEAK, Verdict.PARTIAL, Verdict.MET)


def _since(changes: list[Change], earlier: Earlier, same: bool) -> str:
    """One sentence for the leaders. On the same texts and rules it stays what it was."""
    kept = earlier.metadata.get("since", "")
    if same and kept:
        return kept
    rank = {v.label: n for n, v in enumerate(_BETTER)}
    moves = [
        (rank.get(c.before.split("·")[0]), rank.get(c.after.split("·")[0])) for c in changes if c.kind == "结论变化"
    ]
    up = sum(x is not None and y is not None and y > x for x, y in moves)
    down = sum(x is not None and y is not None and y < x for x, y in moves)
    count = {k: sum(c.kind == k for c in changes) for k in ("新增问题", "问题重现", "问题消失", "反弹")}
    return (
        f"与 {earlier.metadata.get('moment') or '上次'} 相比：结论上升 {up} 项，下降 {down} 项，其他变动 {len(moves) - up - down} 项；"
        f"新增问题 {count['新增问题'] + count['问题重现']} 条，消失 {count['问题消失']} 条，反弹待确认 {count['反弹']} 条。详见「变更记录」。"
    )


def _draw(
    a: Assessment,
    context: Context,
    now: Facts,
    found: Mapping[str, Table],
    merging: tuple[Merged, Merger | None],
    earlier: Earlier | None,
    verdicts: Mapping[str, Verdict],
    since: str,
    against: tuple[Change, ...],
) -> bytes:
    merged, merger = merging
    drawings = dict(merged.drawings)
    book = earlier.book if earlier is not None else Workbook()
    sheets, names = _sheets(book, earlier)
    styles = Styles(book)
    dictionary = hidden.dictionary(book, styles, hidden.units(a, drawings), hidden.suggestions(found))
    positions = {(key, line.row.key): FIRST_ROW + n for key, d in drawings.items() for n, line in enumerate(d.lines)}

    def resolve(sheet: str, key: str) -> tuple[str, int] | None:
        row = positions.get((sheet, key))
        return (names[sheet], row) if row is not None else None

    def grid(key: str) -> dict[str, float]:
        canvas = Canvas(book, sheets[key], styles, dictionary.lists, dictionary.area, dictionary.places)
        return draw(canvas, drawings[key], resolve)

    heights = {key: grid(key) for key in drawings if key != CHANGES.key}
    listed = _listed(drawings)
    fields = {
        "cover": cover.draw(sheets["cover"], styles, a, context),
        "leaders": leaders.draw(sheets["leaders"], styles, a, context, verdicts, listed, since),
        "guide": guide.draw(sheets["guide"], styles, a.index.provenance),
    }
    machine = {key: carry.machine_cells(sheets[key], places) for key, places in fields.items()}
    if earlier is not None and merger is not None:
        for spec in layout.FORMS:
            merger.changes += carry.form(sheets[spec.key], earlier, spec, fields[spec.key])
        merger.changes += [Change("提示", "", "", typed=text) for text in earlier.notes]
    changes = [*(merger.changes if merger else ()), *against]
    drawings[CHANGES.key] = log(found[CHANGES.key], changes, now.moment, earlier)
    grid(CHANGES.key)
    hidden.baseline(book, styles, drawings, heights, merged.gone, machine)
    said = {
        "tool": f"checker {context.tool_version}",
        **to_builtins(now),
        "index_sha256": a.index.sha256,
        "since": since,
    }
    said["provenance"] = a.index.provenance
    said.update({f"document:{x.document.path}": x.document.sha256 for x in a.analyses})
    hidden.metadata(book, styles, said)
    _finish(book, a)
    return to_bytes(book, context.moment)


def _sheets(book: Any, earlier: Earlier | None) -> tuple[dict[str, Any], dict[str, str]]:
    """An empty sheet for each of ours, where the earlier one stood and under the name that people gave it."""
    old = {} if earlier is None else {**{k: t.sheet for k, t in earlier.tables.items()}, **earlier.forms}
    names: dict[str, str] = {}
    sheets: dict[str, Any] = {}
    for name in layout.HIDDEN:
        if name in book.sheetnames:
            book.remove(book[name])
    if earlier is None:
        book.remove(book.worksheets[0])
    for n, spec in enumerate(layout.ORDER):
        before = old.get(spec.key)
        if before is None:
            taken = set(book.sheetnames)
            name = spec.name if spec.name not in taken else f"{spec.name}（机审）"
            at = None if earlier is None else min(n, len(book.worksheets))
            sheets[spec.key] = book.create_sheet(name, at)
        else:
            name, at = before.title, book.index(before)
            before.title = f"~{n}"
            sheets[spec.key] = book.create_sheet(name, at)
            book.remove(before)
        names[spec.key] = name
    return sheets, names


def _finish(book: Any, a: Assessment) -> None:
    for each in book.worksheets:
        each.sheet_view.tabSelected = False
    shown = next((n for n, s in enumerate(book.worksheets) if s.title == layout.LEADERS.name), 0)
    book.active = shown
    book.worksheets[shown].sheet_view.tabSelected = True
    book.properties.creator = "checker"
    book.properties.lastModifiedBy = None
    book.properties.title = tables.heading(a, "问题清单")


def run_tables(a: Assessment, human: Mapping[str, Verdict]) -> dict[str, Table]:
    """The tables of this run, links between them resolved to row keys."""
    excerpts, decisive = text_tables.excerpts(a)
    sentences, places = text_tables.sentences(a)
    found = [
        tables.problems(a, human, decisive),
        tables.indicators(a, decisive),
        excerpts,
        tables.materials(a),
        tables.actions(a, human),
        text_tables.checkup(a),
        sentences,
        text_tables.figures(a),
        Table(CHANGES, tables.heading(a, "变更记录"), ()),
    ]
    return {t.sheet.key: replace(t, rows=tuple(_resolved(r, places) for r in t.rows)) for t in found}


def _resolved(row: Row, places: Mapping[str, str]) -> Row:
    links = tuple(replace(x, key=places.get(x.key, "")) if x.sheet == "sentences" else x for x in row.links)
    return replace(row, links=links)
