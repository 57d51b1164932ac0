"""One file held against its schema; every violation with its place, in plain words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

from checker.errors import Issue
from checker.index.source import Path_, Source
from checker.index.way import suggest

SCHEMAS = "checker.index.schema"
_TYPES = {
    "string": "文字",
    "array": "列表",
    "object": "栏目组",
    "integer": "整数",
    "boolean": "true 或 false",
    "null": "空",
}
# What people write where a code is wanted.
_CODES = {
    "重要": "major", "一般": "minor", "达标": "met", "部分达标": "partial", "证据不足": "weak", "仅有计划": "planned",
    "未见证据": "missing", "自认问题": "admitted", "不达标": "failed", "需人工核验": "manual", "不适用": "not_applicable",
    "制度类": "policy", "实施类": "practice", "结果类": "result", "公开类": "disclosure", "否定类": "negative",
    "满意度类": "survey", "草稿": "draft", "定稿": "stable", "停用": "deprecated", "省": "province", "市": "city",
    "县": "county", "区": "county", "乡镇": "township", "街道": "township", "部门": "department", "计划": "plan",
    "问题": "problem", "成效": "achievement", "分句": "clause", "句": "sentence", "段": "paragraph", "高": "high",
    "低": "low", "法律": "law", "政策": "policy", "正式": "official", "本地": "local",
}  # fmt: skip
_YES_NO = {"是": "true", "否": "false", "yes": "true", "no": "false", "Yes": "true", "No": "false", "True": "true"}
_WIDE = str.maketrans({c: chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)})


@cache
def _validator(name: str, package: str) -> Any:
    from jsonschema import Draft202012Validator
    from referencing import Registry, Resource

    files = [f for f in resources.files(package).iterdir() if f.name.endswith(".schema.json")]
    texts = {f.name: json.loads(f.read_text(encoding="utf-8")) for f in files}
    registry: Any = Registry().with_resources((k, Resource.from_contents(v)) for k, v in texts.items())
    return Draft202012Validator(texts[f"{name}.schema.json"], registry=registry)


def check_schema(source: Source, name: str, package: str = SCHEMAS) -> list[Issue]:
    """Problems of reading, else every violation of the schema ``name`` among those of ``package``."""
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


def _explain(error: Any, source: Source) -> Iterator[Issue]:
    path: Path_ = tuple(error.absolute_path)
    where = source.at(path)
    field = ".".join(str(p + 1) if isinstance(p, int) else p for p in path) or "文件"
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
        hint = f"请写 {_YES_NO[got]}。" if "boolean" in names and isinstance(got, str) and got in _YES_NO else ""
        words = "或".join(_TYPES.get(n, n) for n in names)
        yield Issue(where, "E112", f"「{field}」应当是{words}，现在写的是 {_show(got)}。{hint}")
    elif rule == "enum":
        meant = _CODES.get(str(got))
        hint = f"是否想写「{meant}」？" if meant in want else suggest(str(got), want)
        yield Issue(where, "E113", f"「{field}」的值 {_show(got)} 不在可选范围：{'、'.join(map(str, want))}。{hint}")
    elif rule == "pattern":
        plain = str(got).translate(_WIDE)
        hint = f"请用半角，是否想写「{plain}」？" if plain != got else ""
        like = f"应像 {error.schema['examples'][0]} 这样" if error.schema.get("examples") else f"应符合 {want}"
        yield Issue(where, "E114", f"「{field}」的值 {_show(got)} 写法不对（{like}）。{hint}")
    elif rule in ("minItems", "minLength"):
        few = f"「{field}」不能是空的，至少要有 {want} 项。" if rule == "minItems" else f"「{field}」太短或是空的。"
        yield Issue(where, "E115", few)
    elif rule == "uniqueItems":
        yield Issue(where, "E116", f"「{field}」里有重复的项{_twice(got)}。")
    elif rule == "maxItems":
        yield Issue(where, "E118", f"「{field}」有 {len(got)} 项，最多 {want} 项。")
    else:
        yield Issue(where, "E119", f"「{field}」的值 {_show(got)} 不合要求。")


def _twice(items: list[Any]) -> str:
    double = next((x for n, x in enumerate(items) if x in items[:n]), None)
    return "：" + _show(double) if double is not None else ""


def _show(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else text[:40] + "……"
