"""One layer upon another: what a change file, an upper index.yaml or an upper lexicon does to what lies below.

What is written replaces; ``add`` and ``remove`` widen and narrow lists; elements and metrics are found by their id.
Every value keeps the file, line and column it came from.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from checker.errors import Issue
from checker.index.source import Path_, Source
from checker.index.way import suggest

Ref = tuple[Source, Path_]
_OWN = frozenset({"extends", "add", "remove", "take", "drop"})


def way_key(value: Any) -> Any:
    """What makes two list items the same: a way in either form, an example or threshold by its text, else itself."""
    if isinstance(value, dict):
        return value.get("text", value.get("id", value.get("name")))
    parts = value if isinstance(value, list) else str(value).split("&")
    return " & ".join(p.strip() for part in parts for p in str(part).split("&"))


def merge_indicator(below: Source, change: Source) -> tuple[Source, list[Issue]]:
    """``below`` with what ``change`` says of it."""
    out = Source(change.path)
    issues: list[Issue] = []
    out.data = _mapping(out, (), (below, ()), (change, ()), issues)
    return out, issues


def _get(ref: Ref) -> Any:
    value = ref[0].data
    for step in ref[1]:
        value = value[step]
    return value


def _mapping(out: Source, to: Path_, below: Ref, change: Ref, issues: list[Issue]) -> dict[str, Any]:
    old, new = _get(below), _get(change)
    add, remove = new.get("add") or {}, new.get("remove") or {}
    result: dict[str, Any] = {}
    for key in [*old, *(k for k in (*new, *add) if k not in old)]:
        if key in _OWN or key in result:
            continue
        if key in ("elements", "metrics") and isinstance(old.get(key), list):
            result[key] = _parts(out, (*to, key), below, change, key, issues)
            continue
        holder = change if key in new else below
        if key not in add and key not in remove:
            result[key] = out.take((*to, key), holder[0], (*holder[1], key))
            continue
        refs = [(holder[0], (*holder[1], key, n)) for n in range(len(_get(holder).get(key) or ()))]
        refs = _without(refs, change, key, remove.get(key) or (), issues)
        refs += [(change[0], (*change[1], "add", key, n)) for n in range(len(add.get(key) or ()))]
        result[key] = _build(out, (*to, key), refs)
    for key in remove:
        if key not in old and key not in new:
            _without([], change, key, remove[key], issues)
    _place(out, to, change)
    return result


def _place(out: Source, to: Path_, ref: Ref) -> None:
    if ref[1] in ref[0].marks:
        out.marks[to] = ref[0].marks[ref[1]]
        out.files[to] = ref[0].files.get(ref[1], ref[0].path)


def _build(out: Source, to: Path_, refs: Sequence[Ref]) -> list[Any]:
    if refs:
        _place(out, to, (refs[0][0], refs[0][1]))
    return [out.take((*to, n), *ref) for n, ref in enumerate(refs)]


def _without(refs: list[Ref], change: Ref, key: str, gone: Sequence[str], issues: list[Issue]) -> list[Ref]:
    """``refs`` without those named in ``gone``; what is not there is an error with a guess."""
    keys = [way_key(_get(r)) for r in refs]
    for n, name in enumerate(gone):
        if way_key(name) not in keys:
            where = change[0].at((*change[1], "remove", key, n))
            text = f"要去掉的「{way_key(name)}」不在原来的 {key} 里。{suggest(str(way_key(name)), keys)}"
            issues.append(Issue(where, "E153", text))
    names = {way_key(g) for g in gone}
    return [r for r, k in zip(refs, keys, strict=True) if k not in names]


def _parts(out: Source, to: Path_, below: Ref, change: Ref, key: str, issues: list[Issue]) -> list[Any]:
    """Elements or metrics: those below in their order, changed where named, then the new ones."""
    new = _get(change)
    refs: list[Ref] = [(below[0], (*below[1], key, n)) for n in range(len(_get(below)[key]))]
    refs = _without(refs, change, key, (new.get("remove") or {}).get(key) or (), issues)
    named = {part["id"]: (change[0], (*change[1], key, n)) for n, part in enumerate(new.get(key) or ())}
    result: list[Any] = []
    for ref in refs:
        at = (*to, len(result))
        mine = named.pop(_get(ref)["id"], None)
        result.append(_mapping(out, at, ref, mine, issues) if mine else out.take(at, *ref))
    for ref in named.values():
        for word in ("add", "remove"):
            if word in _get(ref):
                text = f"原来没有「{_get(ref)['id']}」，不能写 {word}。{suggest(_get(ref)['id'], [p['id'] for p in _get(below)[key]])}"
                issues.append(Issue(ref[0].at_key((*ref[1], word)), "E153", text))
        fresh = out.take((*to, len(result)), *ref)
        result.append({k: v for k, v in fresh.items() if k not in ("add", "remove")})
    return result


def merge_head(below: Source, layer: Source) -> Source:
    """index.yaml of the stack: what the layer writes replaces; ``add.chapters`` joins by id; the changelog is its own."""
    out = Source(layer.path)
    old, new = below.data, layer.data
    out.data = {}
    for key in [*old, *(k for k in new if k not in old)]:
        if key not in _OWN and key != "changelog":
            holder = layer if key in new else below
            out.data[key] = out.take((key,), holder, (key,))
    for n, chapter in enumerate((new.get("add") or {}).get("chapters") or ()):
        at: Path_ = ("add", "chapters", n)
        mine = next((i for i, c in enumerate(out.data["chapters"]) if c["id"] == chapter["id"]), None)
        if mine is None:
            out.data["chapters"].append(out.take(("chapters", len(out.data["chapters"])), layer, at))
            continue
        sections = out.data["chapters"][mine]["sections"]
        for m in range(len(chapter["sections"])):
            sections.append(out.take(("chapters", mine, "sections", len(sections)), layer, (*at, "sections", m)))
    return out


def merge_lexicon(below: Source, layer: Source, issues: list[Issue]) -> Source:
    """The lexicon of the stack: new groups join; ``add`` and ``remove`` change one of the same name."""
    out = Source(layer.path)
    out.data = {"groups": [], "abbreviations": []}
    changes = {g["name"]: n for n, g in enumerate(layer.data.get("groups") or ()) if "any" not in g}
    own = [n for n, g in enumerate(layer.data.get("groups") or ()) if "any" in g]
    groups = out.data["groups"]
    for n, group in enumerate(below.data.get("groups") or ()):
        at: Path_ = ("groups", len(groups))
        mine = changes.pop(group["name"], None)
        ref: Ref = (below, ("groups", n))
        groups.append(out.take(at, *ref) if mine is None else _mapping(out, at, ref, (layer, ("groups", mine)), issues))
    names = [g["name"] for g in groups]
    for name, n in changes.items():
        text = f"下层没有词组「{name}」可以补充。{suggest(name, names)}"
        issues.append(Issue(layer.at(("groups", n, "name")), "E154", text))
    for n in own:
        if layer.data["groups"][n]["name"] in names:
            text = f"下层已有词组「{layer.data['groups'][n]['name']}」。要补充说法请写 add，要去掉请写 remove。"
            issues.append(Issue(layer.at(("groups", n, "name")), "E122", text))
            continue
        groups.append(out.take(("groups", len(groups)), layer, ("groups", n)))
    short = out.data["abbreviations"]
    mine_short = {a["name"] for a in layer.data.get("abbreviations") or ()}
    keep: Callable[[Any], bool] = lambda a: a["name"] not in mine_short  # noqa: E731
    for source, wanted in ((below, keep), (layer, lambda a: True)):
        for n, a in enumerate(source.data.get("abbreviations") or ()):
            if wanted(a):
                short.append(out.take(("abbreviations", len(short)), source, ("abbreviations", n)))
    return out
