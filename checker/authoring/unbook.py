"""指标库.xlsx -> a folder of canonical rule files. What a cell can't mean is an error with its sheet and cell."""

from __future__ import annotations

import io
import json
import re
from pathlib import PurePosixPath
from typing import Any

from checker.authoring.adopt.grid import UNPACKED_LIMIT, unpacked
from checker.authoring.cells import decode_flag, decode_list, decode_text, plain
from checker.authoring.tables import (
    ALL,
    CHANGES,
    CHAPTERS,
    FILES,
    GROUPS,
    HEAD,
    HEAD_NAMES,
    INDICATORS,
    LOG,
    NOTES,
    PARTS,
    SHORT,
    Column,
    Table,
)
from checker.errors import CheckerError, Issue, Location
from checker.index.form import Comments, empty_of, kind_of, write
from checker.index.way import suggest

Data = dict[str, Any]
_SAFE_NAME = re.compile(r"[\w一-鿿.\-]+(?:/[\w一-鿿.\-]+)*\.ya?ml")


class _Book:
    """The cells of a workbook by sheet and heading, and the problems met."""

    def __init__(self, data: bytes, path: str) -> None:
        from openpyxl import load_workbook

        if unpacked(data) > UNPACKED_LIMIT:
            raise CheckerError([Issue(Location(path), "E304", "工作簿展开后太大，不像一本指标库，不予读取。")])
        self.path = path
        self.issues: list[Issue] = []
        self.tables: dict[str, list[tuple[int, dict[str, str]]]] = {}
        try:
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        except Exception as error:
            text = "打不开这个工作簿。请确认它是 .xlsx，没有加密，也没有损坏。"
            raise CheckerError([Issue(Location(path), "E502", text)]) from error
        missing = [t.sheet for t in (HEAD, INDICATORS) if t.sheet not in book.sheetnames]
        if missing:
            text = f"缺少工作表「{'」「'.join(missing)}」。请用 checker rules export 写出的工作簿来改。"
            raise CheckerError([Issue(Location(path), "E503", text)])
        for table in ALL:
            rows = (
                [[plain(c) for c in row] for row in book[table.sheet].iter_rows(values_only=True)]
                if (table.sheet in book.sheetnames)
                else []
            )
            self.tables[table.sheet] = self._table(table, rows)

    def _table(self, table: Table, rows: list[list[str]]) -> list[tuple[int, dict[str, str]]]:
        if not rows:
            return []
        known = {c.title: c.key for c in table.columns}
        heads = [known.get(title.strip()) for title in rows[0]]
        for title in rows[0]:
            if title.strip() and title.strip() not in known:
                hint = suggest(title.strip(), known)
                self.issue(table, 1, "E504", f"没有「{title.strip()}」这一列。{hint}")
        out = []
        for number, row in enumerate(rows[1:], 2):
            cells = {key: cell for key, cell in zip(heads, row, strict=False) if key and cell.strip()}
            if cells:
                out.append((number, cells))
        return out

    def issue(self, table: Table, row: int, code: str, text: str) -> None:
        self.issues.append(Issue(Location(f"{self.path} 工作表「{table.sheet}」第 {row} 行"), code, text))


def unbuild(data: bytes, path: str) -> dict[str, str]:
    """Canonical files by name. Raises CheckerError with every problem of every sheet."""
    book = _Book(data, path)
    contents: dict[str, Data] = {}
    head = _head(book)
    if head:
        contents["index.yaml"] = head
    lexicon: Data = {t.key: [_item(t, cells) for _, cells in book.tables[t.sheet]] for t in (GROUPS, SHORT)}
    lexicon = {k: v for k, v in lexicon.items() if v}
    if lexicon:
        contents["lexicon.yaml"] = lexicon
    contents.update(_indicators(book))
    comments = _comments(book, contents)
    if book.issues:
        raise CheckerError(book.issues)
    return {
        name: write(data, kind_of(PurePosixPath(name).name, data), comments.get(name))
        for name, data in contents.items()
    }


def _head(book: _Book) -> Data:
    names = {v: k for k, v in HEAD_NAMES.items()}
    out: Data = {}
    for row, cells in book.tables[HEAD.sheet]:
        key = names.get(cells.get("key", "").strip())
        if key is None:
            book.issue(
                HEAD, row, "E504", f"没有「{cells.get('key', '')}」这一栏。{suggest(cells.get('key', ''), names)}"
            )
        elif "value" in cells:
            out[key] = decode_list(cells["value"]) if key == "drop" else decode_text(cells["value"])
    for place, holder in (("", out), ("补充", out.setdefault("add", {}))):
        chapters: dict[str, Data] = {}
        for row, cells in book.tables[CHAPTERS.sheet]:
            if cells.get("place", "").strip() != place:
                continue
            if not {"chapter", "section", "section_name"} <= set(cells):
                book.issue(CHAPTERS, row, "E505", "章、节、节名都要填。")
                continue
            chapter = chapters.setdefault(
                cells["chapter"].strip(), {"id": cells["chapter"].strip(), "name": "", "sections": []}
            )
            chapter["name"] = chapter["name"] or decode_text(cells.get("chapter_name", ""))
            chapter["sections"].append({"id": cells["section"].strip(), "name": decode_text(cells["section_name"])})
        if chapters:
            holder["chapters"] = list(chapters.values())
    if not out["add"]:
        del out["add"]
    log = [_item(LOG, cells) for _, cells in book.tables[LOG.sheet]]
    if log:
        out["changelog"] = log
    return out


