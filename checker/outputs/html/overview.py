"""The head of the page: four numbers, one bar a chapter, red lines, check-up, figures that do not add up."""

from __future__ import annotations

from msgspec import Struct

from checker.model import Assessment, Rates, Remark, Sentence, Verdict
from checker.model.words import LEDGER_ORDER as ORDER
from checker.outputs.html.indicators import ChapterView, IndicatorView
from checker.outputs.html.reading import sentence_id
from checker.outputs.html.safe import display

# The four numbers of the leader's page; together with what stands outside they make up all indicators.
_FOUR = (
    ("达标（报告口径）", "必备要素齐全，有文件或数据", (Verdict.MET,)),
    ("部分达标", "有做法或数据，要素不全", (Verdict.PARTIAL,)),
    ("证据不足或仅有计划", "只有原则话、线索或打算", (Verdict.WEAK, Verdict.PLANNED)),
    ("未见证据", "本次提交文本中未见", (Verdict.MISSING,)),
)
_OUTSIDE = (Verdict.ADMITTED, Verdict.FAILED, Verdict.MANUAL, Verdict.NOT_APPLICABLE)
# A red line with one of these needs a leader's eye first.
_GRAVE = (Verdict.FAILED, Verdict.ADMITTED)
MOST_ROWS = 8


class NumberView(Struct, frozen=True):
    """One of the big numbers and the verdicts it adds up."""

    name: str
    hint: str
    count: int
    verdicts: str
    sign: str
    css: str


class PartView(Struct, frozen=True):
    """A segment of a bar: percentages of the bar's width, as SVG attributes take them."""

    verdict: Verdict
    count: int
    x: str
    width: str
    middle: str
    label: str


class BarView(Struct, frozen=True):
    """A chapter's bar with its text alternative and rates."""

    id: str
    name: str
    total: int
    parts: tuple[PartView, ...]
    alternative: str
    rates: tuple[str, ...]


class RemarkView(Struct, frozen=True):
    """One finding of the check-up."""

    code: str
    message: str
    advice: str
    target: str


class OverviewView(Struct, frozen=True):
    """All of the head."""

    total: int
    numbers: tuple[NumberView, ...]
    outside: tuple[NumberView, ...]
    sentence: str
    waived: int
    lifted: int
    bars: tuple[BarView, ...]
    sums: BarView
    urgent: tuple[IndicatorView, ...]
    urgent_more: int
    red_lines: int
    red_open: int
    remarks: tuple[RemarkView, ...]
    doubts: tuple[RemarkView, ...]
    recomputed: int
    changes: tuple[IndicatorView, ...]
    up: int
    down: int
    other: int


def overview_view(a: Assessment, chapters: tuple[ChapterView, ...]) -> OverviewView:
    """The head for an assessment."""
    everything = [i for c in chapters for i in c.indicators]
    by_chapter = dict(a.chapter_rates)
    urgent = _urgent(everything)
    doubts = [r for r in a.checkup if r.code == "R13"]
    # What got worse comes first, then what got better.
    changed = sorted(
        (i for i in everything if i.change is not None),
        key=lambda i: ("down", "up", "new", "other").index(i.change.direction if i.change else "other"),
    )
    moved = [i.change.direction for i in everything if i.change is not None]
    bars = tuple(_bar(c.id, c.name, c.indicators, by_chapter[c.id]) for c in chapters)
    return OverviewView(
        total=a.ledger.total,
        numbers=tuple(_number(name, hint, verdicts, a) for name, hint, verdicts in _FOUR),
        outside=tuple(_number(v.label, "", (v,), a) for v in _OUTSIDE),
        sentence=_sentence(a),
        waived=a.ledger.waived,
        lifted=a.ledger.lifted,
        bars=bars,
        sums=_bar("", "合计", tuple(everything), a.rates),
        urgent=tuple(urgent[:MOST_ROWS]),
        urgent_more=max(0, len(urgent) - MOST_ROWS),
        red_lines=sum(i.red_line for i in everything),
        red_open=sum(i.red_line and i.verdict.is_problem for i in everything),
        remarks=tuple(_remark(r, a) for r in a.checkup if r.code != "R13"),
        doubts=tuple(_remark(r, a) for r in doubts),
        recomputed=sum(f.recomputed == "ok" for f in a.figures),
        changes=tuple(changed),
        up=moved.count("up"),
        down=moved.count("down"),
        other=len(moved) - moved.count("up") - moved.count("down"),
    )


def _number(name: str, hint: str, verdicts: tuple[Verdict, ...], a: Assessment) -> NumberView:
    return NumberView(
        name=name,
        hint=hint,
        count=sum(a.ledger[v] for v in verdicts),
        verdicts=" ".join(v.value for v in verdicts),
        sign=" ".join(v.sign for v in verdicts),
        css=verdicts[0].value,
    )


def _urgent(indicators: list[IndicatorView]) -> list[IndicatorView]:
    """Failed and admitted red lines first, then the other red lines with gaps, then failed and blank major ones."""

    def rank(i: IndicatorView) -> int:
        if i.waived or not i.verdict.is_problem:
            return 9
        if i.red_line:
            return 0 if i.verdict in _GRAVE else 1
        if i.verdict is Verdict.FAILED:
            return 0
        return 2 if i.severity == "major" and i.verdict in (Verdict.MISSING, Verdict.PLANNED) else 9

    return sorted((i for i in indicators if rank(i) < 9), key=rank)


def _share(rate: tuple[int, int]) -> str:
    part, whole = rate
    return f"{part}/{whole}（{part / whole:.0%}）" if whole else "—"


def _sentence(a: Assessment) -> str:
    r = a.rates
    return (
        f"可由文本核对的 {r.mentioned[1]} 项中，述及 {_share(r.mentioned)}，充分 {_share(r.sufficient)}，"
        f"空白 {_share(r.blank)}。"
    )


def _bar(id_: str, name: str, indicators: tuple[IndicatorView, ...], rates: Rates) -> BarView:
    total = len(indicators)
    parts: list[PartView] = []
    at = 0
    for verdict in ORDER:
        count = sum(i.verdict is verdict for i in indicators)
        if not count:
            continue
        width = count / total * 100
        x = at / total * 100
        # Signs need about 5 % of the bar, sign and number about 9 %.
        label = f"{verdict.sign}{count}" if width >= 9 else verdict.sign if width >= 4.5 else ""
        parts.append(PartView(verdict, count, f"{x:.3f}%", f"{width:.3f}%", f"{x + width / 2:.3f}%", label))
        at += count
    alternative = f"{name} {total} 项：" + "，".join(f"{p.verdict.label} {p.count} 项" for p in parts)
    shown = tuple(f"{n}/{d}" for n, d in (rates.mentioned, rates.sufficient, rates.blank))
    return BarView(id_, name, total, tuple(parts), alternative, shown)


def _remark(r: Remark, a: Assessment) -> RemarkView:
    target = ""
    if r.document is not None and r.start is not None:
        found = _at(a.analyses[r.document].sentences, r.start)
        target = sentence_id(r.document, found.number) if found else ""
    return RemarkView(r.code, display(r.message), display(r.advice), target)


def _at(sentences: tuple[Sentence, ...], start: int) -> Sentence | None:
    return next((s for s in sentences if s.start <= start < s.end), None)
