"""Workbook -> bytes, the same for the same content: no clock, no temporary files."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

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


class _Sheet(WorksheetWriter):
    """Writes UTF-8; openpyxl writes Chinese as numeric references, three times the size."""

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
        self._archive.writestr(ws.path[1:], out.getvalue())
        self.manifest.append(ws)


def to_bytes(book: Workbook, moment: datetime) -> bytes:
    """The file. ``moment`` is what the file says about when it was made."""
    plain = moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    book.properties.created = book.properties.modified = plain
    out = BytesIO()
    writer = _Writer(book, _Pinned(out, "w", ZIP_DEFLATED, allowZip64=True))
    writer.save()
    return out.getvalue()
