"""The outputs for machines, read by the machines they are meant for; every one the same bytes twice."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft7Validator, Draft202012Validator

from checker.model import Verdict
from checker.outputs import BINARY, RENDERERS
from tests.conftest import ROOT, Run
from tests.review_pack import PINNED, REPORT, attestation, lay, waiver

SCHEMAS = ROOT / "tests" / "schemas"
BIN = Path(sys.executable).parent
MADE = {
    "json": "结果.json", "md": "结果.md", "csv": "结果.csv", "sarif": "结果.sarif", "junit": "结果.xml",
    "gitlab": "gl-code-quality-report.json", "baseline": "新.baseline.json", "record": "结果.record.json",
    "text": "结果.txt", "github": "结果.github", "html": "结果.html",
}  # fmt: skip


@cache
def schema(name: str) -> dict[str, object]:
    data: dict[str, object] = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    return data


def write_all(run: Run, folder: Path, *args: str) -> dict[str, bytes]:
    """Every text format in one run, with a waiver, an attestation and a baseline that was better."""
    pairs = [x for kind, name in MADE.items() for x in ("-o", name, "--format", kind)]
    done = run("check", "报告.txt", "--index", "规则", *args, *pairs, cwd=folder, env=PINNED)
    assert done.returncode == 0, done.stderr.decode()
    return {kind: (folder / name).read_bytes() for kind, name in MADE.items()}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    from tests.conftest import command_line

    folder = lay(tmp_path_factory.mktemp("输出"))
    assert command_line("check", "报告.txt", "--index", "规则", "-o", "旧.baseline.json", cwd=folder).returncode == 0
    worse = REPORT.replace("征求意见32日", "征求意见10日").replace("开展案卷评查，评查案卷120卷，问题全部整改。\n", "")
    (folder / "报告.txt").write_text(worse, encoding="utf-8")
    attestation(folder)
    waiver(folder, "4")
    return folder, write_all(
        command_line, folder, "--waivers", "豁免.yaml", "--attest", "佐证.yaml", "--baseline", "旧.baseline.json"
    )


def test_sarif_is_valid_and_points_at_the_sentence(made: tuple[Path, dict[str, bytes]]) -> None:
    folder, data = made
    log = json.loads(data["sarif"])
    assert [e.message for e in Draft7Validator(schema("sarif-schema-2.1.0.json")).iter_errors(log)] == []
    run = log["runs"][0]
    lines = (folder / "报告.txt").read_text(encoding="utf-8").split("\n")
    regions = [
        x["physicalLocation"]["region"]
        for r in run["results"]
        for x in r["locations"]
        if "snippet" in x["physicalLocation"].get("region", {})
    ]
    assert regions
    for r in regions:
        assert r["startLine"] == r["endLine"]
        assert lines[r["startLine"] - 1][r["startColumn"] - 1 : r["endColumn"] - 1] == r["snippet"]["text"]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    by_rule = {r["ruleId"]: r for r in run["results"] if r["ruleId"].startswith("mini")}
    assert by_rule["mini-002"]["level"] == "error"
    assert by_rule["mini-002"]["baselineState"] == "new"
    assert by_rule["mini-004"]["suppressions"][0]["justification"].startswith("豁免至 2025-06-30")
    assert by_rule["mini-003"]["kind"] == "pass"
    assert "张明" in by_rule["mini-003"]["properties"]["attested"][0]
    assert by_rule["mini-005"]["kind"] == "review"
    assert any(r["ruleId"] == "regression" and "评查案卷120卷" in r["message"]["text"] for r in run["results"])


def test_a_second_tool_reads_the_sarif(made: tuple[Path, dict[str, bytes]]) -> None:
    folder, data = made
    done = subprocess.run(
        [BIN / "sarif", "summary", MADE["sarif"]], cwd=folder, capture_output=True, timeout=120, check=False
    )
    said = done.stdout.decode()
    assert done.returncode == 0, done.stderr.decode()
    results = json.loads(data["sarif"])["runs"][0]["results"]
    for level in ("error", "warning", "note"):
        count = sum(r["level"] == level for r in results)
        assert re.search(rf"(?m)^{level}: {count}$", said), said


def test_junit_is_read_by_its_consumers(made: tuple[Path, dict[str, bytes]]) -> None:
    from junitparser import Failure, JUnitXml, Skipped

    folder, data = made
    tree = JUnitXml.fromstring(data["junit"])
    cases = {c.name: c for suite in tree for c in suite}
    outcome = {name.split()[0]: [type(r) for r in c.result] for name, c in cases.items() if "（" not in name}
    assert outcome == {"1": [Failure], "2": [Failure], "3": [], "4": [Skipped], "5": [Skipped]}
    assert "张明" in cases["3 行政指导"].system_out
    assert "豁免" in cases["4 执法监督"].system_out
    result = json.loads(data["json"])
    fallen = result["comparison"]["regressions"]
    assert tree.tests == len(result["findings"]) + fallen == sum(len(list(s)) for s in tree)
    assert tree.failures == sum(isinstance(r, Failure) for c in cases.values() for r in c.result)
    done = subprocess.run(
        [BIN / "junit2html", MADE["junit"], "junit.html"], cwd=folder, capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    assert "征求意见期限" in (folder / "junit.html").read_text(encoding="utf-8")


def test_gitlab_report_has_the_documented_fields(made: tuple[Path, dict[str, bytes]]) -> None:
    rows = json.loads(made[1]["gitlab"])
    errors = Draft202012Validator(schema("gitlab-code-quality.schema.json")).iter_errors(rows)
    assert [e.message for e in errors] == []
    assert len({r["fingerprint"] for r in rows}) == len(rows)
    severity = {r["check_name"]: r["severity"] for r in rows}
    assert severity["mini-002"] == "blocker"
    assert severity["mini-004"] == severity["mini-003"] == severity["mini-005"] == "info"


def test_github_annotations_parse_back(made: tuple[Path, dict[str, bytes]]) -> None:
    """Parsed as the runner does: ``::name key=value,key=value::data``, then the escapes undone."""
    folder, data = made
    lines = (folder / "报告.txt").read_text(encoding="utf-8").split("\n")
    seen = []
    for line in data["github"].decode().splitlines():
        m = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line)
        assert m, line
        properties = dict(p.split("=", 1) for p in m[2].split(","))
        assert set(properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}
        assert properties["file"] == "报告.txt"
        if "col" in properties:
            assert lines[int(properties["line"]) - 1][int(properties["col"]) - 1 :].strip()
        seen.append((m[1], properties["title"].replace("%3A", ":").replace("%2C", ",")))
    assert [k for k, _ in seen] == sorted((k for k, _ in seen), key=("error", "warning", "notice").index)
    assert any("人工佐证" in t for k, t in seen if k == "notice")
    assert any("已豁免" in t for k, t in seen if k == "notice")


def test_csv_opens_and_runs_nothing(made: tuple[Path, dict[str, bytes]]) -> None:
    data = made[1]["csv"]
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert len({len(r) for r in rows}) == 1
    assert len(rows) == 6
    assert rows[3][5] == "达标（报告口径）·人工佐证"
    assert rows[4][5].endswith("·已豁免")


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =cmd|' /C calc'!A0", "　=1", "＝1+1", "'=1"]
)
def test_no_cell_starts_a_formula(cell: str) -> None:
    from checker.outputs.csv import safe

    assert safe(cell).startswith("'")
    assert cell.strip("\0") in safe(cell)


def test_markdown_cannot_be_broken_out_of() -> None:
    from checker.outputs.markdown import text

    nasty = "|[x](http://a) <script>@user #12 `code` **b** &amp;\n| --- |\\"
    out = text(nasty)
    assert "\n" not in out
    assert not re.search(r"(?<!\\)[`*_\[\]()|<>~$!]", out)
    assert not re.search(r"@|#(?!\d+;)", out)


@pytest.mark.parametrize("kind", [k for k in RENDERERS if k not in ("baseline", "record")])
def test_what_people_added_is_marked_in_every_output(run: Run, tmp_path: Path, kind: str) -> None:
    lay(tmp_path)
    attestation(tmp_path)
    waiver(tmp_path, "4")
    done = run(
        "check", "报告.txt", "--index", "规则", "--attest", "佐证.yaml", "--waivers", "豁免.yaml",
        "-o", "出", "--format", kind, cwd=tmp_path, env=PINNED,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    data = (tmp_path / "出").read_bytes()
    if kind == "xlsx":
        from openpyxl import load_workbook

        cells = (c.value for sheet in load_workbook(io.BytesIO(data)) for line in sheet.iter_rows() for c in line)
        text = "\n".join(str(c) for c in cells)
    else:
        text = data.decode("utf-8-sig")
    text = re.sub(r"\\([-.])", r"\1", text)
    for word in ("张明", "2025-01-10", "台账85件逐件核过", "材料/台账.txt", "台账正在补录", "2025-06-30", "李县长"):
        assert word in text, word


def test_the_ledger_holds_in_every_output(made: tuple[Path, dict[str, bytes]]) -> None:
    data = made[1]
    ledger = json.loads(data["json"])["ledger"]
    assert sum(ledger[v.value] for v in Verdict) == ledger["total"] == 5
    assert (ledger["waived"], ledger["lifted"]) == (1, 1)
    record = json.loads(data["record"])["ledger"]
    assert record == {k: v for k, v in ledger.items() if k != "total"}
    header, _, counts = (x for x in data["md"].decode().split("\n")[2:5])
    assert len(header.split("|")) == len(counts.split("|")) == len(Verdict) + 2
    assert sum(int(c) for c in counts.strip("|").split("|")) == 5
    assert len(list(csv.reader(io.StringIO(data["csv"].decode("utf-8-sig"))))) == 5 + 1


def test_the_json_keeps_its_contract_with_all_that_people_add(made: tuple[Path, dict[str, bytes]]) -> None:
    from importlib import resources

    text = resources.files("checker.outputs").joinpath("result.schema.json").read_text(encoding="utf-8")
    result = json.loads(made[1]["json"])
    assert [e.message for e in Draft202012Validator(json.loads(text)).iter_errors(result)] == []
    assert [e.message for e in Draft202012Validator(_record_schema()).iter_errors(json.loads(made[1]["record"]))] == []


def _record_schema() -> dict[str, object]:
    from importlib import resources

    text = resources.files("checker.outputs").joinpath("record.schema.json").read_text(encoding="utf-8")
    data: dict[str, object] = json.loads(text)
    return data


def test_same_bytes_from_other_folders_and_orders(run: Run, tmp_path: Path) -> None:
    """Two copies of a repository, run from its root and from below it, with the materials in either order."""
    made: list[dict[str, bytes]] = []
    material = "关于行政指导的说明\n全年办理行政指导案件85件，逐件回访。\n"
    for n, place in enumerate((tmp_path / "一", tmp_path / "二" / "深")):
        folder = lay(place)
        for name in ("甲.txt", "乙.txt"):
            (folder / "材料" / name).write_text(material + name + "\n", encoding="utf-8")
        attestation(folder)
        waiver(folder, "4")
        (folder / "checker.toml").write_text(
            'attest = "佐证.yaml"\nwaivers = "豁免.yaml"\nindex = "规则"\n', encoding="utf-8"
        )
        cwd = folder / "材料" if n else folder
        files = ("../报告.txt", "乙.txt", "甲.txt") if n else ("报告.txt", "材料/甲.txt", "材料/乙.txt")
        out = place / "出"
        out.mkdir()
        order = list(MADE) + [k for k in sorted(BINARY) if k in RENDERERS]
        pairs = [x for k in (reversed(order) if n else order) for x in ("-o", str(out / k), "--format", k)]
        done = run("check", *files, *pairs, cwd=cwd, env=PINNED)
        assert done.returncode == 0, done.stderr.decode()
        made.append({k: (out / k).read_bytes() for k in order})
    assert {k for k in made[0] if made[0][k] != made[1][k]} == set()
    for kind, data in made[0].items():
        assert str(tmp_path).encode() not in data, kind


def test_sarif_of_a_document_with_pages() -> None:
    """No lines where lines mean nothing: people's words for the place and the page instead."""
    from checker.model import Block, Document, Locator
    from checker.outputs.places import Place, region
    from checker.outputs.sarif import _location

    document = Document("报告.pdf", "pdf", "0" * 64, "甲\n乙", blocks=(Block(0, 3, Locator(page=3, paragraph=2)),))
    assert region(document, 0, 1) is None
    got = _location(Place(document, None, "一·第1句（第3页第2段）", 3, "甲"), [document])
    assert got == {
        "physicalLocation": {"artifactLocation": {"uri": "%E6%8A%A5%E5%91%8A.pdf", "index": 0}},
        "logicalLocations": [{"fullyQualifiedName": "一·第1句（第3页第2段）", "kind": "page"}],
        "properties": {"page": 3},
    }


