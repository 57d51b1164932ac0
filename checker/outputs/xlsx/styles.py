"""Fonts, colours and borders. A style is registered once per workbook and then only its number is used."""

from __future__ import annotations

from functools import cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.workbook import Workbook

from checker.model import Verdict

TITLE_FONT, HEAD_FONT, BODY_FONT = "方正小标宋简体", "黑体", "仿宋"
MACHINE_HEAD, PEOPLE_HEAD = "F2F2F2", "FFF2CC"
CONFLICT = "F8CBAD"
LINE = "BFBFBF"

# (fill, font, stronger colour for the chart)
COLOURS: dict[Verdict, tuple[str, str, str]] = {
    Verdict.MET: ("C6EFCE", "006100", "70AD47"),
    Verdict.PARTIAL: ("FFEB9C", "7F6000", "FFD54F"),
    Verdict.WEAK: ("FCE4D6", "974706", "F4B183"),
    Verdict.PLANNED: ("DDEBF7", "1F4E78", "9DC3E6"),
    Verdict.MISSING: ("EDEDED", "404040", "BFBFBF"),
    Verdict.ADMITTED: ("FFC7CE", "9C0006", "FF7C80"),
    Verdict.FAILED: ("C00000", "FFFFFF", "C00000"),
    Verdict.MANUAL: ("E4DFEC", "403151", "B1A0C7"),
    Verdict.NOT_APPLICABLE: ("FFFFFF", "808080", "E7E6E6"),
}
SEVERITIES = {"红线": ("C00000", "FFFFFF"), "重要": ("FFE699", "7F6000")}
STATES = {
    "已销号": ("C6EFCE", "006100"),
    "反弹（待确认）": ("C00000", "FFFFFF"),
    "退回": ("FFC7CE", "9C0006"),
    "已完成待验收": ("DDEBF7", "1F4E78"),
}


class Look(Struct, frozen=True):
    """How a cell looks; equal looks share one style."""

    font: str = BODY_FONT
    size: float = 10.5
    bold: bool = False
    italic: bool = False
    colour: str = "000000"
    underline: bool = False
    fill: str = ""
    across: str = "left"
    down: str = "center"
    wrap: bool = True
    border: bool = True
    format: str = "General"
    locked: bool = True
    quoted: bool = False
    indent: int = 0


@cache
def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=colour)


@cache
def _font(name: str, size: float, bold: bool, italic: bool, colour: str, underline: bool) -> Font:
    return Font(name=name, size=size, bold=bold, italic=italic, color=colour, underline="single" if underline else None)


_SIDE = Side("thin", color=LINE)
_THIN = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)


class Styles:
    """Registers looks in one workbook."""

    def __init__(self, book: Workbook) -> None:
        self._scratch = Cell(book.worksheets[0], 1, 1)
        self._known: dict[Look, StyleArray] = {}
        self._pairs: dict[Look, tuple[StyleArray, StyleArray]] = {}
        self.merged: dict[tuple[Any, ...], list[StyleArray]] = {}  # of merged cells, by their size and looks

    def pair(self, look: Look) -> tuple[StyleArray, StyleArray]:
        """The style of a look, and of the same look for text that might be taken for a formula."""
        found = self._pairs.get(look)
        if found is None:
            found = self._pairs[look] = self[look], self[replace(look, quoted=True)]
        return found

    def __getitem__(self, look: Look) -> StyleArray:
        """The style of a look. Shared between cells: take a copy before changing one."""
        if look not in self._known:
            cell: Any = self._scratch
            cell._style = StyleArray()
            cell.font = _font(look.font, look.size, look.bold, look.italic, look.colour, look.underline)
            if look.fill:
                cell.fill = _fill(look.fill)
            if look.border:
                cell.border = _THIN
            cell.alignment = Alignment(look.across, look.down, wrap_text=look.wrap or None, indent=look.indent)
            cell.number_format = look.format
            if not look.locked:
                cell.protection = Protection(locked=False)
            style: StyleArray = cell._style
            if look.quoted:
                style.quotePrefix = 1
            self._known[look] = style
        return self._known[look]


def verdict_format(verdict: Verdict) -> str:
    """A number format that shows the sign before the text: it survives black-and-white print and filters."""
    return f'"{verdict.sign} "@'


@cache
def differential(
    fill: str = "",
    colour: str = "",
    *,
    bold: bool | None = None,
    italic: bool | None = None,
    sign: Verdict | None = None,
) -> DifferentialStyle:
    """What a conditional format changes; ``sign`` puts a verdict's sign before the text."""
    number = 180 + list(Verdict).index(sign) if sign else 0
    return DifferentialStyle(
        font=Font(color=colour or None, bold=bold, italic=italic) if colour or bold or italic else None,
        fill=PatternFill(bgColor=fill, fill_type="solid") if fill else None,
        numFmt=NumberFormat(numFmtId=number, formatCode=verdict_format(sign)) if sign else None,
    )
