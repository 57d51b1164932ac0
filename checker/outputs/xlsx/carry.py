"""Take over what people did to a sheet of the earlier workbook: cells, formats, notes, sizes, filters, pictures."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from typing import Any

from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.hyperlink import Hyperlink

from checker.outputs.xlsx.cells import safe
from checker.outputs.xlsx.styles import CONFLICT
from checker.review.workbook.earlier import Earlier, text_of
from checker.review.workbook.layout import Form
from checker.review.workbook.merged import EDITED, Change, Drawing
from checker.review.workbook.tables import fingerprint, plain

AUTHOR = "checker"
OURS = ("此列重跑不覆盖", "可改：改过的字", "【冲突】")


def cell(new: Any, old: Any) -> None:
    """Take over a cell as it is; a formula is moved along with its row."""
    value, kind = old._value, old.data_type
    if kind == "f" and isinstance(value, str):
        value = Translator(value, origin=old.coordinate).translate_formula(new.coordinate)
    elif isinstance(value, ArrayFormula):
        value = ArrayFormula(new.coordinate, value.text)
    elif kind == "s" and type(value) is str:
        value = safe(plain(text_of(value)))
    new._value, new.data_type = value, kind
    style(new, old)
    link = old.hyperlink
    if link is not None:
        new._hyperlink = Hyperlink(
            ref=new.coordinate, location=link.location, tooltip=link.tooltip, display=link.display, target=link.target
        )


def style(new: Any, old: Any) -> None:
    """Take over a cell's format, but for the colour of a conflict, which is set anew."""
    new._style = copy(old._style)
    if str(old.fill.fgColor.rgb).endswith(CONFLICT):
        new.fill = copy(new.fill).__class__()


# Colours that this program gives to links; LibreOffice has its own.
_LINKS = ("1F4E78", "000080", "0563C1", "0000FF")


def marks(new: Any, old: Any) -> None:
    """Take over what a person marked on a cell that the machine writes: a fill, bold, struck or coloured text."""
    if old._style == new._style:
        return
    fill = old.fill
    if fill.fill_type == "solid" and _rgb(fill.fgColor) not in ("", CONFLICT) and fill.fgColor != new.fill.fgColor:
        new._style = copy(new._style)
        new.fill = copy(fill)
    font, ours = old.font, new.font
    colour = _rgb(font.color)
    marked = (font.b and not ours.b) or (font.strike and not ours.strike)
    if marked or (colour not in ("", "000000", *_LINKS) and colour != _rgb(ours.color)):
        new._style = copy(new._style)
        new.font = copy(font)


def _rgb(colour: Any) -> str:
    """The last six digits of a plain colour; empty for theme and indexed colours."""
    return str(colour.rgb)[-6:] if colour is not None and colour.type == "rgb" else ""


def note(new: Any, old: Any) -> None:
    """Take over a note that a person wrote."""
    found = old._comment
    if found is not None and not _ours(found):
        new.comment = Comment(found.text, found.author or "", found.height, found.width)


def _ours(comment: Any) -> bool:
    return comment.author == AUTHOR or str(comment.text).startswith(OURS)


def dimensions(sheet: Any) -> dict[int, Any]:
    """Column number -> its dimension; openpyxl keeps equal neighbours under the first of them."""
    out: dict[int, Any] = {}
    for d in sheet.column_dimensions.values():
        for n in range(d.min or 0, min(d.max or 0, 500) + 1):
            out[n] = d
    return out


def sheet(new: Any, drawing: Drawing) -> None:
    """Take over widths, hidden columns, the filter, pictures, charts, tab colour and zoom of a table sheet."""
    if drawing.earlier is None:
        return
    old = drawing.earlier.sheet
    known = dimensions(old)
    moved: dict[int, int] = {}
    for number, placed in enumerate(drawing.columns, 1):
        if placed.source is None:
            continue
        moved[placed.source - 1] = number - 1
        d = known.get(placed.source)
        if d is not None:
            target = new.column_dimensions[get_column_letter(number)]
            if d.width and d.customWidth:
                target.width = d.width
            target.hidden = d.hidden
    for column in old.auto_filter.filterColumn:
        if column.colId in moved:
            kept = copy(column)
            kept.colId = moved[column.colId]
            new.auto_filter.filterColumn.append(kept)
    _drawn(new, old)


def _drawn(new: Any, old: Any) -> None:
    new._images = list(old._images)
    new._charts = [c for c in old._charts if not _our_chart(c, new.title)] + new._charts
    new.sheet_properties.tabColor = old.sheet_properties.tabColor
    new.sheet_state = old.sheet_state
    if old.sheet_view.zoomScale:
        new.sheet_view.zoomScale = old.sheet_view.zoomScale


def _our_chart(chart: Any, name: str) -> bool:
    if getattr(chart, "grouping", "") != "percentStacked" or len(chart.series) < 9:
        return False
    refs = [s.val.numRef.f for s in chart.series if s.val is not None and s.val.numRef is not None]
    return bool(refs) and all(name in r for r in refs)


def form(new: Any, earlier: Earlier, spec: Form, fields: Mapping[str, tuple[int, int]]) -> list[Change]:
    """Take over what people typed on a sheet that is no table: by the label before it, else where it stood."""
    old = earlier.forms.get(spec.key)
    if old is None:
        return []
    changes = []
    before = earlier.form_cells.get(spec.key)
    texts = {
        at: plain(text_of(c.value))
        for at, c in old._cells.items()
        if not isinstance(c, MergedCell) and c.value is not None
    }
    for (row, column), text in sorted(texts.items()):
        place = f"{get_column_letter(column)}{row}"
        label = next((texts[(row, c)] for c in range(column - 1, 0, -1) if (row, c) in texts), "")
        source = old._cells[(row, column)]
        if before is not None and before.get(place) == fingerprint(text):
            continue
        if label in fields:
            cell(new.cell(*fields[label]), source)
        elif before is None:
            continue
        else:
            target = new.cell(row, column)
            if isinstance(target, MergedCell) or (target.value not in (None, "") and plain(target.value) != text):
                now = "" if isinstance(target, MergedCell) else plain(target.value)
                changes.append(Change(EDITED, spec.name, place, label, "", now, text))
            elif target.value in (None, ""):
                cell(target, source)
    for (row, column), c in old._cells.items():
        if c._comment is not None:
            target = new.cell(row, column)
            if not isinstance(target, MergedCell):
                note(target, c)
    _drawn(new, old)
    return changes


def machine_cells(sheet: Any, fields: Mapping[str, tuple[int, int]]) -> dict[str, str]:
    """What the machine wrote on a form, by place; to be taken before people's things are carried over."""
    own = set(fields.values())
    return {
        c.coordinate: plain(text_of(c.value))
        for at, c in sheet._cells.items()
        if at not in own and not isinstance(c, MergedCell) and c.value not in (None, "")
    }