def test_markdown_reports_point_at_the_line(run: Run, tmp_path: Path) -> None:
    lay(tmp_path)
    marked = "\n\n".join(f"**{x}**" if x.startswith("一") else f"- {x}" for x in REPORT.strip().split("\n"))
    (tmp_path / "报告.md").write_text(marked.replace("- 清苑", "# 清苑", 1), encoding="utf-8")
    done = run("check", "报告.md", "--index", "规则", "--format", "sarif", cwd=tmp_path, env=PINNED)
    assert done.returncode == 0, done.stderr.decode()
    log = json.loads(done.stdout)
    assert [e.message for e in Draft7Validator(schema("sarif-schema-2.1.0.json")).iter_errors(log)] == []
    lines = (tmp_path / "报告.md").read_text(encoding="utf-8").split("\n")
    region = next(r for r in log["runs"][0]["results"] if r["ruleId"] == "mini-003")["locations"][0][
        "physicalLocation"
    ]["region"]
    assert lines[region["startLine"] - 1] == "- 全年办理行政指导案件85件，逐件回访。"


def test_uris_are_uris() -> None:
    from checker.outputs.sarif import uri

    assert uri("报告/2024 年度#1.txt") == "%E6%8A%A5%E5%91%8A/2024%20%E5%B9%B4%E5%BA%A6%231.txt"
    assert uri("C:\\甲\\乙.txt").startswith("file:///C:/")
    assert uri("/甲/乙.txt") == "file:///%E7%94%B2/%E4%B9%99.txt"
    assert uri("..\\乙.txt") == "../%E4%B9%99.txt"


