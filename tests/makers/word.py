"""docx as python-docx and as other programs write it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def rich_docx(lines: Sequence[str], file: Path) -> None:
    """A docx with what the body may hide in: table, tracked insertions and deletions, content controls, split runs."""
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "页眉不是正文"
    made.sections[0].footer.paragraphs[0].text = "— 1 —"
    for n, line in enumerate(lines):
        if n % 11 == 5:
            cell = made.add_table(rows=1, cols=1).cell(0, 0)
            cell.text = line
            continue
        paragraph = made.add_paragraph()
        if n % 5 == 1:
            _tracked(paragraph, line)
        elif n % 5 == 2:
            _control(paragraph, line)
        elif n % 5 == 3:
            _link(paragraph, line)
        else:
            for at in range(0, len(line), 17):
                paragraph.add_run(line[at : at + 17]).bold = bool(at % 2)
    made.save(str(file))


def _run(text: str, tag: str = "w:t") -> OxmlElement:
    run, t = OxmlElement("w:r"), OxmlElement(tag)
    t.text = text
    t.set(qn("xml:space"), "preserve")
    run.append(t)
    return run


def _tracked(paragraph: docx.text.paragraph.Paragraph, line: str) -> None:
    half = len(line) // 2
    gone, new = OxmlElement("w:del"), OxmlElement("w:ins")
    for element in (gone, new):
        element.set(qn("w:id"), "1")
        element.set(qn("w:author"), "某科员")
    gone.append(_run("删去的话不作数，没有开展任何工作", "w:delText"))
    new.append(_run(line[half:]))
    paragraph._p.append(_run(line[:half]))
    paragraph._p.append(gone)
    paragraph._p.append(new)


def _control(paragraph: docx.text.paragraph.Paragraph, line: str) -> None:
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    content.append(_run(line))
    control.append(content)
    paragraph._p.append(control)


def _link(paragraph: docx.text.paragraph.Paragraph, line: str) -> None:
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), "a")
    link.append(_run(line[:9]))
    paragraph._p.append(link)
    paragraph._p.append(_run(line[9:]))


def plain_docx(lines: Sequence[str], file: Path) -> None:
    """Title and indented paragraphs, as an office has them."""
    made = docx.Document()
    for line in lines:
        made.add_paragraph(line).paragraph_format.first_line_indent = docx.shared.Pt(24)
    made.save(str(file))


def official_docx(lines: Sequence[str], file: Path) -> None:
    """As GB/T 9704 has it: large centred title over two lines, justified 16 pt body, page number between dashes."""
    made = docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height = docx.shared.Mm(210), docx.shared.Mm(297)
    section.left_margin, section.right_margin = docx.shared.Mm(28), docx.shared.Mm(26)
    section.header.paragraphs[0].text = "法治政府建设年度报告"
    footer = section.footer.paragraphs[0]
    footer.alignment = 1
    for kind in ("begin", "end"):
        footer.add_run("— " if kind == "begin" else "")
        char = OxmlElement("w:fldChar")
        char.set(qn("w:fldCharType"), kind)
        footer.add_run()._r.append(char)
        if kind == "begin":
            footer.add_run()._r.append(_run("PAGE", "w:instrText").find(qn("w:instrText")))
    footer.add_run(" —")
    for n, line in enumerate(lines):
        paragraph = made.add_paragraph()
        paragraph.alignment = 3 if n else 1
        paragraph.paragraph_format.line_spacing = docx.shared.Pt(28)
        paragraph.paragraph_format.space_after = docx.shared.Pt(0)
        paragraph.paragraph_format.first_line_indent = docx.shared.Pt(32 if n else 0)
        paragraph.add_run(line).font.size = docx.shared.Pt(16 if n else 30)
    made.save(str(file))


def raw_docx(body: str, parts: dict[str, str] | None = None) -> bytes:
    """A docx from the XML of its body; ``parts`` are further members (numbering, footnotes ...)."""
    parts = parts or {}
    rels = "".join(
        f'<Relationship Id="r{n}" Type="http://x/{name}" Target="{name}.xml"/>' for n, name in enumerate(parts)
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr(zipfile.ZipInfo("[Content_Types].xml"), "<Types/>")
        box.writestr(
            zipfile.ZipInfo("_rels/.rels"),
            '<R><Relationship Id="a" Type="x/officeDocument" Target="word/document.xml"/></R>',
        )
        box.writestr(
            zipfile.ZipInfo("word/document.xml"), f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
        )
        box.writestr(zipfile.ZipInfo("word/_rels/document.xml.rels"), f"<R>{rels}</R>")
        for name, text in parts.items():
            box.writestr(zipfile.ZipInfo(f"word/{name}.xml"), text)
    return out.getvalue()


def p(text: str, properties: str = "") -> str:
    """A paragraph in WordprocessingML."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"
