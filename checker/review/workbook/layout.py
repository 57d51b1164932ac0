"""The layout of the workbook, shared by the writer and the reader: sheets, columns, who owns them, lists.

Every table sheet has a hidden first row with the machine keys of sheet and columns, a row with the title, a row with the
headers, then data. The key row is what lets a renamed header, a moved column or a renamed sheet be recognised.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from msgspec import Struct

KEY_ROW, TITLE_ROW, HEADER_ROW, FIRST_ROW = 1, 2, 3, 4
MARK = "checker:"
FORMAT = 1


class Owner(Enum):
    """Who writes a column. A suggestion is written by the machine until somebody types over it."""

    MACHINE = "machine"
    SUGGESTION = "suggestion"
    PEOPLE = "people"


class Kind(Enum):
    """How a cell is written and printed."""

    TEXT = "text"
    CENTRE = "centre"
    NUMBER = "number"
    DATE = "date"
    VERDICT = "verdict"


class Column(Struct, frozen=True):
    """One column. ``shared`` names a value that the same problem also carries on other sheets."""

    key: str
    title: str
    width: float
    owner: Owner = Owner.MACHINE
    kind: Kind = Kind.TEXT
    choices: str = ""
    shared: str = ""
    help: str = ""

    @property
    def typed(self) -> bool:
        """Whether people's text in it must survive a run."""
        return self.owner is not Owner.MACHINE


class Sheet(Struct, frozen=True):
    """One table sheet. ``identity`` are the columns that together name a row, whatever its place."""

    key: str
    name: str
    columns: tuple[Column, ...]
    identity: tuple[str, ...]
    paper: str = "A4"
    landscape: bool = True
    frozen: int = 2
    group: str = ""
    kept: bool = False

    def __getitem__(self, key: str) -> Column:
        return next(c for c in self.columns if c.key == key)

    def place(self, key: str) -> int:
        """Position of a column among the columns, from 0."""
        return next(n for n, c in enumerate(self.columns) if c.key == key)

    def typed(self) -> Iterator[Column]:
        """Columns that people may write."""
        return (c for c in self.columns if c.typed)


class Form(Struct, frozen=True):
    """A sheet that is no table (cover, leaders' page, instructions)."""

    key: str
    name: str
    landscape: bool = False


def _m(key: str, title: str, width: float, kind: Kind = Kind.TEXT, shared: str = "", help: str = "") -> Column:
    return Column(key, title, width, Owner.MACHINE, kind, "", shared, help)


def _s(key: str, title: str, width: float, choices: str = "", shared: str = "", kind: Kind = Kind.TEXT) -> Column:
    return Column(key, title, width, Owner.SUGGESTION, kind, choices, shared)


def _p(
    key: str, title: str, width: float, kind: Kind = Kind.TEXT, choices: str = "", shared: str = "", help: str = ""
) -> Column:
    return Column(key, title, width, Owner.PEOPLE, kind, choices, shared, help)


C, N, D, V = Kind.CENTRE, Kind.NUMBER, Kind.DATE, Kind.VERDICT

