"""Regexes compiled at first use are the same regexes, and every one of them compiles."""

import gc
import importlib
import pickle
import pkgutil
import re

import checker
from checker.model.lazy import _Lazy, regex


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
