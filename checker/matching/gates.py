"""The seven gates. What fails one is kept as a refused clue with its reason code."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from checker.matching.elements import Claim, Place
from checker.model import Compact, Genre, Polarity, Reporter, Role, Tense
from checker.patterns import regex


class Refusal(Struct, frozen=True):
    """Why a match earns no credit. ``clue``: it still shows that the text speaks of the matter."""

    code: str
    reason: str
    use: str = ""
    clue: bool = False


_OPENING = regex(r"(?:坚强|正确)领导下|以习近平[^,。]{4,40}为(?:指导|指引|引领)|紧紧围绕[^,。]{2,40}(?:目标|要求|任务)")

# 深入贯彻落实中央、市委关于法治政府建设的决策部署: says whom one follows, not what one did.
_BOW = regex(
    r"^(?:20\d\d年,?|[一二三四五六七八九十]{1,2}是|今年以来,?|一年来,?)?[^,]{0,12}?(?:始终|坚持|坚决|全面|深入|认真|严格|切实|扎实|积极|紧紧|牢牢|持续|不折不扣|,)*"
    r"(?:在|以|按照|根据|围绕|贯彻|学习贯彻|学习宣传贯彻|贯彻执行|落实|贯彻落实|对照|遵照|响应|聚焦)"
    r"[^,]{0,20}(?:党中央|国务院|中央|省委|省政府|自治区党委|上级|[市县区州旗镇]党?委|[市县区州旗]政府)[^,]{0,40}(?:部署|要求|精神|领导下|指导下|指示|安排)[^,]{0,6},?$"
)
_ACT = regex(
    r"已[^,]{0,30}(?:报告|报送|公开|公布)|(?:作了|作出|提交了?)[^,]{0,12}报告|向[^,]{2,24}(?:报告|报送)|会议上|印发|出台|召开|审议"
    r"|(?:政府|人大常委会|委员会):$"  # 中共青溪县委、县人民政府: - whom the report is addressed to
)

Check = Callable[[Claim, Reporter, Compact], Refusal | None]
_OTHERS = ("court", "superior")

LABELS = {
    "G1": "主体不是本级政府",
    "G2": "不是报告年度",
    "G3": "属于计划",
    "G4": "自认问题或否认",
    "G5": "是标题",
    "G6": "书名号内是上级文件",
    "G7": "噪声、荣誉、占位符或不是报告",
}


def gate(match: Claim, reporter: Reporter, view: Compact) -> Refusal | None:
    """The first gate that refuses the match, or None."""
    for check in PLAIN_CHECKS if is_plain(match.place, view) else CHECKS:
        refusal = check(match, reporter, view)
        if refusal:
            return refusal
    return None


def is_plain(place: Place, view: Compact) -> bool:
    """Whether nothing about the sentence can refuse a match but the checks that look at the match itself."""
    if place.plain is None:
        sentence = place.sentence
        place.plain = (
            sentence.role is Role.ACHIEVEMENT
            and not sentence.heading
            and not sentence.noise
            and all(
                c.polarity is Polarity.POSITIVE
                and c.tense is not Tense.PLANNED
                and c.year is None
                and c.subject not in _OTHERS
                and not (c.unfinished or c.honour or c.placeholder)
                for c in sentence.clauses
            )
            and not _says_undone(place, view)
        )
    return place.plain


def _genre(match: Claim, reporter: Reporter, view: Compact) -> Refusal | None:
    if reporter.genre in (Genre.REPORT, Genre.PLAN):
        return None
    return Refusal("G7-genre", f"文本不像法治政府建设报告（{reporter.genre.label}）")


def _heading(match: Claim, reporter: Reporter, view: Compact) -> Refusal | None:
    sentence = match.place.sentence
    if not sentence.heading:
        return None
    if sentence.role is Role.PROBLEM and any(
        match.place.clauses[i][2].polarity is not Polarity.POSITIVE for i in match.touched
    ):
        return None  # (三)法治队伍建设有待加强。 - under 存在的问题 the short numbered lines are what is admitted
    return Refusal("G5-heading", "是标题，不作证据")


def _noise(match: Claim, reporter: Reporter, view: Compact) -> Refusal | None:
    noise = match.place.sentence.noise
    if noise == "index_mention":
        touched = "".join(view.text[a:b] for a, b, _ in (match.place.clauses[i] for i in match.touched))
        return Refusal("G7-index", "只是提到指标体系本身") if "指标体系" in touched else None
    return Refusal("G7-page", "是页面信息，不是正文") if noise else None


def _overview(match: Claim, reporter: Reporter, view: Compact) -> Refusal | None:
    """Opening phrases and bows to superiors earn nothing; a dated or counted act among them still does."""
    place = match.place
    clauses = [place.clauses[i] for i in match.touched]
    if any(a <= start and end <= b for a, b, _ in clauses for start, end, _ in place.quantities):
        return None
    parts = [view.text[a:b] for a, b, _ in clauses]
    if all(_bows(place, i, part) for i, part in zip(match.touched, parts, strict=True)) or (
        match.about and _OPENING.search(view.text, place.start, place.end)
    ):
        return Refusal("G7-overview", "是贯彻上级部署一类的套话")
    if place.sentence.role is not Role.OVERVIEW:
        return None
    if not match.about and any(_ACT.search(p) for p in parts):
        return None
    return Refusal("G7-overview", "是开头的总述套话")


def _bows(place: Place, number: int, clause: str) -> bool:
    """Whether a clause of the sentence is a bow; asked once however many ways touch it."""
    known = place.bows.get(number)
    if known is None:
        known = place.bows[number] = _BOW.match(clause) is not None
    return known


def _citation(match: Claim, reporter: Reporter, view: Compact) -> Refusal | None:
    if match.cited is None:
        return None
    c = match.place.sentence.citations[match.cited]
    return Refusal("G6-citation", f"《{c.title}》是上级文件或只是{c.verb or '提到'}")


def _plan(match: Claim, reporter: Reporter, view: Compact) -> Refusal | None:
    if match.place.sentence.role is Role.PLAN:
        return Refusal("G3-section", "在计划部分", use="plan")
    if any(match.place.clauses[i][2].tense is Tense.PLANNED for i in match.touched):
        return Refusal("G3-clause", "分句说的是计划", use="plan")
    clauses = [match.place.clauses[i] for i in match.touched]
    if any(c.unfinished for _, _, c in clauses) and not any(
        a <= start and end <= b for a, b, _ in clauses for start, end, _ in match.place.quantities
    ):
        return Refusal("G3-unfinished", "所述工作还没有做成", use="plan")
    return None


def _polarity(match: Claim, reporter: Reporter, view: Compact) -> Refusal | None:
    clauses = match.place.clauses
    signs = [clauses[i][2].polarity for i in match.touched]
    after = match.touched[-1] + 1
    if after < len(clauses):
        text = view.text[clauses[after][0] : clauses[after][1]]
        if text.startswith(("其中", "也未", "也没有", "且未")) or (text[:1].isdigit() and "未" in text[:8]):
            signs.append(clauses[after][2].polarity)
    if Polarity.DENIED in signs:
        if match.about and signs[-1] is not Polarity.DENIED:
            # 复议委员会未设立,疑难案件报请…: what is denied is not what the later clause speaks of.
            return Refusal("G4-other", "否认的是同句里另一件事")
        return Refusal("G4-denied", "明确说没有做", use="denial")
    if Polarity.ADMITTED in signs:
        return Refusal("G4-admitted", "自认做得不够", use="admission")
    if match.place.sentence.role is Role.PROBLEM:
        return Refusal("G4-section", "在存在问题部分", use="admission")
    return None


def _subject(match: Claim, reporter: Reporter, view: Compact) -> Refusal | None:
    subjects = {match.place.clauses[i][2].subject for i in match.touched}
    if "court" in subjects:
        return Refusal("G1-court", "主体是法院、检察院")
    if "superior" in subjects:
        return Refusal("G1-superior", "主体是上级机关")
    return None


def _year(match: Claim, reporter: Reporter, view: Compact) -> Refusal | None:
    years = {y for i in match.touched if (y := match.place.clauses[i][2].year) is not None}
    return Refusal("G2-year", f"说的是 {min(years)} 年，不是报告年度", clue=True) if years else None


def _award(match: Claim, reporter: Reporter, view: Compact) -> Refusal | None:
    if match.honours:
        return None
    if any(match.place.clauses[i][2].honour for i in match.touched):
        return Refusal("G7-honour", "只是荣誉或领导肯定")
    return None


def _placeholder(match: Claim, reporter: Reporter, view: Compact) -> Refusal | None:
    if any(match.place.clauses[i][2].placeholder for i in match.touched):
        return Refusal("G7-placeholder", "数字是占位符", clue=True)
    return None


# What a cell of a task table says where the task is not done; prose has its own words (G3, G4).
_UNDONE = regex(
    r"(?:情况|状态|进展|进度|结果|与否|是否[^,:;。]{1,12}):(?:未(?!发现|发生|出现)|尚未|没有|否(?![决认定])|无[,;。]|无$|正在|推进中|进行中|拟|计划|×|0%)"
    r"|[,:](?:未完成|未落实|未整改|未开展|未启动|未达标|进行中|推进中|正在推进|正在办理|正在整改|否|×)(?=[,;。]|$)"
)


def _undone(match: Claim, reporter: Reporter, view: Compact) -> Refusal | None:
    return Refusal("G4-undone", "同一行写明没有完成", clue=True) if _says_undone(match.place, view) else None


def _says_undone(place: Place, view: Compact) -> bool:
    locator = place.sentence.locator
    return bool(locator and locator.undone) or _UNDONE.search(view.text, place.start, place.end) is not None


# In the order in which they are asked; the first refusal holds.
CHECKS: tuple[Check, ...] = (
    _genre,
    _heading,
    _noise,
    _overview,
    _citation,
    _plan,
    _polarity,
    _subject,
    _year,
    _award,
    _placeholder,
    _undone,
)
# Those of them that can refuse a match in a sentence with nothing out of the ordinary.
PLAIN_CHECKS: tuple[Check, ...] = (_genre, _overview, _citation)
