"""Verdicts, strengths, roles, tenses, polarities and kinds of text."""

from __future__ import annotations

from enum import Enum, IntEnum


class Verdict(Enum):
    """The nine conclusions, in order of precedence (first that applies holds)."""

    NOT_APPLICABLE = "not_applicable"
    FAILED = "failed"
    ADMITTED = "admitted"
    MANUAL = "manual"
    MET = "met"
    PARTIAL = "partial"
    WEAK = "weak"
    PLANNED = "planned"
    MISSING = "missing"

    @property
    def label(self) -> str:
        """Chinese name as printed."""
        return _LABELS[self]

    @property
    def sign(self) -> str:
        """A sign that survives black-and-white print."""
        return _SIGNS[self]

    @property
    def is_problem(self) -> bool:
        """Whether it goes to the 问题清单."""
        return self not in (Verdict.MET, Verdict.NOT_APPLICABLE)


LEDGER_ORDER = (
    Verdict.MET,
    Verdict.PARTIAL,
    Verdict.WEAK,
    Verdict.PLANNED,
    Verdict.MISSING,
    Verdict.ADMITTED,
    Verdict.FAILED,
    Verdict.MANUAL,
    Verdict.NOT_APPLICABLE,
)
"""From what is proved to what is not, as people read a ledger (the order of ``Verdict`` is that of precedence)."""


_LABELS = {
    Verdict.NOT_APPLICABLE: "不适用",
    Verdict.FAILED: "不达标",
    Verdict.ADMITTED: "自认问题",
    Verdict.MANUAL: "需人工核验",
    Verdict.MET: "达标（报告口径）",
    Verdict.PARTIAL: "部分达标",
    Verdict.WEAK: "证据不足",
    Verdict.PLANNED: "仅有计划",
    Verdict.MISSING: "未见证据",
}
_SIGNS = {
    Verdict.NOT_APPLICABLE: "—",
    Verdict.FAILED: "××",
    Verdict.ADMITTED: "×",
    Verdict.MANUAL: "?",
    Verdict.MET: "√",
    Verdict.PARTIAL: "◐",
    Verdict.WEAK: "△",
    Verdict.PLANNED: "▷",
    Verdict.MISSING: "○",
}


class Strength(IntEnum):
    """How much a piece of evidence can carry, S0 (nothing) to S4 (an own document)."""

    S0 = 0
    S1 = 1
    S2 = 2
    S3 = 3
    S4 = 4

    @property
    def label(self) -> str:
        """Chinese name."""
        return ("无效", "原则表述", "具体做法", "量化数据", "本级制度文件")[self.value]


class Role(Enum):
    """What a section is for; sentences inherit it."""

    METADATA = "metadata"
    OVERVIEW = "overview"
    ACHIEVEMENT = "achievement"
    PROBLEM = "problem"
    PLAN = "plan"

    @property
    def label(self) -> str:
        """Chinese name."""
        return {"metadata": "元数据", "overview": "总述", "achievement": "成效", "problem": "问题", "plan": "计划"}[
            self.value
        ]


class Tense(Enum):
    """Chinese has no tense; this is what section and wording say about a clause."""

    ACHIEVED = "achieved"
    ONGOING = "ongoing"
    PLANNED = "planned"

    @property
    def label(self) -> str:
        """Chinese name."""
        return {"achieved": "完成", "ongoing": "进行", "planned": "计划"}[self.value]


class Polarity(Enum):
    """Whether a clause claims, admits a shortcoming, or denies that the thing was done."""

    POSITIVE = "positive"
    ADMITTED = "admitted"
    DENIED = "denied"

    @property
    def label(self) -> str:
        """Chinese name."""
        return {"positive": "正面", "admitted": "自认", "denied": "否定"}[self.value]


class Genre(Enum):
    """What kind of text it is. Only REPORT can earn credit."""

    REPORT = "report"
    PLAN = "plan"
    STATUTE = "statute"
    NEWS = "news"
    SPEECH = "speech"
    WORK_REPORT = "work_report"
    DISCLOSURE_REPORT = "disclosure_report"
    INDEX = "index"
    RULES = "rules"
    ARTICLE = "article"
    EXAM = "exam"
    COURT = "court"
    TEMPLATE = "template"
    INSPECTION = "inspection"

    @property
    def label(self) -> str:
        """Chinese name."""
        return _GENRES[self.value]


_GENRES = {
    "report": "法治政府建设报告",
    "plan": "工作要点、方案一类的计划",
    "statute": "法律法规规章",
    "news": "新闻或政策宣传稿",
    "speech": "讲话稿",
    "work_report": "政府工作报告",
    "disclosure_report": "政府信息公开年度报告",
    "index": "指标体系或标准文本",
    "rules": "工作规则或目录",
    "article": "学术文章或评估书",
    "exam": "试题",
    "court": "法院、检察院报告",
    "template": "范文模板",
    "inspection": "巡察审计整改通报",
}
