"""Matches -> the files of a local pack: official number and text on each indicator, skeletons for what has no rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from operator import eq
from typing import Any

from msgspec import Struct

from checker.authoring.adopt.align import Match
from checker.authoring.adopt.grid import ink
from checker.authoring.adopt.item import Item, bare
from checker.authoring.folder import RuleFile
from checker.index.form import Comments, write
from checker.model import Index, Indicator

Data = dict[str, Any]
_OWN = ("official_no", "official_text", "no", "chapter", "section", "provenance")
SCHEMA = "# yaml-language-server: $schema={}schema/{}.schema.json"
SKELETON = (
    "# 这一条来自正式指标表，还没有判定规则，检查时一律「需人工核验」。",
    "# 写规则：补 about（话题）、elements（要素和说法）、examples（例句），把 verifiability 改为 A、B 或 C，",
    "# 然后运行 checker rules lint 和 checker rules test；写好后 status 改为 stable。写法见 indicators/README.md。",
)


REST = "# 正式表里没有这一条（或正式表不全）；编号和措辞是本库的。"


class Options(Struct, frozen=True):
    """What the adopted edition is called and stands on. ``base`` is what ``extends`` names."""

    id: str
    title: str
    base: str
    source: str
    date: str


def build_pack(
    matches: Sequence[Match],
    index: Index,
    options: Options,
    old: Sequence[RuleFile] = (),
    rest: Sequence[Indicator] = (),
) -> dict[str, str]:
    """Canonical files by name. What people wrote into an earlier adopted pack (``old``) is kept.

    ``rest`` are indicators that no item asks for but that are to stay, behind the official ones and without number.
    """
    groups = _Groups(matches, index)
    kept = _Kept(old)
    files: dict[str, str] = {}
    places = {i.id: groups.place_of(i) for i in rest}
    files["index.yaml"] = _head(groups, options, kept)
    titles: set[str] = set()
    used = {str(f.source.data["id"]) for f in old if "id" in f.source.data}
    numbers = _numbers([m.item for m in matches])
    for match, no in zip(matches, numbers, strict=True):
        chapter, section = groups.of(match)
        official: Data = {
            "no": no,
            "official_no": match.item.number or None,
            "official_text": match.item.text,
            "provenance": "official",
            "chapter": chapter,
            "section": section,
        }
        mine = kept.of(match)
        if match.indicator is not None:
            base = {"extends": match.indicator.id}
            kind, comments = "change", Comments()
        else:
            base = _skeleton(match.item, no, options, titles, used)
            kind, comments = "indicator", Comments(before={("id",): list(SKELETON)})
        if mine is not None:
            base = {k: v for k, v in mine.source.data.items() if k not in _OWN}
            comments = mine.comments
        first = "extends" if kind == "change" else "id"
        line = SCHEMA.format("../", kind)
        if not any("yaml-language-server" in c for c in comments.before.get((first,), ())):
            comments.before[(first,)] = [line, *comments.before.get((first,), ())]
        name = mine.name if mine is not None and mine.name not in files else f"{chapter}/{no:03d}.yaml"
        files[name] = write({**base, **{k: v for k, v in official.items() if v is not None}}, kind, comments)
    for n, indicator in enumerate(rest, max(numbers, default=0) + 1):
        chapter, section = places[indicator.id]
        mine = kept.by_rule.get(indicator.id)
        base = dict(mine.source.data) if mine is not None else {"extends": indicator.id}
        base = {k: v for k, v in base.items() if k not in _OWN}
        comments = Comments(before={("extends",): [SCHEMA.format("../", "change"), REST]})
        name = f"{chapter}/{n:03d}.yaml"
        files[name] = write({**base, "no": n, "chapter": chapter, "section": section}, "change", comments)
    for file in old:
        if file.kind == "lexicon":
            files[file.name] = file.canonical
    return files


def _numbers(items: Sequence[Item]) -> list[int]:
    """Our running numbers: the official ones where all are there once, else the place in the table."""
    printed = [int(i.number) if i.number else 0 for i in items]
    filled = [p or n for n, p in enumerate(printed, 1)]
    return filled if len(set(filled)) == len(filled) else list(range(1, len(items) + 1))


def _head(groups: _Groups, options: Options, kept: _Kept) -> str:
    head: Data = {
        "extends": options.base,
        "take": "listed",
        "id": options.id,
        "title": options.title,
        "edition": options.id,
        "version": "1.0.0",
        "provenance": f"编号和指标内容取自本单位导入的正式文本（{options.source}）；判定规则由本单位负责核对。",
        "notice": "编号和指标内容取自本单位导入的正式文本。",
        "chapters": groups.chapters,
        "changelog": [{"version": "1.0.0", "date": options.date, "text": f"接入正式指标表 {options.source}"}],
    }
    comments = Comments(before={("extends",): [SCHEMA.format("", "layer")]})
    if kept.head is not None:
        old = kept.head.source.data
        head.update({k: old[k] for k in ("id", "title", "edition", "version", "issuer") if k in old})
        log = old.get("changelog") or []
        same = any(c["text"] == head["changelog"][0]["text"] and c["date"] == options.date for c in log)
        head["changelog"] = log if same else [*head["changelog"], *log]
        comments = kept.head.comments
    return write(head, "layer", comments)


class _Kept:
    """What an earlier adopted pack says of an item: found by its rule, else by the text of the item."""

    def __init__(self, old: Sequence[RuleFile]) -> None:
        self.head = next((f for f in old if f.path.name == "index.yaml"), None)
        rules = [f for f in old if f.kind in ("indicator", "change")]
        self.by_rule = {f.source.data["extends"]: f for f in rules if f.kind == "change"}
        self.by_text = {ink(f.source.data.get("official_text") or ""): f for f in rules if f.kind == "indicator"}

    def of(self, match: Match) -> RuleFile | None:
        if match.indicator is not None:
            return self.by_rule.get(match.indicator.id)
        return self.by_text.get(ink(match.item.text))


class _Groups:
    """Chapters and sections of the table, keeping our ids where the names are ours."""

    def __init__(self, matches: Sequence[Match], index: Index) -> None:
        self.index = index
        self.chapters: list[Data] = []
        self.places: dict[int, tuple[str, str]] = {}
        named = any(m.item.chapter for m in matches)
        last = (index.chapters[0].name, index.chapters[0].sections[0].name)
        for match in matches:
            chapter, section = bare(match.item.chapter, 1), bare(match.item.section, 2)
            if not named:
                i = match.indicator
                chapter, section = (index.chapter(i.chapter).name, index.section_name(i)) if i else last
            chapter = chapter or last[0]
            section = section or chapter
            last = (chapter, section)
            self.places[id(match)] = self._place(chapter, section)

    def of(self, match: Match) -> tuple[str, str]:
        return self.places[id(match)]

    def place_of(self, i: Indicator) -> tuple[str, str]:
        """The place of an indicator that no item asks for: its own chapter and section, made if the table lacks them."""
        return self._place(self.index.chapter(i.chapter).name, self.index.section_name(i), _alike)

    def _place(self, chapter: str, section: str, same: Callable[[str, str], bool] = eq) -> tuple[str, str]:
        mine = next((c for c in self.chapters if same(c["name"], chapter)), None)
        if mine is None:
            ours = next((c for c in self.index.chapters if _alike(c.name, chapter)), None)
            taken = {c["id"] for c in self.chapters}
            ident = ours.id if ours and ours.id not in taken else f"chapter-{len(self.chapters) + 1}"
            mine = {"id": ident, "name": chapter, "sections": []}
            self.chapters.append(mine)
        part = next((s for s in mine["sections"] if same(s["name"], section)), None)
        if part is None:
            theirs = next((c for c in self.index.chapters if c.id == mine["id"]), None)
            ours_s = next((s for s in theirs.sections if _alike(s.name, section)), None) if theirs else None
            taken = {s["id"] for s in mine["sections"]}
            ident = ours_s.id if ours_s and ours_s.id not in taken else f"section-{len(mine['sections']) + 1}"
            part = {"id": ident, "name": section}
            mine["sections"].append(part)
        return mine["id"], part["id"]


def _alike(ours: str, theirs: str) -> bool:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, ink(ours), ink(theirs), autojunk=False).ratio() >= 0.8


def _skeleton(item: Item, no: int, options: Options, titles: set[str], used: set[str]) -> Data:
    title = re.split(r"[，。；：、,;:\s（(]", item.text, maxsplit=1)[0][:20] or item.text[:20]
    title = title if len(title) > 3 else item.text[:20]
    if title in titles:
        title = f"{title}（{no}）"
    titles.add(title)
    prefix = re.sub(r"[^0-9A-Za-z]", "", options.id) or "local"
    ident, more = f"{prefix}-{no:03d}", 0
    while ident in used:
        more += 1
        ident = f"{prefix}-{no:03d}{chr(96 + more)}"
    used.add(ident)
    return {
        "id": ident,
        "title": title,
        "requirement": "正式原文见 official_text，判定规则待编写",
        "kind": "practice",
        "verifiability": "D",
        "applies_to": ["city", "county"],
        "severity": "major",
        "status": "draft",
        "elements": [],
        "examples": [],
    }


def loss(items: Sequence[Item], index: Index) -> list[str]:
    """Every way in which the pack on disk says less or other than the table: empty when nothing was lost."""
    out: list[str] = []
    official = sum(i.is_official for i in index.indicators)
    if len(items) != official:
        out.append(f"表中 {len(items)} 项，指标库中有正式原文的 {official} 条")
    by_text: Mapping[str, Indicator] = {i.official_text or "": i for i in index.indicators}
    for n, item in enumerate(items, 1):
        found = by_text.get(item.text)
        name = item.number or f"第 {n} 项（无序号）"
        if found is None:
            out.append(f"{name}：原文没有逐字写进指标库")
            continue
        if (found.official_no or "") != item.number:
            out.append(f"{name}：编号成了 {found.official_no}")
        chapter = index.chapter(found.chapter).name
        if item.chapter and ink(chapter) != ink(bare(item.chapter, 1)):
            out.append(f"{name}：一级指标成了「{chapter}」")
        if item.section and ink(index.section_name(found)) != ink(bare(item.section, 2)):
            out.append(f"{name}：二级指标成了「{index.section_name(found)}」")
    return out
