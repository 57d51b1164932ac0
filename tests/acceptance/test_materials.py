"""Many documents in one run: the report first, materials traced, never 达标 by a material alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checker.api import check, read_documents
from checker.matching import Rules
from checker.model import Assessment, Document, Strength
from tests.conftest import Run

REPORT = (
    "清苑湾县2024年法治政府建设年度报告\n一、主要工作\n{}\n二、存在的问题\n执法力量薄弱。\n三、下一步打算\n继续努力。\n"
)
REVIEW = "全县评查行政执法案卷324卷，发现问题412个，均已整改，评查结果通报各部门。"
EXAM = "组织执法人员资格考试2次，1126名执法人员全部持证上岗。"


def judged(rules: Rules, report: str, *materials: tuple[str, str]) -> Assessment:
    documents = [Document("报告.txt", "txt", "", REPORT.format(report))]
    documents += [Document(name, "txt", "", text, material=True) for name, text in materials]
    return check(documents, rules.index, rules=rules)


def verdicts(a: Assessment) -> dict[str, str]:
    return {f.indicator.id: f.verdict.value for f in a.findings}


GOOD = f"清苑湾县2024年行政执法工作情况\n{REVIEW}\n{EXAM}\n"


def test_a_material_alone_never_carries_met(rules: Rules) -> None:
    bare, with_material = judged(rules, "开展各项工作。"), judged(rules, "开展各项工作。", ("材料.txt", GOOD))
    gained = [i for i, v in verdicts(with_material).items() if v != verdicts(bare)[i]]
    assert gained
    assert "met" not in {verdicts(with_material)[i] for i in gained}
    partial = [f for f in with_material.findings if f.indicator.id in gained and f.verdict.value == "partial"]
    assert partial
    assert all(any("只见于所附材料" in r for r in f.reasons) for f in partial)
    for finding in with_material.findings:
        for e in finding.evidence:
            assert e.document == (1 if e.material else 0)


def test_no_indicator_is_met_that_the_same_sentences_do_not_meet_in_the_report(rules: Rules, sample: Path) -> None:
    text = sample.read_text(encoding="utf-8")
    own = check([Document("报告.txt", "txt", "", text)], rules.index, rules=rules)
    apart = judged(rules, "开展各项工作。", ("材料.txt", text.replace("年度报告", "工作材料")))
    assert {i for i, v in verdicts(apart).items() if v == "met"} <= {i for i, v in verdicts(own).items() if v == "met"}
    assert "met" not in verdicts(apart).values()


@pytest.mark.parametrize(
    ("material", "code"),
    [
        (GOOD.replace("清苑湾县2024年", "邻水湾县人民政府2024年"), "G1-place"),
        (GOOD.replace("清苑湾县2024年", "清苑湾县2019年"), "G2-material"),
        (GOOD.replace("清苑湾县2024年", "清苑湾县").replace("全县评查", "2023年以来，全县评查"), "G2-material"),
        ("在推进会上的讲话\n同志们：\n" + GOOD, "G7-genre"),
        ("清苑湾县2024年行政执法工作要点\n" + GOOD, None),
    ],
    ids=["another-place", "another-year", "another-year-in-the-text", "speech", "plan"],
)
def test_what_a_material_may_not_count_for(rules: Rules, material: str, code: str | None) -> None:
    a, bare = judged(rules, "开展各项工作。", ("材料.txt", material)), judged(rules, "开展各项工作。")
    evidence = [e for f in a.findings for e in f.evidence if e.material]
    assert evidence
    assert not any(e.accepted for e in evidence)
    if code:
        assert code in {e.refused_by for e in evidence}
    worse = {"missing": 0, "planned": 1, "weak": 2}
    for i, v in verdicts(a).items():
        assert v == verdicts(bare)[i] or v in worse, (i, v)


def test_a_department_s_material_is_a_part(rules: Rules) -> None:
    a = judged(rules, "开展各项工作。", ("材料.txt", GOOD.replace("清苑湾县2024年", "清苑湾县司法局关于2024年")))
    credited = [e for f in a.findings for e in f.evidence if e.material and e.accepted and e.use == "element"]
    assert credited
    assert all(e.narrow for e in credited)


def test_an_admission_of_a_department_is_not_the_government_s(rules: Rules) -> None:
    text = "清苑湾县水利局关于2024年执法情况\n二、存在的主要问题\n执法案卷评查工作开展不够，执法人员培训不足。\n"
    a = judged(rules, REVIEW, ("材料.txt", text))
    assert "admitted" not in verdicts(a).values()
    assert "G1-part" in {e.refused_by for f in a.findings for e in f.evidence}


def test_the_full_text_of_a_cited_document_lifts_the_sentence(rules: Rules) -> None:
    said = "按照《清苑湾县行政执法案卷评查办法》组织开展行政执法案卷评查324卷。"
    rule = "清苑湾县行政执法案卷评查办法\n第一条 为规范行政执法案卷评查，制定本办法。\n第二条 行政执法案卷评查每年组织开展一次，评查案卷应当全部整改。\n第三条 本办法自印发之日起施行。\n"
    other = rule.replace("案卷评查办法", "宣传工作办法", 1)

    def best(*materials: tuple[str, str]) -> Strength:
        a = judged(rules, said, *materials)
        return max(e.strength for f in a.findings for e in f.evidence if e.use == "element" and e.accepted)

    assert best() < Strength.S4
    assert best(("办法.txt", rule)) is Strength.S4
    assert best(("别的办法.txt", other)) < Strength.S4
    note = [e.note for f in judged(rules, said, ("办法.txt", rule)).findings for e in f.evidence if "全文" in e.note]
    assert note
    assert "办法.txt" in note[0]


def test_the_same_text_twice_is_said_and_counts_once(rules: Rules) -> None:
    once = judged(rules, REVIEW, ("一.txt", GOOD))
    twice = judged(rules, REVIEW, ("一.txt", GOOD), ("二.txt", GOOD.replace("，", "， ")))
    assert any("二.txt" in w and "只计一次" in w for w in twice.warnings)
    assert [f.evidence for f in once.findings] == [f.evidence for f in twice.findings]


def test_a_folder_of_materials_on_the_command_line(run: Run, sample: Path, tmp_path: Path) -> None:
    folder = tmp_path / "佐证"
    (folder / "一").mkdir(parents=True)
    (folder / "一" / "评查.txt").write_text(GOOD, encoding="utf-8")
    (folder / "~$锁.docx").write_bytes(b"x")
    (folder / "照片.jpg").write_bytes(b"\xff\xd8\xff")
    out = tmp_path / "结果.json"
    done = run("check", sample, "--materials", folder, "-o", out)
    assert done.returncode == 0, done.stderr.decode()
    result = json.loads(out.read_text(encoding="utf-8"))
    assert [Path(d["path"]).name for d in result["documents"]] == [sample.name, "评查.txt"]
    assert any("照片.jpg" in w for w in result["warnings"])
    assert any(e["document"] == 1 for f in result["findings"] for e in f["evidence"])


def test_an_unreadable_material_is_said_and_fails_the_run_but_loses_nothing(
    run: Run, sample: Path, tmp_path: Path
) -> None:
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04 nothing")
    out = tmp_path / "结果.json"
    done = run("check", sample, tmp_path / "坏.docx", "-o", out)
    assert done.returncode == 2
    said = done.stderr.decode()
    assert "坏.docx" in said
    assert "结果已照常给出" in said
    result = json.loads(out.read_text(encoding="utf-8"))
    assert any("坏.docx" in w for w in result["warnings"])
    alone = json.loads(run("check", sample, "--format", "json").stdout)
    assert result["findings"] == alone["findings"]


def test_limits_can_be_changed_and_are_checked(run: Run, sample: Path, tmp_path: Path) -> None:
    done = run("check", sample, "--limit", "chars=100")
    assert done.returncode == 2
    assert "--limit chars=" in done.stderr.decode()
    assert run("check", sample, env={"CHECKER_LIMITS": "chars=100"}).returncode == 2
    wrong = run("check", sample, "--limit", "页数=3", "--limit", "pages=x")
    assert wrong.returncode == 2
    assert wrong.stderr.decode().count("E307") == 2
    assert run("check", sample, "--materials", tmp_path / "无").returncode == 2


@pytest.mark.parametrize("status", ["未完成", "正在推进", "否", "尚未启动", "进行中", "×", "已完成"])
def test_a_task_table_that_says_undone_earns_nothing(rules: Rules, tmp_path: Path, status: str) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["序号", "任务", "责任单位", "完成情况"])
    for n, task in enumerate((REVIEW, EXAM, "公布重大执法决定法制审核目录清单23个", REVIEW + EXAM * 3), 1):
        book.active.append([n, task, "县司法局", status])
    file = tmp_path / "台账.xlsx"
    book.save(file)
    report = tmp_path / "报告.txt"
    report.write_text(REPORT.format("开展各项工作。"), encoding="utf-8")
    a = check(read_documents([str(report), str(file)]), rules.index, rules=rules)
    evidence = [e for f in a.findings for e in f.evidence if e.material]
    assert evidence
    assert any(e.accepted for e in evidence) == (status == "已完成"), [(e.quote, e.note) for e in evidence]
    assert any("工作表" in e.where for e in evidence)
