"""领导一页纸: one sentence, four numbers, a chart by chapter, red lines, who owes most. Never a total score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties, RichTextProperties
from openpyxl.worksheet.worksheet import Worksheet

from checker.model import Assessment, Finding, Verdict
from checker.outputs import Context
from checker.outputs.xlsx import phrases
from checker.outputs.xlsx.form import BOXED, BOXED_CENTRE, BOXED_HEAD, HEAD, TYPED, Pen
from checker.outputs.xlsx.grid import setup
from checker.outputs.xlsx.styles import BODY_FONT, COLOURS, HEAD_FONT, TITLE_FONT, Look, Styles
from checker.review.workbook.layout import CLOSED
from checker.review.workbook.tables import Table, plain

SHORT = {
    Verdict.MET: "达标",
    Verdict.PARTIAL: "部分达标",
    Verdict.WEAK: "证据不足",
    Verdict.PLANNED: "仅有计划",
    Verdict.MISSING: "未见证据",
    Verdict.ADMITTED: "自认问题",
    Verdict.FAILED: "不达标",
    Verdict.MANUAL: "人工核验",
    Verdict.NOT_APPLICABLE: "不适用",
}
CHART_COLUMNS, TABLE_COLUMN = 10, 11
MOST_RED, MOST_UNITS = 8, 8


class Owing(Struct, frozen=True):
    """A unit with its open problems."""

    unit: str
    problems: int
    major: int
    overdue: int


def draw(
    sheet: Worksheet,
    styles: Styles,
    a: Assessment,
    context: Context,
    verdicts: Mapping[str, Verdict],
    listed: Table,
    since: str,
) -> dict[str, tuple[int, int]]:
    """Draw the page; gives the places that people fill in. ``verdicts`` are by indicator id, a person's where one is given; ``listed`` is 问题清单 as merged."""
    pen = Pen(sheet, styles, [8.2] * CHART_COLUMNS + [26] + [6.2] * len(SHORT))
    width = len(pen.widths)
    count = Counter(verdicts.values())
    m = context.moment
    title = f"{a.place}{f'{a.year}年度' if a.year else ''}法治政府建设示范指标对标情况"
    pen.line([(1, width, title, Look(TITLE_FONT, 22, border=False, across="center"))], 36)
    pen.line(
        [(1, width, f"截至 {m.year}年{m.month}月{m.day}日", Look(BODY_FONT, 11, border=False, across="center"))], 18
    )
    pen.line([(1, width, summary(a, verdicts, count), Look(BODY_FONT, 13, border=False))])
    _numbers(pen, count, _added(a))
    _chart(pen, a, verdicts)
    _lists(pen, a, listed, context)
    pen.line([(1, 2, "与上次相比", BOXED_HEAD), (3, width - 2, since, BOXED)], 20)
    pen.line([(1, 2, "领导批示", BOXED_HEAD), (3, width - 2, "", TYPED)], 40)
    note = f"本表依据提交文本自动比对，是报告口径，不等于评审得分。{a.index.caution}"
    pen.line([(1, width, note, Look(BODY_FONT, 10, border=False, colour="595959"))])
    setup(sheet, "A4", landscape=True, one_page=True)
    from openpyxl.utils import get_column_letter

    sheet.print_area = f"A1:{get_column_letter(width)}{pen.row - 1}"
    return pen.fields


def summary(a: Assessment, verdicts: Mapping[str, Verdict], count: Counter[Verdict]) -> str:
    """One sentence with the numbers filled in."""
    checkable = [
        f
        for f in a.findings
        if f.indicator.verifiability != "D" and verdicts[f.indicator.id] is not Verdict.NOT_APPLICABLE
    ]
    blank = Counter(
        f.indicator.chapter for f in checkable if verdicts[f.indicator.id] in (Verdict.MISSING, Verdict.PLANNED)
    )
    total = Counter(f.indicator.chapter for f in checkable)
    worst = sorted((c for c in a.index.chapters if blank[c.id]), key=lambda c: (-blank[c.id] / total[c.id], c.id))[:3]
    names = "、".join(f"{c.name}（{blank[c.id]}/{total[c.id]}）" for c in worst)
    return (
        f"对照《{a.index.edition}》版 {len(a.findings)} 项指标，可由文本检查的 {len(checkable)} 项中，"
        f"已充分述及 {count[Verdict.MET]} 项，部分述及 {count[Verdict.PARTIAL]} 项，"
        f"仅有计划或证据不足 {count[Verdict.PLANNED] + count[Verdict.WEAK]} 项，未述及 {count[Verdict.MISSING]} 项，"
        f"报告自认问题 {count[Verdict.ADMITTED]} 项，不达标 {count[Verdict.FAILED]} 项。"
        + (f"空白最多的是：{names}。" if names else "")
    )


