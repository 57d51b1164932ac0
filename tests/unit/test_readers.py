"""What each reader keeps, drops and says of places; traps that files really hold."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from checker.documents.extract import Extract, Request
from checker.documents.limits import Limits
from checker.documents.numbering import chinese, written
from checker.documents.page import iso, read_facts
from checker.documents.readers import extract
from checker.model import Document
from checker.text.sentences import analyze
from tests.makers import pages, web, word
from tests.makers.bad import _docx_with, _pages_pdf

LINES = ["某县2024年法治政府建设年度报告", "一、主要工作", "评查案卷120卷，发现问题36个，均已整改。"]


def read(data: bytes | str, kind: str, tmp_path: Path, encoding: str | None = None) -> Extract:
    file = tmp_path / f"a.{kind}"
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    return extract(Request(str(file), "a", kind, encoding, Limits()))


def places(e: Extract) -> list[tuple[str, str]]:
    return [(b.locator.label, e.text[b.start : b.end]) for b in e.blocks]


# docx

NUMBERING = (
    f'<w:numbering xmlns:w="{word.W}"><w:abstractNum w:abstractNumId="7">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="（%2）"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>'
    '</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
)
STYLES = (
    f'<w:styles xmlns:w="{word.W}"><w:style w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
    '<w:style w:styleId="H1a"><w:basedOn w:val="H1"/></w:style></w:styles>'
)


def num(level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr>'


def test_automatic_numbers_are_printed(tmp_path: Path) -> None:
    body = "".join(
        word.p(text, properties)
        for text, properties in [
            ("主要工作", '<w:pStyle w:val="H1a"/>'),
            ("依法履职", num(1)),
            ("放管服", num(2)),
            ("监管", num(2)),
            ("制度", num(1)),
            ("执法", num(2)),
            ("存在问题", num(0)),
            ("没有编号", '<w:pStyle w:val="H1"/><w:numPr><w:numId w:val="0"/></w:numPr>'),
        ]
    )
    got = read(word.raw_docx(body, {"numbering": NUMBERING, "styles": STYLES}), "docx", tmp_path)
    assert got.text.split("\n")[:-1] == [
        "一、主要工作", "（一）依法履职", "1.放管服", "2.监管", "（二）制度", "1.执法", "二、存在问题", "没有编号",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("n", "text"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (105, "一百零五"), (1010, "一千零一十")]
)
def test_chinese_numerals(n: int, text: str) -> None:
    assert chinese(n) == text


def test_other_number_formats() -> None:
    forms = ("decimalEnclosedCircle", "ideographDigital", "upperRoman", "lowerLetter", "decimalZero", "unknown")
    assert [written(14, f) for f in forms] == ["⑭", "一四", "XIV", "n", "14", "14"]


def test_docx_keeps_and_drops(tmp_path: Path) -> None:
    r = "<w:r><w:t>{}</w:t></w:r>".format
    body = (
        f"<w:p><w:ins>{r('新增')}</w:ins><w:del><w:r><w:delText>删去</w:delText></w:r></w:del>{r('保留')}</w:p>"
        f"<w:p><w:moveFrom>{r('移走')}</w:moveFrom><w:moveTo>{r('移来')}</w:moveTo></w:p>"
        f"<w:sdt><w:sdtContent><w:p>{r('控件里')}</w:p></w:sdtContent></w:sdt>"
        f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>{r('看得见')}</w:p>"
        f"<w:p><w:r><w:instrText>PAGE</w:instrText></w:r>{r('域结果')}<w:r><w:br/></w:r>{r('换行后')}</w:p>"
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{r('接')}</w:p><w:p>{r('上了')}</w:p>"
        f"<w:p>{r('有注')}<w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
        "<w:p><w:r><mc:AlternateContent xmlns:mc='m'><mc:Choice><w:txbxContent>"
        f"<w:p>{r('框里')}</w:p></w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p>{r('框里')}</w:p></w:txbxContent></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
        f"<w:tbl><w:tr><w:tc><w:p>{r('序号')}</w:p></w:tc><w:tc><w:p>{r('任务')}</w:p></w:tc></w:tr>"
        f"<w:tr><w:tc><w:p>{r('1')}</w:p></w:tc><w:tc><w:tbl><w:tr><w:tc><w:p>{r('内')}</w:p></w:tc><w:tc><w:p>{r('表')}</w:p></w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr>"
        f"<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p>{r('删行')}</w:p></w:tc></w:tr></w:tbl>"
    )
    notes = f'<w:footnotes xmlns:w="{word.W}"><w:footnote w:id="1" w:type="separator"><w:p>{r("线")}</w:p></w:footnote><w:footnote w:id="2"><w:p>{r("注文")}</w:p></w:footnote></w:footnotes>'
    got = read(word.raw_docx(body, {"footnotes": notes}), "docx", tmp_path)
    assert got.text.split("\n")[:-1] == [
        "新增保留", "移来", "控件里", "看得见", "域结果", "换行后", "接上了", "有注", "注文", "框里", "序号\t任务", "1\t内 表",
    ]  # fmt: skip
    labels = {text: label for label, text in places(got)}
    assert labels["注文"] == "第8段脚注"
    assert labels["框里"] == "第9段文本框"
    assert labels["任务"] == "表1第1行第2列"


def test_a_table_that_frames_the_page_is_no_table(tmp_path: Path) -> None:
    cell = "".join(word.p(x) for x in [*LINES, "二、下一步打算", "继续评查案卷500卷。"])
    got = read(
        _docx_with(
            f'<w:document xmlns:w="{word.W}"><w:body><w:tbl><w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl></w:body></w:document>'
        ),
        "docx",
        tmp_path,
    )
    assert got.text.count("\n") == 5
    a = analyze(Document("a", "docx", "", got.text, blocks=got.blocks))
    assert a.sentences[-1].role.value == "plan"


def test_short_cells_are_no_headings_that_end_a_section(tmp_path: Path) -> None:
    rows = [["序号", "任务", "单位"], ["1", "", ""], ["", "县司法局", ""], ["2", "评查案卷500卷", "县司法局"]]
    table = "".join("<w:tr>" + "".join(f"<w:tc>{word.p(c)}</w:tc>" for c in row) + "</w:tr>" for row in rows)
    body = word.p("一、主要工作") + word.p("做了工作。") + word.p("二、下一步工作打算") + f"<w:tbl>{table}</w:tbl>"
    got = read(word.raw_docx(body), "docx", tmp_path)
    a = analyze(Document("a", "docx", "", got.text, blocks=got.blocks))
    assert {s.role.value for s in a.sentences if s.locator and s.locator.table} == {"plan"}


# spreadsheets


def test_rows_say_their_headers(tmp_path: Path) -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    sheet.title = "台账"
    for row in (
        ["2024年任务台账"],
        ["序号", "任务", "完成率", "完成日期"],
        [1, "案卷评查", 0.985, date(2024, 11, 5)],
        [2, "普法", 1, None],
    ):
        sheet.append(row)
    sheet["C3"].number_format = sheet["C4"].number_format = "0.0%"
    hidden = book.create_sheet("草稿")
    hidden.append(["不该读"])
    hidden.sheet_state = "hidden"
    book.save(out)
    got = read(out.getvalue(), "xlsx", tmp_path)
    assert got.text.split("\n")[:-1] == [
        "2024年任务台账",
        "序号\t任务\t完成率\t完成日期",
        "1\t任务：案卷评查\t完成率：98.5%\t完成日期：2024年11月5日",
        "2\t任务：普法\t完成率：100%",
    ]
    assert places(got)[6] == ("工作表「台账」第3行第2列", "任务：案卷评查")
    assert "草稿" in got.notes[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = delimiter.join(["事项", "结果"]) + "\n" + delimiter.join(["案卷评查", '"120卷\n已整改"']) + "\n"
    assert read(text.encode(encoding), "csv", tmp_path).text == "事项\t结果\n事项：案卷评查\t结果：120卷 已整改\n"


# Markdown


def test_markdown_loses_its_marks_only(tmp_path: Path) -> None:
    text = "# 某县2024年法治政府建设报告\n\n## 一、**主要**工作\n\n- 见[附件](a.pdf)，开会*次，发文*份\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n---\n> 引文\n"
    got = read(text, "md", tmp_path)
    assert got.text == "某县2024年法治政府建设报告\n一、主要工作\n见附件，开会*次，发文*份\n甲\t乙\n1\t2\n引文\n"
    assert got.blocks[1].locator.paragraph == 3


# html

FACTS = {
    "索 引 号": "330703/2022-143212",
    "发布机构": "区司法局",
    "发文字号": "区司〔2022〕3号",
    "发布日期": "2022年3月3日",
    "公开方式": "主动公开",
}


@pytest.mark.parametrize("layout", web.LAYOUTS)
def test_the_article_without_the_page(tmp_path: Path, layout: str) -> None:
    article = [*LINES[1:], "二、下一步打算", "认真做好各项工作。" * 12]
    source = web.page(article, layout, title=LINES[0], facts=FACTS)
    got = read(source.encode("gb18030" if layout == "tables" else "utf-8"), "html", tmp_path)
    for line in article:
        assert line in got.text.split("\n")
    for noise in ("首页", "分享", "今天是", "备案号", "相关阅读", "推进会", "脚本", "打印", "扫一扫", "浏览次数"):
        assert noise not in got.text
    assert got.text.startswith(LINES[0])
    assert got.page is not None
    assert (got.page.issuer, got.page.published, got.page.openness) == ("区司法局", "2022-03-03", "主动公开")
    assert got.page.index_number == "330703/2022-143212"
    assert got.page.document_number == "区司〔2022〕3号"
    start, end = got.page.published_span or (0, 0)
    assert got.text[start:end] == "2022年3月3日"


@pytest.mark.parametrize(
    ("segments", "metas", "day"),
    [
        (["今天是：2019年10月31日 星期四", "发布时间：2022-03-03 10:00 来源：区司法局"], {}, "2022-03-03"),
        (["某县人民政府 2019年12月3日星期二", "成文日期：2021-01-05", "印发日期：2021-01-06"], {}, None),
        (["成文日期", "2021-01-05", "发布日期", "2021-02-01"], {}, "2021-02-01"),
        (["版权所有 2018-01-01"], {"pubdate": "2022-03-04 08:00:00"}, "2022-03-04"),
        (["发布日期：2022-03-03"], {"pubdate": "2025-01-01"}, "2022-03-03"),
        (["更新时间：2022-05-01", "发布日期：2022-03-03"], {}, "2022-03-03"),
        (["发布日期：2022-13-45"], {}, None),
        (["生效日期：2022-01-01", "失效日期：2027-01-01"], {}, None),
        (["2022-03-03"], {}, "2022-03-03"),
    ],
)
def test_which_date_is_the_publication(segments: list[str], metas: dict[str, str], day: str | None) -> None:
    assert read_facts(segments, metas, "").published == day


def test_iso() -> None:
    assert [iso(t) for t in ("2022年3月3日", "2022-3-3", "2022/03/03 9:00", "2022.3.3", "三月三日", None)] == [
        "2022-03-03"
    ] * 4 + [None, None]


def test_a_page_whose_article_is_attached_says_so(tmp_path: Path) -> None:
    got = read(
        "<html><meta charset=utf-8><body><div class='TRS_Editor'><p>见附件。</p><a href='/x/2021报告.pdf'>报告</a></div></body></html>",
        "html",
        tmp_path,
    )
    assert "附件" in got.notes[0]
    assert "2021报告.pdf" in got.notes[0]


def test_tables_of_a_page(tmp_path: Path) -> None:
    rows = "<table><tr><th>类别</th><th>件数</th></tr><tr><td>行政复议</td><td>45件</td></tr></table>"
    text = "<p>" + "全年办理行政复议案件情况如下。" * 20 + "</p>"
    got = read(f"<html><meta charset=utf-8><body><div id='zoom'>{text}{rows}</div></body></html>", "html", tmp_path)
    assert "类别\t件数\n行政复议\t45件\n" in got.text
    assert places(got)[-1] == ("表1第2行第2列", "45件")


# pdf and ofd


def test_pages_heads_and_numbers(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    lines = [f"{'一二三四五六七八九'[n]}、第{n}项工作情况说明，" + "依法行政各项工作扎实推进。" * 30 for n in range(9)]
    pages.reportlab_pdf(lines, file)
    got = extract(Request(str(file), "a", "pdf", None, Limits()))
    assert got.text.split("\n")[:-1] == lines
    assert {b.locator.page for b in got.blocks} >= {1, 2, 3}
    assert got.blocks[0].locator.label == "第1页"
    assert "文件" not in got.text
    assert "—" not in got.text


def test_a_paragraph_over_two_pages_knows_both(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    pages.reportlab_pdf(["依法行政各项工作扎实推进。" * 200], file)
    got = extract(Request(str(file), "a", "pdf", None, Limits()))
    assert got.text.count("\n") == 1
    assert [b.locator.page for b in got.blocks] == [1, 2, 3, 4, 5][: len(got.blocks)]
    document = Document("a", "pdf", "", got.text, blocks=got.blocks)
    assert document.locate(0) is not None
    last = document.locate(len(got.text) - 3)
    assert last is not None
    assert last.page == len(got.blocks)


def test_a_half_scanned_pdf_names_the_pages(tmp_path: Path) -> None:
    image = (
        b"<</Type/XObject/Subtype/Image/Width 8/Height 8/ColorSpace/DeviceGray/BitsPerComponent 8/Length 64>>stream\n"
        + bytes(64)
        + b"\nendstream"
    )
    resources = b"/XObject<</I 4 0 R>>/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    data = _pages_pdf(b"q 595 0 0 842 0 0 cm /I Do Q", 3, resources, [image])
    text = _pages_pdf(b"BT /F1 12 Tf 72 700 Td (law and order of the county) Tj ET", 1, resources, [image])
    assert text  # the page that has text takes another content stream
    body = b"<</Length 62>>stream\nBT /F1 12 Tf 72 700 Td (law and order of the county) Tj ET \nendstream"
    data = _pages_pdf(b"q 595 0 0 842 0 0 cm /I Do Q", 3, resources, [image, body])
    data = data.replace(b"/Contents 3 0 R", b"/Contents 5 0 R", 1)
    got = read(data, "pdf", tmp_path)
    assert got.text == "law and order of the county\n"
    assert "第 2、3 页是图片" in got.notes[0]


def test_ofd_with_its_steps(tmp_path: Path) -> None:
    lines = [*LINES, *(f"第{n}段" + "各项工作扎实推进"[n % 7 :] * 15 + "。" for n in range(30))]
    got = read(pages.ofd(lines), "ofd", tmp_path)
    assert got.text.split("\n")[:-1] == lines
    assert got.blocks[0].locator.page == 1


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turned_pages_read_as_they_are_seen(tmp_path: Path, turn: int) -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    file = tmp_path / "a.pdf"
    # reportlab turns the sheet with the page: what is given here comes out as 595 by 842
    canvas = Canvas(str(file), pagesize=(842, 595) if turn in (90, 270) else (595, 842))
    high = 595 if turn in (90, 270) else 842
    lines = [f"{'甲乙丙丁戊己庚辛壬癸'[n % 10]}事项{n}，" + "依法行政" * (3 + n % 4) + "。" for n in range(40)]
    for page in range(2):
        canvas.setPageRotation(turn)
        canvas.translate(*{0: (0, 0), 90: (595, 0), 180: (595, 842), 270: (0, 842)}[turn])
        canvas.rotate(turn)
        canvas.setFont("STSong-Light", 12)
        for n, line in enumerate(lines[page * 20 : page * 20 + 20]):
            canvas.drawString(80, high - 90 - n * 20, "　　" + line)
        canvas.drawString(290, 30, f"- {page + 1} -")
        canvas.showPage()
    canvas.save()
    got = extract(Request(str(file), "a", "pdf", None, Limits()))
    assert got.text.split("\n")[:-1] == lines
