"""Document -> Analysis: sentences and clauses as exact slices, each with its attributes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from checker.model import (
    Analysis,
    Citation,
    Clause,
    Compact,
    Document,
    Genre,
    Polarity,
    Quantity,
    Role,
    Sentence,
    Tense,
)
from checker.text.citation import citations
from checker.text.normalize import compact, fold
from checker.text.outline import Piece, pieces, run_ins
from checker.text.quantity import quantities
from checker.text.reporter import read_reporter
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
from checker.text.watch import ALL, Seen, watched

_COURT = watched(
    r"^(?:[一二三四五六七八九十]是)?(?:其中)?(?![^,法检]{0,6}(?:支持|配合|会同|联合|邀请|协同|对接|依托|深入|走访|收到|接受|尊重|执行|履行|联席|与|向|经|对|同|和|在|由))"
    r"(?:[\u4e00-\u9fa5]{0,8}[省市县区州旗])?(?:中级|高级|基层|两级)?(?:人民)?(?:法院|检察院)(?!(?:作出的)?(?:生效|判决|裁判|裁定)|.{0,3}(?:对接|协作|联合|信访|、|和|及|与|等|办公室|办事|进驻|的)|[^,]{0,14}的(?:行政|一审|二审|民事|案件|诉讼))"
)
_SUPERIOR = watched(
    r"^(?:在|经|由)?(?:国家|中央|国务院|全国|省|自治区)[^,]{0,12}(?:组织|开展|印发|出台|制定|下发|召开|举办)|^在[^,]{0,8}(?:省|自治区|国家|司法部|中央)[^,]{0,16}(?:中|组织|开展)"
    r"|^[—-]*(?:国家|中央|国务院|省委?|自治区)[^,]{0,40}(?:指出|显示|通报)$|^全(?:省|国)(?!首|率先|领先|前列|第|先进|示范|优秀|推广|试点|唯一|各|范围)[^,]{0,30}(?:率|件|次|个|家|人)"
)
_BUREAU = watched(
    r"^(?:[一二三四五六七八九十]是)?(?:其中)?(?:[省市县区州旗])?(?![^,]{0,8}(?:全局|大局|格局|布局|当局|各|所有|全部|委、))[\u4e00-\u9fa5]{1,8}局(?=[印出制公编开组对查建推坚聚深按加完梳、配举发审通实])"
)
_HONOUR = watched(
    r"荣获|荣膺|获评|评为|授予|入选|获得[^,]{0,16}(?:称号|奖|荣誉|表彰|肯定)|表彰为|优秀案卷|领导肯定|批示肯定|(?:位居|位列|居|列|排名)全[国省市]|典型推广|肯定$|好评|最佳实践"
)
_PLACEHOLDER = watched(
    r"(?:^|[^a-z])[x×]{1,4}(?=[余多]?[万亿千百]?[余多]?[件次名个人场家项份条期批起台宗户处支%元])|[*_]{1,4}(?=[余多]?[万亿千百]?[件次名个人场家项份条期批起台宗户处支%元])|○○|\[\s*\]"
)
_CLAUSE_YEAR = watched(
    r"^(?:[一二三四五六七八九十]是)?(?:其中|早在|在|于|自|从|截至|截止|到|至)?(20[0-4]\d)年(?!度(?:报告|工作|法治))(?:度)?(?!以来|起|以前|之前|前|\d{1,2}月\d{1,2}日前|[-—至]|底前|来)"
)
_NOISE = (
    ("index_number", re.compile(r"^(?:索引号|信息索引号|登记号|文号|发文字号|主题分类|体裁分类|发布机构|公开(?:方式|范围|属性|目录)|成文日期|发布日期|发布时间|来源|作者|字[体号])[: ]|^\d{9,}/\d{4}")),
    ("page", re.compile(r"扫一扫|分享到|打印|关闭窗口|当前位置|首页[ >|]|浏览(?:次数|量)|访问量|点击[率数]|公网安备|icp备|网站地图|版权声明|联系我们|字体[: ]|无障碍|适老化|责任编辑|供稿\)|您是第|主办单位|^主办[: ]")),
    ("index_mention", re.compile(r"示范指标体系|指标体系》")),
)  # fmt: skip
_FURNITURE = 48
_SUBHEAD_PROBLEM = watched(
    r"(?:存在|面临)[^,。;]{0,16}(?:问题|不足|短板|差距|困难)[^,。;]{0,6}(?:[:]|主要(?:有|是|表现)|如下|一是)|主要(?:问题|不足)(?:有|是)[:]?$|(?:问题|不足)主要有[:]?"
    r"|(?:我们|同时|但|,|^)(?:也|还|更|仍)(?:应|要|须|必须)?(?:当|该)?(?:清醒地?|深刻地?)?(?:看到|认识到|注意到)(?=[,:了到]|一些|工作中|法治|存在|我)"
)
_NEXT_YEAR = watched(r"^(20[0-4]\d)年(?:度)?[,]?(?!\d{1,2}月|[-—至])")
_LEAD_IN = re.compile(r"[:]$")


def analyze(
    document: Document,
    *,
    level: str | None = None,
    year: int | None = None,
    place: str | None = None,
    genre: Genre | None = None,
) -> Analysis:
    """Analyze a document. ``level``, ``year``, ``place`` and ``genre`` given win over what the page says."""
    folded = fold(document.text)
    reporter = read_reporter(folded, level, year, place, document.page)
    if genre is not None:
        reporter = replace(reporter, genre=genre, genre_reason="按所给文种")
    title_end = _title_end(folded, reporter.title)
    overview_end = _overview_end(folded, title_end)
    view = compact(folded)
    page = _Page(folded, view, Seen(view.text), reporter.level, reporter.year)
    sentences: list[Sentence] = []
    wording: _Wording | None = None
    ordinals: dict[str, int] = {}
    scope = _Scope(page, reporter.genre)
    for piece in pieces(folded, reporter.genre, title_end, document.aside):
        for start, end in _split(folded, piece):
            ordinal = ordinals[piece.path] = ordinals.get(piece.path, 0) + 1
            role, heading = piece.role, piece.heading
            if end <= title_end:
                role, heading = Role.METADATA, True
            elif role is Role.OVERVIEW and start >= overview_end:
                role = Role.ACHIEVEMENT
            span = (view.index(start), view.index(end))
            role = scope.role_of(role, heading, piece, start, end, span)
            goes_on = sentences and folded[sentences[-1].end - 1] == ";" and not _NEXT_ITEM.match(view.text, span[0])
            before = wording if goes_on and sentences[-1].paragraph == piece.paragraph and not heading else None
            wording = _Wording(page, span, piece.role, role is Role.PLAN, before)
            sentences.append(
                Sentence(
                    len(sentences) + 1,
                    start,
                    end,
                    role,
                    heading,
                    piece.path,
                    ordinal,
                    piece.paragraph,
                    piece.line,
                    wording,
                    document.locate(start) if document.blocks else None,
                )
            )
    return Analysis(document, reporter, folded, view, tuple(sentences))


@dataclass(frozen=True, slots=True)
class _Page:
    """What all sentences of a document share."""

    folded: str
    view: Compact
    seen: Seen
    level: str
    year: int | None


class _Scope:
    """下一步 and 存在的问题 inside a paragraph hold until the paragraph (or the lines it announces) ends."""

    def __init__(self, page: _Page, genre: Genre) -> None:
        self.page = page
        self.genre = genre
        self.paragraph = -1
        self.path = ""
        self.role: Role | None = None
        self.carry = False

    def role_of(self, role: Role, heading: bool, piece: Piece, start: int, end: int, span: tuple[int, int]) -> Role:
        """The role of a sentence as the running scope demands."""
        if heading or role in (Role.METADATA, Role.PLAN):
            if heading:
                self.role, self.carry = None, False
            return role
        if piece.paragraph != self.paragraph:
            if not (self.carry and piece.path == self.path):
                self.role = None
            self.paragraph, self.path = piece.paragraph, piece.path
        seen = self.page.seen.within(*span)
        if self.role is None and not seen & (SCOPE.bit | _SUBHEAD_PROBLEM.bit | _NEXT_YEAR.bit):
            return role
        text = "".join(self.page.folded[start:end].split())
        opener = _ITEM.sub("", text)
        if self._next_year(opener):
            self.role, self.carry = Role.PLAN, True  # 2026年,重点下好几步棋: the rest of the section is next year's
        elif plan_scope(opener):
            self.role, self.carry = Role.PLAN, bool(_LEAD_IN.search(text))
        elif self.role is not Role.PLAN and _SUBHEAD_PROBLEM.search(text) and role is not Role.PROBLEM:
            self.role, self.carry = Role.PROBLEM, True
        elif self.role is Role.PLAN and _NEXT_ITEM.match(text) and not self.carry and role is Role.ACHIEVEMENT:
            self.role = None  # the next item of an achievement list begins
        return self.role or role

    def _next_year(self, opener: str) -> bool:
        m = _NEXT_YEAR.match(opener)
        return m is not None and self.page.year is not None and int(m[1]) == self.page.year + 1


_ITEM = re.compile(r"^(?:[一二三四五六七八九十]{1,2}是|[(]?\d{1,2}[).、])")
_NEXT_ITEM = re.compile(r"^[一二三四五六七八九十]{1,2}是")


def _title_end(folded: str, title: str) -> int:
    if not title:
        return 0
    bare = re.escape(title[-8:])
    end = 0
    for m in re.finditer(r"\s*".join(re.escape(c) for c in title[-10:]) if title else bare, folded[:3000]):
        rest = folded[m.end() : m.end() + 2]
        if rest[:1] in ("", "\n", "\r", " ") and not folded[max(0, m.start() - 60) : m.start()].rpartition("\n")[
            2
        ].count("。"):
            end = m.end()
    return end


_AS_FOLLOWS = re.compile(r"(?:报告|汇报|总结|公开|公布|介绍|情况|通报)(?:如下|于后)[。:]?")


def _overview_end(folded: str, title_end: int) -> int:
    """Where the opening phrases end: at 报告如下, or with the first sentence of the body."""
    m = _AS_FOLLOWS.search(folded, title_end, title_end + 2500)
    if m:
        return m.end()
    m = re.compile(r"。").search(folded, title_end)
    return m.end() if m else title_end


_TOKEN = re.compile(r"[《》()]|[。!?;]+[”’\"')]*")
_WORD = re.compile(r"[^\W_]")


def _split(folded: str, piece: Piece) -> list[tuple[int, int]]:
    """Sentence slices of a piece, trimmed of surrounding white space."""
    if piece.heading:
        return [_trim(folded, piece.start, piece.end)]
    cuts = {piece.start, piece.end}
    depth = 0
    for m in _TOKEN.finditer(folded, piece.start, piece.end):
        token = m[0]
        if token in "《(":
            depth += 1
        elif token in "》)":
            depth = max(0, depth - 1)
        elif depth == 0 or token[0] in "。!?":
            cuts.add(m.end())
            depth = 0
    cuts.update(run_ins(folded, piece.start, piece.end))
    spans = [_trim(folded, a, b) for a, b in pairwise(sorted(cuts))]
    return [(a, b) for a, b in spans if b > a and _WORD.search(folded, a, b)]


def _trim(folded: str, start: int, end: int) -> tuple[int, int]:
    while start < end and folded[start].isspace():
        start += 1
    while end > start and folded[end - 1].isspace():
        end -= 1
    return start, end


@dataclass(frozen=True, slots=True)
class _Carry:
    """Whose work, which year and whether a plan: what a semicolon does not end (2019年,……;……;……。)."""

    subject: str = ""
    year: int | None = None
    planned: bool = False


_NOTHING = _Carry()


class _Wording:
    """See ``Wording``: the attributes of one sentence, read on demand."""

    __slots__ = (
        "_before",
        "_carry",
        "_citations",
        "_clauses",
        "_cuts",
        "_noise",
        "_page",
        "_planned",
        "_quantities",
        "_role",
        "span",
        "text",
    )

    def __init__(
        self, page: _Page, span: tuple[int, int], role: Role, planned: bool, before: _Wording | None = None
    ) -> None:
        self._page = page
        self._before = before
        self._carry = _NOTHING
        self.span = span
        self.text = page.view.text[span[0] : span[1]]
        self._role = role
        self._planned = planned
        self._cuts: tuple[tuple[int, int], ...] | None = None
        self._clauses: tuple[Clause, ...] | None = None
        self._quantities: tuple[tuple[tuple[int, int], ...], tuple[Quantity, ...]] | None = None
        self._citations: tuple[tuple[tuple[int, int], ...], tuple[Citation, ...]] | None = None
        self._noise: str | None = ""

    @property
    def clause_spans(self) -> tuple[tuple[int, int], ...]:
        if self._cuts is None:
            at = self.span[0]
            self._cuts = tuple((at + a, at + b) for a, b in clause_cuts(self.text) if self.text[a:b].strip(_EDGES))
        return self._cuts

    @property
    def clauses(self) -> tuple[Clause, ...]:
        if self._clauses is None:
            carry = self._before.carry if self._before else _NOTHING
            self._clauses, self._carry = _clauses(
                self._page, self.clause_spans, self.span[0], self.text, self._role, carry
            )
            if self._planned:
                self._clauses = tuple(replace(c, tense=Tense.PLANNED) for c in self._clauses)
        return self._clauses

    @property
    def carry(self) -> _Carry:
        """What holds on behind the semicolon that ends this sentence."""
        return self._carry if self.clauses else _NOTHING

    def _figures(self) -> tuple[tuple[tuple[int, int], ...], tuple[Quantity, ...]]:
        if self._quantities is None:
            at, view = self.span[0], self._page.view
            found = [
                q
                for q in quantities(self.text)
                if not (_SMALL.match(q.text) and _quoted(self._page.folded, view.offset(at + q.start)))
            ]
            self._quantities = (
                tuple((at + q.start, at + q.end) for q in found),
                tuple(_place(q, view, at) for q in found),
            )
        return self._quantities

    @property
    def quantity_spans(self) -> tuple[tuple[int, int], ...]:
        return self._figures()[0]

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        return self._figures()[1]

    def _titles(self) -> tuple[tuple[tuple[int, int], ...], tuple[Citation, ...]]:
        if self._citations is None:
            at, view = self.span[0], self._page.view
            found = citations(self.text, self._page.level) if "《" in self.text else ()
            self._citations = (
                tuple((at + c.start, at + c.end) for c in found),
                tuple(_moved(c, view, at) for c in found),
            )
        return self._citations

    @property
    def citation_spans(self) -> tuple[tuple[int, int], ...]:
        return self._titles()[0]

    @property
    def citations(self) -> tuple[Citation, ...]:
        return self._titles()[1]

    @property
    def noise(self) -> str | None:
        if self._noise == "":
            long = len(self.text) > _FURNITURE  # 打印机, 点击率: in a full sentence they are no page furniture
            self._noise = next(
                (name for name, p in _NOISE if p.search(self.text) and not (long and name == "page")), None
            )
        return self._noise


# “四个大抓”, 「三张清单」: a small Chinese number right after an opening quotation mark begins a name.
_SMALL = re.compile(r"[一二三四五六七八九十两]{1,2}[个项张大种类条件]?$")


def _quoted(folded: str, at: int) -> bool:
    return folded[max(0, at - 4) : at].rstrip()[-1:] in ("“", "‘", '"', "'", "「", "『") if at else False


def _place(q: Quantity, view: Compact, at: int) -> Quantity:
    start, end = view.span(at + q.start, at + q.end)
    return Quantity(start, end, q.text, q.value, q.unit, q.comparator, q.previous)


def _moved(c: Citation, view: Compact, at: int) -> Citation:
    start, end = view.span(at + c.start, at + c.end)
    return replace(c, start=start, end=end)


_EDGES = ",:;。!? "
_CUT = re.compile(r"[《》(),:]")
_THREE_DIGITS = re.compile(r"\d{3}(?!\d)")


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


def _clauses(
    page: _Page, spans: tuple[tuple[int, int], ...], at: int, text: str, role: Role, carry: _Carry
) -> tuple[tuple[Clause, ...], _Carry]:
    """The attributes of the clauses at compact ``spans`` of the sentence ``text`` that begins at ``at``.

    ``carry`` is what the part before a semicolon hands on; what this one hands on comes back beside the clauses.
    """
    out: list[Clause] = []
    view, year = page.view, page.year
    subject, planned, carried, turned = carry.subject, False, carry.planned, False
    other_year = carry.year
    for begin, end in spans:
        clause = view.text[begin:end].strip(_EDGES)
        seen = page.seen.within(begin, end)
        subject = _subject(clause, subject, seen, page.level)
        bare, bare_seen = (_TITLES.sub("", clause), ALL) if "《" in clause else (clause, seen)
        m = _CLAUSE_YEAR.match(bare) if bare_seen & _CLAUSE_YEAR.bit else None
        if m:
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
    hands_on = _Carry(
        subject if subject in ("court", "superior") else "",
        other_year,
        bool(clauses) and (planned or (carried and clauses[0].tense is Tense.PLANNED)),
    )
    return clauses, hands_on


_TITLES = re.compile(r"《[^》]*》")
_LATER = watched(
    r"(?:计划|预计|拟|力争|争取|将|有望)(?:于|在|到)?[^,;。]{0,14}(?:完成|建成|投入使用|投用|出台|上线|启用|实施|全覆盖|实现)|预计[^,;。]{0,16}(?:投入使用|建成|完成|上线)"
)


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
            and not re.search(r"已|完成|出台|印发|建成|开展了|召开", before)
        ):
            out[i - 1] = replace(out[i - 1], tense=Tense.PLANNED)
    return tuple(out)


def _subject(clause: str, before: str, seen: int, level: str) -> str:
    if seen & _COURT.bit and _COURT.match(clause):
        return "court"
    if seen & _SUPERIOR.bit and level not in ("province", "ministry") and _SUPERIOR.match(clause):
        return "superior"
    if seen & _BUREAU.bit and _BUREAU.match(clause):
        return "bureau"
    return "" if before and _OWN.match(clause) else before


_OWN = re.compile(r"(?:[一二三四五六七八九十]是)?(?:全[县区市州]|各|[县区市州](?:政府|委)|我[县区市])")
