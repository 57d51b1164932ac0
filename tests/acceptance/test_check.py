"""The main job through the command line, on the project's own samples."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from checker.model import Verdict
from tests.conftest import ROOT, Run

SAMPLES = sorted((ROOT / "reports").glob("*.txt"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_the_json_keeps_its_contract(run: Run, path: Path) -> None:
    done = run("check", path, "--format", "json")
    assert done.returncode == 0, done.stderr.decode()
    result = json.loads(done.stdout)
    schema = json.loads(resources.files("checker.outputs").joinpath("result.schema.json").read_text(encoding="utf-8"))
    errors = [e.message for e in Draft202012Validator(schema).iter_errors(result)]
    assert errors == []
    ledger = result["ledger"]
    assert (
        sum(ledger[v.value] for v in Verdict)
        == ledger["total"]
        == result["index"]["indicators"]
        == len(result["findings"])
    )
    text = run("text", path).stdout.decode("utf-8")
    assert result["documents"][0]["chars"] == len(text)
    for finding in result["findings"]:
        for e in finding["evidence"]:
            assert text[e["start"] : e["end"]] == e["quote"]
    for figure in result["figures"]:
        assert text[figure["start"] : figure["end"]] == figure["text"]
    assert "重构" in result["index"]["provenance"]


def test_the_sample_shows_every_kind_of_verdict_a_text_can_show(run: Run, sample: Path) -> None:
    ledger = json.loads(run("check", sample, "--format", "json").stdout)["ledger"]
    for verdict in ("met", "partial", "weak", "planned", "missing", "admitted", "not_applicable"):
        assert ledger[verdict] > 0, verdict


def test_the_same_input_gives_the_same_bytes(run: Run, sample: Path, tmp_path: Path) -> None:
    pinned = {"SOURCE_DATE_EPOCH": "1732400000"}
    for name in ("a", "b"):
        assert (
            run(
                "check", sample, "-o", tmp_path / f"{name}.xlsx", "-o", tmp_path / f"{name}.json", env=pinned
            ).returncode
            == 0
        )
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_the_verdicts_do_not_depend_on_the_encoding(run: Run, sample: Path, tmp_path: Path, encoding: str) -> None:
    other = tmp_path / "报告.txt"
    other.write_bytes(sample.read_text(encoding="utf-8").encode(encoding))
    first, second = (json.loads(run("check", p, "--format", "json").stdout) for p in (sample, other))
    assert [f["verdict"] for f in first["findings"]] == [f["verdict"] for f in second["findings"]]
    assert first["findings"] == second["findings"]


def test_the_cache_changes_nothing(run: Run, sample: Path, tmp_path: Path) -> None:
    env = {"CHECKER_CACHE": str(tmp_path)}
    cold = run("check", sample, "--format", "json", env=env).stdout
    kept = {path.name.partition("-")[0]: path for path in tmp_path.glob("*.kept")}
    assert kept.keys() == {"index", "rules", "regexes", "literals"}
    assert cold == run("check", sample, "--format", "json", env=env).stdout
    for path in kept.values():
        path.write_text("坏了")
        assert cold == run("check", sample, "--format", "json", env=env).stdout
    assert cold == run("check", sample, "--format", "json", env={"CHECKER_CACHE": ""}).stdout


def test_a_second_run_makes_nothing_anew(run: Run, sample: Path, tmp_path: Path) -> None:
    made = []
    for seed in ("1", "2", "3"):  # words in another order would be another regex
        run("check", sample, "--format", "json", env={"CHECKER_CACHE": str(tmp_path), "PYTHONHASHSEED": seed})
        made.append({path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()})
    assert made[0] == made[1] == made[2]


def test_the_summary_says_what_counts(run: Run, sample: Path, tmp_path: Path) -> None:
    done = run("check", sample, "-o", tmp_path / "问题清单.xlsx")
    said = done.stdout.decode()
    assert done.returncode == 0
    assert "问题清单.xlsx" in said
    assert "不等于评审得分" in said
    assert "重构" in said
    assert b"\x1b[" not in done.stdout


def test_gaps_fail_only_when_asked_to(run: Run, sample: Path) -> None:
    assert run("check", sample).returncode == 0
    assert run("check", sample, "--fail-on", "minor").returncode == 1
    assert run("check", sample, "--fail-on", "major").returncode == 1


def test_a_county_has_no_rules_of_its_own_and_a_city_has(run: Run, sample: Path) -> None:
    def not_applicable(*args: object) -> list[int]:
        findings = json.loads(run("check", sample, "--format", "json", *args).stdout)["findings"]
        return [f["no"] for f in findings if f["verdict"] == "not_applicable"]

    assert not_applicable("--level", "county") != []
    assert not_applicable("--level", "city") == []


def test_a_text_that_is_no_report_earns_nothing_and_is_named(run: Run, tmp_path: Path) -> None:
    speech = tmp_path / "讲话.txt"
    speech.write_text(
        "在全市法治政府建设推进会上的讲话\n同志们：\n全市重大行政决策合法性审查率达100%，行政机关负责人出庭应诉率100%，办理行政复议案件300件。\n",
        encoding="utf-8",
    )
    done = run("check", speech, "--format", "json")
    result = json.loads(done.stdout)
    assert done.returncode == 0
    assert "不像法治政府建设报告" in done.stderr.decode()
    assert result["ledger"]["met"] == result["ledger"]["partial"] == 0
    assert "R03" in {r["code"] for r in result["checkup"]}
