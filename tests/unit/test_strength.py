"""Which words carry a deed, and which only sound like one."""

import pytest

from checker.matching.strength import _ALL, _DONE, _SOFT, _STRICT


@pytest.mark.parametrize(
    "clause",
    [
        "规范性文件实行统一登记制度",
        "执行单位按月报送进度",
        "实施方案报县委审定",
        "保障中心受理诉求12件",
    ],
)
def test_a_noun_is_no_slogan(clause: str) -> None:
    assert not _SOFT.match(clause)


@pytest.mark.parametrize("clause", ["规范执法行为", "执行重大决策程序", "实施法治工程", "保障群众权益"])
def test_a_slogan_is_one(clause: str) -> None:
    assert _SOFT.match(clause)


@pytest.mark.parametrize(
    "clause",
    [
        "委托高校对热价机制开展后评估",
        "检查时主动亮证",
        "把法治建设列为年度重点任务",
        "评估报告作为上会要件",
        "预案简本挂在县政府网站",
        "未经审核的案件系统自动锁定",
        "统一全县执法文书式样",
        "重要事项提前向市委请示",
    ],
)
def test_deeds_without_a_figure(clause: str) -> None:
    assert _STRICT.search(clause)


@pytest.mark.parametrize("clause", ["按时完成立法计划", "形成立体化格局", "加强法治宣传"])
def test_what_only_holds_the_letters_of_a_deed(clause: str) -> None:
    assert not _STRICT.search(clause)


@pytest.mark.parametrize("clause", ["平均用时11天", "人均学时62个"])
def test_an_average_is_not_all(clause: str) -> None:
    assert not _ALL.search(clause)


@pytest.mark.parametrize(
    "clause", ["6件都由司法局审核", "重大事项均报县委审定", "复议案件全部线上流转", "应公开尽公开并已上网"]
)
def test_all_of_it_was_done(clause: str) -> None:
    assert _ALL.search(clause)
    assert _DONE.search(clause)
