"""《…》: who issued it, and what the verb before it says."""

from __future__ import annotations

import re

from checker import patterns
from checker.model import Citation
from checker.patterns import regex

_TITLE = regex(r"《[^《》]{2,80}(?:《[^》]{1,60}》[^《》]{0,40})?》")
_ISSUE = [
    "起草出台",
    "制定出台",
    "研究出台",
    "制定印发",
    "制定下发",
    "研究制定",
    "审议通过",
    "编制印发",
    "修订印发",
    "出台",
    "印发",
    "制定",
    "制发",
    "下发",
    "发布",
    "公布",
    "修订",
    "编制",
    "编印",
    "颁布",
    "颁发",
    "拟定",
    "拟订",
    "建立",
    "形成并公开",
    "形成",
    "通过",
    "完善",
    "健全",
    "订立",
    "汇编",
    "推出",
    "草拟",
]
_FOLLOW = [
    "贯彻落实",
    "贯彻执行",
    "学习贯彻",
    "宣传贯彻",
    "学习宣传",
    "严格执行",
    "严格落实",
    "严格按照",
    "认真执行",
    "落实",
    "贯彻",
    "根据",
    "依据",
    "按照",
    "对照",
    "依照",
    "遵照",
    "执行",
    "遵循",
    "学习",
    "宣传",
    "围绕",
    "转发",
    "解读",
    "践行",
    "适用",
    "违反",
    "学习了",
    "结合",
]
_VERB = regex("|".join(sorted(map(re.escape, (*_ISSUE, *_FOLLOW)), key=lambda v: -len(v))))
_PROVINCES = [
    "北京市",
    "天津市",
    "上海市",
    "重庆市",
    "河北",
    "山西",
    "辽宁",
    "吉林",
    "黑龙江",
    "江苏",
    "浙江",
    "安徽",
    "福建",
    "江西",
    "山东",
    "河南",
    "湖北",
    "湖南",
    "广东",
    "海南",
    "四川",
    "贵州",
    "云南",
    "陕西",
    "甘肃",
    "青海",
    "内蒙古",
    "广西",
    "西藏",
    "宁夏",
    "新疆",
]
_NATIONAL = regex(
    r"^(?:中共中央|国务院|中央|国家|中华人民共和国|全国|最高人民|公务员法|民法典|宪法|法治政府建设实施纲要|法治中国|法治社会|"
    r"市县法治政府|重大行政决策程序暂行条例|优化营商环境条例|政府信息公开条例|党政主要负责人履行|提升行政执法质量|信访工作条例|"
    r"行政[^》]{1,6}(?<!办)法》|.{2,8}(?:(?<!办)法|条例)》)"
)


def citations(text: str, level: str, offset: int = 0) -> tuple[Citation, ...]:
    """All 《…》 in a folded clause-like slice. ``level`` is the reporter's, to tell whose document it is."""
    out: list[Citation] = []
    for m in _TITLE.finditer(text):
        before = text[: m.start()]
        if out and before[out[-1].end - offset :].strip("、和及与 ,") == "":
            verb = out[-1].verb
        else:
            tail = patterns.split(r"[,;。:]", before)[-1][-24:]
            verbs = _VERB.findall(tail)
            verb = verbs[-1] if verbs else ""
            if verb in _ISSUE and before.endswith("的") and any(v in _FOLLOW for v in verbs):
                verb = next(v for v in verbs if v in _FOLLOW)  # 按照……印发的《…》: somebody else's, and followed
        title = m.group()[1:-1]
        out.append(
            Citation(
                m.start() + offset,
                m.end() + offset,
                title,
                verb,
                verb in _ISSUE,
                _superior(title, level) or (verb in _FOLLOW and not _own(title, level)),
            )
        )
    return tuple(out)


# Whose title it is, by the words it opens with: 《金东区……办法》 in a district's report is the district's own.
_OWN = {
    "county": regex(r"^(?:关于[^》]{0,10})?(?:20\d\d年)?[\u4e00-\u9fa5]{1,7}(?:(?<!自治)[县旗]|自治县|(?<!自治)区)"),
    "city": regex(r"^(?:关于[^》]{0,10})?(?:20\d\d年)?[\u4e00-\u9fa5]{1,6}[市州盟]"),
    "township": regex(r"^[\u4e00-\u9fa5]{1,10}?(?:镇|乡|街道)"),
    "department": regex(r"^[\u4e00-\u9fa5]{1,12}?(?:局|委员会|办公室|中心)"),
}
# What every government writes itself.
_OWN_KIND = regex(r"政府工作报告$|法治政府建设[^》]{0,10}(?:情况|工作|年度)?报告$|行政审判[^》]{0,6}(?:白皮书|报告)$")


def _own(title: str, level: str) -> bool:
    pattern = _OWN.get(level)
    return bool(_OWN_KIND.search(title) or (pattern and pattern.match(title)))


def _superior(title: str, level: str) -> bool:
    if _NATIONAL.match(title + "》"):
        return True
    if level in ("province", "ministry"):
        return False
    head = title[:12]
    return any(head.startswith(p) and "市" not in head[len(p) : 8] and "县" not in head and "区" not in head[3:10]
               for p in _PROVINCES if p not in ("北京市", "天津市", "上海市", "重庆市"))  # fmt: skip
