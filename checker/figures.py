"""The data ledger: every figure of a document with its noun, and what can be recomputed."""

from __future__ import annotations

from itertools import pairwise

from checker import patterns
from checker.model import Analysis, Figure, Quantity, Role, Sentence
from checker.patterns import regex

_NOUN = regex(r"([\u4e00-\u9fa5a-z+/、()《》]{2,18})$")
_TRIM = regex(
    r"^(?:并|共|全年|累计|其中|已|各|了|的|和|及|与|由|从|达到?|为|约|近|超过?|平均|同比)+|(?:达到?|为|约|近|超过?|共|仅|由|从|至|到|是|了|占|、)+$"
)


def ledger(analyses: tuple[Analysis, ...]) -> tuple[Figure, ...]:
    """Every figure in text order; headings and page furniture are left out."""
    out: list[Figure] = []
    for number, analysis in enumerate(analyses):
        for sentence in analysis.sentences:
            if sentence.heading or sentence.noise or sentence.role is Role.METADATA:
                continue
            checks = recompute(analysis.folded, sentence)
            for q in sentence.quantities:
                year = next(
                    (c.year for c in sentence.clauses if c.start <= q.start < c.end and c.year), analysis.reporter.year
                )
                out.append(
                    Figure(
                        number, q, _subject(analysis.folded, sentence, q), year, checks.get(q.start), sentence.number
                    )
                )
    return tuple(out)


def _subject(folded: str, sentence: Sentence, q: Quantity) -> str:
    clause = next((c for c in sentence.clauses if c.start <= q.start < c.end), None)
    begin = clause.start if clause else sentence.start
    before = "".join(folded[begin : q.start].split())
    m = _NOUN.search(before)
    noun = m.group(1) if m else ""
    trimmed = _TRIM.sub("", noun)
    if len(trimmed) >= 2:
        return trimmed
    after = patterns.match(r"[\u4e00-\u9fa5]{2,10}", "".join(folded[q.end : sentence.end].split()))
    return after.group() if after else trimmed


_REDUCE = regex(r"压缩|压减|缩减|减少|精简|降低|下降|缩短")
_GROW = regex(r"增长|增加|提高|提升|上升")
_SHARE = regex(r"占(?!地)|(?:率|比例?|比重)(?:为|达到?)?$|败诉率|化解率|整改率|办结率|成功率")
_PART = regex(r"其中|已|败诉|化解|整改|办结|答复|上线|审结|履行")


def recompute(folded: str, sentence: Sentence) -> dict[int, str]:
    """Percentages that follow from two neighbouring counts: start -> ``ok`` or ``mismatch``.

    Only changes (由52个缩减至32个,压缩38.5%) are held to be certain enough to call a mismatch; a share is only
    confirmed, because the text seldom says what its base is.
    """
    out: dict[int, str] = {}
    figures = sentence.quantities
    for i, rate in enumerate(figures):
        if rate.unit != "%" or rate.previous or i < 2:
            continue
        a, b = figures[i - 2], figures[i - 1]
        if a.unit != b.unit or a.unit in ("%", "") or a.value <= 0:
            continue
        between = folded[b.end : rate.start]
        if len(between) > 14 or "。" in between:
            continue
        tolerance = 0.06 if "." in rate.text else 0.6
        if a.previous:
            change = (a.value - b.value) / a.value * 100
            if _REDUCE.search(folded[a.end : rate.start]) or _GROW.search(folded[a.end : rate.start]):
                out[rate.start] = "ok" if abs(abs(change) - rate.value) <= tolerance + 1e-9 else "mismatch"
        elif (
            _SHARE.search(between)
            and not patterns.search(r"同比|环比|较上年|比上年|下降|上升|提高|增长", between)
            and _PART.search(folded[a.end : b.start])
            and b.value <= a.value
        ):
            share = b.value / a.value * 100
            if abs(share - rate.value) <= tolerance:
                out[rate.start] = "ok"
            elif patterns.search(r"败诉率|化解率|整改率", between) and abs(share - rate.value) > 1:
                out[rate.start] = "mismatch"
    out.update(_totals(folded, sentence))
    return out


def _totals(folded: str, sentence: Sentence) -> dict[int, str]:
    """共办理X件,其中甲A件、乙B件: parts that exceed their total can't be right; parts that make it up confirm it."""
    figures = sentence.quantities
    for i, total in enumerate(figures):
        after = [q for q in figures[i + 1 :] if q.unit == total.unit]
        if len(after) < 2 or total.unit in ("%", "") or total.comparator != "=":
            continue
        head = folded[total.end : after[0].start]
        if "其中" not in head or len(head) > 16 or ";" in folded[total.end : after[-1].start]:
            continue
        parts = [after[0]]
        for a, b in pairwise(after):
            if not patterns.fullmatch(r"[、,和及][^,。;]{1,14}", folded[a.end : b.start]):
                break
            parts.append(b)
        made = sum(q.value for q in parts)
        if len(parts) >= 2 and made == total.value:
            return {total.start: "ok"}
        if len(parts) >= 2 and all(q.comparator == "=" for q in parts) and max(q.value for q in parts) > total.value:
            return {total.start: "mismatch"}
    return {}
