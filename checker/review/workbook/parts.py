"""Parts of a workbook that went out to units and came back: what they typed, held against the whole. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from checker.errors import Issue, Location
from checker.review.workbook.earlier import Earlier, OldRow
from checker.review.workbook.layout import ACTIONS, MATERIALS, PROBLEMS, Sheet
from checker.review.workbook.tables import Value, plain

SENT: tuple[Sheet, ...] = (PROBLEMS, ACTIONS, MATERIALS)
PART, UNDECIDED = "part", "未定牵头单位"


class Typed(Struct, frozen=True):
    """One cell that a unit filled in. ``before`` is what stood there when the part was made."""

    unit: str
    path: str
    sheet: str
    key: str
    column: str
    before: str
    value: Value


class Extra(Struct, frozen=True):
    """A row that a unit added, or that the whole does not know any more."""

    unit: str
    path: str
    sheet: str
    key: str
    text: str


def unit_rows(whole: Earlier) -> dict[str, list[OldRow]]:
    """The problems of each leading unit, as the list names them."""
    out: dict[str, list[OldRow]] = {}
    for r in whole.tables["problems"].rows:
        out.setdefault(plain(r.values.get("lead")).strip() or UNDECIDED, []).append(r)
    return out


def fits(part: Earlier, whole: Earlier, path: str) -> tuple[Issue | None, str]:
    """Why a file can't be joined, or a note that it was made from an earlier state."""
    where = Location(path)
    if PART not in part.metadata:
        return Issue(where, "E421", "不是「拆分」发出的文件（是总表或别的工作簿），没有合并。"), ""
    for name, key in (("地区", "place"), ("年度", "year"), ("指标体系", "index")):
        a, b = part.metadata.get(key, ""), whole.metadata.get(key, "")
        if a != b:
            return Issue(where, "E422", f"{name}不同：这份是「{a}」，总表是「{b}」，没有合并。"), ""
    if part.baseline is None:
        return Issue(
            where, "E423", "隐藏的基线表被删了，分不清哪些是单位填的，没有合并。请重新拆分后把内容抄过去。"
        ), ""
    if part.metadata.get("texts") != whole.metadata.get("texts"):
        return (
            None,
            f"{path}：是按 {part.metadata.get('moment', '以前')} 的总表拆出的，之后总表又检查过；已按编号合并。",
        )
    return None, ""


def typed(part: Earlier, path: str) -> Iterator[Typed | Extra]:
    """Everything that a unit typed into its part."""
    unit = part.metadata.get(PART, "")
    for spec in SENT:
        old = part.tables.get(spec.key)
        for r in old.rows if old else ():
            written = part.written(spec.key, r.key)
            if written is None:
                said = [f"{spec[k].title}：{plain(v)}" for k, v in r.values.items() if plain(v)]
                yield Extra(unit, path, spec.key, r.key, "；".join(said))
                continue
            for c in spec.typed():
                if c.key in r.values and plain(r.values[c.key]) != written.last(c.key):
                    yield Typed(unit, path, spec.key, r.key, c.key, written.last(c.key), r.values[c.key])


class Decision(Struct, frozen=True):
    """What becomes of a typed cell: ``take`` it, or it stands against ``now`` in the whole, or ``same`` already."""

    typed: Typed
    outcome: str
    now: str


def decide(found: Sequence[Typed], whole: Earlier) -> Iterator[Decision]:
    """Hold what units typed against the whole. The first of two units that differ is taken, the other is a conflict."""
    taken: dict[tuple[str, str, str], str] = {}
    rows = {(k, r.key): r for k, t in whole.tables.items() for r in t.rows}
    for t in found:
        row = rows.get((t.sheet, t.key))
        place = (t.sheet, t.key, t.column)
        if row is None:
            yield Decision(t, "unknown", "")
            continue
        now = taken.get(place, plain(row.values.get(t.column)))
        if now == plain(t.value):
            yield Decision(t, "same", now)
        elif place not in taken and (now == t.before or not now):
            taken[place] = plain(t.value)
            yield Decision(t, "take", now)
        else:
            yield Decision(t, "conflict", now)
