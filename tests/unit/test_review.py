"""Invariants of what people add: attestations only lift caps, waivers never turn into a pass, leaks never get out."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from checker.api import check
from checker.errors import Location
from checker.index import load_index
from checker.model import Assessment, Attestation, Document, Index, Review, Verdict, Waiver
from checker.review.reading import ReviewError
from tests.conftest import ROOT
from tests.review_pack import REPORT, lay

PLACE = Location("佐证.yaml", 1, 1)
TODAY = date(2025, 3, 1)


def attested(indicator: str, *elements: str) -> Attestation:
    return Attestation(indicator, elements, "看过台账", "张明", "县司法局", TODAY, "台账.txt", "", "0" * 64, PLACE)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return load_index(str(lay(tmp_path_factory.mktemp("小")) / "规则"))


def judged(index: Index, text: str = REPORT, **review: object) -> Assessment:
    return check([Document("报告.txt", "txt", "0" * 64, text)], index, review=Review(TODAY, **review))  # type: ignore[arg-type]


def verdicts(a: Assessment) -> dict[int, Verdict]:
    return {f.indicator.no: f.verdict for f in a.findings}


PLAIN = {1: Verdict.MET, 2: Verdict.MET, 3: Verdict.PARTIAL, 4: Verdict.PARTIAL, 5: Verdict.MANUAL}


@pytest.mark.parametrize(
    ("given_", "no", "lifts"),
    [
        (attested("mini-003"), 3, True),
        (attested("mini-003", "guidance"), 3, True),
        (attested("mini-004"), 4, False),  # an element of class D must be named
        (attested("mini-004", "opinions"), 4, False),
        (attested("mini-004", "no-meddling"), 4, True),
        (attested("mini-005"), 5, False),  # class D: only a person's own verdict
        (attested("mini-005", "satisfied"), 5, False),
        (attested("mini-001"), 1, False),  # nothing to lift
    ],
)
def test_what_an_attestation_lifts(pack: Index, given_: Attestation, no: int, lifts: bool) -> None:
    a = judged(pack, attestations=(given_,))
    assert verdicts(a) == {**PLAIN, **({no: Verdict.MET} if lifts else {})}
    finding = next(f for f in a.findings if f.indicator.no == no)
    assert finding.lifted is lifts
    assert a.ledger.lifted == lifts
    assert ("人工佐证" in finding.label) is lifts
    assert [r for r in finding.reasons if "张明" in r]
    assert not any(f.attested for f in a.findings if f.indicator.no != no)


@pytest.mark.parametrize(
    ("change", "want"),
    [
        ("全年办理行政指导案件85件，逐件回访。", "行政指导工作有序开展。"),
        ("全年办理行政指导案件85件，逐件回访。", "明年将办理行政指导案件85件。"),
        ("全年办理行政指导案件85件，逐件回访。", ""),
        ("基层执法力量还比较薄弱。", "行政指导还不够规范，存在薄弱环节。"),
    ],
)
def test_an_attestation_never_stands_in_for_the_text(pack: Index, change: str, want: str) -> None:
    text = REPORT.replace(change, want)
    without, with_ = judged(pack, text), judged(pack, text, attestations=(attested("mini-003"),))
    assert verdicts(with_)[3] is verdicts(without)[3]
    assert verdicts(with_)[3] is not Verdict.MET
    assert with_.ledger.lifted == 0


def test_a_township_is_not_lifted_over_what_the_whole_government_owes(pack: Index) -> None:
    text = REPORT.replace("清苑湾县2024", "清苑湾县东塘镇2024")
    a = judged(pack, text, attestations=(attested("mini-003"),))
    assert a.level == "township"
    assert verdicts(a)[3] is Verdict.PARTIAL


@cache
def real() -> tuple[Index, str, dict[str, Verdict]]:
    index = load_index("2021")
    text = (ROOT / "reports" / "qingyuan-county-2024.txt").read_text(encoding="utf-8")
    return index, text, {f.indicator.id: f.verdict for f in judged(index, text).findings}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_attestations_only_ever_turn_a_capped_partial_into_met(data: st.DataObject) -> None:
    index, text, plain = real()
    chosen = data.draw(st.lists(st.sampled_from(index.indicators), max_size=60, unique=True))
    given_ = []
    for i in chosen:
        names = data.draw(st.lists(st.sampled_from([e.id for e in i.elements]), unique=True))
        given_.append(attested(i.id, *names))
    a = judged(index, text, attestations=tuple(given_))
    for f in a.findings:
        i = f.indicator
        if f.verdict is plain[i.id]:
            assert not f.lifted
            continue
        capped = i.verifiability == "C" or i.kind == "negative" or any(e.verifiability == "D" for e in i.elements)
        assert (plain[i.id], f.verdict) == (Verdict.PARTIAL, Verdict.MET)
        assert capped
        assert f.lifted
        assert i.verifiability != "D"
        assert i.kind != "survey"
        assert i in chosen


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_waivers_change_no_verdict_and_no_rate(data: st.DataObject) -> None:
    index, text, plain = real()
    problems = sorted(i for i, v in plain.items() if v.is_problem)
    chosen = data.draw(st.lists(st.sampled_from(problems), unique=True))
    before = judged(index, text)
    after = judged(index, text, waivers=tuple(_waiver(i, plain[i]) for i in chosen))
    assert after.rates == before.rates
    assert after.ledger.counts == before.ledger.counts
    assert after.ledger.waived == len(chosen)
    assert {f.indicator.id for f in after.findings if f.waived is not None} == set(chosen)
    assert not any(f.is_open for f in after.findings if f.waived is not None)


def _waiver(indicator: str, verdict: Verdict) -> Waiver:
    return Waiver(indicator, verdict, "正在整改", "县司法局", "李县长", date(2025, 12, 31), PLACE)


def test_a_waiver_does_not_outlive_its_verdict(pack: Index) -> None:
    worse = REPORT.replace("全年办理行政指导案件85件，逐件回访。", "")
    with pytest.raises(ReviewError) as caught:
        judged(pack, worse, waivers=(_waiver("mini-003", Verdict.PARTIAL),))
    assert [i.code for i in caught.value.issues] == ["E606"]
    assert "未见证据" in str(caught.value)


def test_all_unused_waivers_are_named_at_once(pack: Index) -> None:
    with pytest.raises(ReviewError) as caught:
        judged(pack, waivers=(_waiver("mini-001", Verdict.WEAK), _waiver("mini-002", Verdict.FAILED)))
    assert len(caught.value.issues) == 2


def test_an_attestation_from_before_the_year_counts_for_nothing(pack: Index) -> None:
    old = replace(attested("mini-003"), date=date(2023, 12, 31))
    with pytest.raises(ReviewError, match="E617"):
        judged(pack, attestations=(old,))


def test_a_material_must_stay_in_its_folder() -> None:
    from checker.review.attestations import inside

    assert inside("材料/台账.txt")
    for bad in ("/etc/passwd", "../台账.txt", "材料/../../台账.txt", "C:/台账.txt", "材料\\台账.txt", "甲\0乙"):
        assert not inside(bad), bad


def test_a_link_out_of_the_folder_is_no_material(tmp_path: Path) -> None:
    from checker.review.materials import load_manifest, verify

    index = load_index(str(lay(tmp_path) / "规则"))
    outside = tmp_path / "外.txt"
    outside.write_text("外面的文件\n", encoding="utf-8")
    try:
        (tmp_path / "材料" / "链接.txt").symlink_to(outside)
    except OSError:
        pytest.skip("这里不能建符号链接")
    manifest = tmp_path / "材料" / "清单.yaml"
    manifest.write_text(
        f'materials:\n  - {{path: 链接.txt, indicators: ["1"], sha256: {"0" * 64}}}\n', encoding="utf-8"
    )
    found = verify(tmp_path / "材料", load_manifest(str(manifest), index), index, 2024)
    assert ("M01", "bad") in {(c.code, c.state) for c in found}
