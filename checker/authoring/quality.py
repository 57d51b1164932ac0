"""A second look at rules that load: conditions that read well and can never be met. Hints, not errors."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from checker.errors import Issue
from checker.index.compile import compile_groups
from checker.index.lint import check_schema
from checker.index.lint.ways import way_lists
from checker.index.pack import Pack
from checker.index.way import WayError, parse_way
from checker.matching.scanner import plain_unit
from checker.text.quantity import quantities


def look_again(pack: Pack) -> Iterator[Issue]:
    """Words after ``#`` that are no units: the way waits for a figure in them and never finds one."""
    if check_schema(pack.lexicon, "lexicon"):
        return
    groups = compile_groups(pack.lexicon.data)
    for file in pack.files:
        if check_schema(file, "indicator"):
            continue
        for listed in way_lists(file.data):
            for n, value in enumerate(listed.values):
                try:
                    way = parse_way(value, groups)
                except WayError:
                    continue
                units = [u for t in way.terms for u in (t.options if t.kind == "number" else t.units)]
                dead = [u for u in units if not is_unit(u)]
                if dead:
                    words = "、".join(f"「{u}」" for u in dead)
                    text = f"# 后面的{words}读不成数量单位，不起作用。要找的是词，请写在 # 前面，如 {dead[0]}|#件。"
                    yield Issue(file.at((*listed.path, n)), "W214", text)


@cache
def is_unit(word: str) -> bool:
    """Whether a figure can be read in this unit: 12件 is a figure in 件, 12累计 is none."""
    wanted = plain_unit(word)
    return any(q.unit == wanted for q in quantities(f"全年完成12{wanted}，"))
