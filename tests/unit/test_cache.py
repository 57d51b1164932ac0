"""The cache: quick when sound, ignored when not."""

import json
from pathlib import Path

import pytest

from checker.index import cache


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


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"schema": 3}'])
def test_a_damaged_file_is_ignored(kept: Path, text: str) -> None:
    kept.write_text(text)
    assert cache.read("k" * 64) is None


def test_a_changed_pack_is_ignored(kept: Path) -> None:
    outer = json.loads(kept.read_text())
    outer["pack"] = '{"index": 2}'
    kept.write_text(json.dumps(outer))
    assert cache.read("k" * 64) is None


def test_a_file_that_others_may_write_is_ignored(kept: Path) -> None:
    kept.chmod(0o666)
    assert cache.read("k" * 64) is None


def test_an_empty_setting_switches_it_off(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHECKER_CACHE", "")
    assert cache.read("k" * 64) is None
