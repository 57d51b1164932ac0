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
