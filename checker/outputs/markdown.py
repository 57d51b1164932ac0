"""Markdown for a merge request: what changed, what is open, what people added. Text of reports can't turn into markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from checker.model import Assessment, Finding, Verdict
from checker.outputs import Context
from checker.outputs.places import LEVELS, caution, head, level, place

_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~$^=@&:])")


def render(a: Assessment, _: Context) -> bytes:
    """The whole page in UTF-8."""
    return ("\n".join(_lines(a)) + "\n").encode("utf-8")


def _lines(a: Assessment) -> Iterator[str]:
    yield f"## {text(head(a))}"
    yield ""
    yield "| " + " | ".join(f"{v.sign} {v.label}" for v in Verdict) + " |"
    yield "|" + "---:|" * len(Verdict)
    yield "| " + " | ".join(str(a.ledger[v]) for v in Verdict) + " |"
    yield ""
    r = a.rates
    rates = (("述及率", r.mentioned), ("充分率", r.sufficient), ("空白率", r.blank))
    yield "，".join(f"{name} {n}/{d}" for name, (n, d) in rates) + f"；共 {a.ledger.total} 项。"
    if a.ledger.waived or a.ledger.lifted:
        yield ""
        yield f"另计：已豁免 **{a.ledger.waived}** 项（仍是问题，不算达标）；靠人工佐证才达标 **{a.ledger.lifted}** 项。"
    for warning in a.warnings:
        yield ""
        yield f"> 提示：{text(warning)}"
    yield from _comparison(a)
    open_ = [f for f in a.findings if f.is_open]
    grave = [f for f in open_ if level(f) == "error"]
    yield from _table("不达标和红线", grave, a)
    yield from _table("其余问题", [f for w in LEVELS[1:] for f in open_ if level(f) == w], a, folded=True)
    yield from _table(
        "需人工核验", [f for f in a.findings if f.verdict is Verdict.MANUAL and f.waived is None], a, folded=True
    )
    yield from _added(a)
    if a.checkup:
        yield ""
        yield "### 报告体检"
        yield ""
        yield from (f"- {x.code} {text(x.message)}。{text(x.advice)}" for x in a.checkup)
    yield ""
    yield f"{text(caution(a))} {text(a.index.stamp)}"


def _comparison(a: Assessment) -> Iterator[str]:
    c = a.comparison
    if c is None:
        return
    yield ""
    yield f"### 与基线相比：{len(c.regressions)} 处新增或变坏"
    yield ""
    yield from (f"> {text(note)}" for note in c.notes)
    yield from (
        f"- {'**变坏** ' if d.fails else ''}{text(d.number)} {text(d.title)}：{text(d.message)}" for d in c.differences
    )
    if not c.differences:
        yield "没有变化。"


def _table(title: str, findings: Iterable[Finding], a: Assessment, folded: bool = False) -> Iterator[str]:
    rows = list(findings)
    if not rows:
        return
    yield ""
    yield f"<details><summary>{title}（{len(rows)} 项）</summary>" if folded else f"### {title}（{len(rows)} 项）"
    yield ""
    yield "| 编号 | 指标 | 结论 | 缺什么、为什么 | 引文 | 出处 |"
    yield "|---|---|---|---|---|---|"
    for f in rows:
        where = place(f, a)
        why = "、".join(f.missing) or (f.reasons[0] if f.reasons else "")
        cells = (f.indicator.number, f.indicator.stated, f"{f.verdict.sign} {f.label}", why, where.quote, where.where)
        yield "| " + " | ".join(text(c) for c in cells) + " |"
    if folded:
        yield ""
        yield "</details>"


def _added(a: Assessment) -> Iterator[str]:
    waived = [f for f in a.findings if f.waived is not None]
    attested = [f for f in a.findings if f.attested]
    if waived:
        yield ""
        yield f"### 已豁免（{len(waived)} 项，另计）"
        yield ""
        yield from (f"- {text(f.indicator.label)}：{text(f.label)}。{text(f.waived or '')}" for f in waived)
    if attested:
        yield ""
        yield f"### 人工佐证（{len(attested)} 项）"
        yield ""
        for f in attested:
            what = "解除封顶" if f.lifted else "已登记，结论未变"
            yield from (f"- {text(f.indicator.label)}：{text(f.label)}，{what}。{text(x.text)}" for x in f.attested)


def text(raw: str) -> str:
    """Text as text: one line, markup escaped, no mention of a user, no link, no reference to an issue."""
    line = " ".join(raw.split())
    # Entities also keep @name and #12 from turning into mentions, which a backslash does not everywhere.
    return _MARKUP.sub(lambda m: f"&#{ord(m[1])};" if m[1] in "@#<>&|" else f"\\{m[1]}", line)
