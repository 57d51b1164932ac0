"""The commands for those who write rules, as they use them."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import openpyxl
import pytest

from checker.authoring.folder import read_folder
from checker.index import load_index
from tests.conftest import ROOT, Run

MINI = ROOT / "tests" / "examples" / "index" / "good" / "mini"


@pytest.fixture
def mini(tmp_path: Path) -> Path:
    shutil.copytree(MINI, tmp_path / "mini")
    return tmp_path / "mini"


def said(done: object, code: int = 0) -> str:
    assert done.returncode == code, done.stderr.decode() + done.stdout.decode()  # type: ignore[attr-defined]
    text: str = done.stdout.decode()  # type: ignore[attr-defined]
    return text


def test_excel_and_back_through_the_command_line(run: Run, tmp_path: Path) -> None:
    """The whole bundled edition: formatted, exported, imported: the same bytes."""
    pack = tmp_path / "2021"
    shutil.copytree(ROOT / "indicators" / "2021", pack)
    shutil.copy(ROOT / "indicators" / "lexicon.yaml", pack)
    said(run("rules", "format", pack))
    assert "0 个不合" in run("rules", "format", pack, "--check").stderr.decode()
    book = tmp_path / "指标库.xlsx"
    assert "逐字相同" in said(run("rules", "export", pack, "-o", book))
    said(run("rules", "import", book, "-o", tmp_path / "back"))
    before = {p.relative_to(pack): p.read_bytes() for p in pack.rglob("*.yaml")}
    after = {p.relative_to(tmp_path / "back"): p.read_bytes() for p in (tmp_path / "back").rglob("*.yaml")}
    assert before == after
    assert len(before) > 100
    old, new = load_index("2021"), load_index(str(tmp_path / "back"))
    assert [(i.id, i.elements, i.examples) for i in old.indicators] == [
        (i.id, i.elements, i.examples) for i in new.indicators
    ]
    refused = run("rules", "import", book, "-o", tmp_path / "back")
    assert refused.returncode == 2
    assert "没有改动" in refused.stderr.decode()


def test_a_change_in_excel_arrives(run: Run, mini: Path, tmp_path: Path) -> None:
    book = tmp_path / "指标库.xlsx"
    said(run("rules", "export", mini, "-o", book))
    sheets = openpyxl.load_workbook(book)
    ways = next(c for row in sheets["要素"].iter_rows() for c in row if c.value and "案卷评查 & " in str(c.value))
    ways.value = f"{ways.value}\n卷宗抽查 & #卷"
    sheets["指标"].append(
        [
            "mini-003",
            None,
            3,
            None,
            "新的一条",
            "要求做一件新的事情。",
            None,
            "local",
            "enforcement",
            "procedure",
            "practice",
            "B",
            "county\ncity",
            "minor",
        ]
    )
    sheets["要素"].append(["mini-003", "one", "新事", None, "新的事情 & #次"])
    sheets["例句"].append(["mini-003", "做新的事情3次。", "met"])
    sheets.save(book)
    said(run("rules", "import", book, "-o", mini, "--replace"))
    assert list((mini / "备份").rglob("001.yaml"))
    index = load_index(str(mini))
    assert len(index.indicators) == 3
    assert "卷宗抽查 & #卷" in [w.text for w in index.indicators[0].elements[0].ways]
    said(run("rules", "test", "--index", mini))


def test_a_form_that_is_not_filled_in_yet_does_not_bar_the_next(run: Run, tmp_path: Path) -> None:
    home = tmp_path / "本市补充"
    said(run("rules", "new", home, "--title", "甲事项"))
    second = run("rules", "new", home, "--title", "乙事项")
    assert second.returncode == 0
    assert "还有没写好的指标" in second.stderr.decode("utf-8")
    assert (home / "local-102.yaml").is_file()
    assert run("rules", "new", home, "--extends", "50").returncode == 0
    assert (home / "2021-050.yaml").is_file()


def test_a_new_indicator_from_the_form_to_the_verdict(run: Run, tmp_path: Path) -> None:
    home = tmp_path / "本市补充"
    assert "照里面的说明填" in said(run("rules", "new", home, "--title", "法治副校长", "--section", "法治宣传"))
    path = home / "local-101.yaml"
    text = path.read_text(encoding="utf-8")
    assert run("rules", "lint", "--overlay", home).returncode == 0
    assert "还留着「（待填）」" in said(run("rules", "lint", "--overlay", home))
    for blank, filled in (
        ("（待填）要求做什么、做到什么程度", "中小学配齐法治副校长并开展法治课。"),
        ("（待填）依据哪部法规、哪个文件", "《未成年人保护法》"),
        ("about: [（待填）话题词]", "about: [法治副校长]"),
        ("（待填）要素名称", "配备并上课"),
        ("（待填）要做的事 & #次|件|项", "法治副校长 & #名|堂|次"),
        ("（待填）要做的事 & 另一个词", "法治副校长 & 全覆盖"),
        ("（待填）补什么材料", "聘任文件"),
        ("（待填）牵头单位", "教育局"),
        ("（待填）常用的整改措施", "年底前配齐"),
        ("（待填）全年做了几次、几件。", "全县聘任法治副校长86名，上法治课172堂。"),
        ("（待填）高度重视某事。", "高度重视法治副校长工作。"),
        ("（待填）下一步要做某事。", "配齐法治副校长。"),
        ("（待填）用词相近、其实是另一件事。", "聘请副校长12名。"),
        ("status: draft", "status: stable"),
    ):
        assert blank in text, blank
        text = text.replace(blank, filled)
    path.write_text(text, encoding="utf-8")
    assert said(run("rules", "lint", "--overlay", home)) == ""
    assert "0 个不符" in said(run("rules", "test", "101", "--overlay", home))
    result = json.loads(said(run("try", "全区聘任法治副校长30名。", "--overlay", home, "--format", "json")))
    assert {f["id"]: f["verdict"] for f in result["findings"]}["local-101"] == "met"
    report = json.loads(
        said(run("check", ROOT / "reports" / "linpu-city-2023.txt", "--overlay", home, "--format", "json"))
    )
    assert report["ledger"]["total"] == 101
    assert [x["title"] for x in report["index"]["layers"]][1] == "本市补充（叠加）"
    changed = said(run("rules", "diff", "2021", "2021", ROOT / "reports" / "linpu-city-2023.txt", "--overlay", home))
    assert "【新增】1 条" in changed
    assert "101 法治副校长（新增）" in changed
    said(run("rules", "new", home, "--extends", "50"))
    assert "extends" in (home / "2021-050.yaml").read_text(encoding="utf-8")
    assert run("rules", "lint", "--overlay", home).returncode == 0
    assert run("rules", "new", home, "--extends", "50").returncode == 2
    assert run("rules", "new", home, "--title", "再一条", "--overlay", home).returncode == 0
    assert (home / "local-102.yaml").exists()


def test_two_editions_in_peoples_words(run: Run, mini: Path, tmp_path: Path) -> None:
    other = tmp_path / "下一版"
    shutil.copytree(mini, other)
    file = other / "01" / "002.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace(">= 30", ">= 60").replace("severity: minor", "severity: major"),
        encoding="utf-8",
    )
    (other / "01" / "001.yaml").unlink()
    text = said(run("rules", "diff", mini, other))
    assert "门槛「征求意见天数」：>= 30日 → >= 60日" in text
    assert "程度：一般 → 重要" in text
    assert "【去掉】1 条" in text
    data = json.loads(said(run("rules", "diff", mini, other, "--format", "json")))
    assert [c["kind"] for c in data["changes"]] == ["changed", "removed"]
    assert "没有不同" in said(run("rules", "diff", mini, mini))


def test_pages_show_the_examples_that_were_tested(run: Run, mini: Path, tmp_path: Path) -> None:
    out = tmp_path / "说明"
    assert "0 个不符" in said(run("rules", "docs", "--index", mini, "-o", out))
    page = (out / "mini-001.md").read_text(encoding="utf-8")
    for example in load_index(str(mini)).indicators[0].examples:
        assert example.text in page
    assert page.count("| 相符 |") == 4
    html = (out / "mini-002.html").read_text(encoding="utf-8")
    assert "不低于 30日（法定）" in html
    assert "<script" not in html
    contents = (out / "index.html").read_text(encoding="utf-8")
    for name in re.findall(r'href="([^"]+)"', contents):
        assert (out / name).is_file()
    file = mini / "01" / "001.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("verdict: met", "verdict: partial"), encoding="utf-8")
    assert run("rules", "docs", "--index", mini, "-o", out).returncode == 2
    assert "不符：得「达标（报告口径）」" in (out / "mini-001.md").read_text(encoding="utf-8")


def test_rules_on_real_reports(run: Run) -> None:
    text = said(run("rules", "test", "--on", ROOT / "reports"))
    for title in ("从不命中", "处处命中", "命中都被拦下"):
        assert f"【{title}" in text
    assert run("rules", "test", "--on", ROOT / "无").returncode == 2


def test_lint_and_list_for_programs(run: Run, mini: Path) -> None:
    file = mini / "01" / "001.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("severity:", "severty:"), encoding="utf-8")
    rows = json.loads(said(run("rules", "lint", mini, "--format", "json"), 2))
    assert {r["code"] for r in rows} == {"E110", "E111"}
    assert all(r["line"] and r["column"] and r["path"].endswith("001.yaml") for r in rows)
    listed = json.loads(said(run("rules", "list", "--format", "json")))
    assert [r["no"] for r in listed] == list(range(1, len(listed) + 1))
    assert "2021" in said(run("rules", "list", "--packs"))


def test_try_says_what_matched_what_was_refused_and_what_is_missing(run: Run) -> None:
    text = said(run("try", "全年审核重大执法决定“96件”，法制审核率100%"))
    for words in ("归一后 全年审核重大执法决定96件", "采信", "应审尽审", "还缺：审核目录清单"):
        assert words in text
    refused = said(run("try", "编制重大执法决定法制审核目录清单。", "--section", "plan"))
    assert "G3-section 是计划，不是成果" in refused
    data = json.loads(said(run("try", "开展规范性文件法制审核45件", "--indicator", "50", "--format", "json")))
    first = next(w for w in data["ways"] if "#件" in w["way"])
    assert not first["matched"]
    assert "规范性文件" in first["why"]
    assert "缺 " in said(run("try", "开展法制审核。", "--indicator", "50"))
    coloured = run("try", "全年审核重大执法决定96件。", env={"FORCE_COLOR": "1"}).stdout
    assert b"\x1b[" in coloured
    assert b"\x1b[" not in run("try", "全年审核重大执法决定96件。", env={"NO_COLOR": "1"}).stdout


def test_explain_for_people_and_programs(run: Run, sample: Path) -> None:
    data = json.loads(said(run("explain", "50", sample, "--format", "json")))
    finding = data["finding"]
    text = run("text", sample).stdout.decode()
    assert data["indicator"]["id"] == "2021-050"
    for e in finding["evidence"]:
        assert text[e["start"] : e["end"]] == e["quote"]
        assert all(text[m["start"] : m["end"]] == m["text"] for m in e["matched"])
    assert json.loads(said(run("explain", "2021-050", "--format", "json")))["finding"] is None
    assert "……还有" not in said(run("explain", "2021-001", "--ways"))


def test_every_modeline_leads_to_a_schema() -> None:
    for pack in (ROOT / "indicators", MINI):
        for path in pack.rglob("*.yaml"):
            m = re.match(r"# yaml-language-server: \$schema=(\S+)", path.read_text(encoding="utf-8"))
            if m:
                assert (path.parent / m[1]).resolve().is_file(), path
    for file in read_folder(ROOT / "indicators" / "2021"):
        assert file.text.startswith("# yaml-language-server: $schema="), file.name


def test_words_where_a_unit_belongs_are_pointed_out(run: Run, mini: Path) -> None:
    file = mini / "01" / "001.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("#卷|宗|件", "#卷|宗|整改"), encoding="utf-8")
    said_ = said(run("rules", "lint", mini))
    assert "W214 # 后面的「整改」读不成数量单位" in said_
    assert run("rules", "lint", mini, "--strict").returncode == 2
