"""封面: what this is, of which texts, by which rules, and how far it can be trusted."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from checker.model import Assessment, Genre, Verdict
from checker.model.codes import LEVELS
from checker.outputs import Context
from checker.outputs.xlsx.form import BODY, BOXED, HEAD, TYPED, Pen
from checker.outputs.xlsx.grid import setup
from checker.outputs.xlsx.styles import HEAD_FONT, TITLE_FONT, Look, Styles

LABEL = Look(HEAD_FONT, 11, fill="F2F2F2", across="center")
# People's own lines on the cover: they are kept by their label, wherever the line ends up.
OWN_LINES = ("密级或「内部资料」字样", "填报单位", "操作者", "备注")


def draw(sheet: Worksheet, styles: Styles, a: Assessment, context: Context) -> dict[str, tuple[int, int]]:
    """Draw the cover; gives the places that people fill in."""
    pen = Pen(sheet, styles, [22, 30, 14, 22])
    pen.line([(1, 4, "", BODY)], 40)
    pen.line([(1, 4, "法治政府建设示范指标对标检查", Look(TITLE_FONT, 24, border=False, across="center"))], 44)
    pen.line([(1, 4, "问题清单", Look(TITLE_FONT, 30, border=False, across="center"))], 54)
    pen.line([(1, 4, "", BODY)], 20)
    m = context.moment
    facts = [
        ("地区", a.place or "（没有读出，可用 --place 指明）"),
        ("报告年度", f"{a.year} 年" if a.year else "（没有读出，可用 --year 指明）"),
        ("主体层级", LEVELS.get(a.level, a.level)),
        ("指标体系", f"{a.index.title}，共 {len(a.index.indicators)} 项"),
        ("规则版本", a.index.stamp),
        ("工具版本", f"checker {context.tool_version}"),
        ("生成时间", f"{m.year}年{m.month}月{m.day}日 {m:%H:%M}"),
    ]
    for label, value in facts:
        pen.line([(1, 1, label, LABEL), (2, 3, value, BOXED)], 26)
    for label in OWN_LINES:
        pen.line([(1, 1, label, LABEL), (2, 3, "", TYPED)], 26)
    pen.line([(1, 4, "", BODY)], 12)
    pen.line([(1, 4, "材料清单", HEAD)])
    pen.line([(1, 2, "文件", LABEL), (3, 1, "字数", LABEL), (4, 1, "SHA-256（前 12 位）", LABEL)])
    for x in a.analyses:
        d = x.document
        note = "" if x.reporter.genre is Genre.REPORT else f"（像{x.reporter.genre.label}，不作成果采信）"
        name = d.path.replace("\\", "/").rsplit("/", 1)[-1]
        pen.line([(1, 2, name + note, BOXED), (3, 1, len(d.text), BOXED), (4, 1, d.sha256[:12], BOXED)])
    pen.line([(1, 4, "", BODY)], 12)
    pen.line([(1, 4, "使用前必读", HEAD)])
    for text in declarations(a):
        pen.line([(1, 4, text, BODY)])
    setup(sheet, "A4", landscape=False, one_page=True)
    sheet.print_area = f"A1:D{pen.row}"
    return pen.fields


def declarations(a: Assessment) -> list[str]:
    """How far the conclusions and the indicators can be trusted."""
    n = a.ledger[Verdict.MANUAL]
    out = [
        "1. 本表依据提交文本自动比对，是「报告口径」的机审结论，不等于评审得分，也不代替评审组的结论。",
        f"2. {a.index.provenance}",
        "3. 「未见证据」只说本次提交的文本中未见，不是说工作未开展；请责任单位说明或补证。",
        "4. 「达标（报告口径）」须附佐证材料方能采信，见「佐证材料清单」。",
        f"5. 文本无法证明、须人工核验的 {n} 项单列，不计入达标，也不计入未达标。",
        "6. 密级由使用单位自行确定，工具不定密；全程离线运行，不上传任何内容。",
    ]
    if a.warnings:
        out.append("7. 本次运行的提示：" + "".join(a.warnings))
    return out
