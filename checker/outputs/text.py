"""Plain text: every finding a line, for mail and terminals."""

from __future__ import annotations

from checker.model import Assessment, Verdict
from checker.outputs import Context


def render(a: Assessment, _: Context) -> bytes:
    """The whole result as text in UTF-8."""
    lines = [f"{a.place} {a.year or ''} 法治政府建设示范指标对标检查".strip(), a.index.provenance, a.index.stamp, ""]
    lines.append("  ".join(f"{v.sign}{v.label} {a.ledger[v]}" for v in Verdict))
    if a.ledger.waived or a.ledger.lifted:
        lines.append(f"另计：已豁免 {a.ledger.waived} 项（仍是问题）；靠人工佐证才达标 {a.ledger.lifted} 项")
    for chapter in a.index.chapters:
        lines += ["", f"【{chapter.name}】"]
        for f in a.findings:
            if f.indicator.chapter == chapter.id:
                lines.append(f"{f.verdict.sign} {f.indicator.label}：{f.label}")
                if f.indicator.is_official:
                    lines.append(f"    指标内容：{f.indicator.wording}")
                lines += [f"    {reason}" for reason in f.reasons[:3]]
                lines += [f"    人工佐证：{x.text}" for x in f.attested]
                lines += [f"    {f.waived}"] if f.waived is not None else []
    if a.comparison:
        lines += ["", f"【与基线 {a.comparison.old} 相比】", *a.comparison.notes]
        lines += [f"{'！' if d.fails else '　'}{d.number} {d.title}：{d.message}" for d in a.comparison.differences]
    if a.checkup:
        lines += ["", "【报告体检】", *(f"{r.code} {r.message}。{r.advice}" for r in a.checkup)]
    return ("\n".join(lines) + "\n").encode("utf-8")
