"""The JSON contract (``result.schema.json``)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from checker.model import Assessment, Comparison, Evidence, Finding, MetricValue, PageInfo, Rates
from checker.model.words import LEDGER_ORDER
from checker.outputs import Context


def render(assessment: Assessment, context: Context) -> bytes:
    """The assessment as JSON text in UTF-8, deterministic, one trailing newline."""
    data = as_dict(assessment, tool_version=context.tool_version, finding=_encoded)
    return msgspec.json.format(msgspec.json.encode(data), indent=1) + b"\n"


def _encoded(f: Finding, a: Assessment) -> msgspec.Raw:
    """A finding as JSON at once: a book of half a million pieces of evidence is never held as plain data."""
    return msgspec.Raw(msgspec.json.encode(finding_data(f, a)))


def as_dict(
    a: Assessment, *, tool_version: str, finding: Callable[[Finding, Assessment], object] | None = None
) -> dict[str, Any]:
    """The assessment as plain data. ``finding`` puts each finding in another form."""
    return {
        "schema": "checker-result/1",
        "tool": {"name": "checker", "version": tool_version},
        "index": {
            "id": a.index.id,
            "title": a.index.title,
            "version": a.index.version,
            "sha256": a.index.sha256,
            "indicators": len(a.index.indicators),
            "provenance": a.index.provenance,
            "caution": a.index.caution,
            "layers": [
                {"id": x.id, "title": x.title, "version": x.version, "sha256": x.sha256} for x in a.index.layers
            ],
        },
        "documents": [
            {
                "path": x.document.path,
                "role": "material" if x.document.material else "report",
                "format": x.document.format,
                "sha256": x.document.sha256,
                "chars": len(x.document.text),
                "encoding": x.document.encoding,
                "title": x.reporter.title,
                "genre": x.reporter.genre.value,
                "level": x.reporter.level,
                "year": x.reporter.year,
                "place": x.reporter.place,
                "published": x.reporter.published,
                "page_info": _page_info(x.document.page),
                "notes": list(x.document.notes),
            }
            for x in a.analyses
        ],
        "ledger": {
            "total": a.ledger.total,
            **{v.value: a.ledger[v] for v in LEDGER_ORDER},
            "waived": a.ledger.waived,
            "lifted": a.ledger.lifted,
        },
        "rates": _rates(a.rates),
        "chapters": [
            {"id": c.id, "name": c.name, "rates": _rates(r)}
            for c, (_, r) in zip(a.index.chapters, a.chapter_rates, strict=True)
        ],
        "findings": [(finding or finding_data)(f, a) for f in a.findings],
        "checkup": [
            {
                "code": r.code,
                "message": r.message,
                "advice": r.advice,
                "document": r.document,
                "start": r.start,
                "end": r.end,
            }
            for r in a.checkup
        ],
        "figures": [
            {
                "document": f.document,
                "start": f.quantity.start,
                "end": f.quantity.end,
                "text": a.analyses[f.document].document.text[f.quantity.start : f.quantity.end],
                "value": f.quantity.value,
                "unit": f.quantity.unit,
                "comparator": f.quantity.comparator,
                "subject": f.subject,
                "year": f.year,
                "recomputed": f.recomputed,
            }
            for f in a.figures
        ],
        "warnings": list(a.warnings),
        "materials": [
            {
                "path": m.path,
                "indicators": list(m.indicators),
                "title": m.title,
                "number": m.number,
                "issuer": m.issuer,
                "date": m.date.isoformat() if m.date else None,
                "sha256": m.sha256,
                "public": m.public,
            }
            for m in a.materials
        ],
        "comparison": comparison(a.comparison) if a.comparison else None,
    }


def _page_info(page: PageInfo | None) -> dict[str, str] | None:
    """What the web page says of the text it carries; null for other files."""
    if page is None:
        return None
    return {
        "title": page.title,
        "index_number": page.index_number,
        "issuer": page.issuer,
        "document_number": page.document_number,
        "openness": page.openness,
        "published": page.published or "",
    }


def _rates(r: Rates) -> dict[str, list[int]]:
    return {"mentioned": list(r.mentioned), "sufficient": list(r.sufficient), "blank": list(r.blank)}


def finding_data(f: Finding, a: Assessment) -> dict[str, Any]:
    """One finding as plain data."""
    i = f.indicator
    places = {(e.document, e.sentence): n for n, e in reversed(list(enumerate(f.evidence)))}
    return {
        "no": i.no,
        "id": i.id,
        "number": i.number,
        "official_no": i.official_no,
        "title": i.title,
        "wording": i.wording,
        "official": i.is_official,
        "chapter": i.chapter,
        "section": i.section,
        "verdict": f.verdict.value,
        "label": f.verdict.label,
        "severity": i.severity,
        "red_line": i.red_line,
        "kind": i.kind,
        "verifiability": i.verifiability,
        "provenance": i.provenance,
        "waived": f.waived,
        "lifted": f.lifted,
        "attested": [
            {
                "elements": list(x.elements),
                "statement": x.statement,
                "by": x.by,
                "unit": x.unit,
                "date": x.date.isoformat(),
                "material": x.material,
                "page": x.page,
                "sha256": x.sha256,
            }
            for x in f.attested
        ],
        "elements": [
            {"id": e.id, "name": e.name, "required": e.required, "covered": e.id in f.covered} for e in i.elements
        ],
        "metrics": [_metric(m, places) for m in f.metrics],
        "evidence": [_evidence(e) for e in f.evidence],
        "missing": list(f.missing),
        "reasons": list(f.reasons),
        "suggestions": [
            {
                "document": s.document,
                "start": s.start,
                "end": s.end,
                "quote": a.analyses[s.document].document.text[s.start : s.end],
                "score": s.score,
            }
            for s in f.suggestions
        ],
    }


def comparison(c: Comparison) -> dict[str, Any]:
    """What changed since the baseline, as plain data."""
    return {
        "old": c.old,
        "regressions": len(c.regressions),
        "differences": [
            {
                "kind": d.kind,
                "id": d.indicator,
                "old": d.old.value if d.old else None,
                "new": d.new.value if d.new else None,
                "quotes": list(d.quotes),
                "message": d.message,
                "fails": d.fails,
            }
            for d in c.differences
        ],
        "notes": list(c.notes),
    }


def _metric(v: MetricValue, places: dict[tuple[int, int], int]) -> dict[str, Any]:
    m = v.metric
    return {
        "id": m.id,
        "name": m.name,
        "value": v.value,
        "comparator": v.comparator,
        "unit": m.unit,
        "require": f"{m.require[0]} {m.require[1]:g}" if m.require else None,
        "passed": v.passed,
        "evidence": places.get((v.document, v.sentence)),
    }


def _evidence(e: Evidence) -> dict[str, Any]:
    return {
        "document": e.document,
        "start": e.start,
        "end": e.end,
        "quote": e.quote,
        "where": e.where,
        "page": e.page,
        "element": e.element,
        "use": e.use,
        "role": e.role.value,
        "tense": e.tense.value,
        "strength": e.strength.name,
        "accepted": e.accepted,
        "refused_by": e.refused_by,
        "note": e.note,
        "way": e.way,
    }
