"""Two runs side by side: what rose, fell, appeared, vanished, and whose quote no longer stands in the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from checker.model import Closed, Comparison, Difference, Entry, Snapshot, Trace, Verdict
from checker.review.snapshot import plain

# From best to worst. A contradiction that people must judge is worse than what the text showed before.
_ORDER = (
    Verdict.MET,
    Verdict.PARTIAL,
    Verdict.WEAK,
    Verdict.MANUAL,
    Verdict.PLANNED,
    Verdict.MISSING,
    Verdict.ADMITTED,
    Verdict.FAILED,
)
_KINDS = ("worse", "reopened", "appeared", "uncovered", "lost", "better", "changed", "unaccepted", "waiver", "vanished")
_RANK: Mapping[Verdict | None, int] = {v: n for n, v in enumerate(_ORDER)}


def compare(old: Snapshot, new: Snapshot, texts: Sequence[str] | None) -> Comparison:
    """Every difference, what fails first, then in the order of the index.

    ``texts`` are the documents of the new run; None where they are not at hand: then a quote that is no longer among
    the evidence counts as lost, and a note says that it could not be looked up.
    """
    standing = None if texts is None else tuple(x for t in texts for x in (t, plain(t)))
    before = {e.indicator: e for e in old.entries}
    after = {e.indicator: e for e in new.entries}
    order = {key: n for n, key in enumerate([*after, *(k for k in before if k not in after)])}
    found: list[Difference] = []
    for key in order:
        a, b = before.get(key), after.get(key)
        if a is None and b is not None:
            found.append(_difference("appeared", b, None, b.verdict, (), "新增的指标", _is_gap(b)))
        elif b is None and a is not None:
            found.append(
                _difference("vanished", a, a.verdict, None, (), "旧结果里有、新结果里没有这项指标，请更新基线", False)
            )
        elif a is not None and b is not None:
            found.extend(_entry(a, b, standing))
    return Comparison(old.source, new.source, sort(found, list(order)), tuple(_notes(old, new, standing is None)))


def sort(found: Iterable[Difference], indicators: Sequence[str]) -> tuple[Difference, ...]:
    """What fails first, then in the order of the indicators, then by kind."""
    order = {key: n for n, key in enumerate(indicators)}
    return tuple(
        sorted(found, key=lambda d: (not d.fails, order.get(d.indicator, len(order)), _KINDS.index(d.kind), d.quotes))
    )


def _is_gap(e: Entry) -> bool:
    return e.verdict.is_problem and e.verdict is not Verdict.MANUAL and not e.waived


def _difference(
    kind: str,
    e: Entry,
    old: Verdict | None,
    new: Verdict | None,
    quotes: tuple[str, ...],
    message: str,
    fails: bool,
) -> Difference:
    return Difference(kind, e.indicator, e.number, e.title, old, new, quotes, message, fails)


def _entry(a: Entry, b: Entry, standing: tuple[str, ...] | None) -> Iterator[Difference]:
    kept = {t.fingerprint for t in b.evidence}
    gone = [t for t in a.evidence if t.fingerprint not in kept]
    lost = [t for t in gone if standing is None or not _stands(t.quote, standing)]
    proofs = tuple(dict.fromkeys(t.quote for t in lost if t.use == "element"))
    clues = tuple(dict.fromkeys(t.quote for t in lost))
    kind = _direction(a, b)
    if kind:
        yield _difference(kind, b, a.verdict, b.verdict, clues, _verdicts(a, b, lost), kind == "worse")
    bare = [(i, n) for i, n in a.covered if i not in dict(b.covered) and b.verdict is not Verdict.NOT_APPLICABLE]
    if bare:
        names = "、".join(f"「{n}」" for _, n in bare)
        yield _difference("uncovered", b, a.verdict, b.verdict, (), f"要素{names}失去支撑", True)
    if proofs:
        yield _difference("lost", b, a.verdict, b.verdict, proofs, _lost(proofs, a, b, standing is None), True)
    stands = tuple(dict.fromkeys(t.quote for t in gone if t.use == "element" and t not in lost))
    if stands:
        yield _difference(
            "unaccepted", b, a.verdict, b.verdict, stands, f"仍在文中但不再采信：{_quoted(stands)}", False
        )
    if a.waived != b.waived:
        yield _difference(
            "waiver", b, a.verdict, b.verdict, (), "新增豁免" if b.waived else "豁免已撤去，问题仍在", False
        )
    if a.lifted and not b.lifted:
        yield _difference("changed", b, a.verdict, b.verdict, (), "原靠人工佐证达标，佐证已不在", False)


def _stands(quote: str, texts: tuple[str, ...]) -> bool:
    """Whether a quote is in a text: to the letter, or as folding sees it (which may differ at a quote's ends)."""
    folded = plain(quote)
    return any(quote in text or folded in text for text in texts)


def _direction(a: Entry, b: Entry) -> str:
    if a.verdict is b.verdict:
        return ""
    if a.verdict is Verdict.NOT_APPLICABLE:
        return "worse" if _is_gap(b) else "changed"
    if b.verdict is Verdict.NOT_APPLICABLE:
        return "changed"
    if b.waived and not a.waived and _RANK[b.verdict] > _RANK[a.verdict]:
        return "changed"
    return "worse" if _RANK[b.verdict] > _RANK[a.verdict] else "better"


def _verdicts(a: Entry, b: Entry, lost: list[Trace]) -> str:
    text = f"{a.verdict.label} → {b.verdict.label}"
    taken = [t for t in lost if t.use in ("admission", "denial")]
    if taken and a.verdict in (Verdict.ADMITTED, Verdict.FAILED) and b.verdict is not a.verdict:
        return f"{text}；原来的问题表述已从文中删去，请确认是整改了而不只是删了：{_quoted([t.quote for t in taken])}"
    named = {t.quote for t in lost if t.use == "element"}  # said as lost proofs
    clues = [t.quote for t in lost if t.use == "about" and t.quote not in named]
    if clues and _RANK.get(b.verdict, 0) > _RANK.get(a.verdict, 0):
        return f"{text}；原引文已不在文中：{_quoted(clues)}"
    return text


def _lost(quotes: tuple[str, ...], a: Entry, b: Entry, unseen: bool) -> str:
    what = "不再是证据，原文不在手边，未能核对是否仍在文中" if unseen else "已不在文中"
    text = f"原引文{what}：{_quoted(quotes)}"
    old = {t.quote for t in a.evidence}
    now = [t.quote for t in b.evidence if t.use == "element" and t.quote not in old]
    return f"{text}；现有新引文：{_quoted(now[:1])}，确认后请更新基线" if now else text


def _quoted(quotes: Sequence[str], most: int = 3) -> str:
    shown = "".join(f"「{' '.join(q.split())}」" for q in quotes[:most])
    return shown + (f"等 {len(quotes)} 句" if len(quotes) > most else "")


def _notes(old: Snapshot, new: Snapshot, unseen: bool) -> Iterator[str]:
    if old.index_id != new.index_id:
        yield f"指标体系不同（{old.index_id} 与 {new.index_id}），只比较编号相同的项。"
    elif old.index_sha256 != new.index_sha256:
        yield "指标规则改过，结论的变化可能来自规则而不是材料。"
    if old.year != new.year:
        yield f"报告年度不同（{old.year or '未知'} 与 {new.year or '未知'}），引文不同是自然的。"
    if old.place != new.place:
        yield f"地区不同（{old.place or '未知'} 与 {new.place or '未知'}）。"
    if unseen:
        yield "新结果的原文不在手边，不再被引用的句子一律按「可能已删」列出。"


def reopened(closed: tuple[Closed, ...], entries: tuple[Entry, ...]) -> tuple[Difference, ...]:
    """Closed problems that are worse now than when they were closed.

    One whose verdict is what it was is left alone: whoever closed it knew what the text says.
    """
    now = {e.indicator: e for e in entries}
    out = []
    for c in closed:
        e = now.get(c.indicator)
        if e is None or e.waived or e.verdict not in _RANK or not e.verdict.is_problem:
            continue
        if c.verdict in _RANK and _RANK[e.verdict] <= _RANK[c.verdict]:
            continue
        was = f"销号时是「{c.verdict.label}」" if c.verdict else "销号时的机审结论不详"
        message = f"{c.source} 里已销号的问题又出现：{was}，现在是「{e.verdict.label}」"
        out.append(Difference("reopened", e.indicator, e.number, e.title, c.verdict, e.verdict, (), message, True))
    return tuple(out)
