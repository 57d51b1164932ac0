"""The public Python API is there under its own names, and light until it is used."""

from __future__ import annotations

import subprocess
import sys

import pytest

import checker
from tests.conftest import ROOT


def test_three_functions_make_an_assessment() -> None:
    document = checker.read_document(str(ROOT / "reports" / "qingyuan-county-2024.txt"))
    index = checker.load_index()
    assessment = checker.check([document], index)
    assert len(assessment.findings) == len(index.indicators) == assessment.ledger.total
    assert assessment.findings[0].verdict.label


def test_what_is_not_there_is_said() -> None:
    with pytest.raises(AttributeError, match="no_such_thing"):
        _ = checker.no_such_thing


def test_the_package_itself_loads_none_of_its_rooms() -> None:
    code = "import checker, sys; print([m for m in sys.modules if m.startswith('checker.')])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
