"""Run again onto a workbook that people worked on: nothing they typed is lost, and what changed is said."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from random import Random
from typing import Any

import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from checker.errors import CheckerError
from checker.model import Verdict
from checker.review.workbook.layout import TABLES, Owner
from tests.workbook.conftest import (
    FIRST,
    HEADER,
    LATER,
    TEXT,
    Judge,
    Make,
    cell,
    changes,
    find,
    headers,
    keys,
    opened,
    rows,
    saved,
)

# Without the section that admits problems some of them are no more.
BETTER = re.sub(r"一是部分乡镇.*", "", TEXT).replace(
    "清理注销证件43个。", "清理注销证件43个，执法人员名单和证件在县政府网站公开。"
)


@pytest.fixture
def some(first: bytes) -> tuple[str, str]:
    """Two problems of the sample."""
    found = keys(opened(first)["问题清单"])
    return found[2], found[5]


def test_an_untouched_workbook_comes_out_with_the_same_bytes(first: bytes, make: Make) -> None:
    assert make(first) == first


def test_saved_by_openpyxl_and_made_again_twice_is_stable(first: bytes, make: Make) -> None:
    again = make(saved(opened(first)))
    assert changes(opened(again), "人工改动") == []
    assert make(again) == again


def test_every_column_of_people_survives_on_every_sheet(first: bytes, make: Make) -> None:
    book = opened(first)
    typed: dict[tuple[str, int, str], str] = {}
    for spec in TABLES:
        sheet = book[spec.name]
        names = headers(sheet)
        for r in (FIRST, FIRST + 3):
            if sheet.cell(r, 2).value is None:
                continue
            for c in spec.columns:
                if c.owner is Owner.PEOPLE and not c.shared:
                    text = f"{spec.name}{c.title}{r}"
                    sheet.cell(r, names[c.title]).value = text
                    typed[(spec.name, r, c.title)] = text
    assert len(typed) > 60
    after = opened(make(saved(book), moment=LATER))
    for (name, r, title), text in typed.items():
        assert after[name].cell(r, headers(after[name])[title]).value == text


def test_a_typed_over_suggestion_stays_and_an_untouched_one_follows(
    first: bytes, make: Make, some: tuple[str, str]
) -> None:
    book = opened(first)
    cell(book, "问题清单", some[0], "问题描述").value = "我改的描述"
    cell(book, "问题清单", some[0], "整改措施").value = "我定的措施"
    after = opened(make(saved(book), moment=LATER))
    assert cell(after, "问题清单", some[0], "问题描述").value == "我改的描述"
    assert cell(after, "问题清单", some[0], "整改措施").value == "我定的措施"
    before = opened(first)
    assert cell(after, "问题清单", some[1], "问题描述").value == cell(before, "问题清单", some[1], "问题描述").value
    assert any("我改的描述" in r["人工填写内容"] for r in changes(after, "人工改动"))


def test_what_stands_on_two_sheets_is_typed_once(first: bytes, make: Make, some: tuple[str, str]) -> None:
    book = opened(first)
    cell(book, "问题清单", some[0], "整改时限").value = datetime(2025, 6, 30)
    cell(book, "整改台账", some[0], "责任单位").value = "县农业农村局"
    after = opened(make(saved(book), moment=LATER))
    assert cell(after, "整改台账", some[0], "整改时限").value == datetime(2025, 6, 30)
    assert cell(after, "问题清单", some[0], "牵头单位").value == "县农业农村局"
    assert (
        cell(after, "指标自评表", some[0].removeprefix("WT-"), "责任单位（牵头）", "指标编号").value == "县农业农村局"
    )
    units = {r["问题编号"]: r for r in rows(after["责任分解表"])}
    assert units[some[0]]["牵头单位"] == "县农业农村局"
    assert units[some[0]]["完成时限"] == datetime(2025, 6, 30)


def test_two_that_differ_are_a_conflict_kept_marked_and_listed(first: bytes, make: Make, some: tuple[str, str]) -> None:
    book = opened(first)
    cell(book, "问题清单", some[0], "牵头单位").value = "甲局"
    cell(book, "整改台账", some[0], "责任单位").value = "乙局"
    data = make(saved(book), moment=LATER)
    after = opened(data)
    assert cell(after, "问题清单", some[0], "牵头单位").value == "甲局"
    assert cell(after, "整改台账", some[0], "责任单位").value == "乙局"
    assert cell(after, "问题清单", some[0], "牵头单位").fill.fgColor.rgb.endswith("F8CBAD")
    assert len(changes(after, "冲突")) == 2
    # Nobody did anything about it: still marked, but not listed again.
    again = opened(make(data, moment=LATER))
    assert cell(again, "问题清单", some[0], "牵头单位").fill.fgColor.rgb.endswith("F8CBAD")
    assert len(changes(again, "冲突")) == 2


def _conflict(first: bytes, make: Make) -> tuple[str, str]:
    """A problem whose description another text changes."""
    text = re.sub("全面落实行政执法“三项制度”[^。]*。", "", TEXT)
    before, after = opened(first)["问题清单"], opened(make(text=text))["问题清单"]
    described = {r["问题编号"]: r["问题描述"] for r in rows(before)}
    changed = [r["问题编号"] for r in rows(after) if described.get(r["问题编号"], r["问题描述"]) != r["问题描述"]]
    return changed[0], text


def test_a_conflict_with_the_machine_and_how_it_is_settled(first: bytes, make: Make) -> None:
    key, text = _conflict(first, make)
    book = opened(first)
    cell(book, "问题清单", key, "问题描述").value = "人工改过的描述"
    data = make(saved(book), text, LATER)
    after = opened(data)
    found = cell(after, "问题清单", key, "问题描述")
    assert found.value == "人工改过的描述"
    assert found.fill.fgColor.rgb.endswith("F8CBAD")
    machine = cell(opened(make(text=text)), "问题清单", key, "问题描述").value
    (row,) = changes(after, "冲突")
    assert row["本次"] == machine
    assert row["人工填写内容"] == "人工改过的描述"
    for choice, wanted in (("采用机审", machine), ("保留人工", "人工改过的描述")):
        book = opened(data)
        sheet = book["变更记录"]
        at = next(r for r in range(FIRST, sheet.max_row + 1) if sheet.cell(r, headers(sheet)["类别"]).value == "冲突")
        sheet.cell(at, headers(sheet)["处理"]).value = choice
        settled = opened(make(saved(book), text, LATER))
        found = cell(settled, "问题清单", key, "问题描述")
        assert found.value == wanted
        assert not str(found.fill.fgColor.rgb).endswith("F8CBAD")
        assert len(changes(settled, "冲突")) == 1


def test_a_vanished_problem_moves_to_the_log_and_comes_back_as_a_rebound(first: bytes, make: Make) -> None:
    gone = set(keys(opened(first)["问题清单"])) - set(keys(opened(make(text=BETTER))["问题清单"]))
    assert gone
    key = sorted(gone)[0]
    book = opened(first)
    cell(book, "问题清单", key, "单位说明").value = "材料见附件三"
    cell(book, "问题清单", key, "整改状态").value = "已销号"
    cell(book, "整改台账", key, "整改进展").value = "已培训两期"
    data = make(saved(book), BETTER, LATER)
    after = opened(data)
    assert key not in keys(after["问题清单"])
    assert key not in keys(after["整改台账"])
    log = "\n".join(str(r["人工填写内容"]) for r in rows(after["变更记录"]) if r["编号"] == key)
    assert "材料见附件三" in log
    assert "已培训两期" in log
    assert changes(after, "问题消失")[0]["编号"] == key
    back = opened(make(data, TEXT, LATER))
    assert cell(back, "问题清单", key, "整改状态").value == "反弹（待确认）"
    assert cell(back, "整改台账", key, "整改状态").value == "反弹（待确认）"
    assert cell(back, "问题清单", key, "单位说明").value == "材料见附件三"
    assert cell(back, "整改台账", key, "整改进展").value == "已培训两期"
    assert changes(back, "反弹")


def test_closed_and_still_found_is_asked_once(first: bytes, make: Make, some: tuple[str, str]) -> None:
    book = opened(first)
    cell(book, "问题清单", some[0], "整改状态").value = "已销号"
    cell(book, "问题清单", some[1], "整改状态").value = "已销号"
    cell(book, "整改台账", some[1], "验收人").value = "王某"
    data = make(saved(book), moment=LATER)
    after = opened(data)
    assert cell(after, "问题清单", some[0], "整改状态").value == "反弹（待确认）"
    # Somebody signed for it, and the text is the same: it stays closed.
    assert cell(after, "问题清单", some[1], "整改状态").value == "已销号"
    assert [r["编号"] for r in changes(after, "反弹")] == [some[0]]
    cell(after, "问题清单", some[0], "整改状态").value = "已销号"
    again = opened(make(saved(after), moment=LATER))
    assert cell(again, "问题清单", some[0], "整改状态").value == "已销号"
    # On another text that still shows it, it is asked again.
    other = opened(make(saved(again), TEXT + "\n特此报告。", LATER))
    assert cell(other, "问题清单", some[1], "整改状态").value == "反弹（待确认）"


def test_own_rows_columns_sheets_notes_and_sizes_stay(first: bytes, make: Make, some: tuple[str, str]) -> None:
    book = opened(first)
    sheet = book["问题清单"]
    wide = sheet.max_column + 1
    sheet.cell(HEADER, wide).value = "督办领导"
    at = find(sheet, some[0])
    sheet.cell(at, wide).value = "张县长"
    sheet.cell(at, wide).fill = PatternFill("solid", fgColor="92D050")
    sheet.cell(at, 5).comment = Comment("这里请再核", "李某")
    sheet.row_dimensions[at].height = 133
    sheet.column_dimensions["H"].width = 55
    sheet.column_dimensions["L"].hidden = True
    end = sheet.max_row + 1
    sheet.cell(end, headers(sheet)["指标编号及内容"]).value = "省反馈的问题"
    sheet.cell(end, headers(sheet)["牵头单位"]).value = "县信访局"
    sheet.cell(end, headers(sheet)["备注"]).value = f"=ROW()+{end}"
    mine = book.create_sheet("我的统计", 3)
    mine["A1"] = "=COUNTA(问题清单!B4:B99)"
    mine["B2"] = "自己写的"
    after = opened(make(saved(book), moment=LATER))
    sheet = after["问题清单"]
    at = find(sheet, some[0])
    assert headers(sheet)["督办领导"] == wide
    assert sheet.cell(at, wide).value == "张县长"
    assert sheet.cell(at, wide).fill.fgColor.rgb.endswith("92D050")
    assert sheet.cell(at, 5).comment.text == "这里请再核"
    assert sheet.row_dimensions[at].height == 133
    assert sheet.column_dimensions["H"].width == 55
    assert sheet.column_dimensions["L"].hidden
    own = [r for r in rows(sheet) if r["指标编号及内容"] == "省反馈的问题"]
    assert own[0]["备注"].startswith("=ROW()")
    assert after.sheetnames.index("我的统计") == 3
    assert after["我的统计"]["A1"].value == "=COUNTA(问题清单!B4:B99)"
    assert after["我的统计"]["B2"].value == "自己写的"
    assert "县信访局" in {r["牵头单位"] for r in rows(after["责任分解表"])}
    # And a third time.
    third = opened(make(saved(after), moment=LATER))
    assert [r["指标编号及内容"] for r in rows(third["问题清单"])].count("省反馈的问题") == 1
    assert len([r for r in rows(third["责任分解表"]) if r["牵头单位"] == "县信访局"]) == 1


def test_sorted_filtered_and_hidden_rows_are_found_and_stay_so(first: bytes, make: Make, some: tuple[str, str]) -> None:
    book = opened(first)
    sheet = book["问题清单"]
    cell(book, "问题清单", some[0], "备注").value = "排序前写的"
    width, end = sheet.max_column, sheet.max_row
    values = [[sheet.cell(r, c).value for c in range(1, width + 1)] for r in range(FIRST, end + 1)]
    Random(3).shuffle(values)
    for r, row in enumerate(values, FIRST):
        for c, value in enumerate(row, 1):
            sheet.cell(r, c).value = value
    order = keys(sheet)
    sheet.auto_filter.add_filter_column(4, ["未见证据"])
    sheet.row_dimensions[FIRST + 1].hidden = True
    after = opened(make(saved(book), moment=LATER))
    assert keys(after["问题清单"]) == order
    assert cell(after, "问题清单", some[0], "备注").value == "排序前写的"
    assert after["问题清单"].row_dimensions[FIRST + 1].hidden
    assert after["问题清单"].auto_filter.filterColumn[0].colId == 4


def test_moved_columns_renamed_headers_and_sheets_are_recognised(
    first: bytes, make: Make, some: tuple[str, str]
) -> None:
    book = opened(first)
    sheet = book["问题清单"]
    a, b = headers(sheet)["牵头单位"], headers(sheet)["单位说明"]
    cell(book, "问题清单", some[0], "单位说明").value = "说明在此"
    for r in range(1, sheet.max_row + 1):
        x, y = sheet.cell(r, a).value, sheet.cell(r, b).value
        sheet.cell(r, a).value, sheet.cell(r, b).value = y, x
    sheet.cell(HEADER, b).value = "主办单位"
    sheet.title = "问题清单（送审）"
    after = opened(make(saved(book), moment=LATER))
    sheet = after["问题清单（送审）"]
    assert headers(sheet)["单位说明"] == a
    assert headers(sheet)["主办单位"] == b
    assert cell(after, "问题清单（送审）", some[0], "单位说明").value == "说明在此"
    assert "问题清单" not in after.sheetnames
    link = sheet.cell(find(sheet, some[0]), headers(sheet)["问题编号"])
    assert link.value == some[0]


def test_an_edited_header_without_the_hidden_row_is_refused(first: bytes, make: Make) -> None:
    book = opened(first)
    sheet = book["问题清单"]
    sheet.cell(HEADER, headers(sheet)["牵头单位"]).value = "主办单位"
    sheet.delete_rows(1)
    with pytest.raises(CheckerError) as error:
        make(saved(book))
    assert "牵头单位" in str(error.value)
    assert "主办单位" in str(error.value)


def test_without_the_baseline_nothing_typed_is_lost(first: bytes, make: Make, some: tuple[str, str]) -> None:
    book = opened(first)
    cell(book, "问题清单", some[0], "问题描述").value = "改过的"
    cell(book, "问题清单", some[0], "备注").value = "备注在"
    book.remove(book["_基线"])
    after = opened(make(saved(book), moment=LATER))
    assert cell(after, "问题清单", some[0], "问题描述").value == "改过的"
    assert cell(after, "问题清单", some[0], "备注").value == "备注在"
    assert len(changes(after, "冲突")) == 1
    assert "_基线" in after.sheetnames
    assert keys(after["问题清单"]) == keys(opened(first)["问题清单"])


def test_a_machine_cell_that_somebody_wrote_into_is_mended_and_told(
    first: bytes, make: Make, some: tuple[str, str]
) -> None:
    book = opened(first)
    cell(book, "问题清单", some[0], "缺失要素").value = "不缺"
    cell(book, "逐句对照", 5, "性质", "句号").value = "写错了"
    after = opened(make(saved(book), moment=LATER))
    assert cell(after, "问题清单", some[0], "缺失要素").value != "不缺"
    assert {r["人工填写内容"] for r in changes(after, "机写内容被改动")} == {"不缺", "写错了"}


def test_deleted_rows_and_sheets_come_back_with_what_was_typed(first: bytes, make: Make, some: tuple[str, str]) -> None:
    book = opened(first)
    cell(book, "问题清单", some[0], "备注").value = "第一次写的"
    data = make(saved(book), moment=LATER)
    book = opened(data)
    book["问题清单"].delete_rows(find(book["问题清单"], some[0]))
    book.remove(book["整改台账"])
    after = opened(make(saved(book), moment=LATER))
    assert cell(after, "问题清单", some[0], "备注").value == "第一次写的"
    assert len(keys(after["整改台账"])) == len(keys(opened(first)["整改台账"]))


def test_a_persons_verdict_counts_and_can_make_a_problem(
    first: bytes, make: Make, judge: Judge, some: tuple[str, str]
) -> None:
    met = next(f for f in judge().findings if f.verdict is Verdict.MET)
    book = opened(first)
    cell(book, "指标自评表", met.indicator.id, "人工结论", "指标编号").value = "部分达标"
    after = opened(make(saved(book), moment=LATER))
    assert met.problem_number in keys(after["问题清单"])
    assert cell(after, "问题清单", met.problem_number, "人工结论").value == "部分达标"
    assert cell(after, "问题清单", met.problem_number, "机审结论").value == Verdict.MET.label

    def numbers(b: Any) -> list[int]:
        return [c.value for row in b["领导一页纸"].iter_rows(max_row=8) for c in row if isinstance(c.value, int)]

    assert numbers(after)[0] == numbers(opened(first))[0] - 1


def test_what_people_write_on_cover_and_leaders_page_stays(first: bytes, make: Make) -> None:
    book = opened(first)

    def beside(b: Any, sheet: str, label: str) -> Any:
        ws = b[sheet]
        c = next(c for row in ws.iter_rows() for c in row if c.value == label)
        return next(ws.cell(c.row, n) for n in range(c.column + 1, c.column + 4) if not _merged(ws.cell(c.row, n)))

    beside(book, "封面", "操作者").value = "赵某"
    beside(book, "领导一页纸", "领导批示").value = "请抓紧整改"
    book["填表说明"]["E5"] = "自己的说明"
    text = TEXT.replace("二是个别部门权责清单动态调整不够及时。", "")
    after = opened(make(saved(book), text, LATER))
    assert beside(after, "封面", "操作者").value == "赵某"
    assert beside(after, "领导一页纸", "领导批示").value == "请抓紧整改"
    assert after["填表说明"]["E5"].value == "自己的说明"


def _merged(c: Any) -> bool:
    return type(c).__name__ == "MergedCell"


def test_another_place_or_year_is_refused(first: bytes, make: Make) -> None:
    with pytest.raises(CheckerError, match="E413"):
        make(first, TEXT.replace("清苑湾县", "临浦县"))
    with pytest.raises(CheckerError, match="--previous"):
        make(first, TEXT.replace("2024年", "2023年"))


def test_pictures_that_people_put_in_stay(first: bytes, make: Make) -> None:
    from openpyxl.drawing.image import Image as Picture
    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (40, 20), "red").save(out, "PNG")
    book = opened(first)
    mine = book.create_sheet("佐证截图")
    mine.add_image(Picture(BytesIO(out.getvalue())), "B2")
    book["问题清单"].add_image(Picture(BytesIO(out.getvalue())), "X5")
    data = make(saved(book), moment=LATER)
    for sheet in (opened(data)["佐证截图"], opened(data)["问题清单"], opened(make(data))["问题清单"]):
        (kept,) = sheet._images
        assert Image.open(BytesIO(kept._data())).getpixel((3, 3)) == (255, 0, 0)
    assert len(opened(data)["领导一页纸"]._charts) == 1


def test_titles_banners_and_a_column_in_front_stay(first: bytes, make: Make, some: tuple[str, str]) -> None:
    book = opened(first)
    sheet = book["问题清单"]
    cell(book, "问题清单", some[0], "备注").value = "备注在"
    sheet.cell(2, 1).value = "我改的表题"
    sheet.cell(2, 9).value = "联系人：王某"
    actions = book["整改台账"]
    actions.insert_rows(1)
    actions.cell(1, 1).value = "送各单位征求意见"
    book["指标自评表"].insert_cols(1)
    book["指标自评表"].cell(FIRST, 1).value = "前面的自加列"
    after = opened(make(saved(book), moment=LATER))
    sheet = after["问题清单"]
    assert sheet.cell(2, 1).value == "我改的表题"
    assert sheet.cell(2, 9).value == "联系人：王某"
    assert cell(after, "问题清单", some[0], "备注").value == "备注在"
    assert after["指标自评表"].cell(FIRST, 1).value == "前面的自加列"
    assert [r["人工填写内容"] for r in changes(after, "机写内容被改动")] == ["送各单位征求意见"]
    again = make(saved(after), moment=LATER)
    assert opened(again)["问题清单"].cell(2, 9).value == "联系人：王某"
    assert opened(again)["指标自评表"].cell(FIRST, 1).value == "前面的自加列"


def test_what_people_highlight_stays_highlighted(first: bytes, make: Make, some: tuple[str, str]) -> None:
    book = opened(first)
    yellow = PatternFill("solid", fgColor="FFFF00")
    for title in ("问题编号", "指标编号及内容", "机审结论", "问题描述", "备注"):
        cell(book, "问题清单", some[0], title).fill = yellow
    name = cell(book, "问题清单", some[1], "指标编号及内容")
    name.font = Font(name=name.font.name, size=10.5, bold=True, color="FF0000")
    data = make(saved(book), TEXT.replace("五是少数", "五是个别"), LATER)
    for after in (opened(data), opened(make(data, moment=LATER))):
        for title in ("问题编号", "指标编号及内容", "机审结论", "问题描述", "备注"):
            assert cell(after, "问题清单", some[0], title).fill.fgColor.rgb.endswith("FFFF00"), title
        assert cell(after, "问题清单", some[1], "指标编号及内容").font.color.rgb.endswith("FF0000")
        assert cell(after, "问题清单", some[1], "问题编号").fill.fill_type is None
