"""A sentence -> its clauses: whose work, of which year, done or planned, said or denied."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from checker import patterns
from checker.model import Clause, Polarity, Role, Tense
from checker.patterns import regex
from checker.text.tense import (
    SCOPE,
    TURN,
    carries_on,
    happened,
    plan_scope,
    polarity,
    tense,
    turns,
    unfinished,
    wanting,
)
from checker.text.watch import ALL, watched
from checker.text.whole import Whole

_COURT = watched(
    r"^(?:[一二三四五六七八九十]是)?(?:其中)?(?![^,法检]{0,6}(?:支持|配合|会同|联合|邀请|协同|对接|依托|深入|走访|收到|接受|尊重|执行|履行|联席|与|向|经|对|同|和|在|由))"
    r"(?:[\u4e00-\u9fa5]{0,8}[省市县区州旗])?(?:中级|高级|基层|两级)?(?:人民)?(?:法院(?:、|和|与)[省市县区州旗]?(?:人民)?检察院|法院|检察院)(?!(?:作出的)?(?:生效|判决|裁判|裁定)|.{0,3}(?:对接|协作|联合|信访|、|和|及|与|等|办公室|办事|进驻|的)|[^,]{0,14}的(?:行政|一审|二审|民事|案件|诉讼))"
)
# 法院发来司法建议4份,均书面回复: what is told is the reply, and that is the reporter's.
_PROPOSED = regex(r"(?:发来|制发|提出|送达|发出|下发)[^,]{0,16}(?:司法|检察)建议")
_ANSWERED = regex(r"(?:均|全部|逐[件条一]|已|按期|期限内|按时)[^,;。]{0,12}(?:回复|反馈|采纳|整改|办复)")
_SUPERIOR = watched(
    r"^(?:在|经|由)?(?:国家|中央|国务院|全国|省|自治区)[^,]{0,12}(?:组织|开展|印发|出台|制定|下发|召开|举办)|^在[^,]{0,8}(?:省|自治区|国家|司法部|中央)[^,]{0,16}(?:中|组织|开展)"
    r"|^[—-]*(?:国家|中央|国务院|省委?|自治区)[^,]{0,40}(?:指出|显示|通报)$|^全(?:省|国)(?![^,]{0,6}(?:示范|先进|优秀|文明))(?!首|率先|领先|前列|第|先进|示范|优秀|推广|试点|唯一|各|范围)[^,]{0,30}(?:率|件|次|个|家|人)"
)
# 市气象台、市生态环境局 in a county's report: the city's organ, unless it is the county's branch of it (……分局).
_CITY_ORGAN = watched(
    r"^市(?!场|县|政|直|区|级|民|委|容|域|面)[\u4e00-\u9fa5]{2,6}(?:局|台|支队|总队)(?![^,]{0,8}(?:分局|大队))"
)
_BUREAU = watched(
    r"^(?:[一二三四五六七八九十]是)?(?:其中)?(?:[省市县区州旗])?(?![^,]{0,8}(?:全局|大局|格局|布局|当局|各|所有|全部|委、))[\u4e00-\u9fa5]{1,8}局(?=[印出制公编开组对查建推坚聚深按加完梳、配举发审通实])"
)
_OWN = regex(r"(?:[一二三四五六七八九十]是)?(?:全[县区市州]|各|[县区市州](?:政府|委)|我[县区市])")
_HONOUR = watched(
    r"荣获|荣膺|获评|评为(?![^,]{0,5}风险)|授予|入选|获得[^,]{0,16}(?:称号|奖|荣誉|表彰|肯定)|表彰为|优秀案卷|领导肯定|批示肯定|(?:位居|位列|居|列|排名)全[国省市]|典型推广|肯定$|好评|最佳实践"
)
_PLACEHOLDER = watched(
    r"(?:^|[^a-z])[x×]{1,4}(?=[余多]?[万亿千百]?[余多]?[件次名个人场家项份条期批起台宗户处支%元])|[*_]{1,4}(?=[余多]?[万亿千百]?[件次名个人场家项份条期批起台宗户处支%元])|○○|\[\s*\]"
)
_CLAUSE_YEAR = watched(
    r"^(?:[一二三四五六七八九十]是)?(?:其中|早在|在|于|自|从|截至|截止|到|至)?(20[0-4]\d)年(?!度(?:报告|工作|法治))(?:度)?(?!以来|起|以前|之前|前|\d{1,2}月\d{1,2}日前|[-—至]|底前|来)"
)
_LATER = watched(
    r"(?:计划|预计|拟|力争|争取|将|有望)(?:于|在|到)?[^,;。]{0,14}(?:完成|建成|投入使用|投用|出台|上线|启用|实施|全覆盖|实现)|预计[^,;。]{0,16}(?:投入使用|建成|完成|上线)"
)
_TITLES = regex(r"《[^》]*》")
EDGES = ",:;。!? "
_CUT = regex(r"[《》(),:]")
_THREE_DIGITS = regex(r"\d{3}(?!\d)")


class Carry(Struct, frozen=True):
    """Whose work, which year and whether a plan: what a semicolon does not end (2019年,……;……;……。)."""

    subject: str = ""
    year: int | None = None
    planned: bool = False


NOTHING = Carry()


def clause_cuts(text: str) -> list[tuple[int, int]]:
    """(start, end) of the clauses of a compact sentence: commas and colons outside 《》, () and figures."""
    out: list[tuple[int, int]] = []
    depth, begin = 0, 0
    for m in _CUT.finditer(text):
        char, i = m[0], m.start()
        if char in "《(":
            depth += 1
        elif char in "》)":
            depth = max(0, depth - 1)
        elif depth == 0:
            if text[i - 1 : i].isdigit():
                if char == "," and _THREE_DIGITS.match(text, i + 1, i + 5):
                    continue
                if char == ":" and text[i + 1 : i + 2].isdigit():
                    continue
            out.append((begin, i + 1))
            begin = i + 1
    if begin < len(text):
        out.append((begin, len(text)))
    return out


def read_clauses(
    whole: Whole, spans: tuple[tuple[int, int], ...], at: int, text: str, role: Role, carry: Carry
) -> tuple[tuple[Clause, ...], Carry]:
    """The attributes of the clauses at compact ``spans`` of the sentence ``text`` that begins at ``at``.

    ``carry`` is what the part before a semicolon hands on; what this one hands on comes back beside the clauses.
    """
    out: list[Clause] = []
    view, year = whole.view, whole.year
    subject, planned, carried, turned = carry.subject, False, carry.planned, False
    other_year = carry.year
    for begin, end in spans:
        clause = view.text[begin:end].strip(EDGES)
        seen = whole.seen.within(begin, end)
        subject = _subject(clause, subject, seen, whole.level)
        if subject == "court" and _PROPOSED.search(clause) and _ANSWERED.search(text):
            subject = ""
        bare, bare_seen = (_TITLES.sub("", clause), ALL) if "《" in clause else (clause, seen)
        m = _CLAUSE_YEAR.match(bare) if bare_seen & _CLAUSE_YEAR.bit else None
        if m and year is not None and int(m.group(1)) < year and _done_in(year, clause, m.end()):
            other_year = year  # 2021年度执法数据于2022年1月公开: last year's data, published in this one
        elif m:
            other_year = int(m.group(1))
        elif year is not None and str(year) in clause:
            other_year = year
        planned = planned or (seen & SCOPE.bit != 0 and plan_scope(clause))
        if carried and happened(clause):
            carried = False
        when = Tense.PLANNED if planned or carried else tense(clause, seen)
        carried = carried or (when is Tense.PLANNED and carries_on(clause))
        sign = polarity(bare, text[end - at :], bare_seen)
        turned = turned or (seen & TURN.bit != 0 and turns(clause))
        if turned and sign is Polarity.POSITIVE and when is not Tense.PLANNED and wanting(clause):
            sign = Polarity.ADMITTED
        if role is Role.PLAN and sign is not Polarity.POSITIVE:
            sign = Polarity.POSITIVE
        start, stop = view.span(begin, end)
        out.append(
            Clause(
                start,
                stop,
                when,
                sign,
                subject,
                other_year if year is not None and other_year is not None and other_year < year else None,
                unfinished(clause, seen),
                seen & _HONOUR.bit != 0 and _HONOUR.search(clause) is not None,
                seen & _PLACEHOLDER.bit != 0 and _PLACEHOLDER.search(clause) is not None,
            )
        )
    clauses = _pull_plan_back(text, tuple(out))
    hands_on = Carry(
        subject if subject in ("court", "superior") else "",
        other_year,
        bool(clauses) and (planned or (carried and clauses[0].tense is Tense.PLANNED)),
    )
    return clauses, hands_on


def _done_in(year: int, clause: str, after: int) -> bool:
    """Whether the clause says later on that it was done on a day or in a month of ``year``."""
    at = clause.find(f"{year}年", after)
    return at >= 0 and clause[at - 1] in "于在" and clause[at + 5 : at + 6].isdigit()


def _pull_plan_back(text: str, clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """…的制定工作,计划于明年完成: the date of completion speaks of the clause before it, too."""
    if not any(c.tense is Tense.PLANNED for c in clauses[1:]):
        return clauses
    cuts = clause_cuts(text)
    out = list(clauses)
    for i in range(1, min(len(cuts), len(out))):
        part = text[cuts[i][0] : cuts[i][1]]
        before = text[cuts[i - 1][0] : cuts[i - 1][1]]
        if (
            out[i].tense is Tense.PLANNED
            and _LATER.match(part)
            and not patterns.search(r"已|完成|出台|印发|建成|开展了|召开", before)
        ):
            out[i - 1] = replace(out[i - 1], tense=Tense.PLANNED)
    return tuple(out)


def _subject(clause: str, before: str, seen: int, level: str) -> str:
    if seen & _COURT.bit and _COURT.match(clause):
        return "court"
    if seen & _SUPERIOR.bit and level not in ("province", "ministry") and _SUPERIOR.match(clause):
        return "superior"
    if seen & _CITY_ORGAN.bit and level in ("county", "township") and _CITY_ORGAN.match(clause):
        return "superior"
    if seen & _BUREAU.bit and _BUREAU.match(clause):
        return "bureau"
    return "" if before and _OWN.match(clause) else before
