"""The bundled edition itself: its examples, and what may be said of it."""

from __future__ import annotations

import pytest

from checker.index import find_pack, load_index, read_pack
from checker.index.lint import check_pack
from checker.matching import Rules
from checker.model import Example, Index, Indicator
from checker.trial import run_example

CASES = [(i, e) for i in load_index("2021").indicators for e in i.examples]


@pytest.mark.parametrize(
    ("indicator", "example"), CASES, ids=[f"{i.no:03d}-{e.verdict}-{n}" for n, (i, e) in enumerate(CASES)]
)
def test_examples(indicator: Indicator, example: Example, rules: Rules) -> None:
    verdict, reasons = run_example(indicator, example, rules)
    assert verdict.value == example.verdict, (example.text, reasons)


def test_the_bundled_edition_has_a_hundred_indicators_in_nine_chapters(index: Index) -> None:
    assert [i.no for i in index.indicators] == list(range(1, 101))
    assert len(index.chapters) == 9


def test_the_bundled_files_are_clean() -> None:
    pack = read_pack(find_pack("2021"))
    assert check_pack(pack) == []


def test_no_uncertain_threshold_judges(index: Index) -> None:
    for i in index.indicators:
        for m in i.metrics:
            assert not (m.require and m.kind == "uncertain"), i.no
            if m.require and m.kind == "law":
                assert any(t.kind == "law" for t in i.thresholds), f"{i.no}: a law metric without a law behind it"


def test_what_a_text_can_never_prove_is_never_met(index: Index) -> None:
    for i in index.indicators:
        if i.verifiability in "CD" or i.kind == "negative":
            assert all(e.verdict != "met" for e in i.examples), i.no


def test_every_indicator_says_where_it_comes_from_and_what_closes_the_gap(index: Index) -> None:
    for i in index.indicators:
        assert i.basis, i.no
        assert i.materials, i.no
        assert i.lead, i.no
        assert i.measures, i.no
        assert i.official_text is None, i.no
        assert i.provenance == "confirmed" or i.no > 3


def test_the_lexicon_holds_the_synonym_groups_of_the_trade() -> None:
    lexicon = read_pack(find_pack("2021")).lexicon
    assert len(lexicon.data["groups"]) >= 95
    assert len(lexicon.data["abbreviations"]) >= 15
