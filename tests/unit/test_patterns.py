"""Regexes compiled at first use are the same regexes, and every one of them compiles."""

import gc
import importlib
import pickle
import pkgutil
import re
from pathlib import Path

import pytest

import checker
from checker import cache, patterns
from checker.patterns import _Lazy, regex


def test_it_answers_as_the_pattern_does() -> None:
    ours, theirs = regex(r"(?P<n>\d+)个", re.M), re.compile(r"(?P<n>\d+)个", re.M)
    text = "共3个，又12个。"
    for method in ("search", "match", "fullmatch", "findall", "split"):
        a, b = getattr(ours, method)(text), getattr(theirs, method)(text)
        assert (a.span() if isinstance(a, re.Match) else a) == (b.span() if isinstance(b, re.Match) else b)
    assert [m["n"] for m in ours.finditer(text)] == [m["n"] for m in theirs.finditer(text)]
    assert ours.sub("", text) == theirs.sub("", text)
    assert ours.subn("", text) == theirs.subn("", text)
    assert (ours.pattern, ours.flags, ours.groups) == (theirs.pattern, theirs.flags, theirs.groups)
    assert pickle.loads(pickle.dumps(ours)).findall(text) == theirs.findall(text)


def test_every_regex_of_the_program_compiles() -> None:
    for module in pkgutil.walk_packages(checker.__path__, "checker."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    every = [o for o in gc.get_objects() if isinstance(o, _Lazy)]
    tables = [r for o in every for r in [o.pattern]]
    assert all(isinstance(p, str) for p in tables)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CHECKER_CACHE", str(tmp_path))
    forget(monkeypatch)
    return tmp_path


def forget(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a new process: only what the cache keeps is known."""
    monkeypatch.setattr(cache, "_tables", [])
    monkeypatch.setattr(patterns, "_kept", cache.Table("regexes", patterns.Code, patterns.__file__))
    monkeypatch.setattr(patterns, "_known", {})


def test_a_kept_regex_is_the_one_that_was_compiled(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = {o._source: o._flags for o in gc.get_objects() if isinstance(o, _Lazy)}
    assert len(sources) > 50
    for source, flags in sources.items():
        assert patterns.compiled(source, flags) == re.compile(source, flags)
    cache.save()
    forget(monkeypatch)
    monkeypatch.setattr(patterns, "_compile", None)  # from here on nothing may be compiled
    for source, flags in sources.items():
        found, made = patterns.compiled(source, flags), re.compile(source, flags)
        assert found == made
        assert (found.groups, found.groupindex, found.flags) == (made.groups, made.groupindex, made.flags)


@pytest.mark.parametrize("code", [[], [0], [99999] * 9, [-1], [1 << 40]])
def test_numbers_that_the_engine_will_not_have_are_compiled_anew(code: list[int], home: Path) -> None:
    name = f"{patterns._sre.MAGIC} 0 甲+"
    patterns._kept.put(name, patterns.Code(32, code, 0, {}))
    cache.save()
    assert patterns.compiled("甲+") == re.compile("甲+")


def test_a_wrong_pattern_says_so_as_ever(home: Path) -> None:
    with pytest.raises(re.error):
        patterns.compiled("(甲")
