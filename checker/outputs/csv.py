"""CSV for spreadsheets: UTF-8 with BOM, every field quoted, no field that a spreadsheet would take for a formula."""

from __future__ import annotations

import csv
import io

from checker.model import Assessment, Finding
from checker.model.codes import SEVERITY
from checker.outputs import Context
from checker.outputs.places import place

COLUMNS = (
    "问题编号", "指标编号", "指标", "一级指标", "二级指标", "结论", "标记", "程度", "红线",
    "缺少的要素", "理由", "引文", "出处", "文件", "豁免", "人工佐证", "指标内容", "规则",
)  # fmt: skip
_START = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")


def render(a: Assessment, _: Context) -> bytes:
    """One row an indicator, in the order of the index."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for f in a.findings:
        writer.writerow([safe(cell) for cell in _row(f, a)])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def _row(f: Finding, a: Assessment) -> tuple[str, ...]:
    i = f.indicator
    where = place(f, a)
    return (
        f.problem_number if f.verdict.is_problem else "",
        i.number,
        i.title,
        a.index.chapter(i.chapter).name,
        a.index.section_name(i),
        f.label,
        f.verdict.sign,
        SEVERITY[i.severity],
        "是" if i.red_line else "",
        "、".join(f.missing),
        "；".join(f.reasons),
        where.quote,
        where.where,
        where.document.path if where.quote else "",
        f.waived or "",
        "；".join(x.text for x in f.attested),
        i.wording,
        a.index.stamp,
    )


def safe(cell: str) -> str:
    """A cell that no spreadsheet runs: what could start a formula gets an apostrophe, NUL and its like go."""
    text = "".join(c for c in cell if c >= " " or c in "\t\n\r")
    return f"'{text}" if text.lstrip(" \u3000\u00a0\ufeff").startswith(_START) else text
