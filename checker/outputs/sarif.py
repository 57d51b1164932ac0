"""SARIF 2.1.0 (OASIS), for code scanning: one rule an indicator, one result a problem."""

from __future__ import annotations

import hashlib
import json
from pathlib import PurePath, PureWindowsPath
from typing import Any
from urllib.parse import quote

from checker.model import Assessment, Difference, Document, Finding, Remark, Verdict
from checker.outputs import Context
from checker.outputs.places import Place, Region, caution, head, leading, level, message, noted, place, region
from checker.review.snapshot import plain

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(a: Assessment, context: Context) -> bytes:
    """The problems as SARIF in UTF-8, in the order of the index, then what fell, then the check-up."""
    results = [_result(f, a) for f in noted(a)]
    if a.comparison:
        results += [_fallen(d, a) for d in a.comparison.regressions]
    results += [_remark(r, a) for r in a.checkup]
    rules, numbers = _rules(a, results)
    for result in results:
        result["ruleIndex"] = numbers[result["ruleId"]]
    run = {
        "tool": {
            "driver": {
                "name": "checker",
                "fullName": "法治政府建设示范指标对标检查",
                "version": context.tool_version,
                "semanticVersion": context.tool_version,
                "language": "zh-CN",
                "rules": rules,
            }
        },
        "language": "zh-CN",
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": True,
                "endTimeUtc": context.moment.astimezone(_utc()).strftime("%Y-%m-%dT%H:%M:%SZ"),
            }
        ],
        "artifacts": [_artifact(x.document) for x in a.analyses],
        "results": results,
        "properties": {
            "title": head(a),
            "caution": caution(a),
            "index": a.index.stamp,
            "waived": a.ledger.waived,
            "lifted": a.ledger.lifted,
            "attestations": [f"{f.indicator.label}：{x.text}" for f in a.findings for x in f.attested],
        },
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return (json.dumps(log, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _utc() -> Any:
    from datetime import UTC

    return UTC


def uri(path: str) -> str:
    """A path as a URI reference: percent-encoded, relative where the path is."""
    windows = PureWindowsPath(path)
    if windows.drive and windows.root:
        return windows.as_uri()
    pure = PurePath(path)
    return pure.as_uri() if pure.is_absolute() else quote(path.replace("\\", "/"), safe="/")


def _artifact(document: Document) -> dict[str, Any]:
    out: dict[str, Any] = {"location": {"uri": uri(document.path)}, "hashes": {"sha-256": document.sha256}}
    if not document.blocks:
        out["encoding"] = document.encoding
        out["sourceLanguage"] = "zh-CN"
    return out


def _rules(a: Assessment, results: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], dict[str, int]]:
    wanted = {r["ruleId"] for r in results}
    rules: list[dict[str, Any]] = []
    for i in a.index.indicators:
        if i.id in wanted:
            grave = i.red_line or i.severity == "major"
            rules.append(
                {
                    "id": i.id,
                    "name": i.title,
                    "shortDescription": {"text": i.label},
                    "fullDescription": {"text": i.wording},
                    "help": {"text": "应附材料：" + "、".join(i.materials) if i.materials else i.wording},
                    "defaultConfiguration": {"level": "warning" if grave else "note"},
                    "properties": {"chapter": a.index.chapter(i.chapter).name, "redLine": i.red_line},
                }
            )
    if "regression" in wanted:
        rules.append(
            {
                "id": "regression",
                "name": "比基线变坏",
                "shortDescription": {"text": "比基线新增或变坏"},
                "defaultConfiguration": {"level": "error"},
            }
        )
    rules += [
        {"id": code, "name": "报告体检", "shortDescription": {"text": f"报告体检 {code}"}}
        for code in sorted({r.code for r in a.checkup})
    ]
    return rules, {r["id"]: n for n, r in enumerate(rules)}


def _location(where: Place, documents: list[Document]) -> dict[str, Any]:
    physical: dict[str, Any] = {
        "artifactLocation": {"uri": uri(where.document.path), "index": documents.index(where.document)}
    }
    if where.region is not None:
        exact = where.quote and where.region.start_column
        physical["region"] = _region(where.region) | ({"snippet": {"text": where.quote}} if exact else {})
    elif not where.document.blocks:
        physical["region"] = {"startLine": 1}
    out: dict[str, Any] = {"physicalLocation": physical}
    if where.where:
        out["logicalLocations"] = [{"fullyQualifiedName": where.where, "kind": "page" if where.page else "section"}]
        if where.page:
            out["properties"] = {"page": where.page}
    return out


def _region(r: Region) -> dict[str, int]:
    if not r.start_column:
        return {"startLine": r.start_line, "endLine": r.end_line}
    return {
        "startLine": r.start_line,
        "startColumn": r.start_column,
        "endLine": r.end_line,
        "endColumn": r.end_column,
    }


def _result(f: Finding, a: Assessment) -> dict[str, Any]:
    e = leading(f)
    out: dict[str, Any] = {
        "ruleId": f.indicator.id,
        "kind": "fail",
        "level": level(f),
        "message": {"text": message(f)},
        "locations": [_location(place(f, a), [x.document for x in a.analyses])],
        "partialFingerprints": {
            "checkerFinding/v1": _hash(f.indicator.id, f.verdict.value, plain(e.quote) if e else "")
        },
        "properties": {"verdict": f.verdict.value, "label": f.label, "problem": f.problem_number},
    }
    if f.verdict is Verdict.MANUAL:
        out["kind"], out["level"] = "review", "none"
    if f.lifted:
        out["kind"], out["level"] = "pass", "none"
    if f.attested:
        out["properties"]["attested"] = [x.text for x in f.attested]
        out["properties"]["lifted"] = f.lifted
    if f.waived is not None:
        out["suppressions"] = [{"kind": "external", "status": "accepted", "justification": f.waived}]
    if a.comparison:
        kinds = {d.kind for d in a.comparison.differences if d.indicator == f.indicator.id}
        out["baselineState"] = (
            "new" if kinds & {"worse", "reopened", "appeared"} else "updated" if kinds - {"waiver"} else "unchanged"
        )
    return out


def _fallen(d: Difference, a: Assessment) -> dict[str, Any]:
    report = a.analyses[0].document
    return {
        "ruleId": "regression",
        "kind": "fail",
        "level": "error",
        "message": {"text": f"{d.number} {d.title}：{d.message}"},
        "locations": [_location(Place(report, None, "", None, ""), [x.document for x in a.analyses])],
        "partialFingerprints": {"checkerFinding/v1": _hash("regression", d.indicator, d.kind, *d.quotes)},
        "properties": {"indicator": d.indicator, "kind": d.kind, "quotes": list(d.quotes)},
        "baselineState": "new",
    }


def _remark(r: Remark, a: Assessment) -> dict[str, Any]:
    document = a.analyses[r.document or 0].document
    spot: Region | None = None
    text = ""
    if r.start is not None and r.end is not None:
        spot, text = region(document, r.start, r.end), document.text[r.start : r.end]
    locator = document.locate(r.start) if r.start is not None else None
    where = Place(document, spot, locator.label if locator else "", locator.page if locator else None, text)
    out: dict[str, Any] = {
        "ruleId": r.code,
        "kind": "fail",
        "level": "note",
        "message": {"text": f"{r.message}。{r.advice}"},
        "locations": [_location(where, [x.document for x in a.analyses])],
        "partialFingerprints": {"checkerFinding/v1": _hash(r.code, r.message, plain(text))},
    }
    if a.comparison:
        out["baselineState"] = "unchanged"
    return out


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
