"""Parts go out to units and come back: only their rows, only people's columns, conflicts listed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from checker.outputs.xlsx.parts import split
from checker.review.workbook.earlier import read
from tests.conftest import Run
from tests.workbook.conftest import LATER, MOMENT, Make, cell, changes, keys, opened, rows, saved


@pytest.fixture(scope="module")
def parts(first: bytes) -> dict[str, bytes]:
    return split(read(first, "总表.xlsx"), MOMENT)


@pytest.fixture
def sent(first: bytes, parts: dict[str, bytes], tmp_path: Path) -> Path:
    (tmp_path / "总表.xlsx").write_bytes(first)
    for unit, data in parts.items():
        (tmp_path / f"{unit}.xlsx").write_bytes(data)
    return tmp_path


def test_every_problem_is_in_exactly_one_part(first: bytes, parts: dict[str, bytes]) -> None:
    found = [key for data in parts.values() for key in keys(opened(data)["问题清单"])]
    assert sorted(found) == sorted(keys(opened(first)["问题清单"]))
    for unit, data in parts.items():
        book = opened(data)
        assert {r["牵头单位"] for r in rows(book["问题清单"])} == {unit}
        assert set(keys(book["整改台账"])) == set(keys(book["问题清单"]))
        sheet = book["问题清单"]
        assert sheet.protection.sheet
        assert not sheet.protection.password
        key = keys(sheet)[0]
        assert cell(book, "问题清单", key, "报告原句").protection.locked
        assert not cell(book, "问题清单", key, "单位说明").protection.locked


def test_two_splits_are_the_same_bytes(first: bytes, parts: dict[str, bytes]) -> None:
    assert split(read(first, "总表.xlsx"), MOMENT) == parts


def _fill(path: Path, title: str, value: Any, sheet: str = "问题清单") -> str:
    book = opened(path.read_bytes())
    key = keys(book[sheet])[0]
    cell(book, sheet, key, title).value = value
    path.write_bytes(saved(book))
    return key


def test_what_units_typed_comes_back_and_lives_through_the_next_run(
    run: Run, sent: Path, parts: dict[str, bytes], make: Make
) -> None:
    a, b = sorted(parts)[:2]
    first_key = _fill(sent / f"{a}.xlsx", "单位说明", "已做，见附件")
    other_key = _fill(sent / f"{b}.xlsx", "整改进展", "已开会", "整改台账")
    done = run("workbook", "join", sent / "总表.xlsx", sent / f"{a}.xlsx", sent / f"{b}.xlsx")
    assert done.returncode == 0, done.stderr.decode()
    joined = (sent / "总表.xlsx").read_bytes()
    for book in (opened(joined), opened(make(joined, moment=LATER))):
        assert cell(book, "问题清单", first_key, "单位说明").value == "已做，见附件"
        assert cell(book, "整改台账", other_key, "整改进展").value == "已开会"
        assert {r["编号"] for r in changes(book, "单位回传")} == {first_key, other_key}
    assert len(list((sent / "备份").iterdir())) == 1


def test_a_conflict_keeps_the_whole_and_is_listed(run: Run, sent: Path, parts: dict[str, bytes]) -> None:
    unit = sorted(parts)[0]
    key = _fill(sent / f"{unit}.xlsx", "备注", "单位写的")
    book = opened((sent / "总表.xlsx").read_bytes())
    cell(book, "问题清单", key, "备注").value = "司法局写的"
    (sent / "总表.xlsx").write_bytes(saved(book))
    done = run("workbook", "join", sent / "总表.xlsx", sent / f"{unit}.xlsx")
    assert done.returncode == 0
    assert "冲突" in done.stderr.decode()
    after = opened((sent / "总表.xlsx").read_bytes())
    assert cell(after, "问题清单", key, "备注").value == "司法局写的"
    assert cell(after, "问题清单", key, "备注").fill.fgColor.rgb.endswith("F8CBAD")
    assert "单位写的" in changes(after, "冲突")[0]["人工填写内容"]


def test_machine_columns_of_a_part_are_not_taken(run: Run, sent: Path, parts: dict[str, bytes]) -> None:
    unit = sorted(parts)[0]
    key = _fill(sent / f"{unit}.xlsx", "机审结论", "达标（报告口径）")
    before = cell(opened((sent / "总表.xlsx").read_bytes()), "问题清单", key, "机审结论").value
    assert run("workbook", "join", sent / "总表.xlsx", sent / f"{unit}.xlsx").returncode == 0
    assert cell(opened((sent / "总表.xlsx").read_bytes()), "问题清单", key, "机审结论").value == before


def test_foreign_files_are_named_and_the_rest_is_joined(run: Run, sent: Path, parts: dict[str, bytes]) -> None:
    unit = sorted(parts)[0]
    _fill(sent / f"{unit}.xlsx", "备注", "好的")
    (sent / "别的.xlsx").write_bytes((sent / "总表.xlsx").read_bytes())
    (sent / "坏的.xlsx").write_bytes(b"PK not a workbook")
    files = [sent / f"{unit}.xlsx", sent / "别的.xlsx", sent / "坏的.xlsx"]
    done = run("workbook", "join", sent / "总表.xlsx", *files)
    said = done.stderr.decode()
    assert done.returncode == 2
    assert "别的.xlsx" in said
    assert "坏的.xlsx" in said
    assert "Traceback" not in said
    assert "取入 1 处" in done.stdout.decode()


def test_a_part_of_an_earlier_state_is_joined_and_named(
    run: Run, sent: Path, parts: dict[str, bytes], make: Make, first: bytes
) -> None:
    from tests.workbook.conftest import TEXT

    unit = sorted(parts)[0]
    key = _fill(sent / f"{unit}.xlsx", "备注", "旧的一份")
    (sent / "总表.xlsx").write_bytes(make(first, TEXT + "\n特此报告。", LATER))
    done = run("workbook", "join", sent / "总表.xlsx", sent / f"{unit}.xlsx")
    assert done.returncode == 0
    assert f"{unit}.xlsx" in done.stderr.decode()
    assert cell(opened((sent / "总表.xlsx").read_bytes()), "问题清单", key, "备注").value == "旧的一份"


def test_split_writes_a_file_a_unit_and_never_over_one(run: Run, sent: Path, parts: dict[str, bytes]) -> None:
    done = run("workbook", "split", sent / "总表.xlsx")
    assert done.returncode == 0, done.stderr.decode()
    assert len(list((sent / "分发").iterdir())) == len(parts)
    again = run("workbook", "split", sent / "总表.xlsx")
    assert again.returncode == 2
    assert "没有动它" in again.stderr.decode()


def test_diff_says_what_differs(run: Run, sent: Path, first: bytes, make: Make) -> None:
    book = opened(first)
    key = keys(book["问题清单"])[0]
    cell(book, "问题清单", key, "整改状态").value = "整改中"
    book.properties.lastModifiedBy = "王某"
    (sent / "新.xlsx").write_bytes(saved(book))
    done = run("workbook", "diff", sent / "总表.xlsx", sent / "新.xlsx")
    said = done.stdout.decode()
    assert f"状态\t问题清单\t{key}\t整改状态\t「未启动」→「整改中」" in said
    assert "王某" in said
    assert "共 1 处不同" in said
