"""Editions upon editions: what a layer writes replaces, widens or narrows; what it must not do is an error."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from checker.errors import CheckerError
from checker.index import load_index
from checker.model import Index, Indicator
from tests.conftest import ROOT

MINI = ROOT / "tests" / "examples" / "index" / "good" / "mini"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    shutil.copytree(MINI, tmp_path / "mini")
    return tmp_path / "mini"


def layer(home: Path, name: str, **files: str) -> str:
    folder = home / name
    folder.mkdir(parents=True)
    for stem, text in files.items():
        (folder / f"{stem}.yaml").write_text(text, encoding="utf-8")
    return str(folder)


def find(index: Index, name: str) -> Indicator:
    found = index.find(name)
    assert found is not None
    return found


NEW = """id: prov-101
no: 101
title: 省级补充事项
requirement: 按省里要求建立台账。
chapter: province
section: extra
kind: practice
verifiability: B
applies_to: [county, city]
severity: minor
about: [省级台账]
elements:
  - id: ledger
    name: 台账
    any: ["@省级台账 & #项"]
status: draft
examples: [{text: 建立省级台账12项。, verdict: met}]
"""
HEAD = """id: mini-prov
title: 某省细则
version: 2.1.0
add:
  chapters:
    - {id: province, name: 省级要求, sections: [{id: extra, name: 补充}]}
    - {id: enforcement, name: 行政执法, sections: [{id: more, name: 补充的节}]}
changelog:
  - {version: 2.1.0, date: "2024-03-05", text: 增加台账}
"""


def test_an_overlay_adds_narrows_widens_and_changes(pack: Path, tmp_path: Path) -> None:
    over = layer(
        tmp_path,
        "省",
        index=HEAD,
        lexicon="groups:\n  - {name: 省级台账, any: [省级台账]}\n  - {name: 案卷评查, add: {any: [卷宗检查]}}\n",
        a=NEW,
        b="""extends: mini-001
severity: minor
section: more
units: {lead: [市司法局]}
elements:
  - id: review
    add: {any: ['评查通报 & #份'], none: [培训]}
    remove: {any: ["@案卷评查"]}
  - {id: feedback, name: 反馈, required: false, any: [反馈整改]}
