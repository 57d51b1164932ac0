import pytest

from checker.index.way import Group, WayError, parse_require, parse_way

GROUPS = {"法制审核": Group("法制审核", ("法制审核", "审核人员"), ("合法性审核",))}


def test_a_way_is_terms_joined_by_and() -> None:
    way = parse_way("@法制审核 & 目录|清单 & #件|宗 & !培训", GROUPS)
    assert [(t.kind, t.options) for t in way.terms] == [
        ("phrase", ("法制审核", "审核人员")),
        ("phrase", ("目录", "清单")),
        ("number", ("件", "宗")),
        ("not", ("培训",)),
    ]
    assert way.terms[0].exclude == ("合法性审核",)


def test_a_list_is_the_long_form() -> None:
    assert parse_way(["甲乙", "丙丁"], {}).terms == parse_way("甲乙 & 丙丁", {}).terms


def test_an_ampersand_inside_a_regex_is_not_a_join() -> None:
    assert parse_way("/审核&审查/", {}).terms[0].options == ("审核&审查",)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "E201"),
        ("甲 & ", "E201"),
        ("甲||乙", "E201"),
        ("#件", "E202"),
        ("!甲", "E202"),
        ("meta:nothing", "E203"),
        ("@法治审核", "E204"),
        ("甲。乙", "E205"),
        ("/甲(?=乙)/", "E206"),
        (r"/(甲)\1/", "E206"),
        ("/(甲+)+/", "E207"),
        ("/甲[/", "E208"),
        ("/[0-9]+/", "E209"),
    ],
)
def test_what_a_way_may_not_be(text: str, code: str) -> None:
    with pytest.raises(WayError) as caught:
        parse_way(text, GROUPS)
    assert caught.value.code == code


def test_an_unknown_group_is_answered_with_a_guess() -> None:
    with pytest.raises(WayError, match="是否想写「法制审核」"):
        parse_way("@法治审核", GROUPS)


def test_thresholds() -> None:
    assert parse_require(">= 100") == (">=", 100.0)
    assert parse_require("≤30.5") == ("<=", 30.5)
    with pytest.raises(WayError):
        parse_require("至少100")
