"""Headings, items and the role of what stands below them."""

from __future__ import annotations

from checker.model import Document, Role
from checker.text.sentences import analyze

TEXT = """南溪县2024年法治政府建设工作报告
一、主要举措和成效
（一）加强执法监督。
开展执法监督检查6次。
二、存在的问题
（一）执法力量薄弱。
（二）学法用法不够经常。
三、下一步工作安排
（一）把法治素养纳入干部考察内容。
（二）规范执法。开展案卷评查。
（三）推动中介机构脱钩。
"""


def roles() -> dict[str, tuple[Role, bool]]:
    analysis = analyze(Document("x.txt", "txt", "", TEXT))
    return {TEXT[s.start : s.end]: (s.role, s.heading) for s in analysis.sentences}


def test_items_without_a_body_are_what_is_planned_or_admitted() -> None:
    got = roles()
    assert got["（一）执法力量薄弱。"] == (Role.PROBLEM, False)
    assert got["（一）把法治素养纳入干部考察内容。"] == (Role.PLAN, False)
    assert got["（三）推动中介机构脱钩。"] == (Role.PLAN, False)


def test_headings_with_a_body_and_section_titles_stay_headings() -> None:
    got = roles()
    assert got["（一）加强执法监督。"] == (Role.ACHIEVEMENT, True)
    assert got["（二）规范执法。"] == (Role.PLAN, True)
    assert got["三、下一步工作安排"] == (Role.PLAN, True)


CREATIVE = """南溪区2025年法治政府建设年度报告
一、让执法更有温度
开展执法监督检查6次。2026年1月10日，集中公布上年度执法数据。
二、让不足成为起点
成绩面前，我们也看到：执法力量偏少，数据共享渠道不畅。
三、让蓝图变为实景
2026年，重点下好几步棋。邻区之间互认证据。组织干部旁听庭审。
"""


def test_creative_headings_do_not_hide_problems_and_plans() -> None:
    analysis = analyze(Document("x.txt", "txt", "", CREATIVE))
    got = {CREATIVE[s.start : s.end]: s.role for s in analysis.sentences}
    assert got["开展执法监督检查6次。"] is Role.ACHIEVEMENT
    assert got["2026年1月10日，集中公布上年度执法数据。"] is Role.ACHIEVEMENT
    assert got["成绩面前，我们也看到：执法力量偏少，数据共享渠道不畅。"] is Role.PROBLEM
    assert got["组织干部旁听庭审。"] is Role.PLAN


def test_the_next_year_turns_a_section_into_plans_without_a_telling_heading() -> None:
    text = CREATIVE.replace("三、让蓝图变为实景", "三、乘势而上")
    analysis = analyze(Document("x.txt", "txt", "", text))
    got = {text[s.start : s.end]: s.role for s in analysis.sentences}
    assert got["邻区之间互认证据。"] is got["组织干部旁听庭审。"] is Role.PLAN


def test_a_line_without_a_number_does_not_end_the_plans() -> None:
    text = (
        "南溪县2024年法治政府建设工作报告\n一、主要举措和成效\n开展监督检查6次。\n二、下一步工作打算\n"
        "深化执法监督\n开展监督检查12次。\n重点举措\n组织案卷评查。\n"
    )
    analysis = analyze(Document("x.txt", "txt", "", text))
    got = {text[s.start : s.end]: s.role for s in analysis.sentences}
    assert got["开展监督检查6次。"] is Role.ACHIEVEMENT
    assert got["开展监督检查12次。"] is got["组织案卷评查。"] is Role.PLAN


def test_sections_without_numbers_still_change() -> None:
    text = (
        "南溪县2024年法治政府建设工作报告\n主要举措和成效\n开展监督检查6次。\n存在的问题\n力量薄弱。\n"
        "下一步工作打算\n组织案卷评查。\n"
    )
    analysis = analyze(Document("x.txt", "txt", "", text))
    got = {text[s.start : s.end]: s.role for s in analysis.sentences}
    assert got["开展监督检查6次。"] is Role.ACHIEVEMENT
    assert got["力量薄弱。"] is Role.PROBLEM
    assert got["组织案卷评查。"] is Role.PLAN
