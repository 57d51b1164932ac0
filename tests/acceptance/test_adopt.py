"""An official table becomes the bureau's own edition: every character of it, in every kind of file."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from html import unescape
from pathlib import Path

import openpyxl
import pytest

from checker.authoring.adopt.align import align, assign
from checker.authoring.adopt.grid import ink
from checker.authoring.adopt.item import bare
from checker.authoring.adopt.items import read_items
from checker.index import load_index
from checker.model import Index, Verdict
from tests import tables
from tests.conftest import ROOT, Run


@pytest.fixture(scope="module")
def table(index: Index) -> list[tables.Row]:
    return tables.rows(index)


@pytest.mark.parametrize("ending", tables.MAKERS)
def test_every_kind_of_file_gives_the_same_items(table: list[tables.Row], tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"指标表{ending}"
    path.write_bytes(tables.MAKERS[ending](table))
    reading = read_items(path)
    assert [i.text for i in reading.items] == [r.text for r in table]
    assert [i.number for i in reading.items] == ["" if int(r.number) == tables.MISSING else r.number for r in table]
    for item, row in zip(reading.items, table, strict=True):
        assert bare(item.chapter, 1) == bare(row.chapter, 1)
        assert ink(bare(item.section, 2)) == ink(bare(row.section, 2))
    assert reading.left == []
    assert reading.ink_in == reading.ink_out
    said = [i.message for i in reading.issues if i.code == "W512"]
    assert len(said) == 1
    assert f"应是 {tables.MISSING}" in said[0]


def test_items_meet_the_rules_they_say_in_other_words(index: Index, table: list[tables.Row], tmp_path: Path) -> None:
    path = tmp_path / "指标表.tsv"
    path.write_bytes(tables.tabs(table))
    matches = align(read_items(path).items, index)
    for match, row in zip(matches, table, strict=True):
        if match.state == "sure":
            assert match.indicator is not None
            assert match.indicator.id == row.rule
    assert sum(m.state == "sure" for m in matches) >= 80
    assert all(m.state == "none" for m, r in zip(matches, table, strict=True) if r.rule is None)


@pytest.fixture(scope="module")
def adopted(table: list[tables.Row], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """(table, pack) adopted once through the command line."""
    home = tmp_path_factory.mktemp("adopt")
    path = home / "正式表.docx"
    path.write_bytes(tables.docx(table))
    return path, home / "指标库"


def test_adopt_check_and_every_output(
    run: Run, sample: Path, adopted: tuple[Path, Path], table: list[tables.Row]
) -> None:
    path, pack = adopted
    done = run("rules", "adopt", path, "-o", pack, "--title", "某省指标")
    said = done.stdout.decode()
    assert done.returncode == 0, said + done.stderr.decode()
    assert "读出 104 项（一级 10 个，二级 34 个）" in said
    assert "逐字相同" in said
    assert f"按次序应是 {tables.MISSING}" in said
    assert "2021-100" in said, "rules without an item are listed"
    assert run("rules", "lint", pack).returncode == 0
    assert run("rules", "test", "1", "50", "104", "--index", pack).returncode == 0

    home = pack.parent
    outs = [home / f"结果{e}" for e in (".xlsx", ".json", ".txt", ".csv", ".html", ".xml", ".md", ".sarif")]
    done = run("check", sample, "--index", pack, *[a for o in outs for a in ("-o", o)])
    assert done.returncode == 0, done.stderr.decode()
    result = json.loads(outs[1].read_text(encoding="utf-8"))
    ledger = result["ledger"]
    assert ledger["total"] == 104 == sum(ledger[v.value] for v in Verdict) == len(result["findings"])
    assert len(result["chapters"]) == 10
    by_text = {f["wording"]: f for f in result["findings"]}
    for row in table:
        finding = by_text[row.text]
        assert finding["official"] is True
        assert finding["official_no"] == (None if int(row.number) == tables.MISSING else row.number)
        if row.rule is None:
            assert finding["verdict"] == "manual"
            assert "还没有编写判定规则" in finding["reasons"][0]
        else:
            assert finding["id"] == row.rule
    assert result["index"]["layers"][0]["id"] == "2021"
    assert len(result["index"]["layers"]) == 2
    assert "第 4—100 项" not in done.stdout.decode()
    book = openpyxl.load_workbook(outs[0])
    cells = {str(c.value) for sheet in book for line in sheet.iter_rows() for c in line if c.value is not None}
    for row in table:
        assert any(row.text in c for c in cells), row.text
    for out in outs[2:]:
        written = unescape(out.read_text(encoding="utf-8-sig")).replace("\\", "")
        shown = [r for r in table if r.text in written]
        problems = [r for r in table if Verdict(by_text[r.text]["verdict"]).is_problem]
        assert len(shown) >= (len(problems) if out.suffix in (".md", ".sarif") else len(table)), out.suffix
        assert "第 4—100 项" not in written
    reports = home / "一批"
    reports.mkdir()
    shutil.copy(sample, reports)
    done = run("batch", reports, "-o", home / "汇总.xlsx", "--index", pack, "--jobs", "1")
    assert done.returncode == 0, done.stderr.decode()
    sums = {
        str(c.value) for sheet in openpyxl.load_workbook(home / "汇总.xlsx") for line in sheet.iter_rows() for c in line
    }
    assert all(any(r.text in c for c in sums) for r in table)
    listed = run("rules", "list", "--index", pack).stdout.decode()
    assert "共 104 条" in listed
    shown = run("explain", "104", "--index", pack).stdout.decode()
    assert table[-1].text in shown


def test_adopting_again_keeps_what_people_wrote(run: Run, adopted: tuple[Path, Path], tmp_path: Path) -> None:
    path, pack = adopted
    if not pack.exists():
        assert run("rules", "adopt", path, "-o", pack).returncode == 0
    mine = tmp_path / "指标库"
    shutil.copytree(pack, mine)
    refused = run("rules", "adopt", path, "-o", mine)
    assert refused.returncode == 2
    assert "没有改动" in refused.stderr.decode()
    skeleton = next(p for p in mine.rglob("*.yaml") if "河湖长制" in p.read_text(encoding="utf-8"))
    text = skeleton.read_text(encoding="utf-8")
    text = text.replace(
        "elements: []", "elements:\n  - id: ledger\n    name: 台账  # 我写的\n    any: [河湖长制 & 台账]"
    )
    skeleton.write_text(text.replace("verifiability: D", "verifiability: B"), encoding="utf-8")
    changed = next(p for p in mine.rglob("*.yaml") if 'extends: "2021-050"' in p.read_text(encoding="utf-8"))
    changed.write_text(changed.read_text(encoding="utf-8") + "severity: minor\n", encoding="utf-8")
    done = run("rules", "adopt", path, "-o", mine, "--replace")
    assert done.returncode == 0, done.stderr.decode()
    index = load_index(str(mine))
    written = next(i for i in index.indicators if "河湖长制" in i.wording)
    assert [e.name for e in written.elements] == ["台账"]
    assert any("# 我写的" in p.read_text(encoding="utf-8") for p in mine.rglob("*.yaml"))
    fifty = index.find("2021-050")
    assert fifty is not None
    assert fifty.severity == "minor"
    assert list((mine / "备份").rglob("*.yaml"))


def test_people_have_the_last_word(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "表.txt"
    table.write_text(
        "序号\t三级指标\n1\t执法案卷按期评查并整改问题。\n2\t渔船停泊登记造册。\n3\t信访事项依法分类处理。\n",
        encoding="utf-8",
    )
    pack = tmp_path / "库"
    done = run("rules", "adopt", table, "-o", pack)
    assert done.returncode == 0, done.stderr.decode()
    book = openpyxl.load_workbook(pack / "对照表.xlsx")
    sheet = book.active
    assert sheet is not None
    assert sheet.cell(1, 8).value == "确认"
    assert "2021-052" in str(sheet.cell(2, 9).value), "what comes near is shown though nobody took it"
    sheet.cell(2, 8, "2021-050")
    sheet.cell(4, 8, "无")
    book.save(tmp_path / "对照.xlsx")
    done = run("rules", "adopt", table, "-o", pack, "--replace", "--mapping", tmp_path / "对照.xlsx")
    assert done.returncode == 0, done.stderr.decode()
    index = load_index(str(pack))
    assert index.indicators[0].id == "2021-050"
    assert index.indicators[2].unwritten
    sheet.cell(3, 8, "2021-50")
    sheet.cell(4, 8, "2021-050")
    book.save(tmp_path / "对照.xlsx")
    done = run("rules", "adopt", table, "-o", pack, "--replace", "--mapping", tmp_path / "对照.xlsx")
    assert done.returncode == 2
    assert "是否想写「2021-050」" in done.stderr.decode()
    assert "已经用过" in done.stderr.decode()


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package, package.open("word/document.xml", "w") as part:
        for _ in range(320):
            part.write(bytes(1 << 20))
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("没有表.txt", "这里没有表。\n".encode(), "没有找到指标表"),
        ("坏.docx", b"PK\x03\x04 broken", "可能已损坏"),
        ("坏.xlsx", b"not a book", "可能已损坏"),
        ("坏.pdf", b"%PDF-1.4 broken", "可能已损坏"),
        ("炸.docx", _bomb(), "展开后太大"),
        ("大.html", b"<table>" + b"<tr><td colspan=999 rowspan=999>1</td></tr>" * 300 + b"</table>", "可能已损坏"),
        ("表.doc", b"\xd0\xcf\x11\xe0", "另存为"),
        ("重号.tsv", "序号\t三级指标\n1\t甲事项登记造册。\n1\t乙事项登记造册。\n".encode(), "出现了两次"),
    ],
)
def test_what_is_no_table(run: Run, tmp_path: Path, name: str, data: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(data)
    done = run("rules", "adopt", tmp_path / name, "-o", tmp_path / "库")
    assert done.returncode == 2
    assert words in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
    assert not (tmp_path / "库").exists()


def test_the_real_page(run: Run, shared: Path, tmp_path: Path) -> None:
    path = next((shared / "data" / "reports").glob("085_*"))
    done = run("rules", "adopt", path, "-o", tmp_path / "库")
    said = done.stdout.decode()
    assert done.returncode == 0, said + done.stderr.decode()
    assert "读出 3 项" in said
    assert "序号 4 后面没有内容" in said
    index = load_index(str(tmp_path / "库"))
    assert [(i.id, i.official_no) for i in index.indicators] == [(f"2021-00{n}", str(n)) for n in (1, 2, 3)]
    page = ink(path.read_text(encoding="utf-8"))
    assert all(ink(i.official_text or "?") in page for i in index.indicators)
    assert [s.name for s in index.chapters[0].sections] == ["加大简政放权力度"]


def test_a_table_cut_short_can_leave_the_rest_as_it_is(run: Run, index: Index, tmp_path: Path) -> None:
    table = tmp_path / "表.txt"
    first = index.indicators[0]
    chapter, section = index.chapter(first.chapter).name, index.section_name(first)
    table.write_text(
        f"一级指标\t二级指标\t序号\t三级指标\n{chapter}\t{section}\t1\t{first.requirement}\n", encoding="utf-8"
    )
    done = run("rules", "adopt", table, "-o", tmp_path / "库", "--keep-rest")
    assert done.returncode == 0, done.stderr.decode()
    adopted = load_index(str(tmp_path / "库"))
    assert len(adopted.indicators) == len(index.indicators)
    assert [i.id for i in adopted.indicators if i.is_official] == [first.id]
    assert [c.name for c in adopted.chapters] == [c.name for c in index.chapters]
    assert adopted.caution.startswith("1 项的编号和内容取自本单位导入的正式文本")


def test_the_assignment_is_the_best_there_is() -> None:
    assert assign([[0.9, 0.8], [0.85, 0.1]]) == [1, 0]
    assert assign([[0.1], [0.9]]) == [None, 0]
    assert assign([]) == []


def test_nothing_adopted_is_shipped() -> None:
    assert all(
        "official_text: null" in t or "official_text" not in t
        for t in (p.read_text(encoding="utf-8") for p in (ROOT / "indicators").rglob("*.yaml"))
    )


SHAPES = {
    "numbers-in-the-text": (
        "一级指标\t三级指标\n一、甲类工作\t1.登记造册，按月更新。\n\t2. 公开结果，接受监督。\n",
        [("1", "登记造册，按月更新。", "一、甲类工作", ""), ("2", "公开结果，接受监督。", "一、甲类工作", "")],
        [],
    ),
    "groups-as-rows": (
        "序号\t三级指标\n一、甲类工作\t\n（一）小类\t\n1\t登记造册，按月更新。\n（二）又一类\t\n2\t公开结果，接受监督。\n二、乙类工作\t\n3\t办结率达到规定比例。\n",
        [
            ("1", "登记造册，按月更新。", "一、甲类工作", "（一）小类"),
            ("2", "公开结果，接受监督。", "一、甲类工作", "（二）又一类"),
            ("3", "办结率达到规定比例。", "二、乙类工作", ""),
        ],
        [],
    ),
    "more-columns-and-repeated-heading": (
        "序号\t指标内容\t分值\n１\t登记造册，按月更新。\t2\n序号\t指标内容\t分值\n2、\t公开结果，接受监督。\t3\n",
        [("1", "登记造册，按月更新。", "", ""), ("2", "公开结果，接受监督。", "", "")],
        ["「分值」一列没有采用（2 格）"],
    ),
    "a-cell-broken-by-a-page": (
        "序号\t三级指标\n1\t登记造册，\n\t按月更新。\n2\t公开结果，接受监督。\n",
        [("1", "登记造册，按月更新。", "", ""), ("2", "公开结果，接受监督。", "", "")],
        [],
    ),
    "without-a-heading": (
        "1\t登记造册，按月更新。\n2\t公开结果，接受监督。\n3\t办结率达到规定比例。\n",
        [
            ("1", "登记造册，按月更新。", "", ""),
            ("2", "公开结果，接受监督。", "", ""),
            ("3", "办结率达到规定比例。", "", ""),
        ],
        [],
    ),
    "a-numbered-list": (
        "某省指标\n一、甲类工作\n（一）小类\n1. 登记造册，按月更新。\n2. 公开结果，\n接受监督。\n主办：某局\n",
        [
            ("1", "登记造册，按月更新。", "一、甲类工作", "（一）小类"),
            ("2", "公开结果，接受监督。", "一、甲类工作", "（一）小类"),
        ],
        ["第 7 行：主办：某局"],
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_shapes_of_tables(tmp_path: Path, name: str) -> None:
    text, items, left = SHAPES[name]
    path = tmp_path / "表.txt"
    path.write_text(text, encoding="utf-8")
    reading = read_items(path)
    assert [(i.number, i.text, i.chapter, i.section) for i in reading.items] == items
    assert reading.left == left
    assert reading.ink_in == reading.ink_out


def test_doubt_is_put_to_the_person_at_the_terminal(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    import click

    from checker.authoring.adopt.align import Match
    from checker.authoring.adopt.item import Item
    from checker.cli.rules.adopt import _ask

    def doubtful(number: str, rule: str) -> Match:
        return Match(Item(number, f"第{number}项内容", "", "", ""), index.find(rule), 0.15, ("内容",), "doubtful")

    matches = [doubtful("1", "1"), doubtful("2", "2"), doubtful("3", "3"), doubtful("4", "4")]
    said = iter(["没有这条", "y", "n", "50", "q"])
    monkeypatch.setattr(click, "prompt", lambda *a, **k: next(said))
    done = _ask(matches, index)
    assert [(m.state, m.indicator.id if m.indicator else None) for m in done] == [
        ("confirmed", "2021-001"),
        ("confirmed", None),
        ("confirmed", "2021-050"),
        ("doubtful", "2021-004"),
    ]
