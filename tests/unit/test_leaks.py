"""What must not get out: found in every writing, masked character for character, never in a warning."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.api import check
from checker.index import load_index
from checker.model import Document, Index
from checker.review.public import publish
from checker.text.leaks import find_leaks, mask
from tests.review_pack import REPORT, lay


def with_check_digit(first: str) -> str:
    """An ID number with the right last character, by GB 11643."""
    weights = [2 ** (17 - i) % 11 for i in range(17)]
    return first + "10X98765432"[sum(int(d) * w for d, w in zip(first, weights, strict=True)) % 11]


ID = with_check_digit("33010619900101123")
dates = st.dates(min_value=date(1900, 1, 1), max_value=date(2025, 12, 31))


@given(st.integers(110000, 659999), dates, st.integers(0, 999), st.integers(0, 9))
def test_every_id_with_a_right_check_digit_is_found_and_no_other(
    area: int, born: date, serial: int, wrong: int
) -> None:
    good = with_check_digit(f"{area}{born:%Y%m%d}{serial:03d}")
    assert [x.kind for x in find_leaks(f"身份证{good}。")] == ["身份证号"]
    bad = good[:17] + str(wrong)
    if bad != good:
        assert "身份证号" not in [x.kind for x in find_leaks(f"编号{bad}。")]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (f"身份证号码：{ID}", ["身份证号"]),
        (f"身份证{ID.lower()}", ["身份证号"]),
        (f"{ID[:6]} {ID[6:14]} {ID[14:]}", ["身份证号"]),
        ("电话13800001234", ["手机号"]),
        ("电话138-0000-1234，139 0000 1234", ["手机号", "手机号"]),
        ("电话１３８００００１２３４", ["手机号"]),
        ("机密★三年", ["密级标志"]),
        ("秘密 ★ 长期", ["密级标志"]),
        ("绝密\n关于……的报告", ["密级标志"]),
        ("密级：秘密", ["密级标志"]),
        ("内部资料 注意保存", ["密级标志"]),
        ("保守国家秘密和商业秘密", []),
        ("依法保护商业秘密、个人隐私", []),
        ("投资13800001234元", []),
        ("统一社会信用代码91330106MA2CXXXX13", []),
        ("编号2024138000012345678", []),
        ("0571-88001234", []),
        ("办件138000件，满意率99.138%", []),
    ],
)
def test_what_is_one_and_what_is_not(text: str, kinds: list[str]) -> None:
    assert [x.kind for x in find_leaks(text)] == kinds


@given(st.text(alphabet="甲乙。，0123456789X x-1３８秘密★\n", max_size=60))
def test_masking_keeps_the_length_and_leaves_nothing(text: str) -> None:
    masked = mask(text)
    assert len(masked) == len(text)
    assert find_leaks(masked) == ()
    assert mask(masked) == masked


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return load_index(str(lay(tmp_path_factory.mktemp("小")) / "规则"))


SECRETS = (ID, "13800001234", "139 0000 5678", "机密★三年")
LEAKY = (
    "机密★三年\n"
    + REPORT.replace("逐件回访。", f"逐件回访，联系人张三（{ID}，13800001234）。")
    + "联系电话：139 0000 5678\n"
)  # fmt: skip


def test_nothing_gets_out_of_any_output(pack: Index) -> None:
    from datetime import UTC, datetime

    from checker.outputs import RENDERERS, Context, render

    document = Document("报告.txt", "txt", "0" * 64, LEAKY)
    a = check([document], pack)
    public = publish(a)
    context = Context(tool_version="0", moment=datetime(2025, 3, 1, tzinfo=UTC))
    for kind in RENDERERS:
        data = render(public, kind, context)
        if kind == "xlsx":
            import io

            from openpyxl import load_workbook

            book = load_workbook(io.BytesIO(data))
            said = "\n".join(str(c.value) for s in book for line in s.iter_rows() for c in line)
        else:
            said = data.decode("utf-8-sig")
        for secret in SECRETS:
            assert secret not in said, kind
            assert secret[:-1] not in said, kind
    for f in public.findings:
        for e in f.evidence:
            assert public.analyses[e.document].document.text[e.start : e.end] == e.quote
    assert [f.verdict for f in public.findings] == [f.verdict for f in a.findings]
    assert len(public.analyses[0].document.text) == len(LEAKY)


def test_warnings_say_how_many_and_where_and_not_what(pack: Index) -> None:
    warnings = list(check([Document("报告.txt", "txt", "0" * 64, LEAKY)], pack).warnings)
    assert any("身份证号 1 处（第7行）" in w for w in warnings), warnings
    assert any("手机号 2 处" in w for w in warnings)
    assert any("密级标志 1 处（第1行）" in w for w in warnings)
    assert not [w for w in warnings for s in SECRETS if s in w]


def test_a_clean_report_is_not_warned_about(pack: Index) -> None:
    assert not [w for w in check([Document("报告.txt", "txt", "0" * 64, REPORT)], pack).warnings if "疑似" in w]
    assert publish(check([Document("报告.txt", "txt", "0" * 64, REPORT)], pack)).findings
