"""Read an earlier workbook back: its tables by key, what the machine wrote last time, and what can't be carried over.

Recognised by the hidden key row, else by sheet names and headers, so that moved, renamed, sorted and filtered things are
found again. Raises WorkbookError, naming sheet and header, where guessing might lose what a person typed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from io import BytesIO
from typing import Any

from msgspec import Struct, field

from checker.errors import CheckerError, Issue, Location
from checker.patterns import regex
from checker.review.workbook import layout
from checker.review.workbook.foreign import uncarried
from checker.review.workbook.layout import BASELINE, FORMS, HEADER_ROW, KEY_ROW, MARK, METADATA, TABLES, Sheet
from checker.review.workbook.tables import Value, fingerprint, identity, plain

_UNESCAPE = regex(r"_x005F_(?=x[0-9A-Fa-f]{4}_)")
_SEARCHED = 12


class WorkbookError(CheckerError):
    """An earlier workbook can't be used; it was not touched."""


class OldColumn(Struct, frozen=True):
    """A column as it stands: ``key`` is None for one that people added; ``number`` counts from 1."""

    key: str | None
    title: str
    number: int


class OldRow(Struct, frozen=True):
    """A row as it stands. ``own`` are the values in columns that people added, by column number."""

    key: str
    number: int
    values: Mapping[str, Value]
    own: Mapping[int, Value]


class OldSheet(Struct, frozen=True):
    """A table of the earlier workbook; ``sheet`` is the openpyxl sheet with formats and comments.

    ``above`` is what stands over the header: row, column, text; the first is the title.
    """

    spec: Sheet
    name: str
    columns: tuple[OldColumn, ...]
    rows: tuple[OldRow, ...]
    sheet: Any
    header: int
    above: tuple[tuple[int, int, str], ...] = ()

    @property
    def title(self) -> str:
        """The title over the table, as it stands."""
        return self.above[0][2] if self.above else ""


class Written(Struct, frozen=True):
    """What the machine wrote in a row last time: ``machine`` its own values, ``shown`` what then stood in the cells
    where that was something else, ``conflicts`` the columns marked then, ``raised`` for which texts a rebound was said.
    Of sheets that people only comment on, ``mark`` alone is kept: that of the whole row."""

    machine: Mapping[str, str]
    shown: Mapping[str, str] = field(default_factory=dict)
    conflicts: tuple[str, ...] = ()
    raised: str = ""
    height: float = 0.0
    mark: str = ""

    def last(self, column: str) -> str:
        """What stood in the cell when the workbook was written."""
        return self.shown.get(column, self.machine.get(column, ""))


class Earlier(Struct, frozen=True):
    """An earlier workbook. ``baseline`` is None where somebody deleted the hidden sheet."""

    book: Any
    tables: Mapping[str, OldSheet]
    forms: Mapping[str, Any]
    baseline: Mapping[str, Mapping[str, Written]] | None
    sums: Mapping[str, Mapping[str, str]]
    gone: Mapping[str, Mapping[str, Mapping[str, str]]]
    form_cells: Mapping[str, Mapping[str, str]]
    metadata: Mapping[str, str]
    notes: tuple[str, ...] = ()

    @property
    def saved_by(self) -> str:
        """Who saved the file last, as the file itself says; this program leaves no name."""
        return str(self.book.properties.lastModifiedBy or "")

    def written(self, sheet: str, key: str) -> Written | None:
        """What the machine wrote in a row last time, if known."""
        if self.baseline is None:
            return None
        mark = self.sums.get(sheet, {}).get(fingerprint(key))
        if mark:
            text, _, height = mark.partition("@")
            return Written({}, mark=text, height=float(height or 0))
        return self.baseline.get(sheet, {}).get(key)


def text_of(value: object) -> Value:
    """A cell's value as plain Python: rich text as text, escapes undone."""
    if value is None or isinstance(value, bool):
        return None if value is None else str(value).upper()
    if isinstance(value, (int, float, date)):
        return value
    return _UNESCAPE.sub("_", str(value))