PROBLEMS = Sheet(
    "problems",
    "问题清单",
    (
        _m("row", "序号", 5, C),
        _m("number", "问题编号", 12, C),
        _m("chapter", "一级指标", 10),
        _m("indicator", "指标编号及内容", 34),
        _m("verdict", "机审结论", 11, V),
        _m("nature", "问题性质", 12, C),
        _s("severity", "严重程度", 8, "severity", kind=C),
        _s("problem", "问题描述", 40),
        _m("quote", "报告原句", 46),
        _m("where", "出处", 14),
        _m("missing", "缺失要素", 24),
        _m("materials", "建议补充证据", 30),
        _s("lead", "牵头单位", 14, "units", "lead"),
        _s("support", "配合单位", 14, "", "support"),
        _s("measure", "整改措施", 36, "", "measure"),
        _p("deadline", "整改时限", 12, D, shared="deadline"),
        _p("state", "整改状态", 13, C, "state", "state", "新问题默认「未启动」"),
        _p("answer", "单位说明", 24, help="例如：已做，材料见……"),
        _p("human", "人工结论", 12, V, "verdict", "human", "填了以人工为准"),
        _p("reviewer", "审核人/日期", 14),
        _p("note", "备注", 18),
    ),
    ("number",),
    paper="A3",
    kept=True,
)
INDICATORS = Sheet(
    "indicators",
    "指标自评表",
    (
        _m("row", "序号", 5, C),
        _m("number", "指标编号", 10, C),
        _m("title", "三级指标", 18),
        _m("chapter", "一级指标", 12),
        _m("section", "二级指标", 14),
        _m("requirement", "指标内容", 34),
        _m("method", "评测方式", 12),
        _m("verdict", "机审结论", 11, V),
        _m("reasons", "判定理由", 36),
        _m("quote", "报告原句", 40),
        _m("where", "出处", 14),
        _m("metrics", "数据", 20),
        _m("gap", "存在差距", 22),
        _s("lead", "责任单位（牵头）", 14, "units", "lead"),
        _s("support", "配合单位", 14, "", "support"),
        _p("own", "自评情况", 34, help="300 字以内，写数据"),
        _p("own_verdict", "自评结论", 12, V, "verdict"),
        _p("materials", "佐证材料编号", 14),
        _p("human", "人工结论", 12, V, "verdict", "human", "填了以人工为准"),
        _p("review", "审核意见", 20),
        _p("reviewer", "审核人", 9, C),
        _p("reviewed", "审核日期", 12, D),
    ),
    ("number",),
    paper="A3",
    frozen=3,
    kept=True,
)
EXCERPTS = Sheet(
    "excerpts",
    "证据摘录",
    (
        _m("row", "序号", 6, C),
        _m("number", "指标编号", 10, C),
        _m("title", "三级指标", 16),
        _m("use", "结论贡献", 10, C),
        _m("strength", "强度", 9, C),
        _m("tense", "时态", 6, C),
        _m("polarity", "极性", 6, C),
        _m("subject", "主体", 10),
        _m("year", "年度", 7, C),
        _m("quote", "原句", 52),
        _m("where", "出处", 16),
        _m("element", "命中要素", 16),
        _m("code", "被拒原因码", 13, C),
        _m("reason", "说明", 20),
        _p("opinion", "核对意见", 14),
    ),
    ("number", "element", "use", "quote"),
)
MATERIALS = Sheet(
    "materials",
    "佐证材料清单",
    (
        _m("row", "序号", 5, C),
        _m("number", "材料编号", 12, C),
        _m("indicator", "对应指标", 18),
        _m("needed", "需要的材料", 34),
        _m("verdict", "机审结论", 11, V),
        _m("attached", "已挂材料（路径、SHA-256 前 12 位）", 22),
        _p("name", "材料名称", 24),
        _p("document_number", "文号", 14),
        _p("issuer", "制发单位", 14),
        _p("dated", "成文日期", 12, D),
        _p("type", "材料类型", 11, C, "material_type"),
        _p("place", "载体与页码", 14),
        _p("link", "公开链接", 18),
        _p("openness", "公开属性", 10, C, "openness"),
        _p("secrecy", "密级与期限", 10, C),
        _p("unit", "提供单位", 13),
        _p("contact", "联系人", 10, C),
        _p("original", "是否原件", 8, C, "yes_no"),
        _p("checked", "核验结论", 12, C, "checked"),
        _p("note", "备注", 14),
    ),
    ("number",),
    # Twenty columns: on A4 they would print at under 60 per cent.
    paper="A3",
    kept=True,
)
ACTIONS = Sheet(
    "actions",
    "整改台账",
    (
        _m("row", "序号", 5, C),
        _m("number", "问题编号", 12, C),
        _m("problem", "问题描述", 36),
        _s("goal", "整改目标", 26),
        _s("measure", "整改措施", 34, "", "measure"),
        _p("leader", "牵头领导", 10, C),
        _s("lead", "责任单位", 14, "units", "lead"),
        _p("person", "责任人及电话", 14),
        _p("deadline", "整改时限", 12, D, shared="deadline"),
        _p("progress", "整改进展", 26),
        _p("done", "完成情况", 18),
        _p("materials", "佐证材料编号", 14),
        _p("state", "整改状态", 13, C, "state", "state", "新问题默认「未启动」"),
        _p("signed", "单位主要负责人签字", 13, C),
        _p("accepted", "牵头部门验收意见", 18),
        _p("accepter", "验收人", 9, C),
        _p("closed", "销号日期", 12, D),
        _p("rebound", "是否反弹", 8, C, "yes_no"),
        _p("note", "备注", 14),
    ),
    ("number",),
    paper="A3",
    frozen=3,
    kept=True,
)
UNITS = Sheet(
    "units",
    "责任分解表",
    (
        _m("lead", "牵头单位", 14),
        _m("row", "序号", 5, C),
        _m("number", "问题编号", 12, C),
        _m("chapter", "一级指标", 12),
        _m("indicator", "三级指标内容", 26),
        _m("problem", "工作任务", 34),
        _m("result", "预期成果（文件/数据/案例）", 28),
        _m("support", "配合单位", 14),
        _p("leader", "责任领导", 10, C),
        _m("deadline", "完成时限", 12, D),
        _p("frequency", "报送频次", 10, C, "frequency"),
        _p("note", "备注", 14),
    ),
    ("number",),
    frozen=1,
    group="lead",
    kept=True,
)
CHECKUP = Sheet(
    "checkup",
    "报告体检",
    (
        _m("row", "序号", 5, C),
        _m("code", "编码", 7, C),
        _m("message", "发现", 52),
        _m("advice", "建议", 36),
        _m("quote", "原文", 40),
        _m("where", "出处", 16),
        _p("answer", "处理情况", 20),
    ),
    ("code", "message", "quote"),
    frozen=1,
)
SENTENCES = Sheet(
    "sentences",
    "逐句对照",
    (
        _m("row", "句号", 6, C),
        _m("document", "材料", 15),
        _m("line", "行号", 6, C),
        _m("path", "章节", 14),
        _m("text", "原文", 62),
        _m("role", "性质", 7, C),
        _m("tense", "时态", 7, C),
        _m("counted", "支持指标", 20),
        _m("other", "只作线索或被拒", 18),
        _m("unclaimed", "未认领原因", 18),
        _m("span", "字符区间", 12, C),
        _p("opinion", "核对意见", 14),
    ),
    ("document", "text"),
    frozen=1,
)
FIGURES = Sheet(
    "figures",
    "数据台账",
    (
        _m("row", "序号", 6, C),
        _m("subject", "数据名称", 22),
        _m("text", "原文写法", 14, C),
        _m("value", "数值", 12, N),
        _m("unit", "单位", 8, C),
        _m("year", "年度", 7, C),
        _m("recomputed", "复算", 9, C),
        _m("indicators", "对应指标", 12),
        _m("quote", "所在句", 52),
        _m("where", "出处", 16),
        _p("true_value", "核定数", 12),
        _p("source", "数据来源/责任人", 18),
    ),
    ("subject", "text", "quote"),
    frozen=2,
)
CHANGES = Sheet(
    "changes",
    "变更记录",
    (
        _m("row", "序号", 5, C),
        _m("when", "时间", 16, C),
        _m("kind", "类别", 12, C),
        _m("sheet", "表", 12, C),
        _m("number", "编号", 12, C),
        _m("what", "指标/列", 20),
        _m("before", "上次", 30),
        _m("after", "本次", 30),
        _m("typed", "人工填写内容", 44),
        _p("settled", "处理", 12, C, "settled", help="冲突行：选「采用机审」或「保留人工」，下次运行照办"),
        _p("note", "备注", 16),
    ),
    ("when", "kind", "sheet", "number", "what"),
    frozen=1,
    kept=True,
)

