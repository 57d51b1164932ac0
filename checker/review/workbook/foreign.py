"""What a workbook may hold that can't be carried over: found in the zip before anything is written."""

from __future__ import annotations

import posixpath
import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile

# Part names and what people call them.
_PARTS = (
    ("xl/cellimages.xml", "WPS 嵌入单元格的图片（请转为浮动图片）"),
    ("xl/slicers/", "切片器"),
    ("xl/timelines/", "日程表"),
    ("xl/ctrlProps/", "表单控件"),
    ("xl/activeX/", "ActiveX 控件"),
    ("xl/embeddings/", "嵌入的文件"),
    ("xl/diagrams/", "SmartArt 图形"),
    ("xl/vbaProject.bin", "宏"),
)
_SHAPES = (b"<xdr:sp ", b"<xdr:sp>", b"<xdr:grpSp", b"<xdr:cxnSp", b"<sp ", b"<sp>", b"<grpSp", b"<cxnSp")
_SHEET = re.compile(r'<(?:\w+:)?sheet\b[^>]*?\bname="([^"]*)"[^>]*?\br:id="([^"]*)"')
_RELATION = re.compile(r"<Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(r'\b(Id|Target|Type)="([^"]*)"')
_PICTURES = (".emf", ".wmf", ".svg")


def uncarried(data: bytes) -> tuple[list[str], list[str]]:
    """What would be lost (a reason to stop) and what is only simplified (worth a note), in people's words."""
    lost: list[str] = []
    notes: list[str] = []
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            for part, word in _PARTS:
                if any(n == part or (part.endswith("/") and n.startswith(part)) for n in names):
                    lost.append(f"工作簿里有{word}，工具保不住")
            of = _drawings(archive, names)
            for name in names:
                if name.startswith("xl/drawings/drawing") and name.endswith(".xml"):
                    body = archive.read(name)
                    if any(s in body for s in _SHAPES):
                        lost.append(f"「{of.get(name, '？')}」上有文本框或图形，工具保不住")
            if any(n.startswith("xl/media/") and n.lower().endswith(_PICTURES) for n in names):
                lost.append("工作簿里有矢量图片（EMF、WMF、SVG），工具保不住")
            if any(n.startswith("xl/threadedComments/") for n in names):
                notes.append("带回复的批注已变为普通批注，文字保留")
    except (BadZipFile, OSError, KeyError, ValueError):
        return [], []
    return lost, notes


def _drawings(archive: ZipFile, names: list[str]) -> dict[str, str]:
    """Drawing part -> name of the sheet it is on."""
    out: dict[str, str] = {}
    try:
        book = archive.read("xl/workbook.xml").decode("utf-8")
        targets = _relations(archive, "xl/_rels/workbook.xml.rels", "xl")
    except (KeyError, UnicodeDecodeError):
        return out
    for name, rid in _SHEET.findall(book):
        part = targets.get(rid, "")
        rels = f"{posixpath.dirname(part)}/_rels/{posixpath.basename(part)}.rels"
        if rels in names:
            for target in _relations(archive, rels, posixpath.dirname(part)).values():
                out[target] = name
    return out


def _relations(archive: ZipFile, name: str, folder: str) -> dict[str, str]:
    out: dict[str, str] = {}
    for tag in _RELATION.findall(archive.read(name).decode("utf-8", "replace")):
        found = dict(_ATTRIBUTE.findall(tag))
        target = found.get("Target", "")
        full = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        out[found.get("Id", "")] = full
    return out
