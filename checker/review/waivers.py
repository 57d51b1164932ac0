"""Waivers: a gap that is let stand for a while. Tallied apart; the verdict stays what it is."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from checker.errors import Issue, Location
from checker.model import Finding, Index, Review, Verdict, Waiver
from checker.review.reading import ReviewError, date_at, indicator_at, read_source


def load_waivers(path: str, index: Index, today: date, shown: str | None = None) -> tuple[Waiver, ...]:
    """Read the waivers; raises ReviewError for what can't be read, names nothing, is there twice or has run out."""
    source = read_source(path, "waivers", shown)
    issues: list[Issue] = []
    out: list[Waiver] = []
    seen: dict[tuple[str, str], Location] = {}
    for n, data in enumerate(source.data["waivers"]):
        at = ("waivers", n)
        indicator = indicator_at(source, (*at, "indicator"), index, issues)
        expires = date_at(source, (*at, "expires"), issues)
        if indicator is None or expires is None:
            continue
        place = source.at((*at, "indicator"))
        key = (indicator.id, data["verdict"])
        if key in seen:
            issues.append(Issue(place, "E607", f"「{indicator.id}」的同一种结论已在第 {seen[key].line} 行豁免过。"))
            continue
        seen[key] = place
        if expires < today:
            issues.append(
                Issue(
                    source.at((*at, "expires")),
                    "E605",
                    f"「{indicator.id} {indicator.title}」的豁免已于 {expires} 到期。请整改后删去，或经批准后改写期限。",
                )
            )
            continue
        out.append(
            Waiver(
                indicator.id,
                Verdict(data["verdict"]),
                data["reason"].strip(),
                data["owner"].strip(),
                data["approver"].strip(),
                expires,
                place,
            )
        )
    if issues:
        raise ReviewError(issues)
    return tuple(sorted(out, key=lambda w: (w.indicator, w.verdict.value)))


def waive(findings: tuple[Finding, ...], review: Review) -> tuple[Finding, ...]:
    """Mark the findings that a waiver covers. Raises ReviewError for every waiver that covers none."""
    if not review.waivers:
        return findings
    by_key = {(w.indicator, w.verdict): w for w in review.waivers}
    used: set[Waiver] = set()
    out: list[Finding] = []
    for f in findings:
        waiver = by_key.get((f.indicator.id, f.verdict))
        if waiver is not None:
            used.add(waiver)
            f = replace(f, waived=waiver.text)
        out.append(f)
    verdicts = {f.indicator.id: f.verdict for f in findings}
    unused = [w for w in review.waivers if w not in used]
    if unused:
        raise ReviewError(
            Issue(
                w.place,
                "E606",
                f"「{w.indicator}」的豁免没有用上：豁免的是「{w.verdict.label}」，现在的结论是「{verdicts[w.indicator].label}」。"
                "请删去这条，或按现在的结论重新报批。",
            )
            for w in unused
        )
    return tuple(out)
