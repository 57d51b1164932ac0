"""Two editions side by side, in people's words; and what the difference does to a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from checker.authoring.pages import in_words
from checker.model import Assessment, Element, Index, Indicator, Metric, Verdict, Way
from checker.model.codes import KINDS, LEVELS, SEVERITY, STATUS


class Change(Struct, frozen=True):
    """What changed about one indicator. ``kind`` is ``added``, ``removed`` or ``changed``."""

    kind: str
    indicator: Indicator
    lines: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """新增, 去掉, 改动."""
        return {"added": "新增", "removed": "去掉", "changed": "改动"}[self.kind]


def compare(old: Index, new: Index) -> tuple[Change, ...]:
    """Every indicator that was added, removed or changed, in the order of the new edition."""
    before = {i.id: i for i in old.indicators}
    out: list[Change] = []
    for i in new.indicators:
        mine = before.pop(i.id, None)
        if mine is None:
            out.append(Change("added", i, (i.wording,)))
            continue
        lines = tuple(_indicator(mine, i, old, new))
        if lines:
            out.append(Change("changed", i, lines))
    retired = {i.id: i for i in new.retired}
    for i in before.values():
        gone = retired.get(i.id)
        said = ("停用" + (f"，由 {gone.replaced_by} 代替" if gone.replaced_by else ""),) if gone else ()
        out.append(Change("removed", i, said))
    return tuple(out)


def _indicator(a: Indicator, b: Indicator, old: Index, new: Index) -> Iterator[str]:
    yield from _value("编号", a.number, b.number)
    yield from _value("标题", a.title, b.title)
    yield from _value("要求", a.requirement, b.requirement)
    if a.official_text != b.official_text:
        yield f"正式原文：{a.official_text or '（无）'} → {b.official_text or '（无）'}"
    yield from _value("一级指标", old.chapter(a.chapter).name, new.chapter(b.chapter).name)
    yield from _value("二级指标", old.section_name(a), new.section_name(b))
    yield from _value("类型", KINDS[a.kind], KINDS[b.kind])
    yield from _value("可证性", a.verifiability, b.verifiability)
    yield from _value("程度", SEVERITY[a.severity], SEVERITY[b.severity])
    yield from _value("红线", "是" if a.red_line else "否", "是" if b.red_line else "否")
    yield from _value("状态", STATUS[a.status], STATUS[b.status])
    yield from _list("适用", [LEVELS[x] for x in a.applies_to], [LEVELS[x] for x in b.applies_to])
    yield from _list("依据", a.basis, b.basis)
    yield from _ways("话题", a.about, b.about)
    yield from _ways("自认的说法", a.admits, b.admits)
    yield from _ways("不达标的说法", a.fails, b.fails)
    yield from _list("无关词", a.none, b.none)
    yield from _elements(a.elements, b.elements)
    yield from _metrics(a.metrics, b.metrics)
    yield from _list("牵头单位", a.lead, b.lead)
    yield from _list("配合单位", a.support, b.support)
    yield from _list("材料", a.materials, b.materials)
    yield from _list("整改措施", a.measures, b.measures)
    yield from _list("例句", [e.text for e in a.examples], [e.text for e in b.examples])
    verdicts = {e.text: e.verdict for e in a.examples}
    for e in b.examples:
        if verdicts.get(e.text, e.verdict) != e.verdict:
            yield f"例句「{e.text}」应得的结论：{Verdict(verdicts[e.text]).label} → {Verdict(e.verdict).label}"


def _value(name: str, a: str, b: str) -> Iterator[str]:
    if a != b:
        yield f"{name}：{a} → {b}"


def _list(name: str, a: Sequence[str], b: Sequence[str]) -> Iterator[str]:
    more, less = [x for x in b if x not in a], [x for x in a if x not in b]
    if more:
        yield f"{name}增加：{'、'.join(more)}"
    if less:
        yield f"{name}去掉：{'、'.join(less)}"


def _ways(name: str, a: Sequence[Way], b: Sequence[Way]) -> Iterator[str]:
    before, after = {w.text: w for w in a}, {w.text: w for w in b}
    for key, way in after.items():
        if key not in before:
            yield f"{name}放宽，多认一种说法：{in_words(way)}"
        elif before[key] != way:
            yield f"{name}的说法「{key}」所用的词组变了"
    for key, way in before.items():
        if key not in after:
            yield f"{name}收紧，不再认：{in_words(way)}"


def _elements(a: Sequence[Element], b: Sequence[Element]) -> Iterator[str]:
    before, after = {e.id: e for e in a}, {e.id: e for e in b}
    for key, e in after.items():
        mine = before.get(key)
        if mine is None:
            yield f"增加{'必备' if e.required else '辅助'}要素「{e.name}」"
            continue
        name = f"要素「{e.name}」"
        yield from _value("要素名称", mine.name, e.name)
        yield from _value(name, "必备" if mine.required else "辅助", "必备" if e.required else "辅助")
        yield from _ways(name, mine.ways, e.ways)
        yield from _list(f"{name}不算的词", mine.none, e.none)
        yield from _value(f"{name}范围", mine.within, e.within)
        yield from _value(f"{name}可证性", mine.verifiability, e.verifiability)
        for what, x, y in (("要求全部部门", mine.whole, e.whole), ("荣誉也算", mine.honours, e.honours)):
            yield from _value(f"{name}{what}", "是" if x else "否", "是" if y else "否")
        yield from _list(f"{name}用到的数据", mine.metrics, e.metrics)
    for key, e in before.items():
        if key not in after:
            yield f"去掉要素「{e.name}」"


def _metrics(a: Sequence[Metric], b: Sequence[Metric]) -> Iterator[str]:
    before, after = {m.id: m for m in a}, {m.id: m for m in b}
    for key, m in after.items():
        mine = before.get(key)
        if mine is None:
            yield f"增加量化门槛「{m.name}」：{_require(m)}"
            continue
        yield from _value(f"门槛「{m.name}」", _require(mine), _require(m))
        yield from _value(f"门槛「{m.name}」来源", mine.kind, m.kind)
        yield from _ways(f"门槛「{m.name}」", mine.subject, m.subject)
    for key, m in before.items():
        if key not in after:
            yield f"去掉量化门槛「{m.name}」"


def _require(m: Metric) -> str:
    return f"{m.require[0]} {m.require[1]:g}{m.unit}" if m.require else "只列数值"


def effect(old: Assessment, new: Assessment) -> tuple[str, ...]:
    """What the other edition makes of the same report: verdicts that differ, counts before and after."""
    before = {f.indicator.id: f for f in old.findings}
    lines = [f"{v.label}：{old.ledger[v]} → {new.ledger[v]}" for v in Verdict if old.ledger[v] != new.ledger[v]]
    for f in new.findings:
        mine = before.get(f.indicator.id)
        if mine is None:
            lines.append(f"{f.indicator.label}（新增）：{f.verdict.label}")
        elif mine.verdict is not f.verdict:
            lines.append(f"{f.indicator.label}：{mine.verdict.label} → {f.verdict.label}（{f.reasons[0]}）")
    return tuple(lines)