add: {materials: [整改台账]}
""",
        c="extends: mini-002\nmetrics:\n  - {id: days, require: '>= 20'}\nremove: {examples: [决策草案公开征求意见10日。]}\nadd: {examples: [{text: 决策草案公开征求意见22日。, verdict: met}]}\n",
    )
    below, above = load_index(str(pack)), load_index(str(pack), overlays=[over])
    assert len(above.indicators) == len(below.indicators) + 1
    one = find(above, "mini-001")
    assert (one.severity, one.lead, one.section) == ("minor", ("市司法局",), "more")
    assert one.title == find(below, "mini-001").title
    review, feedback = one.elements
    assert [w.text for w in review.ways] == ["案卷评查 & #卷|宗|件", "评查通报 & #份"]
    assert review.none == ("培训",)
    assert (feedback.id, feedback.required) == ("feedback", False)
    assert one.materials == ("评查通报", "整改台账")
    assert "卷宗检查" in one.about[0].terms[0].options
    two = find(above, "mini-002")
    assert two.metrics[0].require == (">=", 20.0)
    assert two.metrics[0].unit == "日"
    assert [e.text[-4:] for e in two.examples] == ["32日。", "求意见。", "的看法。", "22日。"]
    assert [c.id for c in above.chapters] == ["enforcement", "province"]
    assert [s.id for s in above.chapters[0].sections] == ["procedure", "more"]
    assert above.title == "某省细则"
    assert [x.version for x in above.layers] == ["0", "2.1.0"]
    assert above.layers[1].changelog[0].text == "增加台账"
    assert above.sha256 != below.sha256
    assert find(above, "101").path.endswith("a.yaml")


def test_overlays_lie_in_the_order_given(pack: Path, tmp_path: Path) -> None:
    first = layer(tmp_path, "省", a="extends: mini-001\nseverity: minor\nadd: {materials: [甲]}\n")
    second = layer(tmp_path, "市", a="extends: mini-001\nseverity: major\nadd: {materials: [乙]}\n")
    assert find(load_index(str(pack), overlays=[first, second]), "mini-001").severity == "major"
    both = find(load_index(str(pack), overlays=[second, first]), "mini-001")
    assert both.severity == "minor"
    assert both.materials == ("评查通报", "乙", "甲")


def test_a_pack_stands_on_another_by_name_or_folder(pack: Path, tmp_path: Path) -> None:
    layer(tmp_path, "下一版", index="extends: ../mini\nid: next\ntitle: 下一版\nedition: next\ndrop: [mini-002]\n")
    layer(tmp_path, "再下一版", index="extends: ../下一版\nid: last\ntake: listed\n", a="extends: mini-001\nno: 7\n")
    index = load_index(str(tmp_path / "再下一版"))
    assert [(i.id, i.no) for i in index.indicators] == [("mini-001", 7)]
    assert (index.id, index.title) == ("last", "下一版")
    assert len(index.layers) == 3


def test_a_circle_is_an_error(tmp_path: Path) -> None:
    layer(tmp_path, "甲", index="extends: ../乙\n")
    layer(tmp_path, "乙", index="extends: ../甲\n")
    with pytest.raises(CheckerError, match="E155"):
        load_index(str(tmp_path / "甲"))


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"a": "extends: mini-9\n"}, "E150"),
        ({"a": "extends: mini-001\nno: 3\n", "b": "extends: mini-001\nno: 4\n"}, "E152"),
        ({"a": (MINI / "01" / "001.yaml").read_text(encoding="utf-8")}, "E120"),
        ({"a": "extends: mini-001\nno: 2\n"}, "E120"),
        ({"a": "extends: mini-001\nremove: {materials: [评查通告]}\n"}, "E153"),
        ({"lexicon": "groups: [{name: 案卷, add: {any: [案卷]}}]\n"}, "E154"),
        ({"lexicon": "groups: [{name: 案卷评查, any: [案卷]}]\n"}, "E122"),
        ({"index": "drop: [mini-3]\n"}, "E151"),
        ({}, "E156"),
    ],
)
def test_what_a_layer_may_not_do(pack: Path, tmp_path: Path, files: dict[str, str], code: str) -> None:
    over = layer(tmp_path, "层", **files)
    with pytest.raises(CheckerError) as caught:
        load_index(str(pack), overlays=[over])
    assert code in {i.code for i in caught.value.issues}


def test_problems_of_a_merged_indicator_are_named_where_they_were_written(pack: Path, tmp_path: Path) -> None:
    over = layer(tmp_path, "层", a='extends: mini-001\nelements:\n  - id: review\n    add: {any: ["@没有"]}\n')
    with pytest.raises(CheckerError) as caught:
        load_index(str(pack), overlays=[over])
    (issue,) = caught.value.issues
    assert (Path(issue.location.path).name, issue.location.line, issue.code) == ("a.yaml", 4, "E204")


def test_the_retired_are_not_judged_but_can_be_asked_for(pack: Path, tmp_path: Path) -> None:
    over = layer(tmp_path, "层", a="extends: mini-001\nstatus: deprecated\nreplaced_by: mini-002\n")
    index = load_index(str(pack), overlays=[over])
    assert [i.id for i in index.indicators] == ["mini-002"]
    assert find(index, "mini-001").replaced_by == "mini-002"


def test_two_copies_of_a_pack_do_not_share_a_cache_entry(pack: Path, tmp_path: Path) -> None:
    shutil.copytree(pack, tmp_path / "copy")
    load_index(str(pack))
    assert all(str(tmp_path / "copy") in i.path for i in load_index(str(tmp_path / "copy")).indicators)
