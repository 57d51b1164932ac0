"""Rules on a pile of real reports: what never fires, what fires everywhere, what is only ever refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from checker.api import check
from checker.matching import prepare
from checker.model import Document, Index, Indicator

EVERYWHERE = 0.9


class Tally(Struct, frozen=True):
    """How one indicator did: in how many documents anything, accepted evidence, only refused clues; ways by hits."""

    indicator: Indicator
    seen: int
    accepted: int
    refused_only: int
    reasons: tuple[tuple[str, int], ...]
    silent: tuple[str, ...]
    ways: int


class Survey(Struct, frozen=True):
    """The tallies of all indicators over ``documents`` documents."""

    documents: int
    tallies: tuple[Tally, ...]

    def sections(self, ways: bool = False) -> Iterator[tuple[str, list[str]]]:
        """Headings with their lines, for people."""
        most = max(2, round(self.documents * EVERYWHERE))
        n = self.documents
        yield "从不命中", [t.indicator.label for t in self.tallies if not t.seen]
        yield (
            "处处命中（可能写得太宽）",
            [f"{t.indicator.label}：{t.accepted}/{n} 份有采信的证据" for t in self.tallies if t.accepted >= most],
        )
        yield (
            "命中都被拦下",
            [
                f"{t.indicator.label}：{t.refused_only} 份，"
                + "、".join(f"{code} {count} 次" for code, count in t.reasons[:3])
                for t in self.tallies
                if t.seen and not t.accepted
            ],
        )
        if ways:
            yield "从不命中的说法", [f"{t.indicator.label}：{way}" for t in self.tallies for way in t.silent]
        else:
            yield (
                "有说法从不命中（--ways 逐条列出）",
                [f"{t.indicator.label}：{len(t.silent)}/{t.ways} 种" for t in self.tallies if t.seen and t.silent],
            )


def survey(index: Index, documents: Sequence[Document], wanted: Sequence[str]) -> Survey:
    """Judge every document by itself and tally the evidence of the ``wanted`` indicators."""
    rules = prepare(index)
    seen: Counter[str] = Counter()
    accepted: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    reasons: dict[str, Counter[str]] = {i: Counter() for i in wanted}
    fired: set[tuple[str, str]] = set()
    for document in documents:
        for finding in check([document], index, rules=rules).findings:
            name = finding.indicator.id
            if name not in reasons or not (finding.evidence or finding.metrics):
                continue
            seen[name] += 1
            fired.update((name, e.way) for e in finding.evidence)
            if any(e.accepted for e in finding.evidence):
                accepted[name] += 1
            elif finding.evidence:
                refused[name] += 1
            reasons[name].update(e.refused_by for e in finding.evidence if e.refused_by)
    tallies = [
        Tally(
            i,
            seen[i.id],
            accepted[i.id],
            refused[i.id],
            tuple(reasons[i.id].most_common()),
            tuple(w.text for e in i.elements for w in e.ways if (i.id, w.text) not in fired),
            sum(len(e.ways) for e in i.elements),
        )
        for i in index.indicators
        if i.id in reasons
    ]
    return Survey(len(documents), tuple(tallies))
