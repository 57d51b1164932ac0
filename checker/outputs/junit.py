"""JUnit XML: a suite a chapter, a case an indicator. What is waived or for people to judge is skipped, never passed."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from checker.model import Assessment, Finding, Verdict
from checker.outputs import Context
from checker.outputs.places import caution, head, message, place

# What XML 1.0 can't carry at all.
_BAD = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(a: Assessment, context: Context) -> bytes:
    """The findings as JUnit XML in UTF-8, in the order of the index; what fell since the baseline is a suite of its own."""
    stamp = context.moment.strftime("%Y-%m-%dT%H:%M:%S")
    suites: list[str] = []
    for chapter in a.index.chapters:
        findings = [f for f in a.findings if f.indicator.chapter == chapter.id]
        if findings:
            suites.append(_suite(chapter.name, [_case(f, a, chapter.name) for f in findings], stamp, _counts(findings)))
    if a.comparison:
        fallen = [
            _element(
                "testcase",
                {"classname": "与基线相比", "name": f"{d.number} {d.title}（{d.kind}）", "time": "0"},
                _element("failure", {"type": "regression", "message": d.message}, _text(d.message)),
            )
            for d in a.comparison.regressions
        ]
        suites.append(_suite("与基线相比", fallen, stamp, (len(fallen), len(fallen), 0)))
    counts = [_counts([f]) for f in a.findings]
    lost = len(a.comparison.regressions) if a.comparison else 0
    root = {
        "name": head(a),
        "tests": str(len(counts) + lost),
        "failures": str(sum(n for _, n, _ in counts) + lost),
        "errors": "0",
        "skipped": str(sum(n for _, _, n in counts)),
        "time": "0",
    }
    text = '<?xml version="1.0" encoding="UTF-8"?>\n' + _element(
        "testsuites",
        root,
        "\n" + _properties([("说明", caution(a)), ("规则", a.index.stamp), ("工具", context.tool_version)], suites),
    )
    return (text + "\n").encode("utf-8")


def _properties(rows: list[tuple[str, str]], suites: list[str]) -> str:
    # The format has no place for properties at the top; the first suite carries them.
    inner = "".join(f"<property{_attributes({'name': n, 'value': v})}/>" for n, v in rows)
    first, *rest = suites
    at = first.index("\n") + 1
    return "\n".join([first[:at] + f"<properties>{inner}</properties>\n" + first[at:], *rest]) + "\n"


def _outcome(f: Finding) -> str:
    if f.waived is not None or f.verdict in (Verdict.MANUAL, Verdict.NOT_APPLICABLE):
        return "skipped"
    return "failure" if f.verdict.is_problem else "passed"


def _counts(findings: list[Finding]) -> tuple[int, int, int]:
    outcomes = [_outcome(f) for f in findings]
    return len(outcomes), outcomes.count("failure"), outcomes.count("skipped")


def _suite(name: str, cases: list[str], stamp: str, counts: tuple[int, int, int]) -> str:
    tests, failures, skipped = counts
    attributes = {
        "name": name,
        "tests": str(tests),
        "failures": str(failures),
        "errors": "0",
        "skipped": str(skipped),
        "time": "0",
        "timestamp": stamp,
    }
    return _element("testsuite", attributes, "\n" + "".join(c + "\n" for c in cases))


def _case(f: Finding, a: Assessment, chapter: str) -> str:
    where = place(f, a)
    attributes = {"classname": chapter, "name": f.indicator.label, "time": "0"}
    if where.quote:
        attributes["file"] = where.document.path
        if where.region is not None:
            attributes["line"] = str(where.region.start_line)
    said = message(f)
    body = "\n".join([*f.reasons, *([f"引文：{where.quote}（{where.where}）"] if where.quote else [])])
    outcome = _outcome(f)
    inner = ""
    if outcome == "failure":
        inner = _element("failure", {"type": f.verdict.value, "message": said}, _text(body))
    elif outcome == "skipped":
        inner = f"<skipped{_attributes({'message': said})}/>"
    marks = [f"指标内容（正式原文）：{f.indicator.official_text}"] if f.indicator.is_official else []
    marks += [f"人工佐证：{x.text}" for x in f.attested] + ([f.waived] if f.waived is not None else [])
    if marks:
        inner += _element("system-out", {}, _text("\n".join([f.label, *marks])))
    return _element("testcase", attributes, inner)


def _element(name: str, attributes: dict[str, str], inner: str) -> str:
    return f"<{name}{_attributes(attributes)}>{inner}</{name}>"


def _attributes(values: dict[str, str]) -> str:
    return "".join(f" {k}={quoteattr(_clean(v))}" for k, v in values.items())


def _text(text: str) -> str:
    return escape(_clean(text))


def _clean(text: str) -> str:
    return _BAD.sub("\ufffd", text)
