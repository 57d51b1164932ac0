"""The acceptance figures on the private material; skipped where it is absent."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run

# What the issues ask for; the figures measured are in docs/accuracy.md.
BOUNDS = {
    "jindong-2021": "--max false_met=0 --max false_credit=0 --min exact=0.85 --min within1=0.97 --min located=0.95",
    "made": "--max false_met=0 --max false_credit=3 --min acc3=0.85 --min said_f1=0.93 --min exact=0.70 --min admit_r=0.9",
    "dev": "--max false_credit=2 --min said_f1=0.88 --min f1=0.88 --min located=0.9",
}


@pytest.mark.parametrize("gold", BOUNDS)
def test_verdicts_against_labels(shared: Path, gold: str) -> None:
    done = subprocess.run(
        [
            sys.executable,
            str(shared / "tools" / "score.py"),
            "--cmd",
            f"{sys.executable} -m checker",
            str(shared / "data" / "gold" / f"{gold}.yaml"),
            *BOUNDS[gold].split(),
        ],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_seed_report_end_to_end(shared: Path, run: Run, tmp_path: Path) -> None:
    report = shared / "data" / "reports" / "jindong-2021.txt"
    done = run("check", report, "-o", tmp_path / "out.xlsx", "-o", tmp_path / "out.json")
    assert done.returncode == 0, done.stderr.decode()
    assert (tmp_path / "out.xlsx").stat().st_size > 20_000
    result = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert len(result["findings"]) == 100
    ledger = dict(result["ledger"])
    assert ledger.pop("total") == 100
    ledger.pop("waived")
    assert sum(ledger.values()) == 100
    text = run("text", report).stdout.decode("utf-8")
    assert all(text[e["start"] : e["end"]] == e["quote"] for f in result["findings"] for e in f["evidence"])


def test_texts_that_are_no_reports_earn_nothing_and_are_said(shared: Path, run: Run) -> None:
    texts = sorted((shared / "data" / "reports").glob("*_hn_*.txt"))
    assert texts
    for path in texts:
        done = run("check", path, "--format", "json")
        assert done.returncode == 0, path.name
        result = json.loads(done.stdout)
        assert result["ledger"]["met"] == 0, path.name
        assert result["warnings"], path.name
        assert any(r["code"] == "R03" for r in result["checkup"]), path.name


def test_no_report_is_taken_for_something_else(shared: Path, run: Run) -> None:
    for path in sorted((shared / "data" / "reports").glob("*.txt")):
        if "annual_report" in _kind(shared, path) and "mask" not in path.name:
            result = json.loads(run("check", path, "--format", "json").stdout)
            assert result["documents"][0]["genre"] == "report", path.name


def _kind(shared: Path, path: Path) -> str:
    for row in (shared / "data" / "reports" / "INDEX.tsv").read_text(encoding="utf-8").splitlines():
        if row.startswith(path.name):
            return row.split("\t")[4]
    return ""
