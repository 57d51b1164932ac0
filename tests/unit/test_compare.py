"""Two runs side by side: by words, not by lines; nothing lost, nothing invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.api import check
from checker.index import load_index
from checker.model import Document, Entry, Index, Snapshot, Trace, Verdict
from checker.outputs import Context, render
from checker.review.compare import compare
from checker.review.reading import ReviewError
from checker.review.snapshot import fingerprint, read_snapshot, take
from tests.review_pack import REPORT, lay

SENTENCE = "全年办理行政指导案件85件，逐件回访。"


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return load_index(str(lay(tmp_path_factory.mktemp("小")) / "规则"))


def snap(index: Index, text: str) -> Snapshot:
    return take(check([Document("报告.txt", "txt", "0" * 64, text)], index))


def kinds(index: Index, old: str, new: str, seen: bool = True) -> list[tuple[str, str]]:
    c = compare(snap(index, old), snap(index, new), [new] if seen else None)
    return [(d.indicator[-3:], d.kind) for d in c.differences]


def test_the_same_text_does_not_differ(pack: Index) -> None:
    assert kinds(pack, REPORT, REPORT) == []


@pytest.mark.parametrize(
    "changed",
    [
        REPORT.replace("\n", "\n\n"),
        REPORT.replace("2024年，县政府深入推进法治政府建设。\n", "2024年，县政府深入推进法治政府建设。\n天气晴好。\n"),
        REPORT.replace("85件", "８５件"),
        REPORT.replace(SENTENCE + "\n", "").replace("群众满意度", SENTENCE + "\n群众满意度"),
    ],
    ids=["blank lines", "another sentence", "full width", "moved"],
)
def test_lines_and_forms_do_not_matter(pack: Index, changed: str) -> None:
    assert changed != REPORT
    assert kinds(pack, REPORT, changed) == []


def test_a_deleted_quote_is_lost(pack: Index) -> None:
    new = REPORT.replace(SENTENCE + "\n", "")
    c = compare(snap(pack, REPORT), snap(pack, new), [new])
    assert [(d.indicator, d.kind, d.fails) for d in c.differences] == [
        ("mini-003", "worse", True),
        ("mini-003", "uncovered", True),
        ("mini-003", "lost", True),
    ]
    assert c.differences[2].quotes == (SENTENCE,)
    assert SENTENCE in c.differences[2].message


def test_a_changed_quote_is_lost_and_the_new_one_shown(pack: Index) -> None:
    new = REPORT.replace("85件", "86件")
    (d,) = compare(snap(pack, REPORT), snap(pack, new), [new]).differences
    assert (d.kind, d.fails) == ("lost", True)
    assert "85件" in d.message
    assert "86件" in d.message


def test_a_quote_that_stands_but_no_longer_counts(pack: Index) -> None:
    new = REPORT.replace(SENTENCE + "\n", "").replace("明年继续", SENTENCE + "明年继续")
    got = kinds(pack, REPORT, new)
    assert ("003", "worse") in got
    assert ("003", "unaccepted") in got
    assert ("003", "lost") not in got


def test_better_does_not_fail(pack: Index) -> None:
    old = REPORT.replace(SENTENCE + "\n", "")
    c = compare(snap(pack, old), snap(pack, REPORT), [REPORT])
    assert [(d.kind, d.fails) for d in c.differences] == [("better", False)]


def test_a_deleted_admission_is_better_but_said(pack: Index) -> None:
    old = REPORT.replace("基层执法力量还比较薄弱", "案卷评查覆盖面还不够")
    (d,) = compare(snap(pack, old), snap(pack, REPORT), [REPORT]).differences
    assert (d.kind, d.fails) == ("better", False)
    assert "案卷评查覆盖面还不够" in d.message


def test_what_could_not_be_looked_up_is_said(pack: Index) -> None:
    new = REPORT.replace("85件", "86件")
    c = compare(snap(pack, REPORT), snap(pack, new), None)
    assert any("原文不在手边" in n for n in c.notes)
    assert c.regressions


def test_what_stands_between_two_runs_is_said(pack: Index) -> None:
    from msgspec.structs import replace

    old = replace(snap(pack, REPORT), year=2023, place="乙县", index_sha256="1" * 64)
    assert len(compare(old, snap(pack, REPORT), [REPORT]).notes) == 3


VERDICTS = [v for v in Verdict if v is not Verdict.NOT_APPLICABLE]


def entry(verdict: Verdict, quotes: tuple[str, ...] = (), waived: bool = False) -> Entry:
    traces = tuple(Trace("e", "element", q, fingerprint("x", "element", q)) for q in quotes)
    return Entry("x", "1", "题", verdict, waived, False, False, (), traces)


def one(e: Entry) -> Snapshot:
    return Snapshot("", "mini", "0" * 64, 2024, "", (e,))


@given(st.sampled_from(VERDICTS), st.sampled_from(VERDICTS))
def test_one_way_is_worse_and_the_other_better(a: Verdict, b: Verdict) -> None:
    there = compare(one(entry(a)), one(entry(b)), [""]).differences
    back = compare(one(entry(b)), one(entry(a)), [""]).differences
    assert [d.kind for d in there] == ([] if a is b else ["worse"] if back[0].kind == "better" else ["better"])
    if a is Verdict.MET and b is not a:
        assert there[0].fails
    if b is Verdict.MET:
        assert not any(d.fails for d in there)


quotes = st.lists(st.text(alphabet="甲乙丙丁戊己庚辛", min_size=2, max_size=6), unique=True, max_size=5).map(tuple)


@given(quotes, quotes)
def test_every_lost_quote_is_named_and_none_that_stands(old: tuple[str, ...], new: tuple[str, ...]) -> None:
    text = "。".join(new)
    c = compare(one(entry(Verdict.MET, old)), one(entry(Verdict.MET, new)), [text])
    lost = {q for d in c.differences if d.kind == "lost" for q in d.quotes}
    assert lost == {q for q in old if q not in text}
    assert bool(c.regressions) == bool(lost)


def test_indicators_that_come_and_go() -> None:
    a, b = one(entry(Verdict.MET)), Snapshot("", "mini", "0" * 64, 2024, "", ())
    assert [(d.kind, d.fails) for d in compare(a, b, [""]).differences] == [("vanished", False)]
    assert [(d.kind, d.fails) for d in compare(b, a, [""]).differences] == [("appeared", False)]
    assert compare(b, one(entry(Verdict.MISSING)), [""]).regressions
    assert not compare(b, one(entry(Verdict.MISSING, waived=True)), [""]).regressions


def test_a_result_and_a_baseline_of_one_run_say_the_same(pack: Index, tmp_path: Path) -> None:
    from datetime import UTC, datetime

    a = check([Document("报告.txt", "txt", "0" * 64, REPORT)], pack)
    context = Context(tool_version="0", moment=datetime(2025, 3, 1, tzinfo=UTC))
    got = []
    for kind in ("json", "baseline"):
        file = tmp_path / kind
        file.write_bytes(render(a, kind, context))
        got.append(read_snapshot(str(file)))
    assert got[0].entries == got[1].entries == take(a).entries
    assert compare(got[0], got[1], [REPORT]).differences == ()


@pytest.mark.parametrize("spoil", ["entries", "index", "year"])
def test_a_baseline_with_something_missing_is_refused(pack: Index, tmp_path: Path, spoil: str) -> None:
    from checker.review.snapshot import to_json

    data = to_json(snap(pack, REPORT))
    del data[spoil]
    file = tmp_path / "b.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(ReviewError, match="E623"):
        read_snapshot(str(file))


def test_every_quote_of_the_sample_is_missed_when_it_goes() -> None:
    """Each third sentence that some indicator rests on, deleted: the comparison fails and names indicator and quote."""
    from checker.matching import prepare
    from tests.conftest import ROOT

    index = load_index("2021")
    rules = prepare(index)
    text = (ROOT / "reports" / "qingyuan-county-2024.txt").read_text(encoding="utf-8")

    def judged(now: str) -> Snapshot:
        return take(check([Document("报告.txt", "txt", "0" * 64, now)], index, rules=rules))

    old = judged(text)
    resting: dict[str, set[str]] = {}
    for e in old.entries:
        for t in e.evidence:
            if t.use == "element":
                resting.setdefault(t.quote, set()).add(e.indicator)
    assert len(resting) > 40
    for quote in sorted(resting)[::3]:
        assert quote in text
        now = text.replace(quote, "")
        lost = {d.indicator: d.quotes for d in compare(old, judged(now), [now]).regressions if d.kind == "lost"}
        for indicator in resting[quote]:
            assert quote in lost.get(indicator, ()), (indicator, quote)
