import pytest

from checker.model import Polarity, Tense
from checker.text.normalize import fold_phrase
from checker.text.tense import plan_scope, polarity, tense, turns, unfinished, wanting


@pytest.mark.parametrize(
    ("clause", "want"),
    [
        ("将于6月底前出台实施办法", Tense.PLANNED),
        ("还将探索评价办法", Tense.PLANNED),
        ("明年拟开展一次清理", Tense.PLANNED),
        ("力争三年内全面完成", Tense.PLANNED),
        ("计划于10月底前完成", Tense.PLANNED),
        ("正在筹建信息平台", Tense.PLANNED),
        ("将宪法、民法典列入学法内容", Tense.ACHIEVED),
        ("将法治政府建设纳入绩效考核", Tense.ACHIEVED),
        ("编制拟赋权乡镇的处罚事项目录", Tense.ACHIEVED),
        ("审查拟出台的政策措施86件", Tense.ACHIEVED),
        ("年内拟出台政策措施314份全数过审", Tense.ACHIEVED),
        ("明年拟出台配套文件5件", Tense.PLANNED),
        ("拟制定配套办法3件", Tense.PLANNED),
        ("制定年度执法计划12份", Tense.ACHIEVED),
        ("编制普法规划", Tense.ACHIEVED),
        ("积极构建调解体系", Tense.ONGOING),
        ("深入推进改革", Tense.ONGOING),
        ("争取上级资金300万元", Tense.ACHIEVED),
        ("统筹备案涉企检查计划142项", Tense.ACHIEVED),
    ],
)
def test_tense(clause: str, want: Tense) -> None:
    assert tense(fold_phrase(clause)) is want


@pytest.mark.parametrize(
    "clause", ["下一步", "下一步重点抓好三个方面", "今后将重点推动", "明年将建立机制", "针对上述问题,下一步"]
)
def test_plans_open_a_scope(clause: str) -> None:
    assert plan_scope(clause)


@pytest.mark.parametrize(
    ("clause", "want"),
    [
        ("法制审核力量仍较薄弱", Polarity.ADMITTED),
        ("联合抽查占比偏低", Polarity.ADMITTED),
        ("编号还不够规范", Polarity.ADMITTED),
        ("审核质量参差不齐", Polarity.ADMITTED),
        ("部分文件未统一编号", Polarity.ADMITTED),
        ("行政复议委员会未设立", Polarity.DENIED),
        ("本年度未开展决策后评估", Polarity.DENIED),
        ("3件未在20个工作日内答复", Polarity.DENIED),
        ("公开为常态、不公开为例外", Polarity.POSITIVE),
        ("不断完善工作机制", Polarity.POSITIVE),
        ("无一例未经审查出台", Polarity.POSITIVE),
        ("未发生迟报漏报", Polarity.POSITIVE),
        ("未经审查的一律不上会", Polarity.POSITIVE),
        ("针对执法不规范问题开展整治", Polarity.POSITIVE),
        ("着力破解基层力量不足难题", Polarity.POSITIVE),
        ("其余6个未到整改期限", Polarity.POSITIVE),
        ("对未采纳的9条逐一说明理由", Polarity.POSITIVE),
        ("澄清不实信息52条", Polarity.POSITIVE),
        ("拘留散布不实疫情消息人员5人", Polarity.POSITIVE),
        ("编制免罚、轻罚、不强制清单126项", Polarity.POSITIVE),
        ("先判断会不会偏袒", Polarity.POSITIVE),
        ("档案没有缺失", Polarity.POSITIVE),
        ("没有得到根本解决,仍有缺失", Polarity.ADMITTED),
        ("未被审查纠错", Polarity.POSITIVE),
        ("未附审核意见的文件无法流转", Polarity.POSITIVE),
        ("依据不足的证明清掉36种", Polarity.POSITIVE),
        ("2人因法治意识淡薄暂缓任用", Polarity.POSITIVE),
        ("2个项目没有做稳评就开工", Polarity.DENIED),
        ("2名法治意识淡薄的考察对象暂缓使用", Polarity.POSITIVE),
    ],
)
def test_polarity(clause: str, want: Polarity) -> None:
    assert polarity(fold_phrase(clause)) is want


def test_a_shortcoming_that_was_mended_is_none() -> None:
    assert polarity("执法文书不规范问题12件", ",已全部整改到位") is Polarity.POSITIVE


@pytest.mark.parametrize("clause", ["规则已形成初稿", "项目完成立项和初步设计批复", "目前正在做招标前期准备"])
def test_unfinished_work(clause: str) -> None:
    assert unfinished(clause)


@pytest.mark.parametrize(
    "clause", ["招标采购等岗位实行分段审批", "2件超出权限的建议未予立项", "规章立项时逐件审查立法权限"]
)
def test_what_only_names_a_stage_is_not_unfinished(clause: str) -> None:
    assert not unfinished(clause)


@pytest.mark.parametrize(
    ("clause", "turned"),
    [
        ("但跨部门联合抽查尚处在起步阶段", True),
        ("但村居法律顾问签而不到问题较为普遍", True),
        ("但同一行为在不同街道罚得不一样", True),
        ("但全年办件仍增长12%", False),
        ("但凡涉及群众利益的都要听证", False),
    ],
)
def test_but_turns_in_weaker_words(clause: str, turned: bool) -> None:
    assert (turns(clause) and wanting(clause)) is turned


def test_what_did_not_pass_a_review_is_no_denial() -> None:
    assert polarity(fold_phrase("2件未通过审核的退回起草单位修改后再送审")) is Polarity.POSITIVE
