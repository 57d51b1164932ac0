"""The real pre-commit program in a real git repository, with the hook that this project ships. Nothing is fetched."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.review_pack import PINNED, REPORT, lay

BIN = Path(sys.executable).parent
QUOTE = "开展案卷评查，评查案卷120卷，问题全部整改。"

pytestmark = [pytest.mark.program("git"), pytest.mark.program("bash")]


class Repo:
    """A git repository with the hook installed by pre-commit itself."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        self.env = {
            **{k: v for k, v in os.environ.items() if not k.startswith("GIT_")},
            **PINNED,
            "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "PRE_COMMIT_HOME": str(home),
            "GIT_AUTHOR_NAME": "甲", "GIT_AUTHOR_EMAIL": "a@example.invalid",
            "GIT_COMMITTER_NAME": "甲", "GIT_COMMITTER_EMAIL": "a@example.invalid",
            "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
        }  # fmt: skip

    def call(self, *args: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            list(map(str, args)), cwd=self.folder, env=self.env, capture_output=True, text=True, encoding="utf-8", timeout=180, check=False
        )  # fmt: skip

    def ok(self, *args: str | Path) -> str:
        done = self.call(*args)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def commit(self, message: str) -> subprocess.CompletedProcess[str]:
        self.ok("git", "add", "-A")
        return self.call("git", "commit", "-m", message)

    def edit(self, old: str, new: str) -> None:
        file = self.folder / "报告.txt"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    shipped = Repo(tmp_path / "hooks", tmp_path / "home")
    shipped.folder.mkdir()
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", shipped.folder)
    shipped.ok("git", "init", "-q")
    assert shipped.commit("hooks").returncode == 0
    revision = shipped.ok("git", "rev-parse", "HEAD").strip()

    made = Repo(lay(tmp_path / "repo"), tmp_path / "home")
    (made.folder / "checker.toml").write_text(
        'files = ["报告.txt"]\nindex = "规则"\nfail_on = "regression"\nbaseline = "checker.baseline.json"\n',
        encoding="utf-8",
    )
    # Only the language is overridden: building an environment for the hook would fetch packages.
    (made.folder / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {shipped.folder.as_posix()}\n    rev: {revision}\n    hooks:\n"
        "      - {id: checker, language: system}\n",
        encoding="utf-8",
    )
    made.ok("git", "init", "-q")
    made.ok(sys.executable, "-m", "checker", "check", "-o", "checker.baseline.json", "--fail-on", "never")
    made.ok(BIN / "pre-commit", "install")
    first = made.commit("begin")
    assert first.returncode == 0, first.stdout + first.stderr
    return made


def test_a_deleted_quote_fails_and_is_named(repo: Repo) -> None:
    repo.edit(QUOTE + "\n", "")
    done = repo.commit("drop a sentence")
    said = done.stdout + done.stderr
    assert done.returncode == 1, said
    assert "Failed" in said
    assert "1 案卷评查" in said
    assert QUOTE in said
    assert "Traceback" not in said
    assert repo.ok("git", "log", "--oneline").count("\n") == 1


def test_unrelated_changes_pass(repo: Repo) -> None:
    (repo.folder / "说明.md").write_text("与报告无关\n", encoding="utf-8")
    assert repo.commit("a note").returncode == 0
    repo.edit(
        "2024年，县政府深入推进法治政府建设。\n", "2024年，县政府深入推进法治政府建设。\n\n（以下按章节报告）\n\n"
    )
    done = repo.commit("lines move, no quote does")
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_report_moved_to_the_plans_fails(repo: Repo) -> None:
    """The quote still stands in the text, but as a plan it no longer counts."""
    repo.edit(QUOTE + "\n", "")
    repo.edit("明年继续加强法治培训。\n", f"明年继续加强法治培训。\n{QUOTE}\n")
    done = repo.commit("move")
    assert done.returncode == 1
    assert "达标（报告口径） → " in done.stdout + done.stderr


def test_a_deleted_report_stops_the_commit(repo: Repo) -> None:
    (repo.folder / "报告.txt").unlink()
    done = repo.commit("no report")
    assert done.returncode == 1
    assert "E301" in done.stdout + done.stderr


def test_a_new_baseline_lets_the_change_in(repo: Repo) -> None:
    repo.edit(QUOTE + "\n", "")
    repo.ok(sys.executable, "-m", "checker", "check", "-o", "checker.baseline.json", "--fail-on", "never")
    assert repo.commit("drop, knowingly").returncode == 0


def test_the_shipped_hooks_and_configs_are_valid(repo: Repo, tmp_path: Path) -> None:
    """By the programs that read them, and by the published schemas of GitHub and GitLab."""
    assert REPORT
    repo.ok(BIN / "pre-commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml")
    home = tmp_path / "新库"
    home.mkdir()
    shutil.copy(repo.folder / "报告.txt", home / "年度报告.txt")
    fresh = Repo(home, tmp_path / "home")
    fresh.ok(sys.executable, "-m", "checker", "ci", "init")
    fresh.ok(BIN / "pre-commit", "validate-config", ".pre-commit-config.yaml")
    check = BIN / "check-jsonschema"
    fresh.ok(check, "--builtin-schema", "vendor.github-workflows", ".github/workflows/checker.yml")
    fresh.ok(check, "--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci", ".gitlab-ci.yml")
    fresh.ok(check, "--builtin-schema", "vendor.github-actions", ROOT / "action.yml")
    before = {p: p.read_bytes() for p in home.rglob("*") if p.is_file()}
    said = fresh.ok(sys.executable, "-m", "checker", "ci", "init")
    assert said.count("没有动它") == 4
    assert {p: p.read_bytes() for p in home.rglob("*") if p.is_file()} == before
    fresh.ok("git", "init", "-q")
    fresh.ok(sys.executable, "-m", "checker", "check", "-o", "checker.baseline.json")
    fresh.ok(sys.executable, "-m", "checker", "check")


def test_the_scripts_that_ci_runs_do_run(repo: Repo) -> None:
    """The commands inside the GitHub workflow, the GitLab job and the action, as bash runs them; only pip is left out."""
    import yaml

    from checker.cli.ci import _GITHUB, _GITLAB

    summary = repo.folder / "summary.md"
    repo.env |= {"GITHUB_STEP_SUMMARY": str(summary), "GITHUB_OUTPUT": str(repo.folder / "output")}
    steps = yaml.safe_load(_GITHUB)["jobs"]["checker"]["steps"]
    repo.ok("bash", "-euo", "pipefail", "-c", next(s["run"] for s in steps if s.get("name") == "对标检查"))
    repo.ok("bash", "-euo", "pipefail", "-c", next(s["run"] for s in steps if s.get("name") == "摘要"))
    assert "法治政府建设示范指标对标检查" in summary.read_text(encoding="utf-8")
    repo.ok("bash", "-euo", "pipefail", "-c", yaml.safe_load(_GITLAB)["checker"]["script"][1])
    assert (repo.folder / "gl-code-quality-report.json").is_file()
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["runs"]["steps"]
    script = next(s["run"] for s in action if s.get("id") == "check")
    repo.env |= {"CHECKER_FILES": "", "CHECKER_CHECK_FAIL_ON": "", "CHECKER_CHECK_BASELINE": ""}
    repo.ok("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script)
    repo.edit(QUOTE + "\n", "")
    done = repo.call("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script)
    assert done.returncode == 1
    assert "::error" in done.stdout
    assert "sarif=" in (repo.folder / "output").read_text(encoding="utf-8")
