"""填表说明: what verdicts, colours, signs, lists and the machinery mean, in plain words."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from checker.model import Verdict
from checker.outputs.xlsx.form import BODY, BOXED, BOXED_CENTRE, BOXED_HEAD, HEAD, Pen
from checker.outputs.xlsx.grid import setup
from checker.outputs.xlsx.styles import COLOURS, HEAD_FONT, TITLE_FONT, Look, Styles
from checker.review.workbook.layout import CHOICES

MEANINGS = {
    Verdict.MET: "必备要素都有采信的原句，且有文件、数据或多项具体做法。只是报告口径，仍须附佐证。",
    Verdict.PARTIAL: "至少一个必备要素有采信的原句，但要素不齐、主体不全，或缺结果数据。",
    Verdict.WEAK: "只有原则话或线索，没有具体事实。",
    Verdict.PLANNED: "只在下一步安排里提到，没有已完成的成果。计划不算成果。",
    Verdict.MISSING: "本次提交文本中未见。不是说未开展，请责任单位说明或补证。",
    Verdict.ADMITTED: "报告自己承认这方面有问题或不足；压倒其他成绩。",
    Verdict.FAILED: "报告里的数据达不到法定门槛，或明确说没有做。",
    Verdict.MANUAL: "文本永远证明不了（如满意度、杜绝粗暴执法），或前后数据矛盾，须人工核验。不计入达标，也不计入未达标。",
    Verdict.NOT_APPLICABLE: "本级没有这项职能或权限。",
}
STEPS = (
    "1. 看「领导一页纸」了解总体，看「问题清单」逐条办理。点「问题编号」「指标编号」跳到证据摘录，点「出处」跳到原句。",
    "2. 黄色表头的列由人填写：重新运行时原样保留。灰色表头的列由工具填写，重新运行时更新；误改了会恢复，改动记入「变更记录」。",
    "3. 灰色斜体字是工具的建议（牵头单位、整改措施等），改过即变黑字，以后不再被覆盖。",
    "4. 「人工结论」填了以人工为准，机审结论并列保留；领导一页纸的统计以人工结论优先，重新运行后更新。",
    "5. 牵头单位、整改措施、时限、状态在「问题清单」和「整改台账」填一处即可，重新运行后互相带上；两处填得不同，各自保留并标橙。",
    "6. 报告改好后，对同一个文件重新运行即可：`checker check 报告 -o 本文件`。手填的列、自己加的行、列、表和批注都保留，旧文件存在「备份」文件夹。运行前请先关闭本文件。",
    "7. 可以排序、筛选、移动列、加列、加行、加表。问题按「问题编号」认，不按行号认，请不要改问题编号。第 1 行是隐藏的列标识，请不要删。",
    "8. 已销号的问题，如果机审再次发现，状态改为「反弹（待确认）」，并记入「变更记录」。",
    "9. 问题消失时不删除，连同已填内容移到「变更记录」。",
)
QUESTIONS = (
    ("为什么写了「加强」「推进」还是证据不足？", "没有文件名、数量、时间或具体做法，评审时站不住。请补事实。"),
    ("为什么写了却说是「仅有计划」？", "那句话在下一步安排里，或写的是将来。请补已完成的成果。"),
    ("明明做了，为什么未见证据？", "工具只看提交的文本。请在「单位说明」写明材料名称，并补进报告或附佐证。"),
    ("机审判错了怎么办？", "在「人工结论」里选正确的结论，在「备注」写理由；也请告诉维护规则的人。"),
    ("能打印吗？", "能。黑白打印时看结论前的记号。「责任分解表」一个单位一页。"),
)
LISTS = {
    "severity": "严重程度：红线是文本自己表明违反法定硬要求；重要是法定硬要求而缺证据；一般是其余。",
    "state": "整改状态：",
    "settled": "变更记录的处理：冲突行选「采用机审」，下次运行改用机审的新内容；选「保留人工」，下次运行不再提示。",
}


def draw(sheet: Worksheet, styles: Styles, provenance: str) -> dict[str, tuple[int, int]]:
    """Draw the guide; gives the places that people fill in: none."""
    pen = Pen(sheet, styles, [6, 20, 64])
    pen.line([(1, 3, "填表说明", Look(TITLE_FONT, 20, border=False, across="center"))], 36)
    pen.line([(1, 3, "一、先看这个", HEAD)], 22)
    pen.line([(1, 3, "机审结论一律是「报告口径」：依据提交文本自动比对，不等于评审得分。", BODY)])
    pen.line([(1, 3, provenance, BODY)])
    pen.line([(1, 3, "二、怎么用", HEAD)], 22)
    for text in STEPS:
        pen.line([(1, 3, text, BODY)])
    pen.line([(1, 3, "三、九种结论", HEAD)], 22)
    pen.line([(1, 1, "记号", BOXED_HEAD), (2, 1, "结论", BOXED_HEAD), (3, 1, "意思", BOXED_HEAD)])
    for v, meaning in MEANINGS.items():
        fill, colour, _ = COLOURS[v]
        pen.line(
            [
                (1, 1, v.sign, BOXED_CENTRE),
                (2, 1, v.label, Look(HEAD_FONT, 10.5, fill=fill, colour=colour)),
                (3, 1, meaning, BOXED),
            ]
        )
    pen.line([(1, 3, "四、下拉列表", HEAD)], 22)
    for key, text in LISTS.items():
        choices = "、".join(CHOICES[key])
        pen.line([(1, 3, f"{text}{choices if text.endswith('：') else f'（{choices}）'}", BODY)])
    pen.line([(1, 3, "五、证据强度和七道门", HEAD)], 22)
    pen.line([(1, 3, "S4 本级制度文件；S3 量化数据；S2 具体做法；S1 原则表述；S0 无效。", BODY)])
    pen.line(
        [
            (
                1,
                3,
                "被拒原因码：G1 主体不是本级；G2 不是本年度；G3 是计划；G4 是否定或自认；G5 是标题；G6 是上级文件的引用；G7 是噪声、荣誉转述或不是报告。",
                BODY,
            )
        ]
    )
    pen.line([(1, 3, "六、常见问答", HEAD)], 22)
    for question, answer in QUESTIONS:
        pen.line([(1, 3, f"问：{question}\n答：{answer}", BODY)])
    setup(sheet, "A4", landscape=False, one_page=False)
    sheet.print_area = f"A1:C{pen.row - 1}"
    return pen.fields
