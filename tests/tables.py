"""A made-up official table of 104 items in 10 chapters and 34 sections, in every kind of file a bureau may hold.

Nine in ten items say in other words what an indicator of the bundled edition asks; the rest are about nothing that
has a rule. Numbers are printed half-width, full-width or with a stop; one is missing; long cells hold line breaks.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from html import escape

from checker.model import Index

CHAPTERS, SECTIONS, ITEMS, MISSING = 10, 34, 104, 47
_NEW = ("河湖长制", "粮食储备", "殡葬服务", "古树名木", "渔港停泊", "集体林权", "校车接送", "口岸通关", "地名标志", "烟花燃放",
        "游牧草场", "沿海滩涂", "供热管网", "电梯维保")  # fmt: skip
_DIGITS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Row:
    number: str
    text: str
    chapter: str
    section: str
    rule: str | None


def rows(index: Index) -> list[Row]:
    """The items; ``rule`` is the indicator that says the same."""
    ours = list(index.indicators)[: ITEMS - len(_NEW)]
    texts: list[tuple[str, str | None]] = []
    for n, indicator in enumerate(ours):
        words = indicator.requirement.rstrip("。")
        texts.append(
            (f"{words}，并按年度通报落实情况。" if n % 2 else f"按照规定，{words}；定期开展检查。", indicator.id)
        )
        if n % 7 == 6 and len(texts) - n <= len(_NEW):
            topic = _NEW[len(texts) - n - 1]
            texts.append((f"{topic}事项实行台账登记，{topic}巡查记录保存三年以上，出现险情一小时内上报。", None))
    for topic in _NEW[sum(r is None for _, r in texts) :]:
        texts.append((f"{topic}事项实行台账登记，{topic}巡查记录保存三年以上，出现险情一小时内上报。", None))
    out = []
    for n, (text, rule) in enumerate(texts):
        section = n * SECTIONS // len(texts)
        chapter = section * CHAPTERS // SECTIONS
        out.append(
            Row(
                str(n + 1),
                text,
                f"{_DIGITS[chapter]}、第{_DIGITS[chapter]}方面工作",
                f"（{section + 1}）第{section + 1}类事项",
                rule,
            )
        )
    assert len(out) == ITEMS
    return out


def printed(row: Row) -> str:
    """The number as some table prints it."""
    number = int(row.number)
    if number == MISSING:
        return ""
    if number % 5 == 0:
        return row.number.translate({ord(str(d)): chr(0xFF10 + d) for d in range(10)})
    return f"{number}." if number % 11 == 0 else row.number


def broken(row: Row, sign: str = "\n") -> str:
    """The text with a line break in the middle of a sentence, as narrow cells have it."""
    return row.text if int(row.number) % 3 else f"{row.text[:9]}{sign}{row.text[9:]}"


def spans(table: list[Row], field: str) -> list[tuple[int, int]]:
    """(first, last) row of every run of the same group."""
    out: list[tuple[int, int]] = []
    for n, row in enumerate(table):
        same = out and getattr(table[out[-1][0]], field) == getattr(row, field)
        if same and (field == "chapter" or table[out[-1][0]].chapter == row.chapter):
            out[-1] = (out[-1][0], n)
        else:
            out.append((n, n))
    return out


def docx(table: list[Row]) -> bytes:
    from docx import Document

    document = Document()
    document.add_paragraph("某省县级法治建设指标（虚构）")
    grid = document.add_table(rows=1, cols=4)
    grid.rows[0].cells[0].text, grid.rows[0].cells[1].text = "一级指标", "二级指标"
    grid.rows[0].cells[2].merge(grid.rows[0].cells[3]).text = "三级指标"
    for row in table:
        cells = grid.add_row().cells
        cells[2].text, cells[3].text = printed(row), broken(row)
    for column, field in ((0, "chapter"), (1, "section")):
        for first, last in spans(table, field):
            cell = grid.cell(first + 1, column)
            if last > first:
                cell = cell.merge(grid.cell(last + 1, column))
            cell.text = getattr(table[first], field)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def xlsx(table: list[Row]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["某省县级法治建设指标（虚构）"])
    sheet.merge_cells("A1:D1")
    sheet.append(["一级指标", "二级指标", "序号", "三级指标"])
    for row in table:
        number = printed(row)
        sheet.append(["", "", int(number) if number.isascii() and number.isdigit() else number, broken(row)])
    for column, field in ((1, "chapter"), (2, "section")):
        for first, last in spans(table, field):
            sheet.cell(first + 3, column, getattr(table[first], field))
            if last > first:
                sheet.merge_cells(start_row=first + 3, end_row=last + 3, start_column=column, end_column=column)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def html(table: list[Row], encoding: str = "gbk") -> bytes:
    starts = {
        field: {first: last - first + 1 for first, last in spans(table, field)} for field in ("chapter", "section")
    }
    lines = [
        f"<html><head><meta charset='{encoding}'></head><body><div><p>某省县级法治建设指标（虚构）</p><table border=1>"
    ]
    lines.append("<tr><th>一级指标</th><th>二级指标</th><th colspan=2>三级指标</th></tr>")
    for n, row in enumerate(table):
        cells = [
            f'<td rowspan="{starts[field][n]}">{escape(getattr(row, field))}</td>'
            for field in ("chapter", "section")
            if n in starts[field]
        ]
        text = "<br/>".join(map(escape, broken(row).split("\n")))
        lines.append(f"<tr>{''.join(cells)}<td>{printed(row)}</td><td><p>{text}</p></td></tr>")
    lines.append("</table></div></body></html>")
    return "\n".join(lines).encode(encoding)


def pdf(table: list[Row]) -> bytes:
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("cell", fontName="STSong-Light", fontSize=9, leading=12, wordWrap="CJK")
    data = [[Paragraph(x, style) for x in ("一级指标", "二级指标", "序号", "三级指标")]]
    starts = {field: {first for first, _ in spans(table, field)} for field in ("chapter", "section")}
    commands = [("GRID", (2, 0), (3, -1), 0.5, colors.black), ("BOX", (0, 0), (-1, -1), 0.5, colors.black),
                ("LINEAFTER", (0, 0), (1, -1), 0.5, colors.black), ("LINEBELOW", (0, 0), (1, 0), 0.5, colors.black),
                ("VALIGN", (0, 0), (-1, -1), "TOP")]  # fmt: skip
    for n, row in enumerate(table):
        heads = [getattr(row, f) if n in starts[f] else "" for f in ("chapter", "section")]
        data.append([Paragraph(escape(x), style) for x in (*heads, printed(row), row.text)])
        for column, field in enumerate(("chapter", "section")):
            if n in starts[field]:
                commands.append(("LINEABOVE", (column, n + 1), (column, n + 1), 0.5, colors.black))
    out = io.BytesIO()
    LongTable(data, colWidths=(90, 100, 36, 300), repeatRows=1, style=commands)
    SimpleDocTemplate(out, pagesize=A4, invariant=1).build(
        [LongTable(data, colWidths=(90, 100, 36, 300), repeatRows=1, style=commands)]
    )
    return out.getvalue()


def txt(table: list[Row]) -> bytes:
    """A cell a line with runs of blank lines, as a page copied into a text file."""
    lines = [
        "某省县级法治建设指标（虚构）",
        "发布日期:2022-03-04 来源:某局",
        "",
        "一级指标",
        "",
        "二级指标",
        "",
        " ",
        "",
        "三级指标",
        "",
    ]
    starts = {field: {first for first, _ in spans(table, field)} for field in ("chapter", "section")}
    for n, row in enumerate(table):
        for field in ("chapter", "section"):
            if n in starts[field]:
                name = getattr(row, field)
                lines += [name if field == "chapter" else name.replace("（", "").replace("）", "."), *[" ", ""] * 4]
        if printed(row):
            lines += [printed(row).rstrip("."), ""]
        lines += [*broken(row).split("\n"), ""]
    return ("\r\n".join(lines)).encode("gb18030")


def tabs(table: list[Row]) -> bytes:
    lines = ["一级指标\t二级指标\t序号\t三级指标"]
    starts = {field: {first for first, _ in spans(table, field)} for field in ("chapter", "section")}
    for n, row in enumerate(table):
        heads = [getattr(row, f) if n in starts[f] else "" for f in ("chapter", "section")]
        lines.append("\t".join((*heads, printed(row), row.text)))
    return "\n".join(lines).encode("utf-8-sig")


MAKERS = {".docx": docx, ".xlsx": xlsx, ".html": html, ".pdf": pdf, ".txt": txt, ".tsv": tabs}
