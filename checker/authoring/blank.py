"""A new indicator as a form with explanations, ready to be filled in; and the form that changes one that exists."""

from __future__ import annotations

from collections.abc import Iterator

from checker.index.form import flow, scalar
from checker.model import Index, Indicator

FILL = "（待填）"
_HEAD = "# yaml-language-server: $schema={}schema/{}.schema.json"
_FORM = """\
# 新指标：把每个「（待填）」换成自己的话。# 后面是说明，不起作用，写好后可以删去。
# 冒号、逗号、方括号、引号一律用英文半角；冒号后面、减号后面要有一个空格；行首只用空格，不用 Tab。
id: {id}  # 编号：定下后不再改，也不重复使用
no: {no}  # 排在第几
title: {title}
# 一句话写清要求做什么（用自己的话）：
requirement: （待填）要求做什么、做到什么程度
provenance: local  # local 表示本地自定
# 放在哪一章哪一节（从下面抄英文编号）：
{places}
chapter: {chapter}
section: {section}
# 类型：policy 制度类（要有本级文件）、practice 实施类（做了什么）、result 结果类（要有数据）、
#       disclosure 公开类、negative 否定类（不得……）、survey 满意度类
kind: practice
# 可证性：A 报告文字就能证明；B 报告可以自述，须附材料；C 报告只给线索，至多部分达标；D 报告永远不能证明
verifiability: B
applies_to: [city, county]  # 适用层级：city 市，county 县，township 乡镇，department 部门
severity: minor  # major 重要，minor 一般
basis: [（待填）依据哪部法规、哪个文件]
# 话题：说明一句话在谈这件事。只命中话题算线索，最多「证据不足」；写得专属，别的指标的句子不要命中。
about: [（待填）话题词]
# 要素：这条指标要求的一到五件事。any 下面一行是一种说法，命中任何一种即可：
#   词 & 词      同一句里都要有          词|词    任一个        "#件|次"  带这些单位的数量
#   "@词组"      lexicon.yaml 里的词组    "!词"    同一处不得有  含 # @ ! 的要加英文引号
elements:
  - id: done  # 英文小写
    name: （待填）要素名称
    required: true  # 必备；加分而非必需的写 false
    any:
      - "（待填）要做的事 & #次|件|项"
      - （待填）要做的事 & 另一个词
    none: []  # 命中的分句里有这些词就不算（同词异题）
materials: [（待填）补什么材料]
units: {{lead: [（待填）牵头单位], support: []}}
measures: [（待填）常用的整改措施]
status: draft  # 草稿；例句齐了、都通过了，改为 stable
# 例句：自己写，不抄真实报告。每句写上它应得的结论，运行 checker rules test 逐句核对。至少要有：
#   达标 met（或它能到的最高档 partial）、仅有计划 planned、近似但不算 missing、证据不足 weak 或自认问题 admitted
#   section: plan 表示出现在「下一步」一节，problem 表示出现在「存在问题」一节
examples:
  - {{text: （待填）全年做了几次、几件。, verdict: met}}
  - {{text: （待填）高度重视某事。, verdict: weak}}
  - {{text: （待填）下一步要做某事。, section: plan, verdict: planned}}
  - {{text: （待填）用词相近、其实是另一件事。, verdict: missing}}
"""
_LAYER = """\
{head}
# 叠加在指标体系上的一层。检查时用：checker check 报告.txt --overlay 本文件夹
title: {title}
version: 0.1.0
changelog:
  - {{version: 0.1.0, date: "{date}", text: 新建}}
"""


def form(index: Index, *, id: str, no: int, title: str, chapter: str, section: str, schema: str) -> str:
    """The form for a new indicator. ``schema`` is the path from the file to the folder of the schemas' parent."""
    body = _FORM.format(
        id=scalar(id, inside=False),
        no=no,
        title=scalar(title or f"{FILL}短标题", inside=False),
        places="\n".join(_places(index)),
        chapter=chapter or FILL,
        section=section or FILL,
    )
    return f"{_HEAD.format(schema, 'indicator')}\n{body}"


def _places(index: Index) -> Iterator[str]:
    for chapter in index.chapters:
        yield f"#   {chapter.id}  {chapter.name}"
        for section in chapter.sections:
            yield f"#       {section.id}  {section.name}"


def change_form(indicator: Indicator, schema: str) -> str:
    """The form that changes ``indicator``: everything stands there as a comment, to be uncommented and edited."""
    i = indicator
    lines = [
        _HEAD.format(schema, "change"),
        f"# 改动 {i.id} {i.title}。写到的栏目替换原来的，没写的不变；去掉行首的「# 」再改。",
        f"extends: {scalar(i.id, inside=False)}",
        f"# title: {scalar(i.title, inside=False)}",
        f"# severity: {i.severity}",
        f"# units: {flow({'lead': list(i.lead), 'support': list(i.support)})}",
        "# 放宽（在原有的列表上增加）和收紧（去掉，照抄原来的写法）：",
        "# add:",
        "#   materials: [再补一种材料]",
        "#   examples: [{text: 一句新例句。, verdict: met}]",
        "# remove:",
        f"#   materials: {flow(list(i.materials[:1]))}",
        "# elements:",
    ]
    for e in i.elements:
        lines += [
            f"#   - id: {e.id}  # {e.name}",
            f"#     required: {flow(e.required)}",
            "#     add: {any: [新的说法 & 另一个词], none: [不算的词]}",
            f"#     remove: {{any: [{scalar(e.ways[0].text)}]}}" if e.ways else "#     remove: {}",
        ]
    if i.metrics:
        lines.append("# metrics:")
        for m in i.metrics:
            require = f"{m.require[0]} {m.require[1]:g}" if m.require else ">= 90"
            lines.append(f"#   - {{id: {m.id}, require: {scalar(require)}}}  # {m.name}")
    return "\n".join(lines) + "\n"


def layer_head(title: str, date: str) -> str:
    """index.yaml of a new overlay."""
    return _LAYER.format(head=_HEAD.format("", "layer"), title=scalar(title, inside=False), date=date)