@pytest.mark.parametrize(
    "name", ["结果.sarif", "gl-code-quality-report.json", "a.baseline.json", "a.record.json", "a.xml"]
)
def test_endings_pick_the_format(name: str) -> None:
    from checker.outputs import kind_of

    want = {".sarif": "sarif", "ort.json": "gitlab", "ine.json": "baseline", "ord.json": "record", "a.xml": "junit"}
    assert kind_of(name) == next(v for k, v in want.items() if name.endswith(k))
    assert kind_of("x.unknown") is None


def test_public_output_is_never_merged_with_what_people_typed(run: Run, tmp_path: Path) -> None:
    lay(tmp_path)
    command = ("check", "报告.txt", "--index", "规则", "-o", "清单.xlsx")
    assert run(*command, cwd=tmp_path, env=PINNED).returncode == 0
    before = (tmp_path / "清单.xlsx").read_bytes()
    done = run(*command, "--public", cwd=tmp_path, env=PINNED)
    assert done.returncode == 2
    assert "E646" in done.stderr.decode()
    assert (tmp_path / "清单.xlsx").read_bytes() == before
    assert run(*command[:-1], "公开.xlsx", "--public", cwd=tmp_path, env=PINNED).returncode == 0


def test_what_changes_nothing_and_what_leaks_is_said(run: Run, tmp_path: Path) -> None:
    lay(tmp_path)
    attestation(tmp_path, "5", statement="第三方评估报告已看，联系13800001234")
    done = run("check", "报告.txt", "--index", "规则", "--attest", "佐证.yaml", cwd=tmp_path, env=PINNED)
    said = done.stderr.decode()
    assert done.returncode == 0
    assert "佐证.yaml：疑似手机号 1 处（第3行）" in said
    assert "佐证.yaml:2:16：「5 群众满意度」的人工佐证已登记，结论没有因此改变，仍是「需人工核验」" in said
    assert "13800001234" not in said
