"""Two workbooks side by side: verdicts, states, what people wrote. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from checker.review.workbook.earlier import Earlier, OldSheet
from checker.review.workbook.layout import TABLES, Owner, Sheet
from checker.review.workbook.tables import plain

_TOLD = ("problems", "indicators", "materials", "actions", "units")


class Difference(Struct, frozen=True):
    """One thing that differs. ``kind`` is 新增, 消失, 结论, 状态, 人工填写 or 机审内容."""

    kind: str
    sheet: str
    number: str
    what: str
    before: str
    after: str


def differences(old: Earlier, new: Earlier) -> tuple[Difference, ...]:
    """Every difference on the sheets that people work on, in the order of sheets and rows."""
    out: list[Difference] = []
    for spec in TABLES:
        if spec.key in _TOLD and spec.key in old.tables and spec.key in new.tables:
            out.extend(_sheet(spec, old.tables[spec.key], new.tables[spec.key]))
    return tuple(out)


def _sheet(spec: Sheet, old: OldSheet, new: OldSheet) -> Iterator[Difference]:
    before = {r.key: r for r in old.rows if r.key}
    after = {r.key: r for r in new.rows if r.key}
    for key, r in after.items():
        number = key.split("\x1f")[0]
        if key not in before:
            yield Difference("新增", spec.name, number, _title(r.values), "", plain(r.values.get("verdict")))
            continue
        for c in spec.columns:
            a, b = plain(before[key].values.get(c.key)), plain(r.values.get(c.key))
            if a == b or c.key == "row":
                continue
            kind = {"verdict": "结论", "state": "状态"}.get(c.key) or (
                "机审内容" if c.owner is Owner.MACHINE else "人工填写"
            )
            yield Difference(kind, spec.name, number, c.title, a, b)
    for key, r in before.items():
        if key not in after:
            yield Difference(
                "消失", spec.name, key.split("\x1f")[0], _title(r.values), plain(r.values.get("verdict")), ""
            )
    added = {c.title for c in new.columns if c.key is None} - {c.title for c in old.columns if c.key is None}
    for title in sorted(added):
        yield Difference("新增", spec.name, "", f"自加列「{title}」", "", "")


def _title(values: object) -> str:
    get = getattr(values, "get", lambda _: None)
    return plain(get("indicator") or get("title") or get("needed") or "").split("\n")[0]


def saved_by(workbook: Earlier) -> tuple[str, str]:
    """Who saved the file last, and when, as the file itself says."""
    p = workbook.book.properties
    return p.lastModifiedBy or "", f"{p.modified:%Y-%m-%d %H:%M}" if p.modified else ""
