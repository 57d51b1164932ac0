"""Which ways a sentence fulfils: all terms within one window, none of the exclusions in the clauses they touch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from checker.matching.scanner import Found, Rule, Span, Words
from checker.model import Analysis, Clause, Quantity, Sentence
from checker.patterns import regex

WINDOW = 80
# What is done to a matter: a figure of the same act in the next clause is a figure of this one (案卷评查……,评查案卷120卷).
ACTS = regex(
    r"审查|审核|评查|培训|轮训|演练|备案|报备|清理|评估|论证|听证|公示|公开|移送|检查|抽查|巡察|督察|督查|考核|考试|评议|调解|裁决|复议|应诉|出庭|化解|排查|"
    r"普法|宣传|宣讲|学法|讲座|援助|接访|信访|答复|回复|整改|问责|述法|宣誓|旁听|征求|座谈|记录|录音|录像|归档|监督|联合|协作|下放|赋权|下沉|划转|取证|持证|免罚|不罚|"
    r"约谈|预警|征用|补偿|辟谣|澄清|轮岗|审计|顾问|律师|热线|评价|差评|共享|归集|采纳|沟通|恳谈|走访|清欠|清偿|拖欠|退还|测评|测试|培育|创建|命名"
)


class Place:
    """A sentence in compact coordinates: its span, its clauses' spans, its figures' spans, each read on demand."""

    __slots__ = (
        "_at",
        "_clauses",
        "_figures",
        "_foreign",
        "_quantities",
        "_quoted",
        "bows",
        "end",
        "plain",
        "sentence",
        "soft",
        "start",
        "wording",
    )

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.wording = sentence.wording
        self.start, self.end = self.wording.span
        self._clauses: tuple[tuple[int, int, Clause], ...] | None = None
        self._quantities: tuple[tuple[int, int, Quantity], ...] | None = None
        self._foreign: tuple[Span, ...] | None = None
        self._figures: frozenset[Span] | None = None
        self._at: list[int] | None = None
        self.plain: bool | None = None  # what the gates found out about the sentence, and about its clauses
        self.bows: dict[int, bool] = {}
        self.soft: dict[int, bool] = {}  # what strength found out about its clauses
        self._quoted: tuple[str, str] | None = None

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where the clauses stand; what they say is read only when ``clauses`` is asked."""
        return self.wording.clause_spans

    @property
    def clauses(self) -> tuple[tuple[int, int, Clause], ...]:
        """The clauses with their spans."""
        if self._clauses is None:
            wording = self.wording
            self._clauses = tuple((a, b, c) for (a, b), c in zip(wording.clause_spans, wording.clauses, strict=True))
        return self._clauses

    @property
    def quantities(self) -> tuple[tuple[int, int, Quantity], ...]:
        """The figures with their spans."""
        if self._quantities is None:
            wording = self.wording
            self._quantities = tuple(
                (a, b, q) for (a, b), q in zip(wording.quantity_spans, wording.quantities, strict=True)
            )
        return self._quantities

    @property
    def foreign(self) -> tuple[Span, ...]:
        """The titles of superior documents it cites: words inside them are hits of last resort."""
        if self._foreign is None:
            wording = self.wording
            self._foreign = tuple(
                span for span, c in zip(wording.citation_spans, wording.citations, strict=True) if c.superior
            )
        return self._foreign

    @property
    def figures(self) -> frozenset[Span]:
        """Where its figures stand."""
        if self._figures is None:
            self._figures = frozenset(self.wording.quantity_spans)
        return self._figures

    def quoted(self, text: str) -> tuple[str, str]:
        """The sentence as it stands in the document, and people's words for its place: one string for all evidence."""
        if self._quoted is None:
            self._quoted = text[self.sentence.start : self.sentence.end], self.sentence.where
        return self._quoted

    @property
    def clause_at(self) -> list[int]:
        """Number of the clause of every compact position, counted from ``start``; -1 where there is none."""
        if self._at is None:
            begin = self.start
            self._at = [-1] * (self.end - begin)
            for number, (a, b) in enumerate(self.wording.clause_spans):
                self._at[a - begin : b - begin] = [number] * (b - a)
        return self._at

    def clause_of(self, position: int) -> int:
        """Number of the clause that holds a compact position; -1 where none does."""
        return self.clause_at[position - self.start] if self.start <= position < self.end else -1

    def touched(self, group: tuple[Span, ...]) -> tuple[int, ...]:
        """Numbers of the clauses that hold a part of one of the spans."""
        at, begin, end = self.clause_at, self.start, self.end
        out: set[int] = set()
        for a, b in group:
            if a < end and b > begin:
                first, last = at[max(a, begin) - begin], at[min(b, end) - begin - 1]
                out.add(first)
                if first != last:
                    out.update(at[max(a, begin) - begin : min(b, end) - begin])
        out.discard(-1)
        return tuple(sorted(out)) if len(out) > 1 else tuple(out)


class Match(NamedTuple):
    """A way fulfilled: where its terms stand (compact) and which clauses they touch."""

    rule: Rule
    place: Place
    spans: tuple[Span, ...]
    touched: tuple[int, ...]


class Claim(NamedTuple):
    """All that gates and strength may know of a match: equal claims get equal answers, and are asked once.

    ``home`` are the clauses in which a word of the match begins (a figure alone makes no home), ``deed`` whether a word
    before the last of them names an act, ``cited`` is the number of the superior document that a term stands in,
    ``honours`` whether the element takes honours for evidence.
    """

    place: Place
    touched: tuple[int, ...]
    home: tuple[int, ...]
    deed: bool
    about: bool
    honours: bool
    cited: int | None