def read(data: bytes, path: str) -> Earlier:
    """Read a workbook; raises WorkbookError for what is damaged, locked by a password or not of this program."""
    where = Location(path)
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise WorkbookError(
            [Issue(where, "E412", "文件加了打开密码，或是旧的 .xls 格式。请取消密码、另存为 .xlsx 后再运行。")]
        )
    if data[:2] != b"PK":
        raise WorkbookError(
            [Issue(where, "E411", "不是 Excel 工作簿，或者没有写完整。原文件没有动；请换一个文件名输出。")]
        )
    lost, notes = uncarried(data)
    if lost:
        raise WorkbookError(
            Issue(where, "E416", f"{x}。重新运行会丢掉它，所以没有动这个文件；请先移走，或换一个文件名输出。")
            for x in lost
        )
    book = _load(data, where)
    tables, issues = _tables(book, path)
    if "problems" not in tables and "indicators" not in tables:
        message = "不是本工具写出的问题清单，没有动它。请换一个文件名输出。"
        raise WorkbookError([Issue(where, "E410", message), *issues] if tables else [Issue(where, "E410", message)])
    if issues:
        raise WorkbookError(issues)
    baseline, sums, gone, form_cells = _baseline(book)
    forms = {f.key: book[f.name] for f in FORMS if f.name in book.sheetnames}
    return Earlier(book, tables, forms, baseline, sums, gone, form_cells, _metadata(book), tuple(notes))


def _load(data: bytes, where: Location) -> Any:
    import warnings

    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load_workbook(BytesIO(data), rich_text=True)
    except Exception as error:
        message = f"工作簿读不出来，可能没有写完整或已损坏（{type(error).__name__}）。原文件没有动；请用「备份」里的文件，或换一个文件名输出。"
        raise WorkbookError([Issue(where, "E411", message)]) from error


def _tables(book: Any, path: str) -> tuple[dict[str, OldSheet], list[Issue]]:
    found: dict[str, OldSheet] = {}
    issues: list[Issue] = []
    by_name = {s.name: s for s in TABLES}
    marked = [(ws, *_mark(ws)) for ws in book.worksheets]
    claimed = {spec.key for _, spec, _ in marked if spec is not None}
    for ws, spec, key_row in marked:
        if spec is None and ws.title in by_name and by_name[ws.title].key not in claimed:
            spec = by_name[ws.title]
        if spec is None:
            continue
        if spec.key in found:
            # A copy that somebody made of a sheet: theirs, left as it is; the one with our name is ours.
            if ws.title != spec.name:
                continue
            found.pop(spec.key)
        got = _sheet(ws, spec, key_row, path)
        if isinstance(got, Issue):
            issues.append(got)
        elif got is not None:
            found[spec.key] = got
    return found, issues


def _mark(ws: Any) -> tuple[Sheet | None, int]:
    for row in range(1, _SEARCHED):
        for column in range(1, min(ws.max_column, 60) + 1):
            cell = ws._cells.get((row, column))
            value = cell.value if cell is not None else None
            if isinstance(value, str) and value.startswith(MARK):
                key = value[len(MARK) :].split(":", 1)[0]
                return next((s for s in TABLES if s.key == key), None), row
    return None, 0


def _sheet(ws: Any, spec: Sheet, key_row: int, path: str) -> OldSheet | Issue | None:
    width = max((c for (_, c), cell in ws._cells.items() if cell.value is not None or cell._comment), default=0)
    header = _header(ws, spec, key_row, width)
    if header is None:
        return Issue(
            Location(path),
            "E414",
            f"「{ws.title}」的表头认不出来（第 {HEADER_ROW} 行应是「{'」「'.join(c.title for c in spec.columns[:5])}」……）。请恢复表头后再运行。",
        )
    columns = _columns(ws, spec, key_row, header, width)
    known = {c.key for c in columns}
    lost = [c.title for c in spec.columns if c.typed and c.key not in known]
    own = [c.title for c in columns if c.key is None and c.title]
    if lost and own and not key_row:
        return Issue(
            Location(path),
            "E414",
            f"「{ws.title}」找不到表头「{'」「'.join(lost)}」，多出了「{'」「'.join(own)}」。是否改了名？请改回原来的表头再运行。",
        )
    missing = [spec[k].title for k in spec.identity if k not in known]
    if missing:
        return Issue(
            Location(path),
            "E414",
            f"「{ws.title}」缺少「{'」「'.join(missing)}」列，认不出各行。请从「备份」里恢复这一列。",
        )
    rows = tuple(_rows(ws, spec, columns, header))
    above = tuple(
        (r, c, plain(text_of(cell.value)))
        for (r, c), cell in sorted(ws._cells.items())
        if r < header and r != key_row and cell.value is not None
    )
    return OldSheet(spec, ws.title, columns, rows, ws, header, above)


