"""The check-up of the report itself."""

from __future__ import annotations

import pytest

from checker.api import check
from checker.matching import Rules
from checker.model import Document, Remark

HEAD = "南溪县{year}年法治政府建设工作报告\n一、主要举措和成效\n"
TAIL = "\n二、存在的问题\n一是执法力量薄弱。\n三、下一步工作打算\n加强执法培训。\n"


def remarks(rules: Rules, *texts: str) -> tuple[Remark, ...]:
    documents = [Document(f"{n}.txt", "txt", "", text) for n, text in enumerate(texts)]
    return check(documents, rules.index, rules=rules).checkup


def codes(rules: Rules, *texts: str) -> set[str]:
    return {r.code for r in remarks(rules, *texts)}


@pytest.mark.parametrize(
    ("code", "body"),
    [
        ("R04", "召开推进会X次，办理案件XX件。"),
        ("R08", "2021年，办理行政复议案件31件。"),
        ("R09", "全县种植柑橘3.2万亩。"),
        ("R11", "落实放管服，持续推进。"),
        ("R13", "窗口由52个缩减至32个，压缩48.5%。"),
        ("R17", "县政府多次主持召开中国竞彩网专题研究法治工作。"),
        ("R16", "办结行政复议案件36件。\n组织培训3期。\n全年办结行政复议案件63件。"),
    ],
)
def test_each_defect_is_found_and_its_absence_is_not(rules: Rules, code: str, body: str) -> None:
    whole = HEAD.format(year=2024) + body + TAIL
    assert code in codes(rules, whole)
    assert code not in codes(rules, HEAD.format(year=2024) + "出台执法规范12项。" + TAIL)


def test_a_report_without_problems_and_plans_is_told_so(rules: Rules) -> None:
    got = codes(rules, HEAD.format(year=2024) + "组织培训3期。\n")
    assert {"R01", "R02"} <= got
    assert not {"R01", "R02"} & codes(rules, HEAD.format(year=2024) + "组织培训3期。" + TAIL)


def test_text_shared_with_last_year_is_named_and_last_year_is_no_evidence(rules: Rules) -> None:
    same = "组织执法人员培训12期，参训1,860人次，考核合格率99%。"
    now = HEAD.format(year=2024) + same + "\n印发执法规范3项。" + TAIL
    before = HEAD.format(year=2023) + same + "\n一审行政应诉案件36件，行政机关负责人出庭应诉率100%。" + TAIL
    result = check(
        [Document("now.txt", "txt", "", now), Document("before.txt", "txt", "", before)], rules.index, rules=rules
    )
    shared = [r for r in result.checkup if r.code == "R15"]
    assert len(shared) == 2
    assert any("连数字也没变" in r.message for r in shared)
    assert all(now[r.start : r.end].startswith("组织执法人员培训") for r in shared)
    assert all(e.document == 0 for f in result.findings for e in f.evidence)
    assert any("2023 年度的报告" in w for w in result.warnings)
    appearance = next(f for f in result.findings if f.indicator.no == 65)
    assert appearance.verdict.value == "missing"
