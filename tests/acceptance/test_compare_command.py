"""``checker compare`` on two results: the new text is looked up on disk, and where it is not that is said."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.conftest import Run
from tests.review_pack import PINNED, REPORT, lay

MOVED = REPORT.replace("开展案卷评查，评查案卷120卷，问题全部整改。\n", "").replace(
    "明年继续", "开展案卷评查，评查案卷120卷，问题全部整改。明年继续"
)


@pytest.fixture
def two(run: Run, tmp_path: Path) -> Path:
    folder = lay(tmp_path)
    for name, text in (("旧", REPORT), ("新", MOVED)):
        (folder / "报告.txt").write_text(text, encoding="utf-8")
        done = run("check", "报告.txt", "--index", "规则", "-o", f"{name}.json", cwd=folder, env=PINNED)
        assert done.returncode == 0, done.stderr.decode()
    return folder


def test_a_quote_that_still_stands_is_not_called_lost(run: Run, two: Path) -> None:
    done = run("compare", "旧.json", "新.json", "--format", "json", cwd=two)
    assert done.returncode == 0, done.stderr.decode()
    data = json.loads(done.stdout)
    schema = json.loads(
        resources.files("checker.outputs").joinpath("comparison.schema.json").read_text(encoding="utf-8")
    )
    assert [e.message for e in Draft202012Validator(schema).iter_errors(data)] == []
    assert {d["kind"] for d in data["differences"]} == {"worse", "uncovered", "unaccepted"}
    assert data["notes"] == []
    assert data["regressions"] == 2
    from_above = run("compare", two / "旧.json", two / "新.json", "--format", "json", cwd=two.parent)
    assert json.loads(from_above.stdout)["differences"] == data["differences"]


def test_without_the_text_it_says_so(run: Run, two: Path) -> None:
    (two / "报告.txt").write_text(REPORT, encoding="utf-8")  # not the text of the new result
    data = json.loads(run("compare", "旧.json", "新.json", "--format", "json", cwd=two).stdout)
    assert "lost" in {d["kind"] for d in data["differences"]}
    assert any("不在手边" in n for n in data["notes"])


def test_for_people(run: Run, two: Path) -> None:
    text = run("compare", "旧.json", "新.json", cwd=two).stdout.decode()
    assert "【变坏 1 项】" in text
    assert "达标（报告口径） → " in text
    assert "1 案卷评查" in text
    back = run("compare", "新.json", "旧.json", cwd=two).stdout.decode()
    assert "【变好 1 项】" in back
    markdown = run("compare", "旧.json", "新.json", "--format", "md", cwd=two).stdout.decode()
    assert markdown.startswith("### 旧\\.json → 新\\.json：2 处新增或变坏")
    same = run("compare", "旧.json", "旧.json", cwd=two).stdout.decode()
    assert "没有变化" in same
