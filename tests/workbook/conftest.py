"""A workbook is made in this process, opened with openpyxl as a person's hand, and made again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from checker.api import check
from checker.matching import Rules, prepare
from checker.model import Assessment, Document, Index
from checker.outputs import Context
from checker.outputs.xlsx import render
from tests.conftest import ROOT

MOMENT = datetime(2025, 4, 1, 2, 0, tzinfo=UTC)
LATER = datetime(2025, 4, 8, 2, 30, tzinfo=UTC)
HEADER, FIRST = 3, 4
SAMPLE = (ROOT / "reports" / "qingyuan-county-2024.txt").read_text(encoding="utf-8")


def _parts(text: str, *wanted: str) -> str:
    """Title and some sections: enough for every kind of row, and quick."""
    head, *sections = re.split(r"\n(?=（[一二三四五六七八]）[^。]*\n|[一二三]、)", text)
    return "\n".join([head, *(s for s in sections if s.startswith(wanted))])


TEXT = _parts(SAMPLE, "一、", "（四）严格", "二、", "三、", "（三）规范")

Judge = Callable[..., Assessment]
Make = Callable[..., bytes]


@pytest.fixture(scope="session")
def few(index: Index) -> Rules:
    """One chapter: a workbook in a fraction of the time."""
    kept = tuple(i for i in index.indicators if i.chapter == "enforcement")
    return prepare(replace(index, indicators=kept))


@pytest.fixture(scope="session")
def judge(few: Rules) -> Judge:
    """The assessment of a text."""

    @cache
    def call(text: str = TEXT) -> Assessment:
        from hashlib import sha256

        digest = sha256(text.encode()).hexdigest()
        return check((Document("报告.txt", "txt", digest, text),), few.index, rules=few)

    return call


@pytest.fixture(scope="session")
def make(judge: Judge) -> Make:
    """The workbook of a text, merged into an earlier one if given."""

    def call(earlier: bytes | None = None, text: str = TEXT, moment: datetime = MOMENT) -> bytes:
        context = Context(tool_version="0", moment=moment, earlier=earlier, target="问题清单.xlsx")
        return render(judge(text), context)

    return call


@pytest.fixture(scope="session")
def first(make: Make) -> bytes:
    """The first workbook of the sample."""
    return make()


def opened(data: bytes) -> Any:
    return load_workbook(BytesIO(data), rich_text=True)


def saved(book: Any) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def headers(sheet: Any) -> dict[str, int]:
    """Title -> column number."""
    return {str(c.value): c.column for c in sheet[HEADER] if c.value}


def find(sheet: Any, key: str, title: str = "问题编号") -> int:
    """The row with this key."""
    column = headers(sheet)[title]
    return next(r for r in range(FIRST, sheet.max_row + 1) if sheet.cell(r, column).value == key)


def cell(book: Any, sheet: str, key: str, title: str, by: str = "问题编号") -> Any:
    ws = book[sheet]
    return ws.cell(find(ws, key, by), headers(ws)[title])


def keys(sheet: Any, title: str = "问题编号") -> list[str]:
    column = headers(sheet)[title]
    return [v for r in range(FIRST, sheet.max_row + 1) if (v := sheet.cell(r, column).value)]


def rows(sheet: Any) -> Iterator[dict[str, Any]]:
    """Data rows by title."""
    names = headers(sheet)
    for r in range(FIRST, sheet.max_row + 1):
        row = {title: sheet.cell(r, n).value for title, n in names.items()}
        if any(v is not None for v in row.values()):
            yield row


def changes(book: Any, kind: str) -> list[dict[str, Any]]:
    return [r for r in rows(book["变更记录"]) if r["类别"] == kind]
