"""The summary workbook of a batch, written row by row so that memory does not grow with the number of documents."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from msgspec import Struct, field
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.formatting import rule as rules
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from checker.batch.judge import Outcome
from checker.batch.store import Store
from checker.model import Genre, Index, Indicator, Rates, Verdict
from checker.model.codes import LEVELS
from checker.outputs.xlsx.styles import BODY_FONT, COLOURS, HEAD_FONT, MACHINE_HEAD

# A sheet of more rows than this is of no use to people; the JSON Lines and the database have everything.
MOST_ROWS = 20_000
GAPS = (Verdict.MISSING, Verdict.PLANNED, Verdict.WEAK, Verdict.ADMITTED, Verdict.FAILED)
_HEADS = ("地区", "年度", "层级", "文件")


class Sums(Struct):
    """What is counted over all documents while their rows are written."""

    checked: int = 0
    others: int = 0
    failed: int = 0
    verdicts: list[Counter[Verdict]] = field(default_factory=list)


def write(store: Store, index: Index, path: Path, *, version: str, moment: datetime) -> Sums:
    """Write the workbook beside ``path`` and move it into place. The same results give the same bytes."""
    book = Workbook(write_only=True)
    sums = Sums(verdicts=[Counter() for _ in index.indicators])
    sheets = {
        name: book.create_sheet(name) for name in ("说明", "热力图", "各章比率", "最常见的缺口", "指标汇总", "未能检查")
    }
    _heat(sheets["热力图"], store, index, sums)
    _chapters(sheets["各章比率"], store, index)
    _gaps(sheets["最常见的缺口"], index, sums)
    _indicators(sheets["指标汇总"], index, sums)
    _failed(sheets["未能检查"], store)
    _about(sheets["说明"], index, sums, version, moment)
    plain = moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    book.properties.created = book.properties.modified = plain
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".checker-") as folder:
        first, pinned = Path(folder) / "first.xlsx", Path(folder) / "pinned.xlsx"
        book.save(first)
        _pin(first, pinned, plain)
        pinned.replace(path)
    return sums


def _pin(source: Path, target: Path, moment: datetime) -> None:
    """Copy a workbook without the clock in it: openpyxl stamps members and the time of saving."""
    with ZipFile(source) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            with old.open(name) as member, new.open(info, "w", force_zip64=True) as out:
                if name == "docProps/core.xml":
                    out.write(_stamped(member.read(), moment))
                else:
                    shutil.copyfileobj(member, out)


def _stamped(core: bytes, moment: datetime) -> bytes:
    begin = core.index(b">", core.index(b"<dcterms:modified")) + 1
    return core[:begin] + moment.isoformat().encode() + b"Z" + core[core.index(b"</dcterms:modified>", begin) :]


def _cell(sheet: Any, value: Any, *, head: bool = False, format_: str = "", tall: bool = False) -> Any:
    cell = WriteOnlyCell(sheet, value=value)
    cell.font = Font(name=HEAD_FONT if head else BODY_FONT, size=10.5, bold=head)
    if head:
        cell.fill = PatternFill("solid", fgColor=MACHINE_HEAD)
        cell.alignment = Alignment(
            horizontal="center", vertical="center", wrap_text=True, text_rotation=255 if tall else 0
        )
    if format_:
        cell.number_format = format_
    return cell


def _text(value: str) -> str:
    """Text that a spreadsheet must not take for a formula."""
    return "'" + value if value[:1] in ("=", "+", "-", "@") else value


def _widths(sheet: Any, widths: Iterable[float]) -> None:
    for n, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(n)].width = width


def _head(sheet: Any, names: Iterable[str], *, tall_from: int = 10_000) -> None:
    sheet.append([_cell(sheet, name, head=True, tall=n >= tall_from) for n, name in enumerate(names)])


def _place(outcome: Outcome) -> list[object]:
    key = outcome.job.key
    return [_text(outcome.place or "（未知）"), outcome.year, LEVELS.get(outcome.level, outcome.level), _text(key)]


def _good(store: Store) -> Iterator[Outcome]:
    return (o for o in store.outcomes() if o.failure is None)


def _heat(sheet: Any, store: Store, index: Index, sums: Sums) -> None:
    first, last = len(_HEADS) + 1, len(_HEADS) + len(index.indicators)
    _widths(sheet, (16, 7, 8, 30, *(4.2 for _ in index.indicators)))
    sheet.freeze_panes = f"{get_column_letter(first)}2"
    sheet.row_dimensions[1].height = 190
    _head(sheet, (*_HEADS, *(i.label for i in index.indicators)), tall_from=len(_HEADS))
    for outcome in store.outcomes():
        if outcome.failure is not None:
            sums.failed += 1
            continue
        if outcome.genre != Genre.REPORT.value:
            sums.others += 1
        sums.checked += 1
        for counter, verdict in zip(sums.verdicts, outcome.verdicts, strict=True):
            counter[verdict] += 1
        if sums.checked <= MOST_ROWS:
            sheet.append([*_place(outcome), *(v.sign for v in outcome.verdicts)])
    rows = min(sums.checked, MOST_ROWS) + 1
    area = f"{get_column_letter(first)}2:{get_column_letter(last)}{max(rows, 2)}"
    for verdict, (fill, font, _) in COLOURS.items():
        paint = PatternFill(bgColor=fill, fill_type="solid")
        made: Any = rules
        same = made.CellIsRule(operator="equal", formula=[f'"{verdict.sign}"'], fill=paint, font=Font(color=font))
        sheet.conditional_formatting.add(area, same)
    sheet.auto_filter.ref = f"A1:{get_column_letter(last)}{max(rows, 2)}"


def _chapters(sheet: Any, store: Store, index: Index) -> None:
    names = [f"{c.name} {what}" for c in index.chapters for what in ("述及", "充分", "空白")]
    _widths(sheet, (16, 7, 8, 30, *(9 for _ in range(len(names) + 3))))
    sheet.freeze_panes = f"{get_column_letter(len(_HEADS) + 1)}2"
    sheet.row_dimensions[1].height = 60
    _head(sheet, (*_HEADS, "合计 述及", "合计 充分", "合计 空白", *names))
    rows = 1
    for outcome in _good(store):
        if rows > MOST_ROWS:
            break
        shares = [_share(pair) for r in (outcome.rates, *outcome.chapters) if r for pair in _pairs(r)]
        sheet.append([*_place(outcome), *(_cell(sheet, s, format_="0%") for s in shares)])
        rows += 1
    for n in range(len(names) + 3):
        letter = get_column_letter(len(_HEADS) + 1 + n)
        low, high = ("FFFFFF", "FFD54F") if n % 3 == 2 else ("FFFFFF", "70AD47")
        made: Any = rules
        rule = made.ColorScaleRule(
            start_type="num", start_value=0, start_color=low, end_type="num", end_value=1, end_color=high
        )
        sheet.conditional_formatting.add(f"{letter}2:{letter}{max(rows, 2)}", rule)


def _pairs(r: Rates) -> tuple[tuple[int, int], ...]:
    return r.mentioned, r.sufficient, r.blank


def _share(pair: tuple[int, int]) -> float | None:
    return pair[0] / pair[1] if pair[1] else None


def _gaps(sheet: Any, index: Index, sums: Sums) -> None:
    _widths(sheet, (8, 44, 22, 12, 12, 18))
    sheet.freeze_panes = "A2"
    _head(sheet, ("编号", "指标", "章", "有缺口的份数", "占已检查", "其中最多的是"))
    rows = []
    for indicator, counts in zip(index.indicators, sums.verdicts, strict=True):
        gaps = sum(counts[v] for v in GAPS)
        if gaps:
            most = max(GAPS, key=lambda v: counts[v])
            rows.append((-gaps, indicator.no, indicator, f"{most.label} {counts[most]}"))
    for gaps, _, indicator, text in sorted(rows, key=lambda r: r[:2]):
        share = _cell(sheet, -gaps / sums.checked, format_="0%")
        sheet.append([_number(indicator), indicator.stated, index.chapter(indicator.chapter).name, -gaps, share, text])


def _indicators(sheet: Any, index: Index, sums: Sums) -> None:
    verdicts = tuple(Verdict)
    _widths(sheet, (8, 44, 22, *(11 for _ in verdicts)))
    sheet.freeze_panes = "D2"
    _head(sheet, ("编号", "指标", "章", *(f"{v.sign} {v.label}" for v in verdicts)))
    for indicator, counts in zip(index.indicators, sums.verdicts, strict=True):
        chapter = index.chapter(indicator.chapter).name
        sheet.append([_number(indicator), indicator.stated, chapter, *(counts[v] for v in verdicts)])


def _number(indicator: Indicator) -> int | str:
    """The number people know the indicator by, as a figure where it is one, so that the column sorts."""
    return int(indicator.number) if indicator.number.isascii() and indicator.number.isdigit() else indicator.number


def _failed(sheet: Any, store: Store) -> None:
    _widths(sheet, (50, 90))
    sheet.freeze_panes = "A2"
    _head(sheet, ("文件", "原因"))
    for outcome in store.outcomes():
        if outcome.failure is not None:
            sheet.append([_text(outcome.job.key), _text(outcome.failure)])


def _about(sheet: Any, index: Index, sums: Sums, version: str, moment: datetime) -> None:
    _widths(sheet, (22, 90))
    rows: list[tuple[str, object]] = [
        ("批量检查汇总", index.title),
        ("指标", f"{len(index.indicators)} 项；{index.provenance}"),
        ("生成时间", moment.strftime("%Y-%m-%d %H:%M")),
        ("程序", f"checker {version}；{index.stamp}"),
        ("已检查", sums.checked),
        ("其中不像法治政府建设报告", f"{sums.others}（其中的话不作成果采信）"),
        ("未能检查", f"{sums.failed}（原因见「未能检查」）"),
        (
            "注意",
            "本表依据提交文本自动比对，不等于评审得分；没有写到不等于没有做。各地报告详略不同，不宜据此比较高低。",
        ),
    ]
    if sums.checked > MOST_ROWS:
        rows.append(("行数", f"热力图和各章比率只列前 {MOST_ROWS} 份，全部在同名的 .jsonl 和 .sqlite 里"))
    rows += [(v.sign, v.label) for v in Verdict]
    for name, value in rows:
        sheet.append([_cell(sheet, name, head=True), _cell(sheet, value)])
