"""What a run is remembered by: verdicts, covered elements and quotes, keyed by words and never by lines."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from checker.errors import Issue, Location
from checker.model import Assessment, Entry, Snapshot, Trace, Verdict
from checker.review.reading import ReviewError
from checker.text.leaks import mask
from checker.text.normalize import compact, fold

SCHEMA = "checker-baseline/1"
# Evidence that a later run must still find; clues in refused sentences are not kept.
_KEPT = ("element", "about", "admission", "denial")


def plain(text: str) -> str:
    """Text as quotes are compared: folded, without white space and quotation marks, leaks masked."""
    return compact(fold(mask(text))).text


def fingerprint(indicator: str, use: str, quote: str) -> str:
    """What identifies a piece of evidence: the indicator, what it was used for, and its words."""
    return hashlib.sha256(f"{indicator}\0{use}\0{plain(quote)}".encode()).hexdigest()[:16]


def take(a: Assessment) -> Snapshot:
    """The snapshot of an assessment."""
    return Snapshot(
        source="",
        index_id=a.index.id,
        index_sha256=a.index.sha256,
        year=a.year,
        place=a.place,
        entries=tuple(
            Entry(
                indicator=f.indicator.id,
                number=f.indicator.number,
                title=f.indicator.title,
                verdict=f.verdict,
                waived=f.waived is not None,
                lifted=f.lifted,
                red_line=f.indicator.red_line,
                covered=tuple((e.id, e.name) for e in f.indicator.elements if e.id in f.covered),
                evidence=_traces(
                    f.indicator.id,
                    [(e.element, e.use, e.quote) for e in f.evidence if e.accepted and e.use in _KEPT],
                ),
            )
            for f in a.findings
        ),
    )


def _traces(indicator: str, rows: list[tuple[str | None, str, str]]) -> tuple[Trace, ...]:
    """One trace for each quote and use, in the order of the text."""
    out: dict[str, Trace] = {}
    for element, use, quote in rows:
        key = fingerprint(indicator, use, quote)
        out.setdefault(key, Trace(element, use, quote, key))
    return tuple(out.values())


def to_json(s: Snapshot) -> dict[str, Any]:
    """The baseline as plain data (``baseline.schema.json``)."""
    return {
        "schema": SCHEMA,
        "index": {"id": s.index_id, "sha256": s.index_sha256},
        "year": s.year,
        "place": s.place,
        "entries": [
            {
                "id": e.indicator,
                "number": e.number,
                "title": e.title,
                "verdict": e.verdict.value,
                "waived": e.waived,
                "lifted": e.lifted,
                "red_line": e.red_line,
                "covered": [{"id": i, "name": n} for i, n in e.covered],
                "evidence": [
                    {"fingerprint": t.fingerprint, "element": t.element, "use": t.use, "quote": t.quote}
                    for t in e.evidence
                ],
            }
            for e in s.entries
        ],
    }


@cache
def _validator() -> Any:
    from jsonschema import Draft202012Validator

    text = resources.files("checker.review.schema").joinpath("baseline.schema.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text))


def read_snapshot(path: str, shown: str | None = None) -> Snapshot:
    """Read a baseline, or a whole result in JSON. Raises ReviewError naming file and reason."""
    name = shown or path
    where = Location(name)
    try:
        data = json.loads(Path(path).read_bytes().decode("utf-8-sig"))
    except FileNotFoundError as error:
        raise ReviewError([Issue(where, "E621", "找不到这个文件。请先用 --format baseline -o 写出基线。")]) from error
    except OSError as error:
        raise ReviewError([Issue(where, "E621", f"文件打不开：{error.strerror}。")]) from error
    except ValueError as error:
        raise ReviewError([Issue(where, "E622", "不是 JSON 文件，或者已损坏。请重新写出。")]) from error
    schema = data.get("schema") if isinstance(data, dict) else None
    try:
        if schema == "checker-result/1":
            return _from_result(data, name)
        if schema == SCHEMA:
            if not _validator().is_valid(data):
                raise KeyError
            return _from_baseline(data, name)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ReviewError([Issue(where, "E623", "内容不完整，读不出各项结论。请重新写出。")]) from error
    raise ReviewError([Issue(where, "E623", "既不是基线（checker-baseline/1），也不是检查结果（checker-result/1）。")])


def _from_baseline(data: dict[str, Any], source: str) -> Snapshot:
    return Snapshot(
        source=source,
        index_id=data["index"]["id"],
        index_sha256=data["index"]["sha256"],
        year=data["year"],
        place=data["place"],
        entries=tuple(
            Entry(
                indicator=e["id"],
                number=e["number"],
                title=e["title"],
                verdict=Verdict(e["verdict"]),
                waived=e["waived"],
                lifted=e["lifted"],
                red_line=e["red_line"],
                covered=tuple((x["id"], x["name"]) for x in e["covered"]),
                evidence=_traces(e["id"], [(x["element"], x["use"], x["quote"]) for x in e["evidence"]]),
            )
            for e in data["entries"]
        ),
    )


def _from_result(data: dict[str, Any], source: str) -> Snapshot:
    return Snapshot(
        source=source,
        index_id=data["index"]["id"],
        index_sha256=data["index"]["sha256"],
        year=data["documents"][0]["year"],
        place=data["documents"][0]["place"],
        entries=tuple(
            Entry(
                indicator=f["id"],
                number=f.get("number") or str(f["no"]),
                title=f["title"],
                verdict=Verdict(f["verdict"]),
                waived=f["waived"] is not None,
                lifted=f.get("lifted", False),
                red_line=f["red_line"],
                covered=tuple((x["id"], x["name"]) for x in f["elements"] if x["covered"]),
                evidence=_traces(
                    f["id"],
                    [
                        (x["element"], x["use"], x["quote"])
                        for x in f["evidence"]
                        if x["accepted"] and x["use"] in _KEPT
                    ],
                ),
            )
            for f in data["findings"]
        ),
    )


def documents_of(path: str) -> tuple[tuple[str, str], ...]:
    """(path, sha256) of the documents that a result names; empty for a baseline."""
    data = json.loads(Path(path).read_bytes().decode("utf-8-sig"))
    return tuple((d["path"], d["sha256"]) for d in data.get("documents", ()))
