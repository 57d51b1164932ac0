"""Judging a bare sentence: what ``try`` and the examples of an indicator need."""

from __future__ import annotations

from checker.api import assess
from checker.matching import Rules
from checker.model import Assessment, Document, Example, Genre, Indicator, Verdict
from checker.text.sentences import analyze

_HEADS = {
    "achievement": "一、主要举措和成效\n",
    "plan": "一、主要举措和成效\n二、下一步工作打算\n",
    "problem": "一、主要举措和成效\n二、存在的主要问题\n",
}


def judge_sentence(
    sentence: str, rules: Rules, *, section: str | None = None, level: str | None = None, year: int | None = None
) -> Assessment:
    """Judge text as if it stood in a section of a county report (``achievement``, ``plan``, ``problem``).

    ``whole`` takes the text as a whole document of its own.
    """
    head = "" if section == "whole" else _HEADS[section or "achievement"]
    document = Document("例句", "txt", "", head + sentence)
    genre = None if section == "whole" else Genre.REPORT
    return assess((analyze(document, level=level or "county", year=year, genre=genre),), rules.index, rules)


def run_example(indicator: Indicator, example: Example, rules: Rules) -> tuple[Verdict, tuple[str, ...]]:
    """Verdict and reasons that an example gets."""
    level = example.level or ("county" if "county" in indicator.applies_to else indicator.applies_to[0])
    result = judge_sentence(example.text, rules, section=example.section, level=level)
    finding = next(f for f in result.findings if f.indicator.id == indicator.id)
    return finding.verdict, finding.reasons
