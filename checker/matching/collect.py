"""One document -> all evidence and all metric figures, in text order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, islice
from typing import NamedTuple

from msgspec import Struct

from checker.matching.elements import Claim, Match, Place, claim, match, places
from checker.matching.figures import metric_value
from checker.matching.gates import Refusal, gate, is_plain
from checker.matching.scanner import Hits, Rule, Rules
from checker.matching.strength import strength, strongest
from checker.model import Analysis, Compact, Evidence, Genre, MetricValue, Polarity, Role, Sentence, Strength, Tense
from checker.patterns import regex


class Collected(Struct, frozen=True):
    """What one document says about an index."""

    evidence: tuple[Evidence, ...]
    metrics: tuple[tuple[str, MetricValue], ...]


def collect(analysis: Analysis, rules: Rules, document: int = 0) -> Collected:
    """All evidence (the best for each indicator x element x use x sentence) and metric figures of a document."""
    view = analysis.view
    evidence: list[Evidence] = []
    metrics: dict[tuple[str, str, int], tuple[str, MetricValue]] = {}
    known = _Known(analysis)
    matches = _matches(analysis, rules, Hits(rules, view.text), known.settled)
    for _, of_sentence in groupby(matches, lambda m: m.place):
        best: dict[tuple[str, str | None, str], tuple[Match, _Weight]] = {}
        for found in of_sentence:
            rule = found.rule
            if rule.use == "metric":
                value = metric_value(found, view, document) if analysis.reporter.genre is Genre.REPORT else None
                if value:
                    metrics.setdefault((rule.indicator.id, value.metric.id, value.start), (rule.indicator.id, value))
                continue
            weight = _weigh(found, known)
            if weight is None:
                continue
            key = (rule.indicator.id, rule.element.id if rule.element else None, weight.use)
            kept = best.get(key)
            if kept is None or (weight.accepted, weight.strength) > (kept[1].accepted, kept[1].strength):
                best[key] = found, weight
                known.won(rule, found.place, weight)
        evidence += [_evidence(*winner, analysis, document) for winner in best.values()]
    for number in rules.meta:
        item = _metadata(rules.table[number], analysis, document)
        if item is not None:
            _add_stronger(evidence, item)
    evidence.sort(key=lambda e: (e.start, e.indicator, e.element or "", e.use))
    return Collected(tuple([e.check(analysis.document) for e in evidence]), tuple(metrics.values()))


def _add_stronger(evidence: list[Evidence], item: Evidence) -> None:
    """Add what the page says, or put it in the place of weaker evidence of the same kind in the same sentence."""
    key = (item.indicator, item.element, item.use, item.sentence)
    same = next((n for n, e in enumerate(evidence) if (e.indicator, e.element, e.use, e.sentence) == key), None)
    if same is None:
        evidence.append(item)
    elif evidence[same].strength < item.strength:
        evidence[same] = item


def _matches(
    analysis: Analysis, rules: Rules, hits: Hits, settled: Callable[[Rule, Place], bool] | None = None
) -> Iterator[Match]:
    """Every way that is fulfilled, sentence by sentence, in the order of the index; none of those that are ``settled``."""
    table = rules.table
    everywhere = any(table[number].wide for number in rules.always)
    coming = places(analysis)
    ahead = deque(islice(coming, _REACH))
    while ahead:
        place = ahead.popleft()
        ahead.extend(islice(coming, 1))
        here = hits.within(place.start, place.end)
        numbers = here.candidates()
        after: tuple[Place, ...] = ()
        reach = here
        if everywhere or hits.any_wide(place.start, ahead[-1].end if ahead else place.end):
            after = _paragraph(place, ahead)
            reach = hits.within(place.start, after[-1].end) if after else here
            numbers = sorted((*numbers, *reach.wide()))
        if not numbers or not place.spans:
            continue
        for number in numbers:
            rule = table[number]
            if settled is None or not settled(rule, place):
                yield from match(rule, place, reach, after) if rule.wide else match(rule, place, here)


_REACH = 5  # sentences that a way within a paragraph may take in


def _paragraph(first: Place, ahead: Iterable[Place]) -> tuple[Place, ...]:
    here = first.sentence
    out = []
    for place in islice(ahead, _REACH - 1):
        s = place.sentence
        if s.paragraph != here.paragraph or s.role is not here.role or s.heading:
            break
        out.append(place)
    return tuple(out)


class _Weight(NamedTuple):
    """What a match counts for, before it is written down as evidence."""

    use: str
    accepted: bool
    strength: Strength
    refused_by: str | None
    note: str


_COUNTED = ("element", "about")


class _Known:
    """What is known of one sentence: the answers of gates and strength (equal claims are asked once), and for which
    elements another way could not change anything any more.
    """

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.place: Place | None = None
        self.refusals: dict[Claim, Refusal | None] = {}
        self.strengths: dict[Claim, tuple[Strength, str]] = {}
        self.best: set[int] = set()  # elements, and indicators spoken of, by identity

    def settled(self, rule: Rule, place: Place) -> bool:
        """Whether a match of ``rule`` here would be told by what was found before it.

        That is so only in a sentence with nothing out of the ordinary: in any other a further way may be the one that
        is denied or planned.
        """
        if place is not self.place:
            self.place = place
            self.refusals.clear()
            self.strengths.clear()
            self.best.clear()
        if rule.use == "admits":
            return is_plain(place, self.analysis.view)
        return rule.use in _COUNTED and id(rule.element or rule.indicator) in self.best

    def won(self, rule: Rule, place: Place, weight: _Weight) -> None:
        """Take note of the best match so far of an element, or of an indicator spoken of."""
        if weight.accepted and rule.use in _COUNTED and is_plain(place, self.analysis.view):
            most = Strength.S1 if rule.use == "about" else strongest(place, self.analysis.view)
            if weight.strength >= most:
                self.best.add(id(rule.element or rule.indicator))

    def refusal(self, asked: Claim) -> Refusal | None:
        """What the gates say."""
        if asked not in self.refusals:
            self.refusals[asked] = gate(asked, self.analysis.reporter, self.analysis.view)
        return self.refusals[asked]

    def strength(self, asked: Claim) -> tuple[Strength, str]:
        """How much the wording carries."""
        if asked not in self.strengths:
            self.strengths[asked] = strength(asked, self.analysis.view, self.analysis.document.text)
        return self.strengths[asked]


def _weigh(found: Match, known: _Known) -> _Weight | None:
    """Gates and strength of a match; None where it means nothing."""
    rule = found.rule
    if rule.use == "admits" and not _negative(found):
        return None
    asked = claim(found)
    refusal = known.refusal(asked)
    if rule.use in ("admits", "fails"):
        use = _special(found, refusal, known.analysis.view)
        if use is None:
            return None
        why = "自认问题的专门说法" if use == "admission" else "等于不达标的说法"
        return _Weight(use, True, Strength.S0, None, why)
    if refusal is not None:
        use = refusal.use or rule.use
        if use == "denial" and _side_matter(rule, found.place.sentence):
            use = "admission"
        accepted = use in ("admission", "denial")
        clue = Strength.S1 if refusal.clue else Strength.S0
        return _Weight(use, accepted, clue, None if accepted else refusal.code, refusal.reason)
    if rule.use == "about":
        return _Weight(rule.use, True, Strength.S1, None, "只是话题，没有说到要素")
    power, why = known.strength(asked)
    return _Weight(rule.use, True, power, None, why)


def _negative(found: Match) -> bool:
    """Whether a clause of the match is no plain claim, or the sentence stands among the problems."""
    place = found.place
    return place.sentence.role is Role.PROBLEM or any(
        place.clauses[i][2].polarity is not Polarity.POSITIVE for i in found.touched
    )


def _evidence(found: Match, weight: _Weight, analysis: Analysis, document: int) -> Evidence:
    rule, sentence, view = found.rule, found.place.sentence, analysis.view
    of_place = found.place.clauses
    clauses = [of_place[i][2] for i in found.touched]
    tenses = [c.tense for c in clauses]
    quote, where = found.place.quoted(analysis.document.text)
    return Evidence(
        indicator=rule.indicator.id,
        element=rule.element.id if rule.element else None,
        document=document,
        start=sentence.start,
        end=sentence.end,
        quote=quote,
        where=where,
        sentence=sentence.number,
        use=weight.use,
        role=sentence.role,
        tense=Tense.PLANNED
        if Tense.PLANNED in tenses
        else Tense.ONGOING
        if Tense.ONGOING in tenses
        else Tense.ACHIEVED,
        strength=weight.strength,
        accepted=weight.accepted,
        refused_by=weight.refused_by,
        note=weight.note,
        way=rule.way.text,
        matched=tuple([view.span(a, b) for a, b in found.spans]),
        narrow=bool(rule.element and rule.element.whole) and any(c.subject == "bureau" for c in clauses),
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
    return "admission" if _negative(found) else None


def _side_matter(rule: Rule, sentence: Sentence) -> bool:
    """Whether what was not done is a side of the matter, or its topic named among the problems: admitted, not failed."""
    if rule.element is not None:
        return not rule.element.required
    return sentence.role is Role.PROBLEM


# 未发生迟报、杜绝代签: the bad thing is said not to be there.
_RULED_OUT = regex(
    r"(?:未发[生现]|未出现|没有|无一?|从未|杜绝|严禁|防止|避免|零|不存在|不得|禁止|整治|纠正|查处|清理)[^,;。]{0,16}$"
)


# 受理申请216件,答复214件,其中3件拖过期限: some of those told of before.
_OF_THESE = regex(r"但?(?:其中(?:有)?|另有|尚有|还有|仍有|有)[\d一二两三四五六七八九十]")
_BARRED = regex(r"未经[^,;。]{1,16}(?:不|严禁|方可)|(?:应审未审|漏审|未审)[^,;。]{0,8}(?:不得|一律|零)")


def _ruled_out(found: Match, view: Compact) -> bool:
    first, last = found.touched[0], found.touched[-1]
    if last - first > 1 and not any(
        _OF_THESE.match(view.text, begin, stop) for begin, stop, _ in found.place.clauses[first + 1 : last + 1]
    ):
        return True  # what is said clauses apart is not one thing that went wrong, unless it is some of the same things
    for i in found.touched:
        begin, stop, _ = found.place.clauses[i]
        clause = view.text[begin:stop]
        if _BARRED.search(clause):
            return True
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
