"""A word that names an act may be a part of a noun: then nothing is said to have been done."""

import pytest

from checker.matching.elements import _is_deed


@pytest.mark.parametrize(
    ("said", "word", "deed"),
    [
        ("下沉执法人员86名,不断提升基层执法能力", "下沉", True),
        ("审查文件36件,坚持应审尽审", "审查", True),
        ("调解纠纷2300件", "调解", True),
        ("受理复议案件126件,加大纠错力度", "复议", False),
        ("完成审计项目18个,狠抓问题整改", "审计", False),
        ("巡察反馈问题32个,认真落实监察建议", "巡察", False),
        ("面商率和答复率均为100%", "答复", False),
        ("移送复议案件12件", "移送复议", True),
    ],
)
def test_a_deed_is_told_from_a_noun(said: str, word: str, deed: bool) -> None:
    at = said.index(word)
    assert _is_deed(said, at, at + len(word)) is deed
