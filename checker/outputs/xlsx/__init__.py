"""The workbook that people fill in: 问题清单.xlsx."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from checker.model import Assessment
from checker.outputs import Context


def render(assessment: Assessment, context: Context) -> bytes:
    """The whole workbook; the same bytes for the same input and moment."""
    with _without_numpy():
        from checker.outputs.xlsx.book import build

    return build(assessment, context)


@contextmanager
def _without_numpy() -> Iterator[None]:
    """openpyxl imports numpy where it is installed, to know its numbers; none ever comes here, and it takes long."""
    if "numpy" in sys.modules or "openpyxl" in sys.modules:
        yield
        return
    sys.modules["numpy"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["numpy"]
