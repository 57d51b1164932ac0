"""One indicator against the rest of its file, the lexicon and the chapters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from checker.errors import Issue
from checker.index.lint.ways import check_ways
from checker.index.source import Path_, Source
from checker.index.way import Group, WayError, parse_require, suggest


def check_indicator(file: Source, groups: dict[str, Group] | None, sections: dict[str, set[str]]) -> Iterator[Issue]:
    """Every problem of one file that the schema cannot see. ``groups`` is None where the lexicon is broken."""
    data = file.data
    if sections:
        yield from _place(file, sections)
    yield from check_ways(file, groups)
    yield from _ids(file)
    yield from _metrics(file)
    elements = data["elements"]
    if elements and all(e.get("required") is False for e in elements):
        yield Issue(file.at(("elements",)), "E129", "至少要有一个必备要素（required 不为 false）。")
    yield from _examples(file)
    blank = [path for path, value in _texts(data) if "（待填" in value]
    code = "E143" if data.get("status") == "stable" else "W143"
    yield from (Issue(file.at(path), code, "还留着「（待填）」，请填好。") for path in blank)


def _texts(value: Any, path: Path_ = ()) -> Iterator[tuple[Path_, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, (*path, key))
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            yield from _texts(inner, (*path, n))


def _place(file: Source, sections: dict[str, set[str]]) -> Iterator[Issue]:
    chapter, section = file.data["chapter"], file.data["section"]
    if chapter not in sections:
        yield Issue(file.at(("chapter",)), "E124", f"index.yaml 里没有章「{chapter}」。{suggest(chapter, sections)}")
    elif section not in sections[chapter]:
        hint = suggest(section, sections[chapter])
        home = next((c for c, names in sections.items() if section in names), None)
        if home:
            hint = f"它在章「{home}」里。"
        yield Issue(file.at(("section",)), "E125", f"这一章没有节「{section}」。{hint}")


def _ids(file: Source) -> Iterator[Issue]:
    for name in ("elements", "metrics"):
        values = [x["id"] for x in file.data.get(name) or ()]
        for i, value in enumerate(values):
            if value in values[:i]:
                yield Issue(file.at((name, i, "id")), "E120", f"同一文件里编号「{value}」重复。")


def _metrics(file: Source) -> Iterator[Issue]:
    metrics = file.data.get("metrics") or ()
    known = [m["id"] for m in metrics]
    for i, element in enumerate(file.data["elements"]):
        for j, metric in enumerate(element.get("metrics") or ()):
            if metric not in known:
                where = file.at(("elements", i, "metrics", j))
                yield Issue(where, "E127", f"metrics 里没有「{metric}」。{suggest(metric, known)}")
    for i, metric in enumerate(metrics):
        if not metric.get("require"):
            continue
        where = file.at(("metrics", i, "require"))
        try:
            sign, threshold = parse_require(metric["require"])
        except WayError as error:
            yield Issue(where, error.code, str(error))
            continue
        if metric.get("kind") == "uncertain":
            text = "来源不确定（uncertain）的门槛不能用来判，请去掉 require。"
            yield Issue(file.at(("metrics", i)), "E128", text)
        good = metric.get("good_when", "none")
        if (good, sign[0]) in (("high", "<"), ("low", ">")):
            says = "越高越好" if good == "high" else "越低越好"
            yield Issue(where, "E139", f"门槛「{metric['require']}」与 good_when: {good}（{says}）方向相反。")
        if metric.get("unit") == "%" and threshold > 100 and sign[0] == ">":
            yield Issue(where, "E139", f"百分比门槛「{metric['require']}」大于 100，永远过不了。")


_LABELS = {"planned": "仅有计划", "missing": "近似但不算（missing）"}


def _examples(file: Source) -> Iterator[Issue]:
    data: dict[str, Any] = file.data
    where = file.at(("examples",))
    verdicts = {e["verdict"] for e in data["examples"]}
    if data.get("status") == "stable":
        if data["verifiability"] != "D":
            if not verdicts & {"met", "partial"}:
                yield Issue(where, "E130", "缺少「达标」（或它能到的最高档「部分达标」）的例句。")
            for need, label in _LABELS.items():
                if need not in verdicts:
                    yield Issue(where, "E130", f"缺少「{label}」的例句。")
        if len(data["examples"]) < 4:
            yield Issue(where, "E131", "例句不足四条。")
    elif data["elements"] and not data["examples"] and data.get("status") != "deprecated":
        yield Issue(where, "W130", "草稿已有要素，还没有例句；没有例句就无从知道规则对不对。")
    seen: dict[tuple[Any, ...], str] = {}
    for i, e in enumerate(data["examples"]):
        key = (e["text"], e.get("section"), e.get("level"))
        if key in seen:
            same = "同一句话写了两遍。" if seen[key] == e["verdict"] else "同一句话有两个不同的结论。"
            yield Issue(file.at(("examples", i, "text")), "E134", same)
        seen[key] = e["verdict"]
    if data["verifiability"] in ("C", "D") or data["kind"] == "negative":
        for i, e in enumerate(data["examples"]):
            if e["verdict"] == "met":
                text = "这一类指标文本不能完全证明，例句的结论不可能是 met，最高是 partial。"
                yield Issue(file.at(("examples", i, "verdict")), "E132", text)
