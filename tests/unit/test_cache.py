"""The cache: quick when sound, ignored when not."""

import json
import os
from pathlib import Path

import pytest

from checker.index import cache, load_index
from checker.index.compile import packed, unpacked
from checker.model import Way


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CHECKER_CACHE", str(tmp_path))
    cache.write("k" * 64, {"index": 1})
    return next(tmp_path.glob("*.json"))


def test_what_was_written_is_read_back(kept: Path) -> None:
    assert cache.read("k" * 64) == {"index": 1}


def test_another_key_is_not_answered(kept: Path) -> None:
    kept.rename(kept.with_name(f"index-{'z' * 32}.json"))
    assert cache.read("z" * 64) is None


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"schema": 4}'])
def test_a_damaged_file_is_ignored(kept: Path, text: str) -> None:
    kept.write_text(text)
    assert cache.read("k" * 64) is None


def test_a_changed_pack_is_ignored(kept: Path) -> None:
    kept.write_text(kept.read_text().replace('{"index":1}', '{"index":2}'))
    assert cache.read("k" * 64) is None


def test_a_file_that_others_may_write_is_ignored(kept: Path) -> None:
    kept.chmod(0o666)
    assert cache.read("k" * 64) is None


def test_an_empty_setting_switches_it_off(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHECKER_CACHE", "")
    assert cache.read("k" * 64) is None


def test_only_the_newest_stay(kept: Path) -> None:
    for n in range(cache.KEPT + 3):
        cache.write(f"{n:064}"[::-1], {"index": n})
        os.utime(kept.parent / f"index-{f'{n:064}'[::-1][:32]}.json", (n + 1, n + 1))
    assert len(list(kept.parent.glob("index-*.json"))) <= cache.KEPT
    assert cache.read(f"{cache.KEPT + 2:064}"[::-1]) == {"index": cache.KEPT + 2}


def test_other_code_is_another_key(tmp_path: Path) -> None:
    path = tmp_path / "code.py"
    path.write_text("a = 1")
    before = cache.made_by(str(path))
    path.write_text("a = 2")
    assert cache.made_by(str(path)) != before


def test_ways_come_back_as_they_were() -> None:
    index = load_index()
    ways: dict[str | int, Way] = {w.text: w for i in index.indicators for e in i.elements for w in e.ways}
    data, numbers = packed(ways)
    back = unpacked(json.loads(json.dumps(data)))
    assert {text: back[number] for text, number in numbers.items()} == ways


def test_an_index_from_the_cache_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHECKER_CACHE", "")
    fresh = load_index()
    monkeypatch.setenv("CHECKER_CACHE", str(tmp_path))
    load_index()
    assert load_index() == fresh
