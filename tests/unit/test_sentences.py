"""Outline, roles, sentences and clauses on texts as they arrive."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.model import Analysis, Document, Genre, Role, Tense
from checker.text.sentences import analyze


def read(text: str, **given_: object) -> Analysis:
    return analyze(Document("x.txt", "txt", "", text), **given_)  # type: ignore[arg-type]


def roles(text: str) -> dict[str, str]:
    a = read(text)
    return {text[s.start : s.end]: s.role.value for s in a.sentences if not s.heading}


CHINESE = st.text(
    alphabet="，。；：、（）《》“”\n 一二是下步将未不够县法治政府建设年度报告存在问题2024年件0123456789%", max_size=200
)


@settings(max_examples=200)
@given(CHINESE)
def test_sentences_and_clauses_are_ordered_slices(text: str) -> None:
    a = read(text)
    last = 0
    for s in a.sentences:
        assert last <= s.start < s.end <= len(text)
        last = s.end
        for c in s.clauses:
            assert s.start <= c.start < c.end <= s.end
        for q in s.quantities:
            assert s.start <= q.start < q.end <= s.end


def test_a_heading_that_opens_a_paragraph_is_a_heading() -> None:
    text = "一、主要举措\n1.带头学法用法。组织常务会学法8次。"
    a = read(text)
    assert [(text[s.start : s.end], s.heading) for s in a.sentences] == [
        ("一、主要举措", True),
        ("1.带头学法用法。", True),
        ("组织常务会学法8次。", False),
    ]
    assert a.sentences[-1].where == "一1·第2句"


def test_roles_are_inherited_and_plans_stay_plans() -> None:
    got = roles(
        "一、主要做法和成效\n（一）甲\n办结3件。\n二、存在的问题\n力量不足。\n三、下一步工作打算\n（一）补齐短板\n组织评查。"
    )
    assert got == {"办结3件。": "achievement", "力量不足。": "problem", "组织评查。": "plan"}


def test_a_plan_inside_a_paragraph_ends_with_the_paragraph_or_the_next_item() -> None:
    got = roles("一、主要做法\n一是办结3件。下一步，完善机制，推动落实。二是评查5卷。\n审核7件。")
    assert got["下一步，完善机制，推动落实。"] == "plan"
    assert got["二是评查5卷。"] == "achievement"
    assert got["审核7件。"] == "achievement"


def test_a_section_of_problems_and_plans_turns_at_the_plan() -> None:
    got = roles(
        "一、主要做法\n办结3件。\n二、存在的困难和下步打算\n区域发展不够平衡。针对上述问题，下一步重点抓好两件事：一是组织评查；二是加强培训。"
    )
    assert got["区域发展不够平衡。"] == "problem"
    assert got["一是组织评查；"] == "plan"
    assert got["二是加强培训。"] == "plan"


def test_a_whole_report_on_one_line() -> None:
    text = "现将情况报告如下: 一、主要举措和成效 (一)加强领导。召开会议3次。二、存在的问题 (一)力量不足。人员有缺口。三、下一步打算 组织评查。"
    got = roles(text)
    assert got["召开会议3次。"] == "achievement"
    assert got["人员有缺口。"] == "problem"
    assert got["组织评查。"] == "plan"


def test_hard_wrapped_lines_are_joined() -> None:
    lines = [
        "自改革启动以来我县紧扣目标坚持问题导向统筹推进各项任务落地",
        "见效全年共受理行政复议案件一百二十件依法审结一百一十件行政复",
        "议化解行政争议的主渠道作用进一步显现群众的满意程度稳步提高。",
        "全县各乡镇各部门积极配合按照要求报送材料落实人员经费场地等各",
        "项保障措施确保工作有序开展为改革顺利推进提供了坚强有力的保证",
        "同时建立联席会议制度每季度召开一次会议研究解决工作中的困难和",
        "问题全年共召开联席会议四次研究事项十二项推动解决了一批难点问",
        "题取得了比较好的效果得到了各方面的认可和支持并持续推进不放松。",
        "下一阶段我县还要继续努力。",
    ]
    text = "\n".join(lines)
    a = read(text)
    assert any("行政复\n议" in text[s.start : s.end] for s in a.sentences)


def test_document_numbers_titles_and_figures_do_not_split_clauses() -> None:
    text = "印发《关于甲、乙,丙的意见》1,126份,组织学习。"
    a = read(text)
    assert [text[c.start : c.end] for c in a.sentences[0].clauses] == [
        "印发《关于甲、乙,丙的意见》1,126份,",
        "组织学习。",
    ]


def test_the_date_of_completion_speaks_of_the_clause_before() -> None:
    a = read("裁量基准的制定公布工作，计划于明年10月底前完成。")
    assert [c.tense for c in a.sentences[0].clauses] == [Tense.PLANNED, Tense.PLANNED]


def test_other_years_and_courts_are_marked() -> None:
    a = read(
        "某县2024年法治政府建设年度报告\n一、成效\n早在2022年即发布清单96项。市中级人民法院化解纠纷80件。支持法院审理案件。",
        year=2024,
    )
    first, second, third = (s for s in a.sentences if not s.heading)
    assert first.clauses[0].year == 2022
    assert second.clauses[0].subject == "court"
    assert third.clauses[0].subject == ""


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("2021年度执法数据于2022年1月26日在县政府网站公开。", None),
        ("2021年度数据在2022年1月公开。", None),
        ("2021年启动清理。", 2021),
        ("早在2021年即于县政府网站公开。", 2021),
    ],
)
def test_what_was_done_this_year_with_last_years_data_is_of_this_year(text: str, want: int | None) -> None:
    a = read(f"某县2022年法治政府建设年度报告\n一、成效\n{text}", year=2022)
    assert next(s for s in a.sentences if not s.heading).clauses[0].year == want


def test_reporter_year_place_level_and_publication_date() -> None:
    r = read(
        "青川市人民政府 2019年12月3日星期二\n青溪县2023年度法治政府建设情况报告\n发布时间：2024-03-28 09:18\n正文。"
    ).reporter
    assert (r.year, r.place, r.level, r.published) == (2023, "青溪县", "county", "2024-03-28")


def test_texts_that_are_no_reports() -> None:
    assert read("第一条 为了规范行为。\n第二条 本办法适用。\n第三条 各级政府应当公开。").reporter.genre is Genre.STATUTE
    assert (
        read("在推进会上的讲话\n同志们：今天我们召开会议，重大决策合法性审查率达100%。").reporter.genre is Genre.SPEECH
    )
    plan = read("某县2024年法治政府建设工作要点\n一、加强领导\n召开会议，听取汇报。")
    assert plan.reporter.genre is Genre.PLAN
    assert all(s.role is Role.PLAN for s in plan.sentences if not s.heading)


def test_advice_of_a_court_is_told_for_the_reply_to_it() -> None:
    a = read("某县2024年法治政府建设年度报告\n一、成效\n法院发来司法建议4份，均在期限内书面回复。", year=2024)
    assert [c.subject for c in next(s for s in a.sentences if not s.heading).clauses] == ["", ""]
