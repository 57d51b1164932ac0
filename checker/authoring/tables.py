"""Which sheet and column of 指标库.xlsx holds which field. One table for writing and reading, so they can't differ."""

from __future__ import annotations

from msgspec import Struct


class Column(Struct, frozen=True):
    """A column: its heading, the field it holds (dotted below), what kind of value, its width in characters."""

    title: str
    key: str
    kind: str = "text"
    width: int = 16


class Table(Struct, frozen=True):
    """A sheet of rows that belong to a file; ``key`` is the field of the file they are the items of."""

    sheet: str
    key: str
    columns: tuple[Column, ...]


FILE = Column("指标", "file", "text", 12)
INDICATORS = Table(
    "指标",
    "",
    (
        Column("编号", "id", "text", 12),
        Column("改动自", "extends", "text", 12),
        Column("序号", "no", "number", 7),
        Column("正式编号", "official_no", "text", 9),
        Column("标题", "title", "text", 26),
        Column("要求（本库措辞）", "requirement", "text", 48),
        Column("正式原文", "official_text", "text", 48),
        Column("来源", "provenance"),
        Column("章", "chapter"),
        Column("节", "section", "text", 20),
        Column("类型", "kind", "text", 11),
        Column("可证性", "verifiability", "text", 7),
        Column("适用层级", "applies_to", "list", 10),
        Column("程度", "severity", "text", 8),
        Column("红线", "red_line", "flag", 6),
        Column("依据", "basis", "list", 36),
        Column("话题说法", "about", "list", 40),
        Column("自认说法", "admits", "list", 30),
        Column("不达标说法", "fails", "list", 30),
        Column("无关词", "none", "list", 20),
        Column("佐证材料", "materials", "list", 30),
        Column("牵头单位", "units.lead", "list", 16),
        Column("配合单位", "units.support", "list", 16),
        Column("整改措施", "measures", "list", 36),
        Column("状态", "status", "text", 9),
        Column("由谁代替", "replaced_by", "text", 11),
    ),
)
PARTS = (
    Table(
        "要素",
        "elements",
        (
            FILE,
            Column("要素编号", "id", "text", 14),
            Column("名称", "name", "text", 20),
            Column("必备", "required", "flag", 6),
            Column("说法", "any", "list", 60),
            Column("不算的词", "none", "list", 26),
            Column("范围", "within", "text", 10),
            Column("须全部部门", "whole", "flag", 10),
            Column("荣誉也算", "honours", "flag", 9),
            Column("可证性", "verifiability", "text", 7),
            Column("用到的数据", "metrics", "list", 16),
        ),
    ),
    Table(
        "量化门槛",
        "metrics",
        (
            FILE,
            Column("数据编号", "id", "text", 16),
            Column("名称", "name", "text", 26),
            Column("说法", "subject", "list", 46),
            Column("单位", "unit", "text", 8),
            Column("门槛", "require", "text", 10),
            Column("门槛来源", "kind"),
            Column("方向", "good_when", "text", 8),
            Column("只该有一个", "single", "flag", 10),
            Column("不算的词", "none", "list", 26),
        ),
    ),
    Table(
        "例句",
        "examples",
        (
            FILE,
            Column("句子", "text", "text", 70),
            Column("应得结论", "verdict", "text", 14),
            Column("所在部分", "section", "text", 12),
            Column("层级", "level", "text", 10),
            Column("说明", "note", "text", 30),
        ),
    ),
    Table(
        "查阅门槛",
        "thresholds",
        (FILE, Column("来源", "kind"), Column("内容", "text", "text", 70)),
    ),
)
CHANGES = Table(
    "增减",
    "",
    (
        FILE,
        Column("哪一层", "part", "text", 12),
        Column("哪一个", "id", "text", 16),
        Column("增或减", "word", "text", 8),
        Column("栏目", "field", "text", 14),
        Column("内容", "value", "list", 70),
    ),
)
GROUPS = Table(
    "词组",
    "groups",
    (
        Column("名称", "name", "text", 20),
        Column("说法", "any", "list", 60),
        Column("勿匹配", "none", "list", 30),
        Column("增加的说法", "add.any", "list", 30),
        Column("增加的勿匹配", "add.none", "list", 20),
        Column("去掉的说法", "remove.any", "list", 30),
        Column("去掉的勿匹配", "remove.none", "list", 20),
    ),
)
SHORT = Table(
    "简称",
    "abbreviations",
    (Column("简称", "name", "text", 20), Column("意思", "means", "list", 50)),
)
CHAPTERS = Table(
    "章节",
    "chapters",
    (
        Column("列在", "place", "text", 10),
        Column("章", "chapter", "text", 18),
        Column("章名", "chapter_name", "text", 34),
        Column("节", "section", "text", 24),
        Column("节名", "section_name", "text", 44),
    ),
)
HEAD = Table("指标体系", "", (Column("栏目", "key", "text", 14), Column("内容", "value", "text", 90)))
LOG = Table(
    "变更记录",
    "changelog",
    (Column("版本", "version", "text", 10), Column("日期", "date", "text", 12), Column("内容", "text", "text", 80)),
)
NOTES = Table(
    "批注",
    "",
    (
        Column("文件", "file", "text", 30),
        Column("位置", "path", "text", 40),
        Column("在前或行尾", "side", "text", 11),
        Column("批注", "value", "list", 80),
    ),
)
FILES = Table("_文件", "", (Column("指标", "file", "text", 14), Column("文件", "name", "text", 40)))
ALL = (HEAD, CHAPTERS, INDICATORS, *PARTS, CHANGES, GROUPS, SHORT, LOG, NOTES, FILES)
HEAD_NAMES = {
    "id": "编号",
    "extends": "在哪一套之上",
    "title": "名称",
    "edition": "版次",
    "version": "版本",
    "issuer": "发布机关",
    "provenance": "来源说明",
    "notice": "一句话提示",
    "take": "取用下层",
    "drop": "不要的下层指标",
}
