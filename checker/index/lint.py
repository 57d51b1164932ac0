"""Everything that can be wrong with a pack, all at once, with places."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

from checker.errors import Issue, Location
from checker.index.compile import compile_groups
from checker.index.source import Path_, Source
from checker.index.way import Group, WayError, parse_require, parse_way, suggest


@cache
def _validator(name: str, package: str) -> Any:
    from jsonschema import Draft202012Validator

    text = resources.files(package).joinpath(f"{name}.schema.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text))


def check_schema(source: Source, name: str, package: str = "checker.index.schema") -> list[Issue]:
    """Hold one file against its schema; every violation with place and plain words."""
    if source.issues:
        return list(source.issues)
    out: list[Issue] = []
    for error in _validator(name, package).iter_errors(source.data):
        for leaf in _leaves(error):
            out.extend(_explain(leaf, source))
    return list(dict.fromkeys(out))


def _leaves(error: Any) -> Iterator[Any]:
    if error.validator == "anyOf" and error.context:
        yield min(error.context, key=lambda e: -len(e.absolute_path))
    else:
        yield error


_TYPES = {
    "string": "文字",
    "array": "列表",
    "object": "栏目组",
    "integer": "整数",
    "boolean": "true 或 false",
    "null": "空",
}


def _explain(error: Any, source: Source) -> Iterator[Issue]:
    path: Path_ = tuple(error.absolute_path)
    where = source.at(path)
    field = ".".join(str(p) for p in path) or "文件"
    rule, want, got = error.validator, error.validator_value, error.instance
    if rule == "additionalProperties":
        known = list(error.schema.get("properties", {}))
        for key in sorted(set(got) - set(known)):
            hint = suggest(key, known) or ("花括号里的句子含英文逗号时，请整句加英文引号。" if "text" in known else "")
            yield Issue(source.at_key((*path, key)), "E110", f"没有「{key}」这个栏目。{hint}")
    elif rule == "required":
        for key in want:
            if key not in got:
                yield Issue(where, "E111", f"缺少必填的栏目「{key}」。")
    elif rule == "type":
        names = [want] if isinstance(want, str) else want
        yield Issue(
            where, "E112", f"「{field}」应当是{'或'.join(_TYPES.get(n, n) for n in names)}，现在写的是 {_show(got)}。"
        )
    elif rule == "enum":
        yield Issue(
            where,
            "E113",
            f"「{field}」的值 {_show(got)} 不在可选范围：{'、'.join(map(str, want))}。{suggest(str(got), want)}",
        )
    elif rule == "pattern":
        like = f"应像 {error.schema['examples'][0]} 这样" if error.schema.get("examples") else f"应符合 {want}"
        yield Issue(where, "E114", f"「{field}」的值 {_show(got)} 写法不对（{like}）。")
    elif rule in ("minItems", "minLength"):
        yield Issue(
            where,
            "E115",
            f"「{field}」不能是空的，至少要有 {want} 项。" if rule == "minItems" else f"「{field}」太短或是空的。",
        )
    elif rule == "uniqueItems":
        yield Issue(where, "E116", f"「{field}」里有重复的项。")
    else:
        yield Issue(where, "E119", f"「{field}」的值 {_show(got)} 不合要求。")


def _show(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else text[:40] + "……"


def check_pack(index: Source, lexicon: Source, files: list[Source]) -> list[Issue]:
    """Schema and cross-checks of a whole pack."""
    issues = [
        *check_schema(index, "index"),
        *check_schema(lexicon, "lexicon"),
        *(i for f in files for i in check_schema(f, "indicator")),
    ]
    groups: dict[str, Group] = {}
    if not any(i.location.path == lexicon.path for i in issues):
        issues += _check_lexicon(lexicon)
        groups = compile_groups(lexicon.data)
    broken = {i.location.path for i in issues}
    seen: dict[str, Location] = {}
    numbers: dict[int, Location] = {}
    sections: dict[str, set[str]] = {}
    if index.path not in broken:
        sections = {c["id"]: {s["id"] for s in c["sections"]} for c in index.data["chapters"]}
    for file in files:
        if file.path in broken:
            continue
        for key, table in ((file.data["id"], seen), (file.data["no"], numbers)):
            where = file.at(("id",) if table is seen else ("no",))
            if key in table:
                issues.append(Issue(where, "E120", f"编号「{key}」已被 {table[key]} 用过，不能重复。"))
            else:
                table[key] = where
        issues += _check_indicator(file, groups, sections)
    if not files:
        issues.append(Issue(Location(index.path), "E121", "一条指标也没有。"))
    return sorted(set(issues))


def _check_lexicon(lexicon: Source) -> list[Issue]:
    out, names = [], set()
    for i, group in enumerate(lexicon.data["groups"]):
        if group["name"] in names:
            out.append(Issue(lexicon.at(("groups", i, "name")), "E122", f"词组「{group['name']}」重复了。"))
        names.add(group["name"])
        for j, none in enumerate(group.get("none") or ()):
            for phrase in group["any"]:
                if none in phrase:
                    out.append(
                        Issue(
                            lexicon.at(("groups", i, "none", j)),
                            "E123",
                            f"「勿匹配」的「{none}」会让「{phrase}」永远命中不了。",
                        )
                    )
    return out


def _check_indicator(file: Source, groups: dict[str, Group], sections: dict[str, set[str]]) -> Iterator[Issue]:
    data = file.data
    if sections:
        if data["chapter"] not in sections:
            yield Issue(
                file.at(("chapter",)),
                "E124",
                f"index.yaml 里没有章「{data['chapter']}」。{suggest(data['chapter'], sections)}",
            )
        elif data["section"] not in sections[data["chapter"]]:
            known = sections[data["chapter"]]
            yield Issue(
                file.at(("section",)), "E125", f"这一章没有节「{data['section']}」。{suggest(data['section'], known)}"
            )
    for path, value in _all_ways(data):
        try:
            way = parse_way(value, groups)
        except WayError as error:
            yield Issue(file.at(path), error.code, str(error))
            continue
        if path[0] == "elements" and path[2] == "any":
            element = data["elements"][path[1]]
            for none in element.get("none") or ():
                if any(
                    t.kind == "phrase" and all(isinstance(none, str) and none in o for o in t.options)
                    for t in way.terms
                ):
                    yield Issue(file.at(path), "E126", f"这种说法永远不会命中：它自己含有本要素 none 里的「{none}」。")
    metric_ids = [m["id"] for m in data.get("metrics") or ()]
    ids = [e["id"] for e in data["elements"]]
    for name, values in (("elements", ids), ("metrics", metric_ids)):
        for i, value in enumerate(values):
            if value in values[:i]:
                yield Issue(file.at((name, i, "id")), "E120", f"同一文件里编号「{value}」重复。")
    for i, element in enumerate(data["elements"]):
        for j, metric in enumerate(element.get("metrics") or ()):
            if metric not in metric_ids:
                yield Issue(
                    file.at(("elements", i, "metrics", j)),
                    "E127",
                    f"metrics 里没有「{metric}」。{suggest(metric, metric_ids)}",
                )
    for i, metric in enumerate(data.get("metrics") or ()):
        if metric.get("require"):
            try:
                parse_require(metric["require"])
            except WayError as error:
                yield Issue(file.at(("metrics", i, "require")), error.code, str(error))
            if metric.get("kind") == "uncertain":
                yield Issue(
                    file.at(("metrics", i)), "E128", "来源不确定（uncertain）的门槛不能用来判，请去掉 require。"
                )
    if all(e.get("required") is False for e in data["elements"]):
        yield Issue(file.at(("elements",)), "E129", "至少要有一个必备要素（required 不为 false）。")
    if data.get("status") == "stable":
        verdicts = {e["verdict"] for e in data["examples"]}
        if data["verifiability"] != "D":
            if not verdicts & {"met", "partial"}:
                yield Issue(file.at(("examples",)), "E130", "缺少「达标」（或它能到的最高档「部分达标」）的例句。")
            for need, label in (("planned", "仅有计划"), ("missing", "近似但不算（missing）")):
                if need not in verdicts:
                    yield Issue(file.at(("examples",)), "E130", f"缺少「{label}」的例句。")
        if len(data["examples"]) < 4:
            yield Issue(file.at(("examples",)), "E131", "例句不足四条。")


def _all_ways(data: dict[str, Any]) -> Iterator[tuple[Path_, Any]]:
    for name in ("about", "admits", "fails"):
        for i, way in enumerate(data.get(name) or ()):
            yield (name, i), way
    for i, element in enumerate(data["elements"]):
        for j, way in enumerate(element["any"]):
            yield ("elements", i, "any", j), way
        for j, way in enumerate(element.get("none") or ()):
            yield ("elements", i, "none", j), way
    for i, metric in enumerate(data.get("metrics") or ()):
        for j, way in enumerate(metric["subject"]):
            yield ("metrics", i, "subject", j), way
