"""The result of an earlier run (``--format json``) and what changed since."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from checker.errors import CheckerError, Issue, Location
from checker.model import Assessment, Finding, Verdict

# From best to worst; manual and not applicable stand outside the order.
_ORDER = (
    Verdict.MET,
    Verdict.PARTIAL,
    Verdict.WEAK,
    Verdict.PLANNED,
    Verdict.MISSING,
    Verdict.ADMITTED,
    Verdict.FAILED,
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an earlier run said: verdict and accepted quotes for each indicator id."""

    name: str
    titles: tuple[str, ...]
    index_sha256: str
    document_sha256: tuple[str, ...]
    verdicts: dict[str, Verdict]
    quotes: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Change:
    """How one indicator differs. ``direction``: up, down, other (neither), same (only its sentences), new."""

    direction: str
    before: Verdict | None
    gained: frozenset[str]
    lost: tuple[str, ...]


def read_earlier(data: bytes, path: str) -> Earlier:
    """Read a result file; raises CheckerError E461 where it is none."""
    try:
        value = json.loads(data.decode("utf-8-sig"))
        if value["schema"].split("/")[0] != "checker-result":
            raise ValueError(value["schema"])
        return _earlier(value, path)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = "这不是上次运行的结果。请给出 checker check 报告 --format json 写出的文件。"
        raise CheckerError([Issue(Location(path), "E461", message)]) from error


def _earlier(value: dict[str, Any], path: str) -> Earlier:
    findings = value["findings"]
    return Earlier(
        name=path,
        titles=tuple(str(d["title"]) for d in value["documents"]),
        index_sha256=value["index"]["sha256"],
        document_sha256=tuple(d["sha256"] for d in value["documents"]),
        verdicts={f["id"]: Verdict(f["verdict"]) for f in findings},
        quotes={f["id"]: tuple(str(e["quote"]) for e in f["evidence"] if e["accepted"]) for f in findings},
    )


def change(finding: Finding, earlier: Earlier) -> Change | None:
    """What is different for this indicator, or None."""
    id_ = finding.indicator.id
    before = earlier.verdicts.get(id_)
    if before is None:
        return Change("new", None, frozenset(), ())
    old = earlier.quotes[id_]
    new = tuple(dict.fromkeys(e.quote for e in finding.evidence if e.accepted))
    gained = frozenset(new) - frozenset(old)
    lost = tuple(dict.fromkeys(q for q in old if q not in new))
    if before is finding.verdict and not gained and not lost:
        return None
    return Change(_direction(before, finding.verdict), before, gained, lost)


def _direction(before: Verdict, now: Verdict) -> str:
    if before is now:
        return "same"
    if before not in _ORDER or now not in _ORDER:
        return "other"
    return "up" if _ORDER.index(now) < _ORDER.index(before) else "down"


def changes(a: Assessment, earlier: Earlier | None) -> dict[str, Change]:
    """All changes by indicator id."""
    if earlier is None:
        return {}
    found = ((f.indicator.id, change(f, earlier)) for f in a.findings)
    return {id_: c for id_, c in found if c is not None}