def _added(a: Assessment) -> str:
    """What people added to the verdicts, said apart."""
    lifted, waived = sum(f.lifted for f in a.findings), sum(f.waived is not None for f in a.findings)
    return (f"其中凭人工佐证 {lifted} 项。" if lifted else "") + (f"已豁免 {waived} 项。" if waived else "")


def _numbers(pen: Pen, count: Counter[Verdict], added: str) -> None:
    blocks = (
        ("已充分述及", count[Verdict.MET], Verdict.MET, 5),
        ("部分述及", count[Verdict.PARTIAL], Verdict.PARTIAL, 5),
        ("仅有计划或证据不足", count[Verdict.PLANNED] + count[Verdict.WEAK], Verdict.WEAK, 4),
        ("未述及", count[Verdict.MISSING], Verdict.MISSING, 6),
    )
    numbers: list[tuple[int, int, int | str, Look]] = []
    names: list[tuple[int, int, int | str, Look]] = []
    at = 1
    for name, value, verdict, span in blocks:
        fill, colour, _ = COLOURS[verdict]
        numbers.append((at, span, value, Look(HEAD_FONT, 28, bold=True, colour=colour, fill=fill, across="center")))
        names.append((at, span, name, Look(HEAD_FONT, 12, colour=colour, fill=fill, across="center")))
        at += span
    pen.line(list(numbers), 42)
    pen.line(list(names), 22)
    others = (
        f"另有：报告自认问题 {count[Verdict.ADMITTED]} 项，不达标 {count[Verdict.FAILED]} 项；"
        f"文本无法证明、须人工核验 {count[Verdict.MANUAL]} 项，不适用 {count[Verdict.NOT_APPLICABLE]} 项（均不计入上面四数）。{added}"
    )
    pen.line([(1, len(pen.widths), others, Look(BODY_FONT, 11, border=False, across="center"))], 20)


def _chart(pen: Pen, a: Assessment, verdicts: Mapping[str, Verdict]) -> None:
    sheet = pen.sheet
    top = pen.line(
        [(1, CHART_COLUMNS, "一、分章情况（各结论所占比例）", HEAD), (TABLE_COLUMN, 1, "分章数据（项）", HEAD)], 22
    )
    head: list[tuple[int, int, int | str, Look]] = [(TABLE_COLUMN, 1, "一级指标", BOXED_HEAD)]
    for n, (v, name) in enumerate(SHORT.items(), 1):
        fill, colour, _ = COLOURS[v]
        head.append(
            (TABLE_COLUMN + n, 1, f"{v.sign}{name}", Look(HEAD_FONT, 9, fill=fill, colour=colour, across="center"))
        )
    pen.line(list(head), 30)
    for chapter in a.index.chapters:
        tally = Counter(verdicts[f.indicator.id] for f in a.findings if f.indicator.chapter == chapter.id)
        cells: list[tuple[int, int, int | str, Look]] = [(TABLE_COLUMN, 1, chapter.name, Look(BODY_FONT, 10))]
        cells += [(TABLE_COLUMN + n, 1, tally[v], BOXED_CENTRE) for n, v in enumerate(SHORT, 1)]
        pen.line(list(cells), 25)
    bottom = pen.row - 1
    chart: Any = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "bar", "percentStacked", 100, 45
    data = Reference(
        sheet, min_col=TABLE_COLUMN + 1, max_col=TABLE_COLUMN + len(SHORT), min_row=top + 1, max_row=bottom
    )
    chart.add_data(data, titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=TABLE_COLUMN, min_row=top + 2, max_row=bottom))
    for series, v in zip(chart.series, SHORT, strict=True):
        series.graphicalProperties = GraphicalProperties(solidFill=COLOURS[v][2])
        series.graphicalProperties.line = LineProperties(solidFill="FFFFFF", w=6350)
    small = RichText(
        bodyPr=RichTextProperties(rot=0),
        p=[
            Paragraph(
                pPr=ParagraphProperties(defRPr=CharacterProperties(sz=800)), endParaRPr=CharacterProperties(sz=800)
            )
        ],
    )
    chart.y_axis.numFmt, chart.y_axis.majorGridlines, chart.y_axis.delete = "0%", None, False
    chart.x_axis.delete = False
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.txPr = chart.y_axis.txPr = small
    chart.legend.position = "b"
    chart.legend.txPr = small
    chart.dataLabels = DataLabelList(showVal=False, showSerName=False, showCatName=False, showLegendKey=False)
    chart.layout = Layout(ManualLayout(xMode="edge", yMode="edge", x=0.3, y=0.02, w=0.67, h=0.78))
    chart.y_axis.crosses, chart.y_axis.majorUnit = "max", 0.25
    chart.anchor = TwoCellAnchor(
        "twoCell", AnchorMarker(0, 0, top, 60000), AnchorMarker(CHART_COLUMNS - 1, 560000, bottom, 0)
    )
    sheet.add_chart(chart)


