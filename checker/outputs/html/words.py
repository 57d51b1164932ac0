"""The page's own words, in one place."""

from __future__ import annotations

from checker.model import Verdict

# Order of the page: from what is proved to what is not, as leaders read it.
ORDER = (
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

SEVERITY = {"major": "重大", "minor": "一般"}

KIND = {
    "policy": "制度类",
    "practice": "实施类",
    "result": "结果类",
    "disclosure": "公开类",
    "negative": "否定类",
    "survey": "满意度类",
}

VERIFIABLE = {
    "A": "文本可直接证明",
    "B": "报告可自述，须附佐证",
    "C": "报告只给线索，附佐证前至多部分达标",
    "D": "报告永远不能证明，须人工核验",
}

LEVEL = {"province": "省级", "city": "市级", "county": "县级", "township": "乡镇（街道）", "department": "部门"}

# What a sentence is used for at its strongest: (class, sign, words). The class colours it, the sign survives print.
USES = {
    "u4": ("4", "本级制度文件（强度 4）"),
    "u3": ("3", "量化数据（强度 3）"),
    "u2": ("2", "具体做法（强度 2）"),
    "u1": ("1", "原则表述（强度 1）"),
    "plan": ("计", "只是计划，不作成果"),
    "adm": ("问", "自认问题"),
    "den": ("否", "明确没有做"),
    "ref": ("线索", "有线索，未采信"),
}

ROLE_SIGNS = {"成": "成效", "进": "进行中", "计": "计划", "问": "问题", "否": "明确没有做", "总": "总述"}

PROVENANCE = {
    "confirmed": "编号和内容与公开文本核对过",
    "recalled-high": "编号和措辞为重构，主题把握较大",
    "recalled-low": "编号和措辞为重构，主题把握较小",
    "reconstructed": "编号和措辞为重构",
    "official": "已换用正式文本",
    "local": "本地自定",
}

CAVEAT = "本结论依据提交文本自动比对，不等于评审得分"
