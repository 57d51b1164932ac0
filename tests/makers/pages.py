"""pdf and ofd: fixed pages with running heads and page numbers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

OFD = "http://www.ofdspec.org/2016"


def reportlab_pdf(lines: Sequence[str], file: Path, *, columns: int = 1, indent: bool = True) -> None:
    """A pdf with running head and page numbers; ``columns`` of text."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    width, height = A4
    gap, margin = 20, 72

    def furniture(canvas: object, doc: object) -> None:
        canvas.setFont("STSong-Light", 9)  # type: ignore[attr-defined]
        canvas.drawString(margin, height - 40, "某县人民政府文件")  # type: ignore[attr-defined]
        canvas.drawCentredString(width / 2, 36, f"— {doc.page} —")  # type: ignore[attr-defined]

    one = (width - 2 * margin - gap * (columns - 1)) / columns
    frames = [
        Frame(margin + i * (one + gap), margin, one, height - 2 * margin, leftPadding=0, rightPadding=0)
        for i in range(columns)
    ]
    template = BaseDocTemplate(str(file), pagesize=A4, invariant=1)
    template.addPageTemplates(PageTemplate(frames=frames, onPage=furniture))
    size = 14 if columns == 1 else 10.5
    style = ParagraphStyle(
        "body",
        fontName="STSong-Light",
        fontSize=size,
        leading=size * 1.7,
        firstLineIndent=2 * size if indent else 0,
        spaceAfter=0 if indent else size,
        wordWrap="CJK",
        alignment=4,
    )
    template.build([Paragraph(escape(line), style) for line in lines])


def ofd(lines: Sequence[str], *, per_line: int = 38, per_page: int = 40, picture: bool = False) -> bytes:
    """An ofd (GB/T 33190) with one text object a line, page numbers and a running head. Lengths in mm."""
    size, left = 4.2, 25.0
    rows: list[tuple[float, str]] = []
    for line in lines:
        at, first = 0, True
        while at < len(line):
            room = per_line - 2 if first else per_line
            rows.append((left + (2 * size if first else 0), line[at : at + room]))
            at, first = at + room, False
    pages = [rows[i : i + per_page] for i in range(0, len(rows), per_page)] or [[]]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        head = '<?xml version="1.0" encoding="UTF-8"?>'
        box.writestr(
            zipfile.ZipInfo("OFD.xml"),
            f'{head}<ofd:OFD xmlns:ofd="{OFD}" DocType="OFD" Version="1.0"><ofd:DocBody><ofd:DocInfo/>'
            "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        )
        listed = "".join(f'<ofd:Page ID="{n + 1}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
        box.writestr(
            zipfile.ZipInfo("Doc_0/Document.xml"),
            f'{head}<ofd:Document xmlns:ofd="{OFD}"><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297'
            f"</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        )
        for n, page in enumerate(pages):
            objects = [(left, 12.0, "某县人民政府文件"), (100.0, 288.0, f"- {n + 1} -")]
            objects += [(x, 25.0 + 6.2 * i, text) for i, (x, text) in enumerate(page)]
            body = "".join(
                f'<ofd:TextObject ID="{i}" Boundary="{x} {y} 170 6" Font="1" Size="{size}"><ofd:TextCode X="0" Y="4" '
                f'DeltaX="g {max(1, len(text) - 1)} {size}">{escape(text)}</ofd:TextCode></ofd:TextObject>'
                for i, (x, y, text) in enumerate(objects)
            )
            if picture:
                body = '<ofd:ImageObject ID="1" Boundary="0 0 210 297" ResourceID="2"/>'
            box.writestr(
                zipfile.ZipInfo(f"Doc_0/Pages/Page_{n}/Content.xml"),
                f'{head}<ofd:Page xmlns:ofd="{OFD}"><ofd:Content><ofd:Layer ID="9">{body}</ofd:Layer></ofd:Content></ofd:Page>',
            )
    return out.getvalue()
