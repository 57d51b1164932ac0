"""《…》: who issued it."""

from __future__ import annotations

import pytest

from checker.text.citation import citations


@pytest.mark.parametrize(
    ("text", "level", "own", "superior"),
    [
        ("出台《南溪县重大行政决策程序规定》。", "county", True, False),
        ("起草出台《关于加强目录化管理的实施意见》。", "county", True, False),
        ("贯彻落实《法治政府建设实施纲要(2021-2025年)》。", "county", False, True),
        ("认真落实《南溪县行政执法监督办法》。", "county", False, False),
        ("审议《南溪县2023年度法治政府建设情况报告》。", "county", False, False),
        ("将法治建设写入《政府工作报告》。", "county", False, False),
        ("按照区领导小组印发的《2021年度重点工作安排》相关要求。", "township", False, True),
        ("根据《浙江省行政程序办法》。", "county", False, True),
    ],
)
def test_whose_document_it_is(text: str, level: str, own: bool, superior: bool) -> None:
    (found,) = citations(text, level)
    assert (found.own, found.superior) == (own, superior)
    assert text[found.start : found.end] == f"《{found.title}》"