def claim(match: Match) -> Claim:
    """What a match claims."""
    place, rule = match.place, match.rule
    home = {place.clause_of(s[0]) for s in match.spans if s not in place.figures}
    home.discard(-1)
    last = place.spans[max(home)][0] if len(home) > 1 else place.start
    said = place.wording.text
    deed = any(s[0] < last and _is_deed(said, s[0] - place.start, s[1] - place.start) for s in match.spans)
    return Claim(
        place,
        match.touched,
        tuple(sorted(home)),
        deed,
        rule.use == "about",
        rule.element is not None and rule.element.honours,
        _cited_by(match) if place.foreign else None,
    )


# 受理复议案件126件: 复议 is a part of the noun, not what was done.
_OF_A_NOUN = regex(r"(?:案件|项目|机关|机构|工作|委员会|人员|反馈|意见|结果|问题|率|局|部门|职责|体制|渠道|系统|平台)")


def _is_deed(said: str, start: int, end: int) -> bool:
    """Whether a word of the match names an act that was done."""
    return any(m.end() < end or not _OF_A_NOUN.match(said, end) for m in ACTS.finditer(said, start, end))


def _cited_by(match: Match) -> int | None:
    wording = match.place.wording
    for number, (c, (a, b)) in enumerate(zip(wording.citations, wording.citation_spans, strict=True)):
        if c.superior and any(a <= s[0] and s[1] <= b for s in match.spans):
            return number
    return None


def places(analysis: Analysis) -> Iterator[Place]:
    """Every sentence of a document in compact coordinates."""
    return map(Place, analysis.sentences)


def match(rule: Rule, place: Place, found: Found, after: tuple[Place, ...] = ()) -> list[Match]:
    """All ways in which ``rule`` is fulfilled at ``place``.

    ``after`` are the sentences of the same paragraph that ``within: paragraph`` may take in (``found`` reaches to their
    end); the clauses touched are always those of ``place`` itself.
    """
    met = found.met
    for words in rule.hard:
        if words.id not in met:
            met[words.id] = _positions(words, place, found, after)
        if not met[words.id]:
            return []
    positions: list[list[Span]] = []
    for words in rule.asked:
        if words.id not in met:
            met[words.id] = _positions(words, place, found, after)
        spans = met[words.id]
        if not spans:
            return []
        positions.append(spans)
    if not positions:
        return []
    within = rule.element.within if rule.element else "sentence"
    limit = 400 if within == "paragraph" else WINDOW
    out: list[Match] = []
    seen: set[tuple[int, ...]] = set()
    for group in _groups(positions, place):
        if group[-1][1] - group[0][0] > limit or group[0][0] >= place.end:
            continue
        touched = place.touched(group)
        if touched in seen or not touched or (within == "clause" and len(touched) > 1):
            continue
        if _excluded(rule, place, touched, found):
            continue
        seen.add(touched)
        out.append(Match(rule, place, group, touched))
    return out


def _groups(positions: list[list[Span]], place: Place) -> Iterator[tuple[Span, ...]]:
    """One hit of every term, chosen around each hit of the term with the fewest: in its clause before near it."""
    if len(positions) == 1:
        (spans,) = positions
        foreign = place.foreign
        for span in sorted(spans, key=lambda s: _cited(s, foreign)) if foreign else spans:
            yield (span,)
        return
    if max(map(len, positions)) == 1:
        yield tuple(sorted([p[0] for p in positions]))
        return
    anchor = min(positions, key=len)
    foreign = place.foreign
    for start in sorted(anchor, key=lambda s: _cited(s, foreign)) if foreign else anchor:
        home = place.clause_of(start[0])
        yield tuple(sorted(p[0] if len(p) == 1 else _nearest(p, start, home, place, foreign) for p in positions))


def _nearest(spans: list[Span], start: Span, home: int, place: Place, foreign: tuple[Span, ...]) -> Span:
    """The hit that belongs to the one at ``start``: one outside cited titles, in its clause, near it, in this order."""
    at, begin, end = place.clause_at, place.start, place.end
    best, least = spans[0], (2, 2, 0)
    for span in spans:
        where = at[span[0] - begin] if span[0] < end else -1
        away = span[0] - start[1] if span[0] > start[1] else max(0, start[0] - span[1])
        rank = (1 if foreign and _cited(span, foreign) else 0, 1 if where != home else 0, away)
        if rank < least:
            best, least = span, rank
    return best


def _cited(span: Span, foreign: tuple[Span, ...]) -> bool:
    return any(a <= span[0] and span[1] <= b for a, b in foreign)


def _positions(words: Words, place: Place, found: Found, after: tuple[Place, ...]) -> list[Span]:
    """Where a term is met."""
    if words.simple:
        return found.words(words)
    if words.term.kind == "regex":
        return found.regex(words.term.options[0])
    figures = _figures(words.units, place, after)
    return figures if words.term.kind == "number" else sorted({*found.words(words), *figures})


def _figures(units: frozenset[str], place: Place, after: tuple[Place, ...]) -> list[Span]:
    figures = [*place.quantities, *(q for p in after for q in p.quantities)] if after else place.quantities
    return [(a, b) for a, b, q in figures if (q.unit in units if units else q.unit != "")]


def _excluded(rule: Rule, place: Place, touched: tuple[int, ...], found: Found) -> bool:
    if rule.barred.isdisjoint(found.numbers):
        return False
    clauses = [place.spans[i] for i in touched]
    return any(
        a <= start and end <= b
        for number in rule.barred & found.numbers
        for start, end in found.spans(number)
        for a, b in clauses
    )
