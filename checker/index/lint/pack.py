"""A whole pack: every file against its schema, then everything against everything."""

from __future__ import annotations

from collections.abc import Iterator

from checker.errors import Issue, Location
from checker.index.compile import compile_groups
from checker.index.lint.cross import check_indicator
from checker.index.lint.schema import check_schema
from checker.index.pack import Pack
from checker.index.source import Source
from checker.index.way import Group, suggest


def check_pack(pack: Pack) -> list[Issue]:
    """Schema and cross-checks of a whole pack, sorted by place."""
    issues = list(pack.issues)
    head_problems = check_schema(pack.index, "index")
    word_problems = check_schema(pack.lexicon, "lexicon")
    issues += head_problems + word_problems
    groups: dict[str, Group] | None = None
    if not word_problems:
        issues += _check_lexicon(pack.lexicon)
        groups = compile_groups(pack.lexicon.data)
    sections: dict[str, set[str]] = {}
    if not head_problems:
        issues += _check_head(pack.index)
        sections = {c["id"]: {s["id"] for s in c["sections"]} for c in pack.index.data["chapters"]}
    sound = []
    for file in pack.files:
        problems = check_schema(file, "indicator")
        issues += problems
        if not problems:
            sound.append(file)
    issues += _check_together(sound)
    for file in sound:
        issues += check_indicator(file, groups, sections)
    if not pack.files:
        issues.append(Issue(Location(pack.index.path), "E121", "一条指标也没有。"))
    return sorted(set(issues))


def _check_head(index: Source) -> Iterator[Issue]:
    seen: set[str] = set()
    for i, chapter in enumerate(index.data["chapters"]):
        if chapter["id"] in seen:
            yield Issue(index.at(("chapters", i, "id")), "E120", f"章的编号「{chapter['id']}」重复。")
        seen.add(chapter["id"])
        inside: set[str] = set()
        for j, section in enumerate(chapter["sections"]):
            if section["id"] in inside:
                where = index.at(("chapters", i, "sections", j, "id"))
                yield Issue(where, "E120", f"这一章里节的编号「{section['id']}」重复。")
            inside.add(section["id"])


def _check_together(files: list[Source]) -> Iterator[Issue]:
    """What only shows when all indicators lie side by side: numbers, titles, who replaces whom."""
    tables: dict[str, dict[object, Location]] = {"id": {}, "no": {}, "official_no": {}, "title": {}}
    says = {"id": "编号「{}」已被 {} 用过，不能重复。", "no": "编号「{}」已被 {} 用过，不能重复。"}
    says |= {"official_no": "正式编号「{}」已被 {} 用过。", "title": "标题「{}」与 {} 相同，请写得能区分。"}
    codes = {"id": "E120", "no": "E120", "official_no": "E138", "title": "E133"}
    for file in files:
        retired = file.data.get("status") == "deprecated"
        for key, table in tables.items():
            value = file.data.get(key)
            if value is None or (retired and key != "id"):
                continue
            where = file.at((key,))
            if value in table:
                yield Issue(where, codes[key], says[key].format(value, table[value]))
            else:
                table[value] = where
    status = {f.data["id"]: f.data.get("status") for f in files}
    for file in files:
        new = file.data.get("replaced_by")
        if new is None:
            continue
        where = file.at(("replaced_by",))
        if file.data.get("status") != "deprecated":
            yield Issue(where, "E137", "只有停用（status: deprecated）的指标才写 replaced_by。")
        elif new == file.data["id"] or new not in status:
            others = [i for i in status if i != file.data["id"]]
            yield Issue(where, "E136", f"代替它的「{new}」不在本套指标里。{suggest(new, others)}")
        elif status[new] == "deprecated":
            yield Issue(where, "E136", f"代替它的「{new}」自己也已停用，请写现行的那一条。")


def _check_lexicon(lexicon: Source) -> Iterator[Issue]:
    names = set()
    for i, group in enumerate(lexicon.data.get("groups") or ()):
        if group["name"] in names:
            yield Issue(lexicon.at(("groups", i, "name")), "E122", f"词组「{group['name']}」重复了。")
        names.add(group["name"])
        for word in ("add", "remove"):
            if word in group:
                text = f"{word} 只能写在叠加层的词组里；这里请直接写 any 和 none。"
                yield Issue(lexicon.at_key(("groups", i, word)), "E154", text)
        for j, none in enumerate(group.get("none") or ()):
            for phrase in group.get("any") or ():
                if none in phrase:
                    where = lexicon.at(("groups", i, "none", j))
                    yield Issue(where, "E123", f"「勿匹配」的「{none}」会让「{phrase}」永远命中不了。")
