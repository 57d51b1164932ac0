"""docx: the running text as a reader of the printed page sees it.

Kept: tables, tracked insertions, content controls, hyperlinks, fields' results, text boxes, footnotes, automatic
numbers. Left out: tracked deletions, hidden text, comments, headers, footers. Macros and outside links are never touched.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from checker.documents.extract import Extract, Request, Writer
from checker.documents.limits import refuse
from checker.documents.numbering import Numbering
from checker.documents.zipped import Container, attribute, local
from checker.model import Locator

if TYPE_CHECKING:
    from lxml.etree import _Element

_SKIP = frozenset({"del", "moveFrom", "instrText", "delText", "delInstrText", "pPr", "rPr", "tblPr", "tcPr", "trPr", "sectPr", "sdtPr", "sdtEndPr", "rt", "Fallback", "commentReference", "annotationRef", "object", "bookmarkStart", "bookmarkEnd", "proofErr"})  # fmt: skip
_CHARS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}


def read(request: Request) -> Extract:
    """Read a docx. Raises DocumentError."""
    box = Container(request.file, request.path, request.limits)
    main = next(
        (target for kind, target in box.relations("").values() if kind == "officeDocument"), "word/document.xml"
    )
    if not box.has(main):
        raise refuse(request.path, "E321", "文件里没有正文部分，可能已损坏。请在 Word/WPS 里打开后另存一份再试。")
    root = box.xml(main)
    body = next((e for e in root if local(e) == "body"), None)
    if body is None:
        raise refuse(request.path, "E321", "文件里没有正文部分，可能已损坏。请在 Word/WPS 里打开后另存一份再试。")
    reader = _Docx(box, main, Writer(request.path, request.limits))
    reader.blocks(body)
    reader.flush()
    if not reader.writer.extract().text.strip() and _has_picture(box):
        raise refuse(
            request.path,
            "E322",
            "文档里只有图片，没有文字（像是扫描件）。请用带识别功能的软件转成文字版后再试。",
        )
    return reader.writer.extract()


def _has_picture(box: Container) -> bool:
    return any("/media/" in name for name in box.names())


class _Docx:
    def __init__(self, box: Container, main: str, writer: Writer) -> None:
        self.writer = writer
        relations = box.relations(main)
        parts = dict(relations.values())
        self.notes = {name: _notes(box, parts.get(f"{name}s"), name) for name in ("footnote", "endnote")}
        styles = parts.get("styles")
        numbers = parts.get("numbering")
        self.numbering = Numbering(
            box.xml(numbers) if numbers and box.has(numbers) else None,
            box.xml(styles) if styles and box.has(styles) else None,
        )
        if any(kind == "aFChunk" for kind, _ in relations.values()):
            writer.notes.append("文档里嵌有另一份文件（altChunk），没有读。")
        self.paragraph = self.table = 0
        self.pending = ""  # text of paragraphs whose mark was deleted: they run on into the next

    def blocks(self, parent: _Element) -> None:
        """Paragraphs and tables of the body, a content control or an insertion, in order."""
        for element in _children(parent):
            name = local(element)
            if name == "p":
                self._paragraph(element)
            elif name == "tbl":
                self.flush()
                self._table(element)

    def _paragraph(self, element: _Element) -> None:
        self.paragraph += 1
        aside: list[_Element] = []
        text = self._text(element, aside)
        number = self.numbering.next(element) if text.strip() else ""
        text = self.pending + number + text
        self.pending = ""
        if _mark_deleted(element):
            self.pending = text
        else:
            self.writer.line(text, Locator(paragraph=self.paragraph))
        self._aside(aside, Locator(paragraph=self.paragraph))

    def flush(self) -> None:
        """Write what still waits for a next paragraph."""
        if self.pending:
            self.writer.line(self.pending, Locator(paragraph=self.paragraph))
            self.pending = ""

    def _aside(self, aside: list[_Element], at: Locator) -> None:
        """Text boxes and notes stand after the paragraph that anchors them."""
        for element in aside:
            part = {"txbxContent": "文本框", "footnoteReference": "脚注", "endnoteReference": "尾注"}[local(element)]
            where = Locator(paragraph=at.paragraph, table=at.table, row=at.row, column=at.column, part=part)
            if part == "文本框":
                paragraphs = self._cell(element, [])
            else:
                kind = local(element).removesuffix("Reference")
                note = self.notes[kind].get(attribute(element, "id") or "")
                paragraphs = self._cell(note, []) if note is not None else []
            for text in paragraphs:
                self.writer.line(text, where)

    def _table(self, element: _Element) -> None:
        self.table += 1
        table = self.table
        rows = [e for e in _children(element) if local(e) == "tr"]
        wide = any(sum(local(c) == "tc" for c in _children(row)) > 1 for row in rows)  # else it only frames the text
        for r, row in enumerate(rows, 1):
            if _row_deleted(row):
                continue
            cells: list[list[str]] = []
            aside: list[_Element] = []
            for cell in (e for e in _children(row) if local(e) == "tc"):
                cells.append([] if _merged_away(cell) else self._cell(cell, aside))
            places = [Locator(table=table, row=r, column=c if wide else None) for c in range(1, len(cells) + 1)]
            self.writer.row(cells, places)
            self._aside(aside, Locator(table=table, row=r))

    def _cell(self, element: _Element, aside: list[_Element]) -> list[str]:
        """Paragraphs inside a cell, a note or a text box; inner tables row by row."""
        out: list[str] = []
        for child in _children(element):
            name = local(child)
            if name == "p":
                text = self._text(child, aside)
                out.append((self.numbering.next(child) if text.strip() else "") + text)
            elif name == "tbl":
                for row in (e for e in _children(child) if local(e) == "tr"):
                    inner = [" ".join(self._cell(c, aside)) for c in _children(row) if local(c) == "tc"]
                    out.append("\t".join(t.strip() for t in inner if t.strip()))
        return [t.strip() for t in out if t.strip()]

    def _text(self, paragraph: _Element, aside: list[_Element]) -> str:
        """What a paragraph says. Text boxes and notes found on the way are put aside."""
        parts: list[str] = []
        stack = [iter(paragraph)]
        while stack:
            element = next(stack[-1], None)
            if element is None:
                stack.pop()
                continue
            name = local(element)
            if name == "t":
                parts.append(element.text or "")
            elif name in _CHARS:
                if attribute(element, "type") not in ("page", "column"):
                    parts.append(_CHARS[name])
            elif name in ("txbxContent", "footnoteReference", "endnoteReference"):
                aside.append(element)
            elif name == "sym":
                parts.append(_symbol(element))
            elif name and name not in _SKIP and not (name == "r" and _hidden(element)):
                stack.append(iter(element))
        return "".join(parts)


_WRAPPERS = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "AlternateContent", "Choice"})


def _children(parent: _Element) -> Iterator[_Element]:
    """Children, looked at through what only wraps them (content controls, insertions)."""
    stack = [iter(parent)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif local(element) in _WRAPPERS:
            stack.append(iter(element))
        elif local(element):
            yield element


def _child(element: _Element, *names: str) -> _Element | None:
    found: _Element | None = element
    for name in names:
        found = next((e for e in found if local(e) == name), None) if found is not None else None
    return found


def _on(element: _Element | None) -> bool:
    return element is not None and (attribute(element, "val") or "1").lower() not in ("0", "false", "off", "none")


def _hidden(run: _Element) -> bool:
    return _on(_child(run, "rPr", "vanish"))


def _mark_deleted(paragraph: _Element) -> bool:
    return _child(paragraph, "pPr", "rPr", "del") is not None


def _row_deleted(row: _Element) -> bool:
    return _child(row, "trPr", "del") is not None


def _merged_away(cell: _Element) -> bool:
    merge = _child(cell, "tcPr", "vMerge")
    return merge is not None and attribute(merge, "val") in (None, "continue")


def _symbol(element: _Element) -> str:
    try:
        point = int(attribute(element, "char") or "", 16)
    except ValueError:
        return ""
    return chr(point) if 0x20 <= point < 0xD800 else ""  # private-use glyphs of symbol fonts say nothing


def _notes(box: Container, part: str | None, name: str) -> dict[str, _Element]:
    if not part or not box.has(part):
        return {}
    return {
        attribute(e, "id") or "": e
        for e in box.xml(part)
        if local(e) == name and attribute(e, "type") in (None, "normal")
    }
