"""The canonical form: nothing lost, nothing changed by writing again; Excel and back to the same bytes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from checker.authoring.book import build
from checker.authoring.cells import decode_list, decode_text, encode, plain
from checker.authoring.folder import RuleFile, read_folder
from checker.authoring.unbook import unbuild
from checker.errors import CheckerError
from checker.index.form import comments_of, format_text, kind_of, order_of, scalar, write
from checker.index.source import parse
from tests.conftest import ROOT

PACKS = [ROOT / "indicators" / "2021", ROOT / "tests" / "examples" / "index" / "good" / "mini"]
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\r\x85\u2028\u2029"), min_size=1, max_size=40)


def without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        inner = {k: without_empty(v) for k, v in value.items()}
        return {k: v for k, v in inner.items() if v not in (None, [], {})}
    return [without_empty(v) for v in value] if isinstance(value, list) else value


@pytest.mark.parametrize("pack", PACKS, ids=lambda p: p.name)
def test_every_file_keeps_its_content_and_comes_back_from_excel(pack: Path) -> None:
    files = read_folder(pack)
    for file in files:
        again = parse(file.canonical, file.name)
        assert again.issues == []
        assert without_empty(again.data) == without_empty(file.source.data)
        assert format_text(file.canonical, again, file.kind) == file.canonical
        assert comments_of(file.canonical, again) == file.comments
    data = build(files)
    assert unbuild(data, "指标库.xlsx") == {f.name: f.canonical for f in files}
    assert build(files) == data


@given(TEXTS)
@example("0:?0")
def test_any_text_survives_as_a_scalar(text: str) -> None:
    for line, path in ((f"a: {scalar(text, inside=False)}\n", ("a",)), (f"a: [{scalar(text)}]\n", ("a", 0))):
        source = parse(line, "x")
        assert source.issues == [], line
        value = source.data
        for step in path:
            value = value[step]
        assert value == text


ITEMS = st.lists(st.one_of(TEXTS, st.lists(TEXTS, min_size=1, max_size=3)), min_size=1, max_size=4)


@given(ITEMS)
def test_any_list_survives_in_a_cell(items: list[Any]) -> None:
    assert decode_list(plain(encode(items))) == items


@given(TEXTS)
def test_any_text_survives_in_a_cell(text: str) -> None:
    assert decode_text(plain(encode(text))) == text


COMMENTED = """# 头一行
id: mini-009  # 编号
# 标题之前
title: 标题
none: [甲, 乙]  # 不算的
elements:   # 要素
  # 第一个
  - id: one  # 一
    name: 名
    none: []  # 没有
    within: null  # 缺省
    any:
      - 甲 & 乙  # 这种
      # 下一种
      - 丙
