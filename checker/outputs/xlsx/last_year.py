"""Against last year's workbook: which conclusions rose or fell, and what became of last year's 下一步."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct

from checker.errors import Issue, Location
from checker.model import Assessment, Verdict
from checker.outputs import Context
from checker.review.workbook.earlier import Earlier, WorkbookError, read
from checker.review.workbook.follow import AGAIN, DONE, PERHAPS, UNSEEN, follow, promises
from checker.review.workbook.layout import INDICATORS, SENTENCES
from checker.review.workbook.merged import Change
from checker.review.workbook.tables import plain

_BETTER = (Verdict.MISSING, Verdict.PLANNED, Verdict.WEAK, Verdict.PARTIAL, Verdict.MET)
_PLANNED = "计划"


class Against(Struct, frozen=True):
    """Lines for 变更记录 and one sentence for the leaders."""

    changes: tuple[Change, ...]
    summary: str


def compare(a: Assessment, context: Context) -> Against:
    """Hold this run against last year's workbook; raises WorkbookError if it can't be one."""
    assert context.previous is not None
    old = read(context.previous, context.previous_name)
    where = Location(context.previous_name)
    year, place = old.metadata.get("year", ""), old.metadata.get("place", "")
    if place and a.place and place != a.place:
        message = f"上年的工作簿是「{place}」的，本次是「{a.place}」，不能比较。请核对文件。"
        raise WorkbookError([Issue(where, "E425", message)])
    if year and a.year and int(year) >= a.year:
        message = f"这个工作簿是 {year} 年度的，不早于本次的 {a.year} 年度；--previous 要给上一年度的。"
        raise WorkbookError([Issue(where, "E426", message)])
    if "sentences" not in old.tables:
        raise WorkbookError([Issue(where, "E427", f"没有「{SENTENCES.name}」表，看不到上年的下一步安排。")])
    name = f"{year}年" if year else "上年"
    verdicts, moves = _verdicts(a, old)
    plans, count = _plans(a, old)
    summary = (
        f"与{name}的工作簿相比：结论上升 {moves['up']} 项，下降 {moves['down']} 项；"
        f"{name}的下一步安排 {sum(count.values())} 件，{DONE} {count[DONE]}，可能相关 {count[PERHAPS]}，"
        f"{AGAIN} {count[AGAIN]}，本次文本中{UNSEEN} {count[UNSEEN]}。详见「变更记录」。"
    )
    return Against((*verdicts, *plans), summary)


def _verdicts(a: Assessment, old: Earlier) -> tuple[list[Change], Counter[str]]:
    rank = {v.label: n for n, v in enumerate(_BETTER)}
    table = old.tables.get("indicators")
    before = {r.key: r.values for r in table.rows} if table else {}
    moves: Counter[str] = Counter()
    out = []
    for f in a.findings:
        values = before.get(f.indicator.id)
        if values is None:
            continue
        was = plain(values.get("human")) or plain(values.get("verdict"))
        if was == f.label:
            continue
        x, y = rank.get(was.split("·")[0]), rank.get(f.verdict.label)
        if x is not None and y is not None:
            moves["up" if y > x else "down" if y < x else "same"] += 1
        out.append(Change("较上年", INDICATORS.name, f.indicator.id, f.indicator.label, was, f.label))
    return out, moves


def _plans(a: Assessment, old: Earlier) -> tuple[list[Change], Counter[str]]:
    made = []
    for r in old.tables["sentences"].rows:
        if plain(r.values.get("role")) == _PLANNED:
            made += promises(
                plain(r.values.get("text")),
                plain(r.values.get("path")),
                plain(r.values.get("other")).replace("（计划）", ""),
            )
    out = []
    count: Counter[str] = Counter()
    for n, x in enumerate(follow(made, a.analyses), 1):
        count[x.outcome] += 1
        said = (
            f"{x.outcome}：「{x.quote.strip()}」（{x.where}）"
            if x.quote
            else f"{x.outcome}：本次提交文本中未见，请责任单位说明。"
        )
        about = f"（指标 {x.promise.indicators}）" if x.promise.indicators else ""
        before = f"「{x.promise.sentence}」（{x.promise.where}）{about}"
        out.append(Change("上年计划", SENTENCES.name, f"计划-{n:02d}", x.promise.clause, before, said))
    return out, count
