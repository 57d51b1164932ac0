"""Last year's workbook: what rose and fell, and what became of last year's 下一步."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.review.workbook.follow import AGAIN, DONE, PERHAPS, UNSEEN, follow, promises
from checker.text.sentences import analyze
from tests.conftest import Run
from tests.workbook.conftest import TEXT, Judge, changes, opened

LAST = """清苑湾县2023年法治政府建设年度报告

一、2023年推进法治政府建设的主要举措和成效
（一）严格规范公正文明执法
全年开展联合执法31次，查处案件160件。行政机关负责人出庭应诉率88%。
组织执法人员资格考试1次，新增持证人员60名。

二、存在的主要问题
一是个别单位对行政复议工作重视不够。

三、2024年主要工作安排
一是整合组建七支综合执法队伍，向乡镇派驻执法指导员。
二是评查行政执法案卷，公布轻微违法不予处罚事项清单。
三是修订公布行政裁量权基准。
四是建设法治文化主题公园，打造一批民主法治示范村。
"""


def test_promises_are_clauses_that_say_something() -> None:
    found = [p.clause for p in promises("三是进一步加强，修订公布行政裁量权基准，不断推进。", "三")]
    assert found == ["修订公布行政裁量权基准"]


def test_each_promise_is_followed_to_a_sentence_or_said_unseen(judge: Judge) -> None:
    made = [p for line in LAST.split("安排\n")[1].split("\n") for p in promises(line, "三")]
    got = {f.promise.clause: f for f in follow(made, judge().analyses)}
    assert got["公布轻微违法不予处罚事项清单"].outcome == DONE
    assert "不予处罚事项清单94项" in got["公布轻微违法不予处罚事项清单"].quote
    assert got["修订公布行政裁量权基准"].outcome == AGAIN
    assert got["建设法治文化主题公园"].outcome == UNSEEN
    assert got["打造一批民主法治示范村"].outcome == UNSEEN
    assert got["评查行政执法案卷"].outcome in (DONE, PERHAPS)
    for f in got.values():
        assert f.quote in TEXT


def test_a_text_that_is_no_report_fulfils_nothing() -> None:
    from checker.model import Document

    speech = "在全县法治政府建设推进会上的讲话\n同志们：\n去年我们公布轻微违法不予处罚事项清单94项，成绩来之不易。\n"
    said = Document("x.txt", "txt", "0" * 64, speech)
    (got,) = follow(promises("公布轻微违法不予处罚事项清单", "三"), (analyze(said),))
    assert got.outcome == UNSEEN


@pytest.fixture
def years(run: Run, tmp_path: Path) -> Path:
    (tmp_path / "2023.txt").write_text(LAST, encoding="utf-8")
    (tmp_path / "2024.txt").write_text(TEXT, encoding="utf-8")
    assert run("check", tmp_path / "2023.txt", "-o", tmp_path / "2023.xlsx").returncode == 0
    return tmp_path


def test_the_log_of_the_new_workbook_says_it(run: Run, years: Path) -> None:
    book = years / "2024.xlsx"
    for _ in range(2):  # the second run merges into the first and does not say it twice
        done = run("check", years / "2024.txt", "-o", book, "--previous", years / "2023.xlsx")
        assert done.returncode == 0, done.stderr.decode()
        after = opened(book.read_bytes())
        plans = changes(after, "上年计划")
        assert len(plans) == 7
        assert len({r["编号"] for r in plans}) == 7
        assert any(r["本次"].startswith(DONE) and "94项" in r["本次"] for r in plans)
        assert any(r["指标/列"].startswith("65") for r in changes(after, "较上年"))
        said = " ".join(str(c.value) for row in after["领导一页纸"].iter_rows() for c in row if c.value)
        assert "2023年的下一步安排 7 件" in said


def test_what_cannot_be_last_years_is_refused(run: Run, years: Path) -> None:
    done = run("check", years / "2023.txt", "-o", years / "x.xlsx", "--previous", years / "2023.xlsx")
    assert done.returncode == 2
    assert "E426" in done.stderr.decode()
    assert not (years / "x.xlsx").exists()
    (years / "空.xlsx").write_bytes(b"")
    assert run("check", years / "2024.txt", "-o", years / "x.xlsx", "--previous", years / "空.xlsx").returncode == 2
    assert run("check", years / "2024.txt", "-o", years / "x.xlsx", "--previous", years / "无.xlsx").returncode == 2
    assert run("check", years / "2024.txt", "--format", "json", "--previous", years / "2023.xlsx").returncode == 2
    assert not (years / "x.xlsx").exists()
