"""Annotations for GitHub Actions: one workflow command a line, the gravest first (GitHub shows ten of a kind a step)."""

from __future__ import annotations

from checker.model import Assessment
from checker.outputs import Context
from checker.outputs.places import LEVELS, Region, level, message, noted, place

_WORD = {"error": "error", "warning": "warning", "note": "notice"}


def render(a: Assessment, _: Context) -> bytes:
    """What fell since the baseline, then every problem and every verdict that rests on attestation."""
    lines: list[str] = []
    report = a.analyses[0].document.path
    if a.comparison:
        lines += [
            _command("error", report, None, f"比基线变坏：{d.number} {d.title}", d.message)
            for d in a.comparison.regressions
        ]
    for wanted in LEVELS:
        for f in noted(a):
            if level(f) == wanted:
                where = place(f, a)
                title = f"{f.indicator.label}：{f.label}"
                lines.append(_command(_WORD[wanted], where.document.path, where.region, title, message(f)))
    return "".join(line + "\n" for line in lines).encode("utf-8")


def _command(kind: str, path: str, region: Region | None, title: str, text: str) -> str:
    properties = {"file": path}
    if region is not None:
        properties |= {"line": str(region.start_line), "endLine": str(region.end_line)}
        if region.start_column and region.start_line == region.end_line:  # GitHub takes columns only within one line
            properties |= {"col": str(region.start_column), "endColumn": str(region.end_column)}
    properties["title"] = title
    joined = ",".join(f"{k}={_property(v)}" for k, v in properties.items())
    return f"::{kind} {joined}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
