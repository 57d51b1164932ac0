"""GitLab code quality report: the fields that GitLab's documentation names, nothing else."""

from __future__ import annotations

import hashlib
import json

from checker.model import Assessment, Finding, Verdict
from checker.outputs import Context
from checker.outputs.places import level, message, noted, place


def render(a: Assessment, _: Context) -> bytes:
    """A list of issues; paths as outputs show them, one fingerprint for one indicator and verdict."""
    report = a.analyses[0].document.path
    rows = []
    if a.comparison:
        rows += [
            _issue(
                f"比基线变坏：{d.number} {d.title}：{d.message}",
                "regression",
                (d.indicator, d.kind),
                "critical",
                report,
                1,
            )
            for d in a.comparison.regressions
        ]
    for f in noted(a):
        where = place(f, a)
        line = where.region.start_line if where.region is not None else 1
        key = (f.indicator.id, f.verdict.value)
        rows.append(_issue(message(f), f.indicator.id, key, _severity(f), where.document.path, line))
    return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _severity(f: Finding) -> str:
    if not f.is_open:
        return "info"
    if f.verdict is Verdict.FAILED:
        return "blocker" if f.indicator.red_line else "critical"
    return {"error": "critical", "warning": "major", "note": "minor"}[level(f)]


def _issue(text: str, name: str, key: tuple[str, str], severity: str, path: str, line: int) -> dict[str, object]:
    return {
        "description": text,
        "check_name": name,
        "fingerprint": hashlib.sha256("\0".join((name, *key)).encode()).hexdigest(),
        "severity": severity,
        "location": {"path": path, "lines": {"begin": line}},
    }
