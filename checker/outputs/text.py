"""Plain text: every finding a line, for mail and terminals."""

from __future__ import annotations

from checker.model import Assessment, Verdict
from checker.outputs import Context


def render(a: Assessment, _: Context) -> bytes:
    """The whole result as text in UTF-8."""
    lines = [f"{a.place} {a.year or ''} 法治政府建设示范指标对标检查".strip(), a.index.provenance, a.index.stamp, ""]
    lines.append("  ".join(f"{v.sign}{v.label} {a.ledger[v]}" for v in Verdict))
    for chapter in a.index.chapters:
        lines += ["", f"【{chapter.name}】"]
        for f in a.findings:
            if f.indicator.chapter == chapter.id:
                lines.append(f"{f.verdict.sign} {f.indicator.label}：{f.verdict.label}")
                lines += [f"    {reason}" for reason in f.reasons[:3]]
    if a.checkup:
        lines += ["", "【报告体检】", *(f"{r.code} {r.message}。{r.advice}" for r in a.checkup)]
    return ("\n".join(lines) + "\n").encode("utf-8")
