"""``evidence init``: a manifest from the files that are there, and folders by indicator for those that are not."""

from __future__ import annotations

import json
import re
from pathlib import Path

from checker.documents import read_document
from checker.documents.folder import GUIDE
from checker.errors import CheckerError, DocumentError, Issue, Location
from checker.index.source import parse
from checker.model import Index, Indicator
from checker.review.materials import NAME, UNKNOWN, dates_of, files_in, number_of
from checker.review.reading import ReviewError, file_hash

_UNSAFE = re.compile(r'[\\/:*?"<>|\s]+')


def folders(index: Index) -> tuple[tuple[str, str], ...]:
    """(path of the guide, its text) for every indicator: a folder a chapter, in it a folder an indicator."""
    chapters = {c.id: f"{n:02d}-{_name(c.name)}" for n, c in enumerate(index.chapters, 1)}
    out = []
    for i in _ordered(index):
        number = f"{int(i.number):03d}" if i.number.isdigit() else i.number
        out.append((f"{chapters[i.chapter]}/{_name(number)}-{_name(i.title)}/{GUIDE}", _guide(i)))
    return tuple(out)


def _ordered(index: Index) -> tuple[Indicator, ...]:
    return tuple(i for c in index.chapters for i in index.indicators if i.chapter == c.id)


def _name(text: str) -> str:
    return _UNSAFE.sub("-", text).strip("-. ")[:40]


def _guide(i: Indicator) -> str:
    lines = [f"指标 {i.label}", f"内容：{i.wording}", "", "应附材料：", *(f"- {m}" for m in i.materials)]
    return "\n".join([*lines, "", "材料放进本文件夹后，运行 checker evidence init 登记。", ""])


def manifest_text(folder: Path, index: Index, year: int | None) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The whole new text of the manifest, the files newly taken in, and those whose indicator a person must fill in.

    What is already there stays to the letter; new entries are put at the end. Raises ReviewError where that cannot be
    done without touching what a person wrote.
    """
    file = folder / NAME
    where = Location(NAME)
    if not file.exists():
        period = f"period:\n  start: {year}-01-01\n  end: {year}-12-31\n" if year else ""
        old, known, indent = f"# 佐证材料清单：checker evidence verify 按它核对\n{period}materials:\n", set[str](), 2
        empty_text = old.replace("materials:\n", "materials: []\n")
    else:
        try:
            old = file.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ReviewError([Issue(where, "E602", "不是 UTF-8 编码。请另存为 UTF-8。")]) from error
        source = parse(old, NAME)
        if source.issues:
            raise ReviewError(source.issues)
        rows = source.data.get("materials") if isinstance(source.data, dict) else None
        if not isinstance(rows, list) or list(source.data)[-1] != "materials":
            raise ReviewError([Issue(where, "E644", "materials 要是最后一栏，才能往后添加。")])
        if not rows:
            return _appended(folder, index, re.sub(r"\[\s*\]\s*$", "", old.rstrip()).rstrip() + "\n", set(), 2, old)
        known = {str(r.get("path", "")).strip() for r in rows if isinstance(r, dict)}
        line, column = source.marks[("materials", 0)]
        if "[" in old.split("\n")[line - 1][: column - 1]:
            raise ReviewError([Issue(where, "E644", "materials 请写成每份一段的列表，不要用方括号。")])
        indent = len(old.split("\n")[line - 1]) - len(old.split("\n")[line - 1].lstrip(" "))
        empty_text = old
    return _appended(folder, index, old if old.endswith("\n") else old + "\n", known, indent, empty_text)


def _appended(
    folder: Path, index: Index, text: str, known: set[str], indent: int, unchanged: str
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    new = [p for p in files_in(folder) if p not in known]
    if not new:
        return unchanged, (), ()
    open_: list[str] = []
    for path in new:
        lines, placed = _entry(folder, path, index)
        if not placed:
            open_.append(path)
        text += "".join(" " * indent + ("- " if n == 0 else "  ") + line + "\n" for n, line in enumerate(lines))
    _check(text, known | set(new), Location(NAME))
    return text, tuple(new), tuple(open_)


def _check(text: str, paths: set[str], where: Location) -> None:
    again = parse(text, NAME)
    if again.issues or {r["path"] for r in again.data["materials"]} != paths:
        raise ReviewError([Issue(where, "E644", "不能在不改动原有内容的情况下往后添加，请手工登记新材料。")])


def _entry(folder: Path, path: str, index: Index) -> tuple[list[str], bool]:
    found = _indicator(path, index)
    title, number, when = _facts(folder / path)
    lines = [
        f"path: {_quoted(path)}",
        f"indicators: [{_quoted(found.id if found else UNKNOWN)}]",
        f"title: {_quoted(title)}",
        f"number: {_quoted(number)}",
        'issuer: ""',
        f"date: {when or 'null'}",
        'page: ""',
        f"sha256: {file_hash(folder / path)}",
        "public: false",
    ]
    return lines, found is not None


def _indicator(path: str, index: Index) -> Indicator | None:
    """The indicator that the nearest folder is named after: the skeleton's name, three digits, or the full id.

    A file's own name counts only with the full id (edition and number): numbers at its start mean all sorts of things.
    """
    *parents, file = path.split("/")
    known = {guide.split("/")[1]: i for (guide, _), i in zip(folders(index), _ordered(index), strict=True)}
    for part in (file, *reversed(parents)):
        if part is not file and part in known:
            return known[part]
        m = re.match(rf"({re.escape(index.id)}-\d{{3}})(?!\d)", part) or (
            re.match(r"(\d{3})(?!\d)", part) if part is not file else None
        )
        if m:
            return next((i for i in index.indicators if i.answers_to(m[1])), None)
    return None


def _facts(file: Path) -> tuple[str, str, str]:
    """Title, 文号 and date as the text has them; empty where it has none or cannot be read."""
    try:
        text = read_document(str(file)).text
    except (DocumentError, CheckerError):
        return "", "", ""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    number = number_of(text)
    title = next((x for x in lines[:6] if 4 <= len(x) <= 60 and x != number and not x.endswith(("。", "：", ":"))), "")
    dates = dates_of(text)
    return title, number, dates[-1].isoformat() if dates else ""


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
