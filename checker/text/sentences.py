"""Document -> Analysis: sentences as exact slices, each with its place and role; what it says is read on demand."""

from __future__ import annotations

import re
from itertools import pairwise

from msgspec.structs import replace

from checker import patterns
from checker.model import Analysis, Document, Genre, Role, Sentence
from checker.patterns import regex
from checker.text.normalize import compact, fold
from checker.text.outline import Piece, pieces, run_ins
from checker.text.reporter import read_reporter
from checker.text.scope import NEXT_ITEM, Scope
from checker.text.watch import Seen
from checker.text.whole import Whole
from checker.text.wording import Wording


def analyze(
    document: Document,
    *,
    level: str | None = None,
    year: int | None = None,
    place: str | None = None,
    genre: Genre | None = None,
) -> Analysis:
    """Analyze a document. ``level``, ``year``, ``place`` and ``genre`` given win over what the page says."""
    folded = fold(document.text)
    reporter = read_reporter(folded, level, year, place, document.page)
    if genre is not None:
        reporter = replace(reporter, genre=genre, genre_reason="按所给文种")
    title_end = _title_end(folded, reporter.title)
    overview_end = _overview_end(folded, title_end)
    view = compact(folded)
    whole = Whole(folded, view, Seen(view.text), reporter.level, reporter.year)
    sentences: list[Sentence] = []
    wording: Wording | None = None
    ordinals: dict[str, int] = {}
    scope = Scope(whole)
    for piece in pieces(folded, reporter.genre, title_end, document.aside):
        for start, end in _split(folded, piece):
            ordinal = ordinals[piece.path] = ordinals.get(piece.path, 0) + 1
            role, heading = piece.role, piece.heading
            if end <= title_end:
                role, heading = Role.METADATA, True
            elif role is Role.OVERVIEW and start >= overview_end:
                role = Role.ACHIEVEMENT
            span = (view.index(start), view.index(end))
            role = scope.role_of(role, heading, piece, start, end, span)
            goes_on = sentences and folded[sentences[-1].end - 1] == ";" and not NEXT_ITEM.match(view.text, span[0])
            before = wording if goes_on and sentences[-1].paragraph == piece.paragraph and not heading else None
            wording = Wording(whole, span, piece.role, role is Role.PLAN, before)
            sentences.append(
                Sentence(
                    len(sentences) + 1,
                    start,
                    end,
                    role,
                    heading,
                    piece.path,
                    ordinal,
                    piece.paragraph,
                    piece.line,
                    wording,
                    document.locate(start) if document.blocks else None,
                )
            )
    return Analysis(document, reporter, folded, view, tuple(sentences))


def _title_end(folded: str, title: str) -> int:
    if not title:
        return 0
    end = 0
    for m in re.finditer(r"\s*".join(re.escape(c) for c in title[-10:]), folded[:3000]):
        rest = folded[m.end() : m.end() + 2]
        if rest[:1] in ("", "\n", "\r", " ") and not folded[max(0, m.start() - 60) : m.start()].rpartition("\n")[
            2
        ].count("。"):
            end = m.end()
    return end


_AS_FOLLOWS = regex(r"(?:报告|汇报|总结|公开|公布|介绍|情况|通报)(?:如下|于后)[。:]?")


def _overview_end(folded: str, title_end: int) -> int:
    """Where the opening phrases end: at 报告如下, or with the first sentence of the body."""
    m = _AS_FOLLOWS.search(folded, title_end, title_end + 2500)
    if m:
        return m.end()
    m = patterns.compiled(r"。").search(folded, title_end)
    return m.end() if m else title_end


_TOKEN = regex(r"[《》()]|[。!?;]+[”’\"')]*")
_WORD = regex(r"[^\W_]")


def _split(folded: str, piece: Piece) -> list[tuple[int, int]]:
    """Sentence slices of a piece, trimmed of surrounding white space."""
    if piece.heading:
        return [_trim(folded, piece.start, piece.end)]
    cuts = {piece.start, piece.end}
    depth = 0
    for m in _TOKEN.finditer(folded, piece.start, piece.end):
        token = m[0]
        if token in "《(":
            depth += 1
        elif token in "》)":
            depth = max(0, depth - 1)
        elif depth == 0 or token[0] in "。!?":
            cuts.add(m.end())
            depth = 0
    cuts.update(run_ins(folded, piece.start, piece.end))
    spans = [_trim(folded, a, b) for a, b in pairwise(sorted(cuts))]
    return [(a, b) for a, b in spans if b > a and _WORD.search(folded, a, b)]


def _trim(folded: str, start: int, end: int) -> tuple[int, int]:
    while start < end and folded[start].isspace():
        start += 1
    while end > start and folded[end - 1].isspace():
        end -= 1
    return start, end
