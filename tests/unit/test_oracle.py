"""The engine finds exactly what plain search finds: every rule, every sentence."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from msgspec.structs import replace

from benchmarks.corpus import report
from benchmarks.oracle import hits
from checker.documents import read_document
from checker.matching import Rules, prepare
from checker.matching.collect import _matches
from checker.matching.scanner import Hits
from checker.model import Analysis, Document, Element
from checker.text.sentences import analyze
from tests.conftest import ROOT

SAMPLES = sorted((ROOT / "reports").glob("*.txt"))


def engine(analysis: Analysis, rules: Rules) -> set[tuple[object, ...]]:
    number = {id(rule): n for n, rule in enumerate(rules.every)}
    found = _matches(analysis, rules, Hits(rules, analysis.view.text))
    return {(m.place.sentence.number, number[id(m.rule)], m.spans, m.touched) for m in found}


def compare(analysis: Analysis, rules: Rules) -> int:
    want, got = hits(analysis, rules), engine(analysis, rules)
    assert got == want
    return len(want)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_the_samples(path: Path, rules: Rules) -> None:
    assert compare(analyze(read_document(str(path))), rules) > 100


def test_a_made_report(rules: Rules) -> None:
    text = report(random.Random(3), 1500)
    assert compare(analyze(Document("x", "txt", "", text)), rules) > 50


def test_ways_that_may_reach_over_sentences(rules: Rules) -> None:
    def reaching(e: Element) -> Element:
        return replace(e, within="paragraph")

    some = tuple(replace(i, elements=tuple(map(reaching, i.elements))) for i in rules.index.indicators[::4])
    text = SAMPLES[0].read_text(encoding="utf-8")[:1800]
    assert compare(analyze(Document("x", "txt", "", text)), prepare(replace(rules.index, indicators=some))) > 20
