"""The short way through the gates gives the answer of the long one."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from benchmarks.corpus import report
from checker.documents import read_document
from checker.matching import Rules
from checker.matching.collect import _matches
from checker.matching.elements import claim
from checker.matching.gates import CHECKS, PLAIN_CHECKS, gate, is_plain
from checker.matching.scanner import Hits
from checker.model import Analysis, Document
from checker.text.sentences import analyze
from tests.conftest import ROOT

SAMPLES = sorted((ROOT / "reports").glob("*.txt"))


def compare(analysis: Analysis, rules: Rules) -> tuple[int, int]:
    """How many claims were held against all checks, and how many of them went the short way."""
    short, every = 0, 0
    for found in _matches(analysis, rules, Hits(rules, analysis.view.text)):
        asked = claim(found)
        refusals = (check(asked, analysis.reporter, analysis.view) for check in CHECKS)
        assert gate(asked, analysis.reporter, analysis.view) == next((r for r in refusals if r), None)
        short += is_plain(asked.place, analysis.view)
        every += 1
    return every, short


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_the_samples(path: Path, rules: Rules) -> None:
    every, short = compare(analyze(read_document(str(path))), rules)
    assert every > 200
    assert every / 3 < short < every


@pytest.mark.parametrize("seed", range(6))
def test_generated_reports(seed: int, rules: Rules) -> None:
    text = report(random.Random(seed), 3000)
    compare(analyze(Document("r.txt", "txt", "", text)), rules)


def test_the_short_way_is_a_part_of_the_long_one_in_its_order() -> None:
    assert [c for c in CHECKS if c in PLAIN_CHECKS] == list(PLAIN_CHECKS)