def _header(ws: Any, spec: Sheet, key_row: int, width: int) -> int | None:
    titles = {c.title for c in spec.columns}
    best, most = None, 0
    for row in range(key_row + 1, key_row + _SEARCHED):
        hits = sum(_text(ws, row, c) in titles for c in range(1, width + 1))
        if hits > most:
            best, most = row, hits
    if most * 2 >= len(titles):
        return best
    # Headers all renamed, but the key row is there: it stands two above the header.
    return key_row + HEADER_ROW - KEY_ROW if key_row else None


def _text(ws: Any, row: int, column: int) -> str:
    cell = ws._cells.get((row, column))
    return plain(text_of(cell.value)).strip() if cell is not None else ""


def _columns(ws: Any, spec: Sheet, key_row: int, header: int, width: int) -> tuple[OldColumn, ...]:
    keys = {c.key for c in spec.columns}
    by_title = {c.title: c.key for c in spec.columns}
    taken: set[str] = set()
    out: dict[int, OldColumn] = {}
    if key_row:
        for n in range(1, width + 1):
            key = _text(ws, key_row, n).rsplit(":", 1)[-1]
            if key in keys and key not in taken:
                taken.add(key)
                out[n] = OldColumn(key, _text(ws, header, n), n)
    for n in range(1, width + 1):
        title = _text(ws, header, n)
        found = by_title.get(title)
        if n not in out:
            if found is not None and found not in taken:
                taken.add(found)
                out[n] = OldColumn(found, title, n)
            else:
                out[n] = OldColumn(None, title, n)
    columns = [out[n] for n in sorted(out)]
    while columns and columns[-1].key is None and not _used(ws, header, columns[-1].number):
        columns.pop()
    return tuple(columns)


def _used(ws: Any, header: int, number: int) -> bool:
    return any(
        c == number and r >= header and (cell.value is not None or cell._comment) for (r, c), cell in ws._cells.items()
    )


def _rows(ws: Any, spec: Sheet, columns: tuple[OldColumn, ...], header: int) -> Iterator[OldRow]:
    last = max((r for (r, _), cell in ws._cells.items() if cell.value is not None or cell._comment), default=0)
    seen: dict[str, int] = {}
    for number in range(header + 1, last + 1):
        values: dict[str, Value] = {}
        own: dict[int, Value] = {}
        filled = False
        for c in columns:
            cell = ws._cells.get((number, c.number))
            value = text_of(cell.value) if cell is not None else None
            if cell is not None and cell._comment is not None:
                filled = True
            if c.key is None:
                own[c.number] = value
            else:
                values[c.key] = value
            if value not in (None, "") and c.key != "row":
                filled = True
        if not filled:
            continue
        base = identity(spec, [values.get(c.key) for c in spec.columns])
        seen[base] = seen.get(base, 0) + 1
        key = base if seen[base] == 1 or not base else f"{base}\x1f#{seen[base]}"
        yield OldRow(key, number, values, own)


def _cells(book: Any, name: str) -> Iterator[list[str]]:
    if name not in book.sheetnames:
        return
    for row in book[name].iter_rows(values_only=True):
        yield [plain(text_of(v)) for v in row]


def _metadata(book: Any) -> dict[str, str]:
    return {r[0]: r[1] for r in _cells(book, METADATA) if len(r) > 1 and r[0]}


Kept = dict[str, dict[str, str]]


def _baseline(book: Any) -> tuple[dict[str, dict[str, Written]] | None, Kept, dict[str, Any], Kept]:
    if BASELINE not in book.sheetnames:
        return None, {}, {}, {}
    tables: dict[str, dict[str, Written]] = {}
    sums: Kept = {}
    gone: dict[str, Any] = {}
    forms: Kept = {}
    try:
        for kind, sheet, key, data, *_ in _cells(book, BASELINE):
            if kind == "row":
                d = json.loads(data)
                tables.setdefault(sheet, {})[json.loads(key)] = Written(
                    d["m"], d.get("s", {}), tuple(d.get("c", ())), d.get("r", ""), d.get("h", 0.0)
                )
            elif kind == "sum":
                sums.setdefault(sheet, {}).update(json.loads(data))
            elif kind == "gone":
                gone.setdefault(sheet, {})[json.loads(key)] = json.loads(data)
            elif kind == "form":
                forms.setdefault(sheet, {}).update(json.loads(data))
    except (ValueError, KeyError, TypeError):
        # Somebody wrote into it: better none than a wrong one.
        return None, {}, {}, {}
    return tables, sums, gone, forms


def dumps(data: object) -> str:
    """JSON for one cell of a hidden sheet."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


assert layout.FIRST_ROW == HEADER_ROW + 1
