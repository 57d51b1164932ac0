"""What an indicator page says, as plain blocks that Markdown and HTML can both show."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from checker.model import Element, Example, Index, Indicator, Metric, Verdict, Way
from checker.model.codes import LEVELS, SEVERITY, STATUS, THRESHOLDS, VERIFIABILITY

PROOF = {
    "policy": "制度类：要有本级制度文件",
    "practice": "实施类：要有数据，或两处具体做法",
    "result": "结果类：要有主体、年度、口径对得上的数据",
    "disclosure": "公开类：要有链接、发布日期或公布的数量",
    "negative": "否定类（不得……）：文本不能证明",
    "survey": "满意度类：只有第三方数据能证明",
}
SECTIONS = {"plan": "（出现在「下一步」）", "problem": "（出现在「存在问题」）"}


class Block(Struct, frozen=True):
    """One piece of a page. ``kind``: ``text``, ``list`` (one row an item) or ``table`` (the first row is the head)."""

    kind: str
    rows: tuple[tuple[str, ...], ...]


class Page(Struct, frozen=True):
    """A page: its file stem, title, and headed parts."""

    stem: str
    title: str
    parts: tuple[tuple[str, tuple[Block, ...]], ...]


Outcome = Mapping[tuple[str, int], Verdict]
"""(indicator id, number of the example) -> the verdict it got when the page was written"""


def text(*lines: str) -> Block:
    """Paragraphs."""
    return Block("text", tuple((line,) for line in lines if line))


def bullets(items: tuple[str, ...] | list[str]) -> Block:
    """A list."""
    return Block("list", tuple((i,) for i in items))


def stem(i: Indicator) -> str:
    """The file name of an indicator's page, without ending."""
    return i.id


def page(i: Indicator, index: Index, outcome: Outcome) -> Page:
    """Everything people need to know of one indicator."""
    parts: list[tuple[str, tuple[Block, ...]]] = []
    said = "指标内容（正式原文）" if i.is_official else "指标内容（本库措辞，不是官方原文）"
    parts.append((said, (text(i.wording),)))
    if i.is_official:
        parts.append(("本库的理解", (text(i.requirement),)))
    facts = [
        f"一级指标：{index.chapter(i.chapter).name}；二级指标：{index.section_name(i)}",
        f"类型：{PROOF[i.kind]}",
        f"可证性：{i.verifiability}，{VERIFIABILITY[i.verifiability]}",
        f"适用：{'、'.join(LEVELS[x] for x in i.applies_to)}；程度：{SEVERITY[i.severity]}"
        + ("，红线" if i.red_line else ""),
        f"规则状态：{STATUS[i.status]}" + (f"，由 {i.replaced_by} 代替" if i.replaced_by else "") + f"；编号 {i.id}",
    ]
    parts.append(("是什么", (bullets(facts),)))
    if i.basis:
        parts.append(("依据", (bullets(i.basis),)))
    if i.unwritten:
        parts.append(("怎么判", (text("还没有编写判定规则，一律「需人工核验」。"),)))
    for e in i.elements:
        parts.append((f"{'必备' if e.required else '辅助'}要素：{e.name}", _element(e)))
    if i.metrics:
        parts.append(("量化门槛", (bullets([_metric(m) for m in i.metrics]),)))
    if i.thresholds:
        parts.append(("有关门槛（只供查阅）", (bullets([t.text for t in i.thresholds]),)))
    if i.about:
        parts.append(("话题（单独出现只算线索）", (bullets([in_words(w) for w in i.about]),)))
    if i.fails:
        parts.append(("说出来就等于不达标", (bullets([in_words(w) for w in i.fails]),)))
    if i.examples:
        parts.append(("例句", (_examples(i, outcome),)))
    for title, items in (("缺了要补的材料", i.materials), ("常用整改措施", i.measures)):
        if items:
            parts.append((title, (bullets(items),)))
    if i.lead or i.support:
        parts.append(("责任单位", (text(f"牵头：{'、'.join(i.lead) or '—'}", f"配合：{'、'.join(i.support) or '—'}"),)))
    return Page(stem(i), i.label, tuple(parts))


def _element(e: Element) -> tuple[Block, ...]:
    notes = []
    if e.whole:
        notes.append("要求全部部门、全域；只见个别部门的只算部分达标。")
    if e.honours:
        notes.append("荣誉（获评、命名）也算。")
    if e.verifiability == "D":
        notes.append("这一项报告永远不能证明。")
    if e.none:
        notes.append(f"同一处有这些词就不算：{'、'.join(e.none)}")
    where = {"clause": "同一分句里", "sentence": "同一句里", "paragraph": "同一段里"}[e.within]
    return (text(f"{where}命中下面任何一种说法即可：", *notes), bullets([in_words(w) for w in e.ways]))


def _metric(m: Metric) -> str:
    words = {">=": "不低于", "<=": "不高于", "=": "等于", ">": "高于", "<": "低于"}
    limit = (
        f"{words[m.require[0]]} {m.require[1]:g}{m.unit}（{THRESHOLDS[m.kind]}）" if m.require else "没有门槛，只列数值"
    )
    return f"{m.name}：{limit}"


def in_words(way: Way) -> str:
    """A way as a person would say it: 「有“甲”或“乙”，并有带“件”的数量，没有“丙”」."""
    out = []
    for term in way.terms:
        words = "或".join(f"“{o}”" for o in term.options)
        if term.kind == "phrase":
            words += f"，或带“{'、'.join(term.units)}”的数量" if term.units else ""
            out.append(f"有{words}")
        elif term.kind == "not":
            out.append(f"没有{words}")
        elif term.kind == "number":
            out.append(f"有带{words}的数量" if term.options else "有数量")
        elif term.kind == "meta":
            out.append({"published": "页面写明发布日期", "on-time": "次年 4 月 1 日前发布"}.get(term.options[0], words))
        else:
            out.append(f"符合 /{term.options[0]}/")
    return "，并".join(out)


def _examples(i: Indicator, outcome: Outcome) -> Block:
    rows = [("句子", "结论", "核对")]
    for n, e in enumerate(i.examples):
        got = outcome.get((i.id, n))
        state = "未核对" if got is None else "相符" if got.value == e.verdict else f"不符：得「{got.label}」"
        rows.append((_sentence(e), Verdict(e.verdict).label, state))
    return Block("table", tuple(rows))


def _sentence(e: Example) -> str:
    return e.text + SECTIONS.get(e.section or "", "") + (f"（{LEVELS[e.level]}报告）" if e.level else "")


def contents(index: Index) -> Page:
    """The index page: every indicator by chapter and section, linked."""
    parts: list[tuple[str, tuple[Block, ...]]] = [
        ("说明", (text(index.caution, f"{index.stamp}；共 {len(index.indicators)} 条。", index.provenance),))
    ]
    log = [f"{c.date} {x.id} {c.version}：{c.text}" for x in index.layers for c in x.changelog]
    for chapter in index.chapters:
        blocks: list[Block] = []
        for section in chapter.sections:
            inside = [i for i in index.indicators if (i.chapter, i.section) == (chapter.id, section.id)]
            if inside:
                blocks.append(text(section.name))
                blocks.append(Block("links", tuple((i.label, stem(i), i.wording) for i in inside)))
        parts.append((chapter.name, tuple(blocks)))
    if index.retired:
        parts.append(("停用的", (Block("links", tuple((i.label, stem(i), i.wording) for i in index.retired)),)))
    if log:
        parts.append(("变更记录", (bullets(log),)))
    return Page("index", index.title, tuple(parts))
