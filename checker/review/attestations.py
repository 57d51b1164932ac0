"""Attestations: a person looked at a file and says what it shows. They lift caps, they never stand in for the text."""

from __future__ import annotations

from datetime import date
from pathlib import Path, PurePosixPath

from checker.errors import Issue, Location
from checker.index.source import Path_, Source
from checker.index.way import suggest
from checker.model import Attestation, Index, Indicator, Review
from checker.review.reading import ReviewError, date_at, file_hash, indicator_at, read_source


def load_attestations(path: str, index: Index, today: date, shown: str | None = None) -> tuple[Attestation, ...]:
    """Read the attestations and hold every material against its hash; raises ReviewError with all problems."""
    source = read_source(path, "attestations", shown)
    folder = Path(path).parent
    issues: list[Issue] = []
    out: list[Attestation] = []
    for n, data in enumerate(source.data["attestations"]):
        at = ("attestations", n)
        indicator = indicator_at(source, (*at, "indicator"), index, issues)
        when = date_at(source, (*at, "date"), issues)
        if when is not None and when > today:
            issues.append(Issue(source.at((*at, "date")), "E616", f"核验日期 {when} 还没有到。"))
        sha256 = _material(source, (*at, "material"), folder, data.get("sha256"), issues)
        if indicator is None or when is None or sha256 is None:
            continue
        elements = _elements(source, at, indicator, issues)
        out.append(
            Attestation(
                indicator=indicator.id,
                elements=elements,
                statement=data["statement"].strip(),
                by=data["by"].strip(),
                unit=str(data.get("unit") or "").strip(),
                date=when,
                material=data["material"].strip(),
                page=str(data.get("page") or "").strip(),
                sha256=sha256,
                place=source.at((*at, "indicator")),
            )
        )
    if issues:
        raise ReviewError(issues)
    return tuple(sorted(out, key=lambda a: (a.indicator, a.elements, a.date, a.by, a.material, a.statement)))


def _elements(source: Source, at: Path_, indicator: Indicator, issues: list[Issue]) -> tuple[str, ...]:
    names: list[str] = source.data[at[0]][at[1]].get("elements") or []
    known = [e.id for e in indicator.elements]
    for i, name in enumerate(names):
        if name not in known:
            hint = suggest(name, known) or f"有：{'、'.join(f'{e.id}（{e.name}）' for e in indicator.elements)}。"
            issues.append(
                Issue(source.at((*at, "elements", i)), "E611", f"「{indicator.id}」没有要素「{name}」。{hint}")
            )
    return tuple(sorted(names))


def _material(source: Source, path: Path_, folder: Path, sha256: str | None, issues: list[Issue]) -> str | None:
    name = str(source.data[path[0]][path[1]]["material"]).strip()
    where = source.at(path)
    if not inside(name):
        issues.append(Issue(where, "E618", f"材料「{name}」要写成本文件所在文件夹之内的相对路径，用 / 分隔。"))
        return None
    file = folder / name
    if not file.is_file():
        issues.append(Issue(where, "E612", f"找不到材料「{name}」。没有材料的佐证不作数。"))
        return None
    if file.stat().st_size == 0:
        issues.append(Issue(where, "E613", f"材料「{name}」是空文件。空材料的佐证不作数。"))
        return None
    found = file_hash(file)
    if sha256 is None:
        issues.append(Issue(where, "E615", f"缺少 sha256。核对材料无误后请加一行：sha256: {found}"))
        return None
    if found != sha256:
        issues.append(
            Issue(
                source.at((*path[:-1], "sha256")),
                "E614",
                f"材料「{name}」已不是当初核验的那一份（现在的 SHA-256 是 {found}）。请重新核验后改写日期和 sha256。",
            )
        )
        return None
    return found


def inside(name: str) -> bool:
    """Whether a path that a person wrote stays inside the folder: relative, ``/``, no ``..``, no drive."""
    pure = PurePosixPath(name)
    return not (pure.is_absolute() or ".." in pure.parts or "\\" in name or ":" in name or "\0" in name)


def refuse_stale(review: Review, year: int | None) -> None:
    """An attestation from before the report's year says nothing about it; raises ReviewError."""
    if year is None:
        return
    stale = [a for a in review.attestations if a.date < date(year, 1, 1)]
    if stale:
        raise ReviewError(
            Issue(
                Location(a.place.path, a.place.line, a.place.column),
                "E617",
                f"「{a.indicator}」的佐证写于 {a.date}，早于报告年度 {year} 年，不能用于本年度。请重新核验。",
            )
            for a in stale
        )
