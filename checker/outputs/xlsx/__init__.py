"""The workbook that people fill in: 问题清单.xlsx."""

from __future__ import annotations

from checker.model import Assessment
from checker.outputs import Context


def render(assessment: Assessment, context: Context) -> bytes:
    """The whole workbook; the same bytes for the same input and moment."""
    from checker.outputs.xlsx.book import build

    return build(assessment, context)