COVER = Form("cover", "封面")
LEADERS = Form("leaders", "领导一页纸", landscape=True)
GUIDE = Form("guide", "填表说明")

ORDER: tuple[Sheet | Form, ...] = (
    COVER,
    LEADERS,
    PROBLEMS,
    INDICATORS,
    EXCERPTS,
    MATERIALS,
    ACTIONS,
    UNITS,
    CHECKUP,
    SENTENCES,
    FIGURES,
    CHANGES,
    GUIDE,
)
TABLES: tuple[Sheet, ...] = tuple(s for s in ORDER if isinstance(s, Sheet))
FORMS: tuple[Form, ...] = tuple(s for s in ORDER if isinstance(s, Form))
DICTIONARY, BASELINE, METADATA = "_字典", "_基线", "_元数据"
HIDDEN = (DICTIONARY, BASELINE, METADATA)

NEW_STATE, CLOSED, REBOUND = "未启动", "已销号", "反弹（待确认）"
CHOICES: dict[str, tuple[str, ...]] = {
    "severity": ("红线", "重要", "一般"),
    "state": (NEW_STATE, "整改中", "已完成待验收", CLOSED, "持续整改", "退回", "不认定", REBOUND),
    "yes_no": ("是", "否"),
    "material_type": ("制度文件", "会议纪要", "统计报表", "案卷", "照片影像", "网页截图", "第三方报告", "其他"),
    "openness": ("主动公开", "依申请公开", "不予公开"),
    "checked": ("属实", "部分属实", "不属实", "待核"),
    "frequency": ("每月", "每季度", "每半年", "一次性"),
    "settled": ("采用机审", "保留人工", "已处理"),
}
# Lists that people may go beyond: a unit or a type the list does not know is no mistake.
OPEN_LISTS = frozenset({"units", "material_type", "frequency"})


def table(key: str) -> Sheet:
    """The table sheet with this key."""
    return next(s for s in TABLES if s.key == key)