units: {lead: [司法局], support: []}
examples: []
# 末尾
"""


def test_comments_stay_where_they_are() -> None:
    source = parse(COMMENTED, "x")
    text = format_text(COMMENTED, source, "indicator")
    assert text.count("#") == COMMENTED.count("#")
    again = parse(text, "x")
    assert without_empty(again.data) == without_empty(source.data)
    assert comments_of(text, again) == comments_of(COMMENTED, source)
    assert format_text(text, again, "indicator") == text


def test_comments_at_empty_fields_go_through_excel(tmp_path: Path) -> None:
    (tmp_path / "index.yaml").write_text("title: 层  # 名称\nissuer: null  # 谁\n", encoding="utf-8")
    (tmp_path / "a.yaml").write_text(COMMENTED, encoding="utf-8")
    files = read_folder(tmp_path)
    assert unbuild(build(files), "x") == {f.name: f.canonical for f in files}
    assert all(f.canonical.count("#") == f.text.count("#") for f in files)


def test_texts_of_several_lines_are_kept() -> None:
    text = 'id: a-1\nrequirement: "第一行\\n第二行\\n\\n末行"\n'
    out = format_text(text, parse(text, "x"), "indicator")
    assert "|-" in out
    assert parse(out, "x").data == parse(text, "x").data


def test_the_change_schema_knows_every_field_of_an_indicator() -> None:
    assert set(order_of("change")) == (set(order_of("indicator")) - {"id"}) | {"extends", "add", "remove"}
    assert kind_of("index.yaml", {"extends": "2021"}) == "layer"
    assert kind_of("index.yaml", {"chapters": []}) == "index"
    assert kind_of("a.yaml", {"extends": "x"}) == "change"


def test_a_change_pack_goes_through_excel_too(tmp_path: Path) -> None:
    (tmp_path / "index.yaml").write_text(
        "extends: '2021'\ntitle: 省\nadd: {chapters: [{id: p, name: 省, sections: [{id: q, name: 节}]}]}\n",
        encoding="utf-8",
    )
    (tmp_path / "lexicon.yaml").write_text("groups:\n  - {name: 法制审核, add: {any: [审核把关]}}\n", encoding="utf-8")
    (tmp_path / "a.yaml").write_text(
        "extends: 2021-050  # 省里加严\nseverity: minor\nelements:\n  - id: catalogue\n    whole: true\n    remove: {any: ['甲 & 乙']}\n"
        "add: {examples: [{text: 一句话而已。, verdict: weak}], about: [[甲, 乙], 丙]}\n",
        encoding="utf-8",
    )
    files = read_folder(tmp_path)
    assert unbuild(build(files), "x") == {f.name: f.canonical for f in files}


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "code"),
    [
        ("指标", "A2", None, "E505"),
        ("要素", "A2", "mini-01", "E506"),
        ("指标", "A3", "mini-001", "E120"),
        ("指标", "E1", "名字", "E504"),
        ("章节", "D2", None, "E505"),
    ],
)
def test_what_a_cell_cannot_mean(tmp_path: Path, sheet: str, cell: str, value: str | None, code: str) -> None:
    import io

    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(build(read_folder(PACKS[1]))))
    book[sheet][cell] = value
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(CheckerError) as caught:
        unbuild(out.getvalue(), "指标库.xlsx")
    assert code in {i.code for i in caught.value.issues}
    assert all(f"工作表「{sheet}」" in i.location.path for i in caught.value.issues if i.code == code)


LINES = st.lists(TEXTS, max_size=3)
WAYS = st.lists(st.one_of(TEXTS, st.lists(TEXTS, min_size=1, max_size=2)), max_size=3)
FLAG = st.one_of(st.none(), st.booleans())
MAYBE = st.one_of(st.none(), TEXTS)
DATA = st.fixed_dictionaries(
    {
        "id": st.just("a-1"),
        "no": st.integers(1, 999),
        "title": TEXTS,
        "official_text": st.one_of(st.none(), st.lists(TEXTS, min_size=1, max_size=3).map("\n".join)),
        "red_line": FLAG,
        "basis": LINES,
        "about": WAYS,
        "units": st.fixed_dictionaries({"lead": LINES, "support": LINES}),
        "elements": st.lists(
            st.fixed_dictionaries({"id": st.just("e"), "name": TEXTS, "any": WAYS, "none": LINES, "whole": FLAG}),
            max_size=2,
        ),
        "examples": st.lists(
            st.fixed_dictionaries({"text": TEXTS, "verdict": st.just("met"), "note": MAYBE}), max_size=2
        ),
    }
)


LONE_COMMA = {"id": "a-1", "no": 1, "title": "0", "units": {"lead": [], "support": ["，", "甲，乙"]}, "elements": []}


@settings(max_examples=25, deadline=None)
@given(DATA)
@example(
    {**LONE_COMMA, "official_text": None, "red_line": None, "basis": ["《甲》，《乙》"], "about": [], "examples": []}
)
def test_whatever_a_file_says_comes_back_from_excel(data: dict[str, Any]) -> None:
    text = write(data, "indicator")
    source = parse(text, "a.yaml")
    assert source.issues == []
    assert without_empty(source.data) == without_empty(data)
    file = RuleFile(Path("a.yaml"), "a.yaml", "indicator", source, comments_of(text, source), text)
    assert file.canonical == text
    assert unbuild(build([file]), "x")["a.yaml"] == text