def red_lines(a: Assessment) -> list[tuple[Finding, str]]:
    """Red lines first, then whole chapters and 重要 indicators without anything done; at most eight."""
    order = (Verdict.FAILED, Verdict.ADMITTED, Verdict.MISSING, Verdict.PLANNED, Verdict.WEAK)
    found = [
        f
        for f in a.findings
        if not f.waived and f.verdict in order and (f.indicator.red_line or f.indicator.severity == "major")
    ]
    found.sort(
        key=lambda f: (phrases.severity(f) != "红线", not f.indicator.red_line, order.index(f.verdict), f.indicator.no)
    )
    return [(f, phrases.severity(f)) for f in found[:MOST_RED]]


def blank_chapters(a: Assessment) -> list[tuple[str, int]]:
    """Chapters of which the text shows nothing done at all, with their number of indicators: one line, not five."""
    out = []
    for chapter in a.index.chapters:
        rows = [
            f
            for f in a.findings
            if f.indicator.chapter == chapter.id
            and f.indicator.verifiability != "D"
            and f.verdict is not Verdict.NOT_APPLICABLE
        ]
        if len(rows) > 1 and all(f.verdict in (Verdict.MISSING, Verdict.PLANNED) for f in rows):
            out.append((chapter.name, len(rows)))
    return out


def owing(listed: Table, today: str) -> list[Owing]:
    """Units by how many problems are still open with them."""
    tally: dict[str, list[int]] = {}
    for r in listed.rows:
        if plain(listed.value(r, "state")) in (CLOSED, "不认定") or plain(listed.value(r, "nature")) == "已豁免":
            continue
        unit = plain(listed.value(r, "lead")).strip() or "（未定牵头单位）"
        counts = tally.setdefault(unit, [0, 0, 0])
        counts[0] += 1
        counts[1] += plain(listed.value(r, "severity")) in ("红线", "重要")
        deadline = plain(listed.value(r, "deadline"))
        counts[2] += deadline[:2] == "20" and deadline < today
    return sorted((Owing(u, *c) for u, c in tally.items()), key=lambda o: (-o.problems, -o.major, o.unit))


def _lists(pen: Pen, a: Assessment, listed: Table, context: Context) -> None:
    width = len(pen.widths)
    reds, units = red_lines(a), owing(listed, context.moment.date().isoformat())
    pen.line(
        [
            (1, CHART_COLUMNS, "二、红线与重大空白（最多 8 条）", HEAD),
            (TABLE_COLUMN, 3, "三、欠账单位（问题最多的）", HEAD),
        ],
        22,
    )
    pen.line(
        [
            (1, 1, "程度", BOXED_HEAD),
            (2, 6, "指标", BOXED_HEAD),
            (8, 3, "机审结论", BOXED_HEAD),
            (TABLE_COLUMN, 1, "牵头单位", BOXED_HEAD),
            (TABLE_COLUMN + 1, 3, "未销号问题", BOXED_HEAD),
            (TABLE_COLUMN + 4, 3, "其中红线、重要", BOXED_HEAD),
            (TABLE_COLUMN + 7, width - TABLE_COLUMN - 6, "已超期", BOXED_HEAD),
        ],
        20,
    )
    left: list[tuple[str, str, Verdict, str]] = [
        ("整章空白", f"{name}（{n} 项）", Verdict.MISSING, "整章未见成果") for name, n in blank_chapters(a)
    ]
    left += [(severity, f.indicator.label, f.verdict, f.label) for f, severity in reds]
    left.sort(key=lambda x: x[0] != "红线")
    left = left[:MOST_RED]
    for n in range(max(len(left), min(len(units), MOST_UNITS), 1)):
        cells: list[tuple[int, int, int | str, Look]] = []
        if n < len(left):
            severity, name, verdict, label = left[n]
            fill, colour, _ = COLOURS[verdict]
            cells += [
                (1, 1, severity, BOXED_CENTRE),
                (2, 6, name, BOXED),
                (8, 3, f"{verdict.sign} {label}", Look(BODY_FONT, 10.5, fill=fill, colour=colour, across="center")),
            ]
        elif n == 0:
            cells.append((1, CHART_COLUMNS, "没有", BOXED))
        if n < min(len(units), MOST_UNITS):
            u = units[n]
            cells += [
                (TABLE_COLUMN, 1, u.unit, BOXED),
                (TABLE_COLUMN + 1, 3, u.problems, BOXED_CENTRE),
                (TABLE_COLUMN + 4, 3, u.major, BOXED_CENTRE),
                (TABLE_COLUMN + 7, width - TABLE_COLUMN - 6, u.overdue, BOXED_CENTRE),
            ]
        pen.line(list(cells), 19)
