"""One document -> all evidence and all metric figures, in text order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from checker.matching.elements import Match, Place, match, places
from checker.matching.figures import metric_value
from checker.matching.gates import Refusal, gate
from checker.matching.scanner import Hits, Rule, Rules
from checker.matching.strength import strength
from checker.model import Analysis, Compact, Evidence, Genre, MetricValue, Polarity, Role, Sentence, Strength, Tense


@dataclass(frozen=True, slots=True)
class Collected:
    """What one document says about an index."""

    evidence: tuple[Evidence, ...]
    metrics: tuple[tuple[str, MetricValue], ...]


def collect(analysis: Analysis, rules: Rules, document: int = 0) -> Collected:
    """All evidence (the best for each indicator x element x use x sentence) and metric figures of a document."""
    view = analysis.view
    hits = Hits(rules, view.text)
    best: dict[tuple[str, str | None, str, int], Evidence] = {}
    metrics: dict[tuple[str, str, int], tuple[str, MetricValue]] = {}
    around = places(analysis)
    for at, place in enumerate(around):
        if not place.spans:
            continue
        for number in _candidates(rules, hits, place):
            rule = rules.rules[number]
            after = _paragraph(around, at) if rule.element and rule.element.within == "paragraph" else ()
            for found in match(rule, place, hits, after):
                if rule.use == "metric":
                    value = metric_value(found, view, document) if analysis.reporter.genre is Genre.REPORT else None
                    if value:
                        metrics.setdefault(
                            (rule.indicator.id, value.metric.id, value.start), (rule.indicator.id, value)
                        )
                    continue
                item = _evidence(found, analysis, view, document)
                if item is None:
                    continue
                key = (item.indicator, item.element, item.use, item.sentence)
                kept = best.get(key)
                if kept is None or (item.accepted, item.strength) > (kept.accepted, kept.strength):
                    best[key] = item
    for number in rules.meta:
        item = _metadata(rules.rules[number], analysis, document)
        if item is not None:
            key = (item.indicator, item.element, item.use, item.sentence)
            if key not in best or best[key].strength < item.strength:
                best[key] = item
    ordered = sorted(best.values(), key=lambda e: (e.start, e.indicator, e.element or "", e.use))
    return Collected(tuple(e.check(analysis.document) for e in ordered), tuple(metrics.values()))


def _candidates(rules: Rules, hits: Hits, place: Place) -> list[int]:
    from bisect import bisect_left

    found: set[int] = set()
    for i in range(bisect_left(hits.order, (place.start, "")), len(hits.order)):
        start, phrase = hits.order[i]
        if start >= place.end:
            break
        found.update(rules.by_phrase.get(phrase, ()))
    for pattern in hits.regexes_in(place.start, place.end):
        found.update(rules.by_regex.get(pattern, ()))
    return sorted(found)


def _paragraph(around: tuple[Place, ...], at: int) -> tuple[Place, ...]:
    here = around[at].sentence
    out = []
    for place in around[at + 1 : at + 5]:
        s = place.sentence
        if s.paragraph != here.paragraph or s.role is not here.role or s.heading:
            break
        out.append(place)
    return tuple(out)


def _evidence(found: Match, analysis: Analysis, view: Compact, document: int) -> Evidence | None:
    rule, sentence = found.rule, found.place.sentence
    refusal = gate(found, analysis.reporter, view)
    power, why = strength(found, view, analysis.document.text)
    use = rule.use
    if rule.use in ("admits", "fails"):
        mapped = _special(found, refusal, view)
        if mapped is None:
            return None
        use, refusal = mapped, None
        power, why = Strength.S0, "自认问题的专门说法" if use == "admission" else "等于不达标的说法"
    elif refusal is not None and refusal.use:
        use, why = refusal.use, refusal.reason
        if use == "denial" and _side_matter(rule, sentence):
            use = "admission"
    elif refusal is not None:
        why = refusal.reason
    elif rule.use == "about":
        power, why = min(power, Strength.S1), "只是话题，没有说到要素"
    negative = use in ("admission", "denial")
    accepted = refusal is None or negative
    narrow = bool(rule.element and rule.element.whole) and any(
        found.place.clauses[i][2].subject == "bureau" for i in found.touched
    )
    tenses = [found.place.clauses[i][2].tense for i in found.touched]
    return Evidence(
        indicator=rule.indicator.id,
        element=rule.element.id if rule.element else None,
        document=document,
        start=sentence.start,
        end=sentence.end,
        quote=analysis.document.text[sentence.start : sentence.end],
        where=sentence.where,
        sentence=sentence.number,
        use=use,
        role=sentence.role,
        tense=next((t for t in (Tense.PLANNED, Tense.ONGOING) if t in tenses), Tense.ACHIEVED),
        strength=power if refusal is None else Strength.S1 if refusal.clue else Strength.S0,
        accepted=accepted,
        refused_by=None if accepted else (refusal.code if refusal else None),
        note=why,
        way=rule.way.text,
        matched=tuple(view.span(a, b) for a, b in found.spans),
        narrow=narrow,
        page=sentence.page,
        material=analysis.document.material,
    )


def _special(found: Match, refusal: Refusal | None, view: Compact) -> str | None:
    """What an ``admits`` or ``fails`` way means here, or None where it means nothing."""
    blocked = refusal is not None and not refusal.use and not refusal.code.startswith(("G7-honour", "G2"))
    planned = refusal is not None and refusal.use == "plan"
    if blocked or planned:
        return None
    if found.rule.use == "fails":
        return None if _ruled_out(found, view) else "denial"
    negative = any(found.place.clauses[i][2].polarity is not Polarity.POSITIVE for i in found.touched)
    return "admission" if negative or found.place.sentence.role is Role.PROBLEM else None


def _side_matter(rule: Rule, sentence: Sentence) -> bool:
    """Whether what was not done is a side of the matter, or its topic named among the problems: admitted, not failed."""
    if rule.element is not None:
        return not rule.element.required
    return sentence.role is Role.PROBLEM


# 未发生迟报、杜绝代签: the bad thing is said not to be there.
_RULED_OUT = re.compile(
    r"(?:未发[生现]|未出现|没有|无一?|从未|杜绝|严禁|防止|避免|零|不存在|不得|禁止|整治|纠正|查处|清理)[^,;。]{0,16}$"
)


def _ruled_out(found: Match, view: Compact) -> bool:
    for i in found.touched:
        begin, stop, _ = found.place.clauses[i]
        clause = view.text[begin:stop]
        if any(begin <= a < stop and _RULED_OUT.search(clause[: a - begin]) for a, _ in found.spans):
            return True
    return False


def _metadata(rule: Rule, analysis: Analysis, document: int) -> Evidence | None:
    """Evidence from the page itself: its publication date."""
    reporter = analysis.reporter
    name = next(t.options[0] for t in rule.way.terms if t.kind == "meta")
    if reporter.published is None or reporter.published_span is None or reporter.genre is not Genre.REPORT:
        return None
    on_time = reporter.year is not None and reporter.published <= f"{reporter.year + 1}-04-01"
    late = reporter.year is not None and not on_time
    if name == "on-time" and not on_time:
        return None
    start, end = reporter.published_span
    sentence = next((s.number for s in analysis.sentences if s.start <= start < s.end), 0)
    return Evidence(
        indicator=rule.indicator.id,
        element=rule.element.id if rule.element else None,
        document=document,
        start=start,
        end=end,
        quote=analysis.document.text[start:end],
        where="页面元数据",
        sentence=sentence,
        use=rule.use,
        role=Role.METADATA,
        tense=Tense.ACHIEVED,
        strength=Strength.S3 if name == "on-time" else Strength.S2,
        accepted=True,
        refused_by=None,
        note=f"页面发布日期 {reporter.published}"
        + ("，在 4 月 1 日前" if on_time else "，晚于 4 月 1 日" if late else ""),
        way=rule.way.text,
        matched=((start, end),),
        short=late,
        material=analysis.document.material,
    )


def used_sentences(evidence: tuple[Evidence, ...]) -> Iterator[int]:
    """Numbers of the sentences that some evidence stands on."""
    return (e.sentence for e in evidence)
