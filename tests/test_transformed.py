"""What earns credit as it stands must earn none as a plan, a problem, another year's or another body's work.

Every good example of every indicator is put into a setting that takes the credit away. These are the traps that a
reviewer would spring first; a rule that slips through here would give a false 达标.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from checker.index import load_index
from checker.matching import Rules
from checker.model import Example, Indicator
from checker.trial import judge_sentence

GOOD = [
    (i, e)
    for i in load_index("2021").indicators
    for e in [next((e for e in i.examples if e.verdict in ("met", "partial") and not e.section), None)]
    if e and not re.search(r"20\d\d|全国|省", e.text)
]
# name -> (sentence, section) that the example becomes
SETTINGS: dict[str, Callable[[str], tuple[str, str | None]]] = {
    "in the plan section": lambda s: (s, "plan"),
    "after 下一步": lambda s: ("下一步，将" + s, None),
    "after 明年计划": lambda s: ("明年计划" + s, None),
    "in the problem section": lambda s: ("部分单位没有做到：" + s, "problem"),
    "in a speech": lambda s: ("在全县法治政府建设推进会上的讲话\n同志们：\n" + s, "whole"),
    "of an earlier year": lambda s: ("2019年，" + s.replace("。", "；", s.count("。") - 1), None),
}


@pytest.mark.parametrize("setting", SETTINGS)
def test_no_credit_in_another_setting(setting: str, rules: Rules) -> None:
    slipped = []
    for indicator, example in GOOD:
        text, section = SETTINGS[setting](example.text)
        verdict = _verdict(indicator, example, text, section, rules)
        if verdict in ("met", "partial"):
            slipped.append((indicator.no, verdict, text))
    assert slipped == []


def _verdict(indicator: Indicator, example: Example, text: str, section: str | None, rules: Rules) -> str:
    level = example.level or ("county" if "county" in indicator.applies_to else indicator.applies_to[0])
    result = judge_sentence(text, rules, section=section, level=level, year=2024)
    return next(f.verdict.value for f in result.findings if f.indicator.id == indicator.id)
