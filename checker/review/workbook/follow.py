"""Last year's 下一步 held against this year's text: done, perhaps, planned again, or not to be seen. For people to judge.

A promise is a clause of last year's plan. It is sought among this year's sentences by the pairs of characters that the
two share, weighted by how rare each pair is. That finds wordings that stay, not paraphrases: what is not found is
called 未见, never 未做.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from checker.model import Analysis, Genre, Role, Sentence

DONE, PERHAPS, AGAIN, UNSEEN = "已见成果", "可能相关，请核", "仍列入计划", "未见"
# Shares of a promise's weight that a sentence must say again. Chosen on our own pairs of samples: wrong pairs of
# official prose seldom share more than a third, fulfilled promises that keep their nouns mostly more than a half.
SURE, MAYBE = 0.52, 0.34
LEAST = 6
_CUT = re.compile(r"[，；。！？,;\n]")
_LEAD = re.compile(r"^(?:[一二三四五六七八九十]是|[（(][一二三四五六七八九十\d]+[)）]|\d+[.．、])")
_CHINESE = re.compile(r"[^\u4e00-\u9fff]+")
_WISHES = re.compile(
    r"进一步|继续|持续|不断|加快|着力|大力|切实|深入|全面|努力|积极|扎实|力争|推动|推进|加强|强化|提升|完善|健全"
)


class Promise(Struct, frozen=True):
    """A clause of last year's plan, the sentence it stands in, where, and the indicators it was about."""

    clause: str
    sentence: str
    where: str
    indicators: str = ""


class Followed(Struct, frozen=True):
    """What this year's text says to a promise; ``quote`` is an exact slice, empty where nothing comes near."""

    promise: Promise
    outcome: str
    quote: str
    where: str
    document: int = 0
    sentence: int = 0


def promises(sentence: str, where: str, indicators: str = "") -> list[Promise]:
    """The clauses of a planned sentence that say enough to be sought."""
    out = []
    for part in _CUT.split(sentence):
        clause = _LEAD.sub("", part.strip())
        if len(_CHINESE.sub("", _WISHES.sub("", clause))) >= LEAST:
            out.append(Promise(clause, sentence.strip(), where, indicators))
    return out


def follow(made: Sequence[Promise], analyses: Sequence[Analysis]) -> list[Followed]:
    """Each promise with the sentence of this year that comes nearest."""
    rows: list[tuple[int, Sentence, frozenset[str]]] = []
    seen: Counter[str] = Counter()
    for n, analysis in enumerate(analyses):
        if analysis.reporter.genre is not Genre.REPORT:
            continue
        for s in analysis.sentences:
            if s.heading or s.noise or s.role not in (Role.ACHIEVEMENT, Role.PLAN):
                continue
            pairs = _pairs(analysis.folded[s.start : s.end])
            seen.update(pairs)
            rows.append((n, s, pairs))
    total = len(rows) + 1
    return [_nearest(p, rows, seen, total, analyses) for p in made]


def _pairs(text: str) -> frozenset[str]:
    return frozenset(a + b for run in _CHINESE.split(_WISHES.sub("，", text)) for a, b in pairwise(run))


def _nearest(
    promise: Promise,
    rows: Sequence[tuple[int, Sentence, frozenset[str]]],
    seen: Counter[str],
    total: int,
    analyses: Sequence[Analysis],
) -> Followed:
    wanted = {p: math.log(total / (seen[p] or 0.5)) for p in _pairs(promise.clause)}
    whole = math.fsum(wanted.values())
    best: dict[Role, tuple[float, int, Sentence]] = {}
    for n, s, pairs in rows:
        share = math.fsum(w for p, w in wanted.items() if p in pairs) / whole if whole else 0.0
        if share > best.get(s.role, (0.0,))[0]:
            best[s.role] = (share, n, s)
    done, again = best.get(Role.ACHIEVEMENT), best.get(Role.PLAN)
    if done and done[0] >= SURE:
        outcome, found = DONE, done
    elif again and again[0] >= SURE:
        outcome, found = AGAIN, again
    elif done and done[0] >= MAYBE:
        outcome, found = PERHAPS, done
    else:
        return Followed(promise, UNSEEN, "", "")
    _, n, s = found
    text = analyses[n].document.text[s.start : s.end]
    return Followed(promise, outcome, text, s.where, n, s.number)