def _item(table: Table, cells: dict[str, str]) -> Data:
    out: Data = {}
    for column in table.columns:
        if column.key == "file" or column.key not in cells:
            continue
        holder = out
        *above, last = column.key.split(".")
        for step in above:
            holder = holder.setdefault(step, {})
        holder[last] = _value(column, cells[column.key])
    return out


def _value(column: Column, cell: str) -> Any:
    if column.kind == "list":
        return decode_list(cell)
    if column.kind == "flag":
        return decode_flag(cell)
    if column.kind == "number":
        return int(cell) if cell.strip().isdigit() else cell.strip()
    return decode_text(cell)


def _indicators(book: _Book) -> dict[str, Data]:
    by_key: dict[str, Data] = {}
    for row, cells in book.tables[INDICATORS.sheet]:
        data = _item(INDICATORS, cells)
        key = data.get("id") or data.get("extends")
        if not key:
            book.issue(INDICATORS, row, "E505", "「编号」和「改动自」总要填一个。")
        elif key in by_key:
            book.issue(INDICATORS, row, "E120", f"编号「{key}」重复。")
        else:
            by_key[key] = data
            if "extends" not in data:
                data["elements"], data["examples"] = [], []
    for table in PARTS:
        for row, cells in book.tables[table.sheet]:
            owner = by_key.get(cells.get("file", "").strip())
            if owner is None:
                name = cells.get("file", "").strip()
                book.issue(table, row, "E506", f"「指标」表里没有编号「{name}」。{suggest(name, by_key)}")
            else:
                owner.setdefault(table.key, []).append(_item(table, cells))
    for row, cells in book.tables[CHANGES.sheet]:
        _change(book, row, cells, by_key)
    names = {cells["file"].strip(): cells["name"].strip() for _, cells in book.tables[FILES.sheet] if len(cells) == 2}
    out: dict[str, Data] = {}
    for key, data in by_key.items():
        name = names.get(key) or f"{data.get('chapter') or 'changes'}/{key}.yaml"
        if not _SAFE_NAME.fullmatch(name) or ".." in name:
            book.issue(FILES, 1, "E507", f"文件名「{name}」不能用。")
            continue
        out[name] = data
    return out


def _change(book: _Book, row: int, cells: dict[str, str], by_key: dict[str, Data]) -> None:
    owner = by_key.get(cells.get("file", "").strip())
    part = {"指标": "", "要素": "elements", "数据": "metrics"}.get(cells.get("part", "指标").strip())
    word = {"增": "add", "减": "remove"}.get(cells.get("word", "").strip())
    if owner is None or part is None or word is None or not {"field", "value"} <= set(cells):
        book.issue(CHANGES, row, "E505", "指标、哪一层（指标、要素、数据）、增或减、栏目、内容都要填对。")
        return
    holder = owner
    if part:
        name = cells.get("id", "").strip()
        found = next((p for p in owner.get(part) or () if p.get("id") == name), None)
        holder = found if found is not None else {"id": name}
        if found is None:
            owner.setdefault(part, []).append(holder)
    holder.setdefault(word, {})[cells["field"].strip()] = decode_list(cells["value"])


def _hold(data: Any, path: tuple[Any, ...]) -> None:
    """Keep a place for a comment at a field that has nothing in it (an empty cell)."""
    for step in path[:-1]:
        if (isinstance(data, dict) and step in data) or (
            isinstance(data, list) and isinstance(step, int) and step < len(data)
        ):
            data = data[step]
        else:
            return
    if path and isinstance(data, dict) and isinstance(path[-1], str):
        data.setdefault(path[-1], empty_of(path[-1]))


def _comments(book: _Book, contents: dict[str, Data]) -> dict[str, Comments]:
    out: dict[str, Comments] = {}
    for row, cells in book.tables[NOTES.sheet]:
        name = cells.get("file", "").strip()
        if name not in contents:
            continue
        mine = out.setdefault(name, Comments())
        texts = [str(t) for t in decode_list(cells.get("value", ""))]
        texts = [t if t.startswith("#") else f"# {t}" for t in texts]
        try:
            path = tuple(json.loads(cells.get("path") or "[]"))
        except ValueError:
            book.issue(NOTES, row, "E505", "「位置」一列是程序写的，请照原样保留。")
            continue
        side = cells.get("side", "").strip()
        if side == "行尾":
            mine.after[path] = " ".join(texts)
        elif side == "在前":
            mine.before.setdefault(path, []).extend(texts)
        else:
            mine.last += texts
        if side in ("行尾", "在前"):
            _hold(contents[name], path)
    return out
