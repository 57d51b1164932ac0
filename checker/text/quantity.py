"""Figures in Chinese official prose: value, unit, comparator; what only looks like a figure is left out."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from checker import patterns
from checker.model import Quantity
from checker.patterns import regex

# Measure words that make a number a figure. Longer ones first.
UNITS = [
    "个百分点",
    "百分点",
    "个工作日",
    "个小时",
    "工作日",
    "万人次",
    "家次",
    "人次",
    "场次",
    "批次",
    "条次",
    "件次",
    "户次",
    "车次",
    "班次",
    "余次",
    "学时",
    "课时",
    "个月",
    "小时",
    "分钟",
    "平方米",
    "平方公里",
    "公里",
    "万元",
    "亿元",
    "个项目",
    "%",
    "‰",
    "件",
    "次",
    "项",
    "个",
    "家",
    "人",
    "名",
    "份",
    "条",
    "场",
    "期",
    "批",
    "支",
    "户",
    "宗",
    "卷",
    "篇",
    "处",
    "所",
    "起",
    "轮",
    "天",
    "日",
    "周",
    "月",
    "年",
    "元",
    "台",
    "套",
    "部",
    "辆",
    "部门",
    "单位",
    "类",
    "种",
    "册",
    "幅",
    "块",
    "张",
    "位",
    "座",
    "间",
    "例",
    "对",
    "组",
    "队",
    "票",
    "分",
    "倍",
    "吨",
    "亩",
    "级",
    "站",
    "站点",
    "村",
    "社区",
    "乡镇",
    "街道",
    "余",
    "万",
    "亿",
    "成",
    "岁",
    "瓶",
    "本",
    "副",
    "只",
    "艘",
    "架",
    "門",
    "门",
    "个点",
    "口",
    "只",
    "笔",
    "桩",
    "案",
    "堂",
    "节",
    "课",
    "封",
    "面",
    "杯",
    "枚",
    "届",
    "代",
    "股",
    "层",
    "幢",
    "栋",
    "根",
    "片",
    "盏",
    "讲",
    "辑",
    "班",
    "回",
    "批件",
    "余元",
    "页",
    "字",
    "枚",
    "席",
    "方",
]
_UNIT = "|".join(sorted(dict.fromkeys(UNITS), key=lambda u: -len(u)))
_CN = "零一二三四五六七八九十百千两廿"
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "廿": 20}
_SCALE = {"十": 10, "百": 100, "千": 1000}
_BIG = {"万": 10_000, "亿": 100_000_000, "千": 1_000, "百": 100, "": 1}

_ARABIC = regex(
    rf"(?P<pre>近|约|超过?|逾|不少于|不低于|不超过|达到?|至少|高于|低于)?"
    rf"(?P<num>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?P<more>余|多)?(?P<big>[万亿](?!元旦)|千|百)?(?P<more2>余|多)?"
    rf"(?P<unit>{_UNIT})?(?P<post>\(?含?\)?(?:以上|以下|以内|左右))?"
)
_DIGIT = regex(r"\d")
_PERCENT = regex(rf"百分之(?P<num>[{_CN}百点\d.]+)(?P<post>以上|以下)?|百分百")
_TENTHS = regex(
    r"(?P<num>[一二三四五六七八九])成(?P<half>[一二三四五六七八九]|半)?(?P<post>以上|以下)?(?![立功为员果品效就熟本])"
)
_CHINESE = regex(
    rf"(?P<num>[{_CN}万]+)(?P<more>余|多)?(?P<unit>万元|亿元|个工作日|工作日|人次|家次|场次|批次|学时|件|次|项|家|人|名|份|条|场|期|批|支|户|宗|卷|篇|处|"
    rf"所|起|轮|天|日|个部门|个单位|个|台|套|部|辆|类|间|元|小时|个月|倍)(?P<post>以上|以下)?"
)
# 近万册, 上万人次, 逾千人: a bound without a digit.
_ROUND = regex(
    r"(?P<pre>近|上|超过?|逾|过|数)(?P<num>[百千万])(?P<unit>人次|件次|场次|册|份|人|件|条|场|名|户|家|次|本|张)"
)
_ZERO = regex(r"(?:为|是|达到?|实现|保持)(?P<num>零)(?![距跑证感容缝障信投星售散碎部件工食差起步基])")
# Before a number: it is a rank, a document number, a slogan, a date.
_NOT_BEFORE = regex(r"(?:第|〔|\[|\+|字号|[a-z]|n\+|no\.?|[-—~:/.]|\d[年月]|号令|令第|条第)$")
_NOT_AFTER = regex(r"^(?:\+|年(?!内|以|多|均|期)|年度|月\d|月(?!均|内|以)|号(?!召)|[-—/:]\d|〕|\]|[a-z+]|\.\d|日前后)")
# Small Chinese numbers before these are names, not counts (三项制度, 一件事, 两个维护).
_NAMES_AFTER = regex(
    r"^(?:项制度|项机制|项改革|项行动|项清单|张清单|个清单|个区分|个维护|个意识|个自信|个确立|个文明|个毫不|个没有|个着力|个一|件事|个责任|个主体|个结合"
    r"|个环节|个方面|个到位|个统一|件小事|个坚持|项任务|项措施|项举措|项重点|级|大|化|网|门|窗|次办|次性|次跑|次告|方面|项协议|项工作|日游|人所|人一)"
)
_FIXED = regex(
    r"一[批次个项些名条件场期人家位起部类]|十四五|十三五|[七八九]五(?=普法|规划)|两条线|两条腿|一体|统一|唯一|专一|第[一二三四五六七八九十]+"
)


# How far something reaches, not how much was done.
_SCOPE = regex(r"(?:方面|维度|环节|层面|(?:关键|重点)(?!岗位|人员|部门|企业|单位|项目|场所|群体|村|事项)|坚持|聚焦)")


def quantities(text: str, offset: int = 0) -> tuple[Quantity, ...]:
    """All figures of a folded slice of text; offsets are ``offset`` plus the position in ``text``."""
    found = sorted(_all(text), key=lambda q: (q.start, q.start - q.end))
    out: list[Quantity] = []
    for q in found:
        if out and q.start < out[-1].end:
            continue
        out.append(q)
    changed = _mark_previous(text, out) if len(out) > 1 else out
    if not offset:
        return tuple(changed)
    return tuple(
        Quantity(q.start + offset, q.end + offset, q.text, q.value, q.unit, q.comparator, q.previous) for q in changed
    )


def _all(text: str) -> Iterator[Quantity]:
    masked = patterns.sub(r"《[^》]*》", lambda m: "\0" * len(m.group()), text) if "《" in text else text
    first = _DIGIT.search(masked)
    for m in (
        _ARABIC.finditer(masked, max(0, first.start() - 3)) if first else ()
    ):  # 不超过 is the longest that goes before
        start = m.start("num")
        unit = m["unit"] or ""
        elapsed = unit in ("日", "天", "个工作日", "工作日") and masked[max(0, start - 1) : start] == "第"
        if not elapsed and _NOT_BEFORE.search(masked[max(0, start - 6) : start]):
            continue
        if _NOT_AFTER.match(masked[m.end("num") :]):
            continue
        if unit in ("年", "月") or (unit == "日" and patterns.search(r"月$", masked[:start])):
            continue
        if (
            unit == "日"
            and patterns.match(r"(?:至|起|前|上午|下午)", masked[m.end() :])
            and patterns.search("月", masked[:start][-4:])
        ):
            continue
        if not unit and not m["big"] and not m["more"]:
            continue
        if unit == "个" and _SCOPE.match(masked, m.end()):
            continue
        if patterns.match(r"[xX*_]", masked[m.end() : m.end() + 1]):
            continue
        value = float(m["num"].replace(",", "")) * _BIG[m["big"] or ""]
        bound = _comparator(m["pre"] or "", (m["more"] or m["more2"] or ""), m["post"] or "")
        if unit in ("万元", "亿元"):
            value, unit = value * (10_000 if unit == "万元" else 100_000_000), "元"
        elif unit == "万人次":
            value, unit = value * 10_000, "人次"
        unit = {"百分点": "个百分点", "工作日": "个工作日", "天": "日"}.get(unit, unit)
        yield Quantity(m.start(), m.end(), text[m.start() : m.end()], value, unit, bound)
    for m in _PERCENT.finditer(masked) if "百分" in masked else ():
        value_ = 100.0 if m.group() == "百分百" else _chinese(m["num"])
        if value_ is not None:
            yield Quantity(
                m.start(), m.end(), text[m.start() : m.end()], value_, "%", _comparator("", "", m["post"] or "")
            )
    for m in _TENTHS.finditer(masked) if "成" in masked else ():
        tenth = _DIGITS[m["num"]] * 10.0 + (5 if m["half"] == "半" else _DIGITS.get(m["half"] or "零", 0))
        yield Quantity(m.start(), m.end(), text[m.start() : m.end()], tenth, "%", _comparator("", "", m["post"] or ""))
    for m in _CHINESE.finditer(masked):
        if patterns.search(r"[第同统唯专逐每某另任单近]$", masked[max(0, m.start() - 1) : m.start()]):
            continue
        small = len(m["num"]) == 1
        if _FIXED.match(masked, m.start()) or (small and _NAMES_AFTER.match(masked[m.end("num") :])):
            continue
        if m["unit"] in ("次", "届") and patterns.match(
            r"全会|全体会议|中央委员|会议精神|党代会|代表大会", masked[m.end() :]
        ):
            continue
        if m["unit"] == "日" and (masked[: m.start()].endswith("月") or small):
            continue
        value_ = _chinese(m["num"])
        if value_ is None or (small and value_ < 2 and m["num"] != "十"):
            continue
        unit = {"工作日": "个工作日", "天": "日"}.get(m["unit"], m["unit"])
        unit = "个" if unit in ("个部门", "个单位") else unit
        bound = _comparator("", m["more"] or "", m["post"] or "")
        yield Quantity(m.start(), m.end(), text[m.start() : m.end()], value_, unit, bound)
    for m in _ROUND.finditer(masked):
        value_ = {"百": 100.0, "千": 1000.0, "万": 10_000.0}[m["num"]]
        bound = "<=" if m["pre"] == "近" else ">="
        yield Quantity(m.start(), m.end(), text[m.start() : m.end()], value_, m["unit"], bound)
    for m in _ZERO.finditer(masked) if "零" in masked else ():
        yield Quantity(m.start("num"), m.end("num"), text[m.start("num") : m.end("num")], 0.0, "", "=")


def _comparator(before: str, more: str, after: str) -> str:
    if more or after == "以上" or before in ("超", "超过", "逾", "不少于", "不低于", "至少", "高于"):
        return ">="
    if after in ("以下", "以内") or before in ("近", "不超过", "低于"):
        return "<="
    if before == "约" or after == "左右":
        return "~"
    return "="


def _chinese(text: str) -> float | None:
    """Value of a Chinese numeral (一百二十, 九十八点五, 三万二千); None where it is not one."""
    if patterns.fullmatch(r"[\d.]+", text):
        return float(text)
    whole, _, fraction = text.partition("点")
    total, section, digit = 0, 0, 0
    for char in whole:
        if char in _DIGITS and char != "廿":
            digit = _DIGITS[char]
        elif char == "廿":
            section += 20
        elif char in _SCALE:
            section += (digit or 1) * _SCALE[char]
            digit = 0
        elif char == "万":
            total += (section + digit or 1) * 10_000
            section, digit = 0, 0
        else:
            return None
    value = float(total + section + digit)
    if len(whole) > 1 and all(c in _DIGITS and c not in "两廿" for c in whole):
        value = float("".join(str(_DIGITS[c]) for c in whole))
    if fraction:
        if not all(c in _DIGITS for c in fraction):
            return None
        value += float("0." + "".join(str(_DIGITS[c]) for c in fraction))
    return value


_CHANGE = regex(r"(?:由|从)[^,;。]{0,12}$")
_TO = regex(r"^[^,;。]{0,8}?(?:减少|缩减|压缩|压减|精简|降低?|提高|提升|增加|增长|上升|下降|缩短|调整)?(?:到|至|为)")


def _mark_previous(text: str, found: list[Quantity]) -> list[Quantity]:
    """由A缩减至B: A is the old value."""
    out = list(found)
    for i, (a, b) in enumerate(itertools.pairwise(found)):
        if _CHANGE.search(text[max(0, a.start - 13) : a.start]) and _TO.search(
            text[a.end : b.start] + text[b.start : b.start]
        ):
            out[i] = Quantity(a.start, a.end, a.text, a.value, a.unit, a.comparator, True)
    return out
