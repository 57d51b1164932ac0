"""Regular expressions of rules: what is let through is linear, what is refused says why."""

from __future__ import annotations

import re
import time

import pytest

from checker.index.regex import LONGEST, RegexError, checked


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("(甲+)+", "E207"),
        ("甲*甲*甲*乙", "E207"),
        ("(?:甲|甲乙|乙)+丙", "E207"),
        ("(甲?){30}乙", "E207"),
        ("(?=甲)乙", "E206"),
        ("(?<!甲)乙", "E206"),
        (r"(甲)\1", "E206"),
        ("(?>甲)乙", "E206"),
        ("甲++乙", "E206"),
        ("甲[", "E208"),
        ("[0-9]+", "E209"),
        ("甲?", "E209"),
        ("甲|[0-9]", "E209"),
        ("“甲”", "E212"),
        ("甲（乙", "E212"),
        ("甲 乙", "E212"),
    ],
)
def test_refused(pattern: str, code: str) -> None:
    with pytest.raises(RegexError) as caught:
        checked(pattern)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("pattern", "cut"),
    [
        ("第[0-9]+次", f"第[0-9]{{1,{LONGEST}}}次"),
        ("甲.*乙", f"甲.{{0,{LONGEST}}}乙"),
        ("甲{3,}乙", f"甲{{3,{LONGEST}}}乙"),
        (r"甲\+[*+]{2}", r"甲\+[*+]{2}"),
        ("[]*]甲", "[]*]甲"),
        ("(?:甲|乙丙)[^,]{0,16}丁", "(?:甲|乙丙)[^,]{0,16}丁"),
    ],
)
def test_let_through_with_its_repeats_cut(pattern: str, cut: str) -> None:
    assert checked(pattern) == cut


@pytest.mark.parametrize("pattern", ["甲.*乙.*丙", "(?:甲|乙)[甲乙]{0,40}丙.{0,80}丁", "甲(?:乙丙)*丁"])
def test_what_is_let_through_is_done_in_time_on_the_worst_text(pattern: str) -> None:
    text = "甲乙" * 20_000
    start = time.process_time()
    assert not list(re.compile(checked(pattern)).finditer(text))
    assert time.process_time() - start < 10
