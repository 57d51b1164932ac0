"""The numbering of an index read from the cache is the one that was made."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from checker.index import load_index
from checker.matching import Rules, kept, prepare

PARTS = ("every", "phrases", "anchors", "wide", "always", "meta")


def parts(rules: Rules) -> list[object]:
    needs = [rules.needs[n] for n in range(rules.count)]
    return [*(getattr(rules, name) for name in PARTS), list(rules.regexes), needs]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CHECKER_CACHE", str(tmp_path))
    return tmp_path


def test_what_is_read_is_what_was_made(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = load_index()
    made = prepare(index)
    monkeypatch.setattr(kept, "number", None)  # from here on nothing may be made
    assert parts(prepare(index)) == parts(made)
    assert parts(prepare(load_index())) == parts(made)


def test_one_phrase_more_is_another_numbering(home: Path) -> None:
    index = load_index()
    prepare(index)
    first = index.indicators[0]
    changed = replace(index, indicators=(replace(first, none=(*first.none, "从未见过")), *index.indicators[1:]))
    assert "从未见过" in prepare(changed).phrases
    assert "从未见过" not in prepare(index).phrases


@pytest.mark.parametrize("damage", [{"rules": []}, {"anchors": []}, {"phrases": 1}])
def test_tables_that_do_not_fit_are_made_anew(home: Path, damage: dict[str, Any]) -> None:
    index = load_index()
    made = prepare(index)
    key, _, rest = next(home.glob("rules-*.kept")).read_bytes().partition(b" ")
    good = msgspec.msgpack.decode(rest.partition(b"\n")[2])
    kept.cache.write(key.decode(), msgspec.msgpack.encode({**good, **damage}), "rules")
    assert parts(prepare(index)) == parts(made)


def test_small_indexes_leave_no_trace(home: Path) -> None:
    index = load_index()
    home_before = set(home.glob("rules-*"))
    prepare(replace(index, indicators=index.indicators[:1]))
    assert set(home.glob("rules-*")) == home_before
