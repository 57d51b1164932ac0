"""对照表: which item is which rule, for people to look through, correct and give back."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from checker.authoring.adopt.align import Match
from checker.authoring.adopt.grid import ink
from checker.authoring.cells import plain
from checker.errors import CheckerError, Issue, Location
from checker.index.way import suggest
from checker.model import Index

HEADS = ("序号", "正式内容", "最像的规则", "规则标题", "相似度", "共有的词", "结论", "确认", "相近的规则（供参考）")
WIDTHS = (8, 60, 12, 28, 9, 30, 14, 16, 44)
NONE = "无"


def table(matches: Sequence[Match]) -> bytes:
    """对照表.xlsx: the yellow column is people's: a rule's id, or 无."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "对照表"
    wrap = Alignment(wrap_text=True, vertical="top")
    cell: Any
    for c, (head, width) in enumerate(zip(HEADS, WIDTHS, strict=True), 1):
        cell = sheet.cell(1, c, head)
        cell.font, cell.alignment = Font(bold=True), wrap
        cell.fill = PatternFill("solid", fgColor="FFF2CC" if head == "确认" else "DDE7F0")
        sheet.column_dimensions[get_column_letter(c)].width = width
    for r, m in enumerate(matches, 2):
        i = m.indicator
        values = (
            m.item.number,
            m.item.text,
            i.id if i else "",
            i.title if i else "",
            f"{m.similarity:.2f}" if i else "",
            "、".join(m.shared),
            m.label,
            (i.id if i else NONE) if m.state == "confirmed" else "",
            "\n".join(m.near),
        )
        for c, value in enumerate(values, 1):
            if value:
                cell = sheet.cell(r, c)
                cell.value, cell.data_type = value, "s"
                cell.number_format, cell.alignment = "@", wrap
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(HEADS))}{len(matches) + 1}"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read_mapping(path: Path) -> list[tuple[int, str, str, str]]:
    """(row, number, text, answer) of every row that a person answered, from .xlsx or .csv."""
    where = Location(str(path))
    if not path.is_file():
        raise CheckerError([Issue(where, "E301", "找不到对照表。请检查路径和文件名。")])
    try:
        if path.suffix.lower() == ".csv":
            from checker.documents.plain import decode

            text = decode(path.read_bytes(), str(path), None)[0].lstrip("\ufeff")
            rows = [list(map(plain, row)) for row in csv.reader(io.StringIO(text))]
        else:
            from openpyxl import load_workbook

            book = load_workbook(path, read_only=True, data_only=True)
            rows = [[plain(c) for c in row] for row in book.worksheets[0].iter_rows(values_only=True)]
    except CheckerError:
        raise
    except Exception as error:
        raise CheckerError([Issue(where, "E502", "打不开这个对照表。请存成 .xlsx 或 .csv 再试。")]) from error
    heads = [h.strip() for h in rows[0]] if rows else []
    missing = [h for h in ("序号", "正式内容", "确认") if h not in heads]
    if missing:
        raise CheckerError([Issue(where, "E503", f"对照表缺少「{'」「'.join(missing)}」列。")])
    at = [heads.index(h) for h in ("序号", "正式内容", "确认")]
    out = []
    for n, row in enumerate(rows[1:], 2):
        cells = [row[c].strip() if c < len(row) else "" for c in at]
        if cells[2]:
            out.append((n, cells[0], cells[1], cells[2]))
    return out


def confirm(
    matches: Sequence[Match], answers: Sequence[tuple[int, str, str, str]], index: Index, path: str
) -> tuple[Match, ...]:
    """``matches`` with people's answers. Raises CheckerError for an answer that names nothing or one rule twice."""
    issues: list[Issue] = []
    out = list(matches)
    taken: dict[str, int] = {}
    for row, number, text, answer in answers:
        where = Location(f"{path} 第 {row} 行")
        at = next((n for n, m in enumerate(out) if ink(m.item.text) == ink(text)), None)
        if at is None and number:
            at = next((n for n, m in enumerate(out) if m.item.number == number), None)
        if at is None:
            issues.append(Issue(where, "E520", f"指标表里没有这一项：{number} {text[:20]}。"))
            continue
        if answer in (NONE, "没有", "-", "×"):
            out[at] = replace(out[at], indicator=None, similarity=0.0, shared=(), state="confirmed")
            continue
        found = index.find(answer.split()[0])
        if found is None:
            known = [i.id for i in index.indicators]
            issues.append(Issue(where, "E521", f"没有规则「{answer}」。{suggest(answer, known)}没有对应的请填「无」。"))
        elif found.id in taken:
            issues.append(
                Issue(where, "E522", f"规则 {found.id} 在第 {taken[found.id]} 行已经用过，一条规则只能对一项。")
            )
        else:
            taken[found.id] = row
            same = out[at].indicator is not None and out[at].indicator == found
            kept = out[at] if same else replace(out[at], similarity=0.0, shared=())
            out[at] = replace(kept, indicator=found, state="confirmed")
    if issues:
        raise CheckerError(issues)
    # A rule that a person gave to one item can't stay with another that only looked like it.
    return tuple(
        replace(m, indicator=None, similarity=0.0, shared=(), state="none")
        if m.indicator is not None and m.indicator.id in taken and m.state != "confirmed"
        else m
        for m in out
    )


def settled(matches: Sequence[Match]) -> tuple[Match, ...]:
    """Doubt is no match: what nobody confirmed has no rule, and is judged by people until somebody says so."""
    return tuple(replace(m, indicator=None) if m.state == "doubtful" else m for m in matches)
