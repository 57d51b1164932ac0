"""The data block: what the page needs on a click. Short keys and tables, for a long report has many sentences."""

from __future__ import annotations

from typing import Any

from checker.model import Assessment, Clause, Sentence
from checker.model.words import LEDGER_ORDER as ORDER
from checker.outputs.html.indicators import element_name, order_of, tag, use_class
from checker.outputs.html.reading import place
from checker.outputs.html.safe import display

_SUBJECTS = {"court": "法院、检察院", "superior": "上级机关", "bureau": "部门"}


class _Strings:
    """Each string once; values refer to it by number."""

    def __init__(self) -> None:
        self.all: dict[str, int] = {}

    def __call__(self, text: str) -> int:
        return self.all.setdefault(text, len(self.all))


def payload(a: Assessment, numbers: dict[str, str]) -> dict[str, Any]:
    """Tables of indicators, evidence and sentences. Offsets count code points from the start of the sentence."""
    strings = _Strings()
    evidence: list[list[Any]] = []
    at_sentence: dict[tuple[int, int], list[int]] = {}
    starts = {(d, s.number): s.start for d, x in enumerate(a.analyses) for s in x.sentences}
    indicators: list[list[Any]] = []
    for f in a.findings:
        mine = []
        for e in order_of(f.evidence):
            number = len(evidence)
            mine.append(number)
            at_sentence.setdefault((e.document, e.sentence), []).append(number)
            evidence.append(
                [
                    len(indicators),
                    e.document,
                    e.sentence,
                    1 if e.accepted else 0,
                    strings(use_class(e)),
                    strings(tag(e)),
                    strings(element_name(e, f.indicator)),
                    strings(display(e.note)),
                    strings(e.refused_by or ""),
                    strings(e.tense.label),
                    [n - starts.get((e.document, e.sentence), e.start) for span in e.matched for n in span],
                ]
            )
        indicators.append([f.indicator.id, numbers[f.indicator.id], f.indicator.title, ORDER.index(f.verdict), mine])
    figures = {(f.document, f.quantity.start): f for f in a.figures}
    documents = []
    for number, analysis in enumerate(a.analyses):
        rows: dict[str, list[Any]] = {}
        for s in analysis.sentences:
            rows[str(s.number)] = [
                strings(s.role.label),
                strings(place(a, number, s.where)),
                [_clause(c, s, strings) for c in s.clauses] if not s.heading else [],
                [
                    [
                        q.start - s.start,
                        q.end - s.start,
                        strings(
                            f"{ {'>=': '不低于 ', '<=': '不高于 ', '~': '约 '}.get(q.comparator, '') }{q.value:,g}{q.unit}"
                        ),
                        strings(display(figures[number, q.start].subject) if (number, q.start) in figures else ""),
                        strings(_checked(figures[number, q.start].recomputed) if (number, q.start) in figures else ""),
                    ]
                    for q in s.quantities
                ],
                at_sentence.get((number, s.number), []),
                strings(s.noise or ""),
            ]
        documents.append(rows)
    return {
        "strings": list(strings.all),
        "verdicts": [[v.value, v.sign, v.label] for v in ORDER],
        "indicators": indicators,
        "evidence": evidence,
        "documents": documents,
    }


def _clause(c: Clause, s: Sentence, strings: _Strings) -> list[Any]:
    marks = [
        _SUBJECTS.get(c.subject, ""),
        f"{c.year} 年" if c.year else "",
        "未完成" if c.unfinished else "",
        "荣誉" if c.honour else "",
        "占位符" if c.placeholder else "",
    ]
    return [
        c.start - s.start,
        c.end - s.start,
        strings(c.tense.label),
        strings(c.polarity.label),
        strings("、".join(m for m in marks if m)),
    ]


def _checked(recomputed: str | None) -> str:
    return {"ok": "复算相符", "mismatch": "复算不符"}.get(recomputed or "", "")
