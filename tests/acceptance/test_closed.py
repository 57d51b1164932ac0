"""A problem that people closed in the workbook must not come back unseen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from checker.review.workbook.layout import CLOSED, PROBLEMS
from tests.conftest import Run
from tests.review_pack import PINNED, REPORT, lay

CHECK = ("check", "报告.txt", "--index", "规则")
GUIDANCE = "全年办理行政指导案件85件，逐件回访。\n"


@pytest.fixture
def closed(run: Run, tmp_path: Path) -> Path:
    """A workbook in which problem 3 (capped, partial) is closed by a person."""
    folder = lay(tmp_path)
    done = run(*CHECK, "-o", "问题清单.xlsx", cwd=folder, env=PINNED)
    assert done.returncode == 0, done.stderr.decode()
    file = folder / "问题清单.xlsx"
    book = load_workbook(file)
    sheet = book[PROBLEMS.name]
    title = PROBLEMS["state"].title
    head = next(c for line in sheet.iter_rows(max_row=6) for c in line if c.value == title)
    row = next(c.row for line in sheet.iter_rows() for c in line if c.value == "WT-mini-003")
    sheet.cell(row, head.column, CLOSED)
    book.save(file)
    return folder


def regress(run: Run, folder: Path, *args: str) -> tuple[int, str, list[dict[str, object]]]:
    done = run(
        *CHECK,
        "--workbook",
        "问题清单.xlsx",
        "--fail-on",
        "regression",
        "--format",
        "json",
        *args,
        cwd=folder,
        env=PINNED,
    )
    assert done.returncode in (0, 1), done.stderr.decode()
    comparison = json.loads(done.stdout)["comparison"]
    return done.returncode, done.stderr.decode(), comparison["differences"]


def test_what_was_closed_knowingly_stays_closed(run: Run, closed: Path) -> None:
    assert regress(run, closed) == (0, regress(run, closed)[1], [])


def test_a_closed_problem_that_got_worse_fails(run: Run, closed: Path) -> None:
    (closed / "报告.txt").write_text(REPORT.replace(GUIDANCE, ""), encoding="utf-8")
    status, said, found = regress(run, closed)
    assert status == 1
    assert [(d["kind"], d["id"]) for d in found] == [("reopened", "mini-003")]
    assert "3 行政指导" in said
    assert "已销号的问题又出现" in said


def test_another_problem_is_not_its_business(run: Run, closed: Path) -> None:
    (closed / "报告.txt").write_text(REPORT.replace("征求意见32日", "征求意见10日"), encoding="utf-8")
    assert regress(run, closed)[0] == 0


def test_beside_a_baseline_both_are_said(run: Run, closed: Path) -> None:
    assert run(*CHECK, "-o", "b.baseline.json", cwd=closed, env=PINNED).returncode == 0
    (closed / "报告.txt").write_text(REPORT.replace(GUIDANCE, ""), encoding="utf-8")
    status, _, found = regress(run, closed, "--baseline", "b.baseline.json")
    assert status == 1
    assert [d["kind"] for d in found] == ["worse", "reopened", "uncovered", "lost"]


@pytest.mark.parametrize(("data", "word"), [(None, "E601"), (b"PK nothing", "E41"), (b"text", "E411")])
def test_a_workbook_that_cannot_be_read_is_an_error(run: Run, tmp_path: Path, data: bytes | None, word: str) -> None:
    lay(tmp_path)
    if data is not None:
        (tmp_path / "问题清单.xlsx").write_bytes(data)
    done = run(*CHECK, "--workbook", "问题清单.xlsx", cwd=tmp_path, env=PINNED)
    assert done.returncode == 2
    assert word in done.stderr.decode()
