"""The attributes of one sentence, each read when somebody first asks."""

from __future__ import annotations

from msgspec.structs import replace

from checker.model import Citation, Clause, Compact, Quantity, Role, Tense
from checker.patterns import regex
from checker.text.citation import citations
from checker.text.clauses import EDGES, NOTHING, Carry, clause_cuts, read_clauses
from checker.text.quantity import quantities
from checker.text.whole import Whole

_NOISE = (
    ("index_number", regex(r"^(?:索引号|信息索引号|登记号|文号|发文字号|主题分类|体裁分类|发布机构|公开(?:方式|范围|属性|目录)|成文日期|发布日期|发布时间|来源|作者|字[体号])[: ]|^\d{9,}/\d{4}")),
    ("page", regex(r"扫一扫|分享到|打印(?!机|终端|设备|件|出|店)|关闭窗口|当前位置|首页[ >|]|浏览(?:次数|量)|访问量|点击[率数]|公网安备|icp备|网站地图|版权声明|联系我们|字体[: ]|无障碍|适老化|责任编辑|供稿\)|您是第|主办单位|^主办[: ]")),
    ("index_mention", regex(r"示范指标体系|指标体系》")),
)  # fmt: skip
_FURNITURE = 48
# “四个大抓”, 「三张清单」: a small Chinese number right after an opening quotation mark begins a name.
_SMALL = regex(r"[一二三四五六七八九十两]{1,2}[个项张大种类条件]?$")


class Wording:
    """``checker.model.Wording``: the attributes of one sentence, read on demand."""

    __slots__ = (
        "_before",
        "_carry",
        "_citations",
        "_clauses",
        "_cuts",
        "_noise",
        "_planned",
        "_quantities",
        "_role",
        "_whole",
        "span",
        "text",
    )

    def __init__(
        self, whole: Whole, span: tuple[int, int], role: Role, planned: bool, before: Wording | None = None
    ) -> None:
        self._whole = whole
        self._before = before
        self._carry = NOTHING
        self.span = span
        self.text = whole.view.text[span[0] : span[1]]
        self._role = role
        self._planned = planned
        self._cuts: tuple[tuple[int, int], ...] | None = None
        self._clauses: tuple[Clause, ...] | None = None
        self._quantities: tuple[tuple[tuple[int, int], ...], tuple[Quantity, ...]] | None = None
        self._citations: tuple[tuple[tuple[int, int], ...], tuple[Citation, ...]] | None = None
        self._noise: str | None = ""

    @property
    def clause_spans(self) -> tuple[tuple[int, int], ...]:
        """Where the clauses stand in the compact text."""
        if self._cuts is None:
            at = self.span[0]
            self._cuts = tuple((at + a, at + b) for a, b in clause_cuts(self.text) if self.text[a:b].strip(EDGES))
        return self._cuts

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses with their attributes."""
        if self._clauses is None:
            carry = self._before.carry if self._before else NOTHING
            self._clauses, self._carry = read_clauses(
                self._whole, self.clause_spans, self.span[0], self.text, self._role, carry
            )
            if self._planned:
                self._clauses = tuple(replace(c, tense=Tense.PLANNED) for c in self._clauses)
        return self._clauses

    @property
    def carry(self) -> Carry:
        """What holds on behind the semicolon that ends this sentence."""
        return self._carry if self.clauses else NOTHING

    def _figures(self) -> tuple[tuple[tuple[int, int], ...], tuple[Quantity, ...]]:
        if self._quantities is None:
            at, view = self.span[0], self._whole.view
            found = [
                q
                for q in quantities(self.text)
                if not (_SMALL.match(q.text) and _quoted(self._whole.folded, view.offset(at + q.start)))
            ]
            self._quantities = (
                tuple((at + q.start, at + q.end) for q in found),
                tuple(_place(q, view, at) for q in found),
            )
        return self._quantities

    @property
    def quantity_spans(self) -> tuple[tuple[int, int], ...]:
        """Where the figures stand in the compact text."""
        return self._figures()[0]

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """The figures."""
        return self._figures()[1]

    def _titles(self) -> tuple[tuple[tuple[int, int], ...], tuple[Citation, ...]]:
        if self._citations is None:
            at, view = self.span[0], self._whole.view
            found = citations(self.text, self._whole.level) if "《" in self.text else ()
            self._citations = (
                tuple((at + c.start, at + c.end) for c in found),
                tuple(_moved(c, view, at) for c in found),
            )
        return self._citations

    @property
    def citation_spans(self) -> tuple[tuple[int, int], ...]:
        """Where the 《…》 stand in the compact text."""
        return self._titles()[0]

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The 《…》 with the verb before each."""
        return self._titles()[1]

    @property
    def noise(self) -> str | None:
        """Why the sentence is none of the report (page furniture, index numbers), or None."""
        if self._noise == "":
            long = len(self.text) > _FURNITURE  # 打印机, 点击率: in a full sentence they are no page furniture
            self._noise = next(
                (name for name, p in _NOISE if p.search(self.text) and not (long and name == "page")), None
            )
        return self._noise


def _quoted(folded: str, at: int) -> bool:
    return folded[max(0, at - 4) : at].rstrip()[-1:] in ("“", "‘", '"', "'", "「", "『") if at else False


def _place(q: Quantity, view: Compact, at: int) -> Quantity:
    start, end = view.span(at + q.start, at + q.end)
    return Quantity(start, end, q.text, q.value, q.unit, q.comparator, q.previous)


def _moved(c: Citation, view: Compact, at: int) -> Citation:
    start, end = view.span(at + c.start, at + c.end)
    return replace(c, start=start, end=end)
