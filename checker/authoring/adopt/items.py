"""Cells -> the official items, with everything that looks wrong named and everything left over listed."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec import Struct

from checker.authoring.adopt.grid import Cell, Grid, ink
from checker.authoring.adopt.item import Item, Reading, number_of
from checker.authoring.adopt.lines import read_lines
from checker.authoring.adopt.readers import read_grids
from checker.errors import CheckerError, Issue, Location

_HEADING_MOST = 40
_NUMBERED = re.compile(r"^\s*[（(]?([0-9０-９]{1,4})\s*[)）.．、]\s*(?=\S)")


def read_items(path: Path) -> Reading:
    """The items of a file; raises CheckerError if there is no table of items in it."""
    grids = read_grids(path)
    tables = [(g, roles) for g in grids if (roles := _roles(g)) is not None]
    reading = Reading()
    if tables:
        state = _State(reading, str(path))
        for grid, roles in tables:
            state.table(grid, roles)
        state.finish()
    elif path.suffix.lower() in (".txt", ".md"):
        read_lines(path, reading)
    if not reading.items:
        text = "没有找到指标表。表头应有「一级指标、二级指标、序号、三级指标」，或至少有一列序号、一列指标内容。"
        raise CheckerError([Issue(Location(str(path)), "E510", text)])
    check_numbers(reading, str(path))
    return reading


class _Roles(Struct, frozen=True):
    """Which column is what; ``start`` is the first row below the heading."""

    number: int | None
    text: int
    chapter: int | None
    section: int | None
    start: int


def _roles(grid: Grid) -> _Roles | None:
    for r, row in enumerate(grid.rows[:12]):
        found = _heading(row)
        if found is not None:
            return _columns(grid, found, r + 1)
    return _columns(grid, {}, 0)


def _heading(row: tuple[Cell, ...]) -> dict[str, list[int]] | None:
    """Roles of the columns by a heading row; a heading that spans several columns names all of them."""
    roles: dict[str, list[int]] = {}
    last = ""
    for c, cell in enumerate(row):
        name = ink(cell or "")
        if cell is None:
            role = last
        elif len(name) > 14:
            return None
        elif re.search(r"一级|类别|大类", name):
            role = "chapter"
        elif re.search(r"二级", name):
            role = "section"
        elif re.search(r"序号|编号|^号$|^项$", name):
            role = "number"
        elif re.search(r"三级|指标内容|指标要求|评估内容|具体指标|^指标$|^内容$", name):
            role = "text"
        else:
            role = ""
        last = role
        if role:
            roles.setdefault(role, []).append(c)
    return roles if "text" in roles and len(roles) > 1 else None


def _columns(grid: Grid, named: dict[str, list[int]], start: int) -> _Roles | None:
    body = grid.rows[start:]
    width = len(grid.rows[0]) if grid.rows else 0

    def count(c: int) -> int:
        return sum(number_of(row[c]) is not None for row in body)

    def length(c: int) -> int:
        return sum(len(row[c] or "") for row in body if number_of(row[c]) is None)

    columns = range(width)
    among = named.get("text") or list(columns)
    text = max(among, key=length, default=None)
    if text is None or not length(text):
        return None
    numbers = [c for c in (*named.get("number", ()), *(among if named else columns)) if c != text]
    number = max(numbers, key=count, default=None)
    if number is not None and count(number) < max(1, len(body) // 4):
        number = None
    if not named:
        several = number is not None and count(number) >= 2
        if not several:
            return None
        groups = [c for c in columns if c not in (text, number) and c < text and length(c)]
        chapter = groups[0] if groups else None
        section = groups[1] if len(groups) > 1 else None
        return _Roles(number, text, chapter, section, start)
    chapter, section = (next(iter(named.get(k, ())), None) for k in ("chapter", "section"))
    return _Roles(number, text, chapter, section, start)


class _State:
    """Reading rows one after another: groups hold on until the next one is named."""

    def __init__(self, reading: Reading, path: str) -> None:
        self.reading = reading
        self.path = path
        self.chapter = self.section = ""
        self.rows: list[tuple[str | None, Cell, bool, str, str, str]] = []
        self.names: dict[int, str] = {}
        self.spares: dict[str, int] = {}

    def table(self, grid: Grid, roles: _Roles) -> None:
        heading = tuple(ink(c or "") for c in grid.rows[roles.start - 1]) if roles.start else None
        self.names = dict(enumerate(heading)) if heading else {}
        for r, row in enumerate(grid.rows):
            where = f"{grid.where}第 {r + 1} 行"
            if r < roles.start:
                continue
            used = sum(len(ink(c)) for c in row if c)
            self.reading.ink_in += used
            if heading is not None and tuple(ink(c or "") for c in row) == heading:
                self.reading.ink_out += used
                continue
            self.row(row, roles, where)

    def row(self, row: tuple[Cell, ...], roles: _Roles, where: str) -> None:
        out = 0
        for name, column in (("chapter", roles.chapter), ("section", roles.section)):
            cell = row[column] if column is not None else None
            if cell:
                out += len(ink(cell))
                if ink(cell) != ink(getattr(self, name)):
                    setattr(self, name, cell)
                    if name == "chapter" and roles.section is not None and not row[roles.section]:
                        self.section = ""
        numbered = row[roles.number] if roles.number is not None else ""
        number = number_of(numbered)
        text = row[roles.text]
        said = [c for c in row if c]
        if len(said) == 1 and number is None and self.heading(said[0]):
            self.reading.ink_out += len(ink(said[0]))
            return
        if number is None and numbered:
            self.left(where, numbered)
        else:
            out += len(ink(numbered or ""))
        out += len(ink(text or ""))
        if number is None and text and roles.number is None:
            m = _NUMBERED.match(text)
            number = number_of(m[1]) if m else None
            text = text[m.end() :] if m else text
        if text or number is not None:
            self.rows.append((number, text, numbered is None, self.chapter, self.section, where))
        known = {roles.number, roles.text, roles.chapter, roles.section}
        for c, cell in enumerate(row):
            if cell and c not in known:
                self.spare(c, cell, where)
        self.reading.ink_out += out

    def heading(self, text: str) -> bool:
        """Whether a row of one cell across the table names a group; if so it holds from here on."""
        if len(text) > _HEADING_MOST or text.endswith(("。", "；", ";")):
            return False
        if re.match(r"^\s*第?[一二三四五六七八九十]+[、.．章]", text):
            self.chapter, self.section = text, ""
            return True
        if re.match(r"^\s*[（(][一二三四五六七八九十0-9]+[)）]", text):
            self.section = text
            return True
        return False

    def spare(self, column: int, cell: str, where: str) -> None:
        """A cell of a column that is neither number nor text nor group (分值, 评分标准 …)."""
        name = self.names.get(column, "")
        if not name:
            self.left(where, cell)
            return
        self.spares[name] = self.spares.get(name, 0) + 1
        self.reading.ink_out += len(ink(cell))

    def left(self, where: str, cell: str) -> None:
        self.reading.left.append(f"{where}：{cell}")
        self.reading.ink_out += len(ink(cell))

    def finish(self) -> None:
        self.reading.left += [f"「{name}」一列没有采用（{n} 格）" for name, n in self.spares.items()]
        numbers = [r[0] for r in self.rows]
        counted = any(numbers)
        items = self.reading.items
        for n, (number, text, merged, chapter, section, where) in enumerate(self.rows):
            if number is not None and not text:
                self.issue(where, "W511", f"序号 {number} 后面没有内容（表可能在这里断了）。请补上这一项的内容。")
                continue
            if number is None and counted and items and self.goes_on(n, merged):
                before = items[-1]
                items[-1] = Item(
                    before.number, before.text + (text or ""), before.chapter, before.section, before.where
                )
                continue
            items.append(Item(number or "", text or "", chapter, section, where))

    def goes_on(self, n: int, merged: bool) -> bool:
        """Whether a row without a number is the rest of the item above (a page break), not an item of its own."""
        if merged:
            return True
        before = next((int(r[0]) for r in reversed(self.rows[:n]) if r[0]), 0)
        after = next((int(r[0]) for r in self.rows[n + 1 :] if r[0]), None)
        blanks = 1 + sum(1 for _ in self._blanks(n))
        return after == before + 1 if after is not None else blanks == 1 and self.same_group(n)

    def _blanks(self, n: int) -> list[int]:
        out = []
        for m in range(n + 1, len(self.rows)):
            if self.rows[m][0]:
                break
            out.append(m)
        return out

    def same_group(self, n: int) -> bool:
        text = self.rows[n - 1][1] or ""
        return self.rows[n][3:5] == self.rows[n - 1][3:5] and not text.endswith(("。", "；", ";", "."))

    def issue(self, where: str, code: str, text: str) -> None:
        self.reading.issues.append(Issue(Location(f"{self.path}（{where}）"), code, text))


def check_numbers(reading: Reading, path: str) -> None:
    """Name every number that is missing, twice there, or out of order."""
    seen: dict[str, str] = {}
    last = 0
    for item in reading.items:
        where = Location(f"{path}（{item.where}）")
        if not item.number:
            text = f"这一项没有序号，按次序应是 {last + 1}：{item.text[:20]}……。编号先空着，请核对原表。"
            reading.issues.append(Issue(where, "W512", text))
            last += 1
            continue
        value = int(item.number)
        if item.number in seen:
            text = f"序号 {item.number} 出现了两次（另一处在{seen[item.number]}）。请核对原表。"
            reading.issues.append(Issue(where, "E513", text))
        elif value != last + 1 and last:
            gone = f"缺序号 {last + 1}" if value == last + 2 else f"缺序号 {last + 1}—{value - 1}"
            said = gone if value > last else f"序号 {value} 排在 {last} 之后"
            reading.issues.append(Issue(where, "W514", f"序号不连续：{said}。请核对原表是否漏了。"))
        seen.setdefault(item.number, item.where)
        last = max(last, value)
