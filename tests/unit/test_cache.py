"""The cache: quick when sound, ignored when not."""

import os
from pathlib import Path

import platformdirs
import pytest

from checker import cache
from checker.index import load_index

KEY = "k" * 64


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CHECKER_CACHE", str(tmp_path))
    cache.write(KEY, b"what was made", "index")
    return next(tmp_path.glob("*.kept"))


def test_what_was_written_is_read_back(kept: Path) -> None:
    assert cache.read(KEY, "index") == b"what was made"


def test_another_key_is_not_answered(kept: Path) -> None:
    kept.rename(kept.with_name(f"index-{'z' * 32}.kept"))
    assert cache.read("z" * 64, "index") is None


@pytest.mark.parametrize("data", [b"", b"\n", b"what was made", b"\xff\xfe"])
def test_a_damaged_file_is_ignored(kept: Path, data: bytes) -> None:
    kept.write_bytes(data)
    assert cache.read(KEY, "index") is None


def test_a_changed_file_is_ignored(kept: Path) -> None:
    kept.write_bytes(kept.read_bytes().replace(b"made", b"Made"))
    assert cache.read(KEY, "index") is None


def test_a_file_that_others_may_write_is_ignored(kept: Path) -> None:
    kept.chmod(0o666)
    assert cache.read(KEY, "index") is None


def test_an_empty_setting_switches_it_off(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHECKER_CACHE", "")
    assert cache.read(KEY, "index") is None


@pytest.mark.parametrize("base", [None, "", "/somewhere/else", "not/absolute"])
def test_it_lies_where_the_system_keeps_such_things(base: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHECKER_CACHE", raising=False)
    if base is None:
        monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    else:
        monkeypatch.setenv("XDG_CACHE_HOME", base)
    if base == "not/absolute":
        monkeypatch.delenv("XDG_CACHE_HOME")  # the standard says to ignore what is not absolute
        expected = platformdirs.user_cache_path("fazhi-checker", appauthor=False)
        monkeypatch.setenv("XDG_CACHE_HOME", base)
    else:
        expected = platformdirs.user_cache_path("fazhi-checker", appauthor=False)
    assert cache.folder() == expected


def test_only_the_newest_stay(kept: Path) -> None:
    for n in range(cache.KEPT + 3):
        cache.write(f"{n:064}"[::-1], b"%d" % n, "index")
        os.utime(kept.parent / f"index-{f'{n:064}'[::-1][:32]}.kept", (n + 1, n + 1))
    assert len(list(kept.parent.glob("index-*.kept"))) <= cache.KEPT
    assert cache.read(f"{cache.KEPT + 2:064}"[::-1], "index") == b"%d" % (cache.KEPT + 2)


def test_other_code_is_another_key(tmp_path: Path) -> None:
    path = tmp_path / "code.py"
    path.write_text("a = 1")
    before = cache.made_by(str(path))
    path.write_text("a = 2")
    assert cache.made_by(str(path)) != before


def test_an_index_from_the_cache_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHECKER_CACHE", "")
    fresh = load_index()
    monkeypatch.setenv("CHECKER_CACHE", str(tmp_path))
    load_index()
    monkeypatch.setattr("checker.index.load.pack_index", None)  # from here on nothing may be made
    assert load_index() == fresh


@pytest.mark.parametrize("body", [b"", b"\xc1", b"\x80", b"\x81\xa2id\x01"])
def test_an_index_that_cannot_be_read_is_made_anew(
    body: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHECKER_CACHE", str(tmp_path))
    fresh = load_index()
    file = next(tmp_path.glob("index-*.kept"))
    cache.write(file.read_bytes().partition(b" ")[0].decode(), body, "index")
    assert load_index() == fresh


class TestTable:
    @pytest.fixture(autouse=True)
    def home(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setenv("CHECKER_CACHE", str(tmp_path))
        monkeypatch.setattr(cache, "_tables", [])
        return tmp_path

    def test_a_later_run_finds_what_earlier_ones_put_there(self) -> None:
        for name in ("甲", "乙"):
            table = cache.Table("words", list[str])
            table.put(name, [name])
            table.save()
        later = cache.Table("words", list[str])
        assert (later.get("甲"), later.get("乙"), later.get("丙")) == (["甲"], ["乙"], None)

    def test_an_answer_of_another_shape_is_none(self) -> None:
        table = cache.Table("words", list[str])
        table.put("甲", ["甲"])
        table.save()
        assert cache.Table("words", list[int]).get("甲") is None

    def test_other_code_finds_nothing(self) -> None:
        table = cache.Table("words", list[str])
        table.put("甲", ["甲"])
        table.save()
        assert cache.Table("words", list[str], __file__).get("甲") is None

    def test_nothing_new_writes_nothing(self, home: Path) -> None:
        table = cache.Table("words", list[str])
        assert table.get("甲") is None
        table.save()
        assert not list(home.iterdir())

    def test_it_does_not_grow_for_ever(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(cache, "MOST", 3)
        for name in "甲乙丙丁":
            table = cache.Table("words", list[str])
            table.get("甲")
            table.put(name, [name])
            table.save()
        later = cache.Table("words", list[str])
        assert [later.get(n) for n in "甲乙丙丁"] == [None, None, None, ["丁"]]
