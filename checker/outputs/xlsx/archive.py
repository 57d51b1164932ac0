"""Workbook -> bytes, the same for the same content: no clock, no temporary files."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.cell import _writer as cell_writer
from openpyxl.comments.comment_sheet import CommentRecord
from openpyxl.compat import safe_string
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import xmlfile


class _Pinned(ZipFile):
    """A zip whose members all carry the earliest time that a zip can hold."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *args: Any, **kwargs: Any) -> None:
        """Write one member."""
        name = zinfo_or_arcname if isinstance(zinfo_or_arcname, str) else zinfo_or_arcname.filename
        info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
        info.compress_type = ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        super().writestr(info, data, ZIP_DEFLATED, 6)

    def write(self, filename: Any, arcname: Any = None, *args: Any, **kwargs: Any) -> None:
        """Write a file from disk as a member."""
        self.writestr(str(arcname or filename), Path(filename).read_bytes())


set_attributes: Any = vars(cell_writer)["_set_attributes"]
_letters = cache(get_column_letter)
_SIMPLE = frozenset({type(None), str, int, float, bool, date, datetime, time, timedelta})
_RETURN = {"\r": "&#13;"}
_EMPTY = (b"<sheetData/>", b"<sheetData></sheetData>")


class _Sheet(WorksheetWriter):
    """Writes UTF-8 (openpyxl writes Chinese as numeric references, three times the size) and the cells as plain strings.

    Cells are nearly all of a sheet; through an XML tree they cost three times as much.
    """

    out: BytesIO
    ws: Any
    rows_data = b""

    def getvalue(self) -> bytes:
        """The finished sheet."""
        data = self.out.getvalue()
        if not self.rows_data:
            return data
        hole = next(e for e in _EMPTY if e in data)
        return data.replace(hole, self.rows_data, 1)

    def write_rows(self) -> None:
        """Write all rows; sheets with rich text or array formulas go openpyxl's own way."""
        sheet: Any = self.ws
        if any(type(c._value) not in _SIMPLE for c in sheet._cells.values()):
            super().write_rows()
            return
        stream: Any = self.xf
        xf = stream.send(True)
        with xf.element("sheetData"):
            pass
        stream.send(None)
        known: dict[int, str] = {}
        parts = ["<sheetData>"]
        for number, row in self.rows():
            attributes = {"r": str(number), **dict(sheet.row_dimensions.get(number, {}))}
            parts.append(f"<row{''.join(f' {k}={quoteattr(v)}' for k, v in attributes.items())}>")
            parts += [self._cell(cell, known) for cell in row]
            parts.append("</row>")
        parts.append("</sheetData>")
        self.rows_data = "".join(parts).encode("utf-8")

    def write_formatting(self) -> None:
        """Write the conditional formats; a style that many rules share is looked up once."""
        known: dict[int, int] = self.ws.parent.__dict__.setdefault("_checker_differentials", {})
        styles = self.ws.parent._differential_styles
        stream: Any = self.xf
        for found in self.ws.conditional_formatting:
            for rule in found.rules:
                if rule.dxf:
                    at = id(rule.dxf)
                    if at not in known:
                        known[at] = styles.add(rule.dxf)
                    rule.dxfId = known[at]
            stream.send(found.to_tree())

    def _cell(self, cell: Any, known: dict[int, str]) -> str:
        if cell._comment is not None:
            self.ws._comments.append(CommentRecord.from_cell(cell))
        style = ""
        if cell.has_style:
            at = id(cell._style)
            if at not in known:
                known[at] = f' s="{cell.style_id}"'
            style = known[at]
        place = f'<c r="{_letters(cell.column)}{cell.row}"{style}'
        if cell.data_type != "s":
            value, attributes = set_attributes(cell)
            kind = attributes.get("t")
            if value is None:
                return f"{place}/>" if style or cell.hyperlink else ""
            if cell.data_type == "f":
                return f"{place}><f>{escape(str(value)[1:])}</f><v/></c>"
            return f'{place} t="{kind}"><v>{escape(safe_string(value))}</v></c>'
        if cell.hyperlink:
            self.ws._hyperlinks.append(cell.hyperlink)
        text = cell._value
        if not text:
            return f"{place}/>"
        space = ' xml:space="preserve"' if text != text.strip() else ""
        return f'{place} t="inlineStr"><is><t{space}>{escape(text, _RETURN)}</t></is></c>'

    def get_stream(self) -> Any:
        """The XML stream as a coroutine."""
        with xmlfile(self.out, encoding="utf-8") as xf, xf.element("worksheet", xmlns=SHEET_MAIN_NS):
            try:
                while True:
                    el = yield
                    if el is True:
                        yield xf
                    elif el is None:
                        continue
                    else:
                        xf.write(el)
            except GeneratorExit:
                pass


class _Writer(ExcelWriter):
    """Sheets are made in memory: a killed run leaves no report text in a temporary folder."""

    _archive: Any

    def write_worksheet(self, ws: Any) -> None:
        """Write one sheet."""
        from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing

        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts = ws._charts
        ws._drawing.images = ws._images
        out = BytesIO()
        writer: Any = _Sheet(ws, out)
        writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], writer.getvalue())
        self.manifest.append(ws)


def to_bytes(book: Workbook, moment: datetime) -> bytes:
    """The file. ``moment`` is what the file says about when it was made."""
    plain = moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    book.properties.created = book.properties.modified = plain
    out = BytesIO()
    writer = _Writer(book, _Pinned(out, "w", ZIP_DEFLATED, allowZip64=True))
    writer.save()
    return out.getvalue()
