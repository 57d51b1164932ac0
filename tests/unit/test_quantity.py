import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.text.normalize import fold
from checker.text.quantity import quantities


def read(text: str) -> list[tuple[float, str, str]]:
    return [(q.value, q.unit, q.comparator) for q in quantities(fold(text))]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("受理案件1,126件", [(1126, "件", "=")]),
        ("受理案件９２００件", [(9200, "件", "=")]),
        ("挽回损失428.6余万元", [(4286000, "元", ">=")]),
        ("惠及群众3万余人", [(30000, "人", ">=")]),
        ("调撤率达61.9％", [(61.9, "%", "=")]),
        ("持证比例98%以上", [(98, "%", ">=")]),
        ("提高5个百分点", [(5, "个百分点", "=")]),
        ("办结率百分之九十八点五", [(98.5, "%", "=")]),
        ("覆盖率达到百分之百", [(100, "%", "=")]),
        ("九成以上的事项", [(90, "%", ">=")]),
        ("办理一百二十余件", [(120, "件", ">=")]),
        ("开展巡察三轮", [(3, "轮", "=")]),
        ("七万八千余件", [(78000, "件", ">=")]),
        ("征求意见三十日", [(30, "日", "=")]),
        ("公布后第41日完成报备", [(41, "日", "=")]),
        ("20个工作日内答复", [(20, "个工作日", "=")]),
        ("败诉率为零", [(0, "", "=")]),
    ],
)
def test_figures(text: str, want: list[tuple[float, str, str]]) -> None:
    assert read(text) == want


@pytest.mark.parametrize(
    "text",
    [
        "落实行政执法三项制度",
        "建立“1+8”联合机制",
        "推行2+N+1模式",
        "2021年12月31日前",
        "市政府令第31号",
        "国办发〔2018〕118号",
        "八五普法规划",
        "十四五规划",
        "一件事一次办",
        "共召开会议*次",
        "办理案件XX件",
        "党政主要负责人履行第一责任人职责",
        "《行政许可事项目录（2021年）》",
        "一批突出问题",
        "从5个方面加强管理",
        "贯彻市委六届六次全会精神",
    ],
)
def test_what_only_looks_like_a_figure(text: str) -> None:
    assert read(text) == []


def test_the_old_value_of_a_change_is_marked() -> None:
    found = quantities("窗口由52个缩减至32个,压缩38.5%")
    assert [(q.value, q.previous) for q in found] == [(52, True), (32, False), (38.5, False)]


@given(st.integers(1, 10**9))
def test_thousands_separators_do_not_change_a_value(number: int) -> None:
    assert read(f"办理{number:,}件") == read(f"办理{number}件") == [(float(number), "件", "=")]


@given(st.text(max_size=200))
def test_offsets_are_slices(text: str) -> None:
    folded = fold(text)
    for q in quantities(folded, 7):
        assert folded[q.start - 7 : q.end - 7] == q.text


@pytest.mark.parametrize(
    ("text", "value", "unit", "comparator"),
    [
        ("发放普法读本近万册。", 10_000, "册", "<="),
        ("参与群众上万人次。", 10_000, "人次", ">="),
        ("28个重点岗位完成轮岗。", 28, "个", "="),
    ],
)
def test_bounds_without_a_digit_and_counts_of_posts(text: str, value: float, unit: str, comparator: str) -> None:
    (q,) = quantities(text)
    assert (q.value, q.unit, q.comparator) == (value, unit, comparator)


def test_how_far_a_thing_reaches_is_no_count() -> None:
    assert quantities("聚焦5个关键环节，抓好3个方面。") == ()
