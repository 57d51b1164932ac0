"""The configuration file: found, strict, and behind the environment and the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.review_pack import PINNED, lay


def settings(
    run: Run, folder: Path, *args: str, env: dict[str, str] | None = None, cwd: Path | None = None
) -> dict[str, object]:
    """What a run took to be its settings, from its record."""
    done = run("check", *args, "--format", "record", cwd=cwd or folder, env={**PINNED, **(env or {})})
    assert done.returncode == 0, done.stderr.decode()
    found: dict[str, object] = json.loads(done.stdout)["settings"]
    return found


def test_the_command_line_goes_before_the_environment_and_that_before_the_file(run: Run, tmp_path: Path) -> None:
    lay(tmp_path)
    (tmp_path / "checker.toml").write_text(
        'files = ["报告.txt"]\nindex = "规则"\nlevel = "city"\nyear = 2020\nplace = "甲市"\n', encoding="utf-8"
    )
    env = {"CHECKER_CHECK_LEVEL": "township", "CHECKER_CHECK_YEAR": "2021"}
    got = settings(run, tmp_path, "--level", "county", env=env)
    assert (got["level"], got["year"], got["place"]) == ("county", 2021, "甲市")
    assert settings(run, tmp_path)["year"] == 2020


@pytest.mark.parametrize("name", ["checker.toml", "pyproject.toml"])
def test_it_is_found_from_below_and_paths_are_beside_it(run: Run, tmp_path: Path, name: str) -> None:
    lay(tmp_path)
    head = "[project]\nname = 'x'\n[tool.checker]\n" if name == "pyproject.toml" else ""
    (tmp_path / name).write_text(head + 'files = ["报告.txt"]\nindex = "规则"\nplace = "乙县"\n', encoding="utf-8")
    got = settings(run, tmp_path, cwd=tmp_path / "材料")
    assert got["place"] == "乙县"
    assert got["index"] == "规则"


def test_a_pyproject_without_our_table_is_not_ours(run: Run, tmp_path: Path) -> None:
    lay(tmp_path)
    (tmp_path / "pyproject.toml").write_text("[tool.other]\nyear = 1\n", encoding="utf-8")
    assert settings(run, tmp_path, "报告.txt", "--index", "规则")["year"] is None


def test_another_file_can_be_named(run: Run, tmp_path: Path) -> None:
    lay(tmp_path)
    (tmp_path / "另.toml").write_text("year = 2019\n", encoding="utf-8")
    done = run("--config", "另.toml", "check", "报告.txt", "--index", "规则", "--format", "record", cwd=tmp_path)
    assert json.loads(done.stdout)["settings"]["year"] == 2019
    done = run(
        "check", "报告.txt", "--index", "规则", "--format", "record", cwd=tmp_path, env={"CHECKER_CONFIG": "另.toml"}
    )
    assert json.loads(done.stdout)["settings"]["year"] == 2019


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("\nfail_onn = 'major'\n", ("checker.toml:2:1", "是否想写「fail_on」")),
        ("fail_on = 'all'\n", ("checker.toml:1:1", "E113", "regression")),
        ("year = '2024'\n", ("E112", "整数")),
        ("files = '报告.txt'\n", ("E112", "列表")),
        ("year = \n", ("E632", "checker.toml:1:")),
        ("[checker]\nyear = 2024\n", ("没有「checker」这个栏目",)),
        ("wavers = 'a'\nbaselin = 'b'\n", ("waivers", "baseline")),
    ],
)
def test_a_wrong_file_is_an_error_with_its_place(run: Run, tmp_path: Path, text: str, words: tuple[str, ...]) -> None:
    lay(tmp_path)
    (tmp_path / "checker.toml").write_text(text, encoding="utf-8")
    done = run("check", "报告.txt", "--index", "规则", cwd=tmp_path)
    said = done.stderr.decode()
    assert done.returncode == 2, said
    for word in words:
        assert word in said
    assert run("check", "--help", cwd=tmp_path).returncode == 0


def test_a_file_that_is_not_there(run: Run, tmp_path: Path) -> None:
    done = run("--config", "无.toml", "check", "x.txt", cwd=tmp_path)
    assert done.returncode == 2
    assert "E631" in done.stderr.decode()
