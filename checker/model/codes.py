"""The trade's words for the codes of rules and reports: one table for every room that shows them."""

from __future__ import annotations

KINDS = {
    "policy": "制度类",
    "practice": "实施类",
    "result": "结果类",
    "disclosure": "公开类",
    "negative": "否定类",
    "survey": "满意度类",
}
VERIFIABILITY = {
    "A": "文本或元数据可直接证明",
    "B": "报告可自述，须附佐证",
    "C": "报告只给线索，附佐证前至多部分达标",
    "D": "报告永远不能证明，须人工核验",
}
SEVERITY = {"major": "重要", "minor": "一般"}
STATUS = {"draft": "草稿", "stable": "定稿", "deprecated": "停用"}
LEVELS = {
    "ministry": "国家部委",
    "province": "省级",
    "city": "市级",
    "county": "县级",
    "township": "乡镇（街道）",
    "department": "部门",
}
PROVENANCE = {
    "confirmed": "编号和内容与公开文本核对过",
    "recalled-high": "编号和措辞为重构，主题把握较大",
    "recalled-low": "编号和措辞为重构，主题把握较小",
    "reconstructed": "编号和措辞为重构，由公开文件推定",
    "official": "取自正式文本",
    "local": "本地自定",
}
THRESHOLDS = {"law": "法定", "policy": "政策", "index_recalled": "指标要求（未核对原文）", "uncertain": "来源不确定"}
