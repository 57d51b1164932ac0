"""Laying one folder upon what is below it: new indicators join, change files change, nothing is overridden in silence."""

from __future__ import annotations

from pathlib import Path

from checker.errors import Issue
from checker.index.layers import layer_files
from checker.index.lint.schema import check_schema
from checker.index.merge import merge_head, merge_indicator, merge_lexicon
from checker.index.pack import Pack, read_source
from checker.index.source import Source
from checker.index.way import suggest


def lay(pack: Pack, folder: Path) -> Source:
    """Lay ``folder`` upon ``pack`` (changed in place, problems added to it); returns the layer's own index.yaml."""
    index, lexicon, files = layer_files(folder, False)
    head = read_source(index) if index.is_file() else Source(index.as_posix(), data={})
    problems = check_schema(head, "layer") if index.is_file() else []
    pack.issues += problems
    sound = not problems and not pack.index.issues and isinstance(pack.index.data, dict)
    if lexicon.is_file():
        words = read_source(lexicon)
        found = check_schema(words, "lexicon")
        pack.issues += found
        if not found and not check_schema(pack.lexicon, "lexicon"):
            pack.lexicon = merge_lexicon(pack.lexicon, words, pack.issues)
    touched = _files(pack, [read_source(f) for f in files])
    if sound and index.is_file():
        _select(pack, head, touched)
        if not check_schema(pack.index, "index"):
            pack.index = merge_head(pack.index, head)
    return head


def _files(pack: Pack, files: list[Source]) -> set[str]:
    """Take in the indicator files of a layer; returns the ids it writes about."""
    known = {f.data["id"]: n for n, f in enumerate(pack.files) if isinstance(f.data, dict) and "id" in f.data}
    touched: set[str] = set()
    changed: dict[str, Source] = {}
    for file in files:
        if file.issues or not isinstance(file.data, dict) or "extends" not in file.data:
            own = file.data.get("id") if isinstance(file.data, dict) else None
            if own in known and own not in touched:
                text = f"编号「{own}」下层已有（{pack.files[known[own]].path}）。要改动它请把 id 换成 extends: {own}。"
                pack.issues.append(Issue(file.at(("id",)), "E120", text))
                continue
            pack.files.append(file)
            touched.add(str(own))
            continue
        problems = check_schema(file, "change")
        pack.issues += problems
        if problems:
            touched.add(str(file.data["extends"]))
            continue
        target = file.data["extends"]
        if target not in known:
            text = f"没有可改动的指标「{target}」。{suggest(target, known)}"
            pack.issues.append(Issue(file.at(("extends",)), "E150", text))
        elif target in changed:
            text = f"本层的 {changed[target].path} 已经改动了「{target}」，请合成一个文件。"
            pack.issues.append(Issue(file.at(("extends",)), "E152", text))
        elif not check_schema(pack.files[known[target]], "indicator"):
            merged, found = merge_indicator(pack.files[known[target]], file)
            pack.issues += found
            pack.files[known[target]] = merged
            changed[target] = file
        touched.add(target)
    return touched


def _select(pack: Pack, head: Source, touched: set[str]) -> None:
    """Leave out what the layer does not want."""

    def own(file: Source) -> str | None:
        return file.data.get("id") if isinstance(file.data, dict) else None

    known = {i for i in map(own, pack.files) if i}
    for n, name in enumerate(head.data.get("drop") or ()):
        if name not in known:
            pack.issues.append(Issue(head.at(("drop", n)), "E151", f"没有指标「{name}」。{suggest(name, known)}"))
    gone = set(head.data.get("drop") or ())
    if head.data.get("take") == "listed":
        gone |= known - touched
    pack.files = [f for f in pack.files if own(f) not in gone]
