"""The report as written: blocks of paragraphs of sentences, each with its strongest use and its signs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from checker.api import earlier_reports
from checker.model import Analysis, Assessment, Evidence, Figure, Genre, Role, Sentence, Tense
from checker.outputs.html.safe import WRAP, display

BLOCK_CHARS = 1500
# Estimated height of a block comes as one of these classes: a strict policy admits no inline style.
HEIGHTS = 40
_SEGMENT = re.compile(r"\([^)]*\)|第[^部]+部分|[一二三四五六七八九十]+|\d+")


class Piece(Struct, frozen=True):
    """A run of a sentence's text; ``css`` is ``doubt`` (a figure that does not add up) or ``wrap`` (a mere line end)."""

    text: str
    css: str = ""


class SentenceView(Struct, frozen=True):
    """A sentence on the page: ``mark`` is the sign of its role and strength, ``numbers`` what it supports.

    ``gap`` is what stands between it and the sentence before it in the same paragraph; ``turn`` is the page that
    begins with it in the middle of a paragraph.
    """

    id: str
    gap: str
    pieces: tuple[Piece, ...]
    use: str
    mark: str
    numbers: str
    heading: bool
    fresh: bool
    turn: int | None = None


class ParagraphView(Struct, frozen=True):
    """A paragraph: ``kind`` is title, meta, h1 to h4 or body; ``page`` is set where a new page begins."""

    kind: str
    sentences: tuple[SentenceView, ...]
    page: int | None = None


class BlockView(Struct, frozen=True):
    """Paragraphs that are laid out together, with the class of their estimated height."""

    height: int
    paragraphs: tuple[ParagraphView, ...]


class EntryView(Struct, frozen=True):
    """A heading in the outline."""

    id: str
    text: str
    level: int


class DocumentView(Struct, frozen=True):
    """One document: its tab, head and text."""

    id: str
    name: str
    kind: str
    title: str
    facts: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    blocks: tuple[BlockView, ...]
    outline: tuple[EntryView, ...]
    used: int
    sentences: int


def sentence_id(document: int, sentence: int) -> str:
    """The id of a sentence on the page."""
    return f"s{document}-{sentence}"


def place(a: Assessment, document: int, where: str) -> str:
    """Where a sentence stands; with several documents it says which."""
    name = f"{file_name(a.analyses[document].document.path)} " if len(a.analyses) > 1 else ""
    return display(name + where)


def file_name(path: str) -> str:
    """The last part of a path of any system."""
    return re.split(r"[/\\]", path)[-1]


def strongest_use(evidence: Iterable[Evidence]) -> str:
    """The class of the strongest use: what counts against the report first, then what counts for it."""
    best = ""
    for e in evidence:
        best = min(best, _use(e), key=_RANK.index)
    return best


_RANK = ("den", "adm", "u4", "u3", "u2", "u1", "plan", "ref", "")


def _use(e: Evidence) -> str:
    if e.use == "denial" and e.accepted:
        return "den"
    if e.use == "admission" and e.accepted:
        return "adm"
    if e.accepted:
        return f"u{max(1, e.strength.value)}"
    return "plan" if e.use == "plan" else "ref"


def role_sign(sentence: Sentence, use: str) -> str:
    """成 achievement, 进 ongoing, 计 plan, 问 problem, 否 denied, 总 overview; empty for the page's own data."""
    if use == "den":
        return "否"
    if use == "adm" or sentence.role is Role.PROBLEM:
        return "问"
    tenses = {c.tense for c in sentence.clauses}
    if sentence.role is Role.PLAN or use == "plan" or tenses == {Tense.PLANNED}:
        return "计"
    if sentence.role is Role.OVERVIEW:
        return "总"
    if sentence.role is Role.METADATA:
        return ""
    return "进" if tenses == {Tense.ONGOING} else "成"


def heading_level(path: str) -> int:
    """1 to 4 from the numbering path (一 is 1, 一(四)2 is 3)."""
    return max(1, min(4, len(_SEGMENT.findall(path))))


def document_views(
    a: Assessment, numbers: dict[str, str], fresh: frozenset[tuple[int, int]]
) -> tuple[DocumentView, ...]:
    """Every document. ``numbers`` maps indicator ids to shown numbers, ``fresh`` are newly used sentences."""
    by_sentence: dict[tuple[int, int], list[Evidence]] = {}
    for f in a.findings:
        for e in f.evidence:
            by_sentence.setdefault((e.document, e.sentence), []).append(e)
    doubts: dict[int, list[Figure]] = {}
    for figure in a.figures:
        if figure.recomputed == "mismatch":
            doubts.setdefault(figure.document, []).append(figure)
    past = earlier_reports(a.analyses)
    views = []
    for number, analysis in enumerate(a.analyses):
        spans = tuple((f.quantity.start, f.quantity.end) for f in doubts.get(number, ()))
        maker = _Maker(analysis, number, by_sentence, numbers, spans, fresh, number in past)
        views.append(maker.view())
    return tuple(views)


class _Maker(Struct, frozen=True):
    analysis: Analysis
    number: int
    by_sentence: dict[tuple[int, int], list[Evidence]]
    numbers: dict[str, str]
    doubts: tuple[tuple[int, int], ...]
    fresh: frozenset[tuple[int, int]]
    past: bool

    def view(self) -> DocumentView:
        document, reporter = self.analysis.document, self.analysis.reporter
        name = file_name(document.path)
        paragraphs = tuple(self.paragraphs())
        body = [s for s in self.analysis.sentences if not s.heading and not s.noise]
        used = sum(any(e.accepted for e in self.by_sentence.get((self.number, s.number), ())) for s in body)
        return DocumentView(
            id=f"d{self.number}",
            name=display(name),
            kind="往年报告" if self.past else "材料" if document.material else "报告",
            title=display(reporter.title or name),
            facts=tuple((k, display(v)) for k, v in self.facts() if v),
            warnings=tuple(display(w) for w in self.warnings()),
            blocks=tuple(_blocks(paragraphs)),
            outline=tuple(_outline(paragraphs, self.analysis.sentences, self.number)),
            used=used,
            sentences=len(body),
        )

    def warnings(self) -> Iterator[str]:
        """What to know before reading: the wrong kind of text, and what of the file was not read."""
        reporter = self.analysis.reporter
        if reporter.genre is not Genre.REPORT and not self.analysis.document.material:
            yield (
                f"这份文本看起来不像法治政府建设报告，像{reporter.genre.label}（{reporter.genre_reason}），"
                "其中的话不作成果采信。"
            )
        yield from self.analysis.document.notes

    def facts(self) -> Iterator[tuple[str, str]]:
        document, reporter = self.analysis.document, self.analysis.reporter
        yield "文件", document.path
        yield "公开日期", reporter.published or ""
        yield "字数", f"{len(document.text):,}"
        yield "编码", document.encoding if document.format in ("txt", "md") else ""
        yield "SHA-256", document.sha256[:12]

    def paragraphs(self) -> Iterator[ParagraphView]:
        group: list[Sentence] = []
        page: int | None = None
        for sentence in self.analysis.sentences:
            if group and (sentence.paragraph != group[-1].paragraph or _breaks(group[-1], sentence)):
                yield self.paragraph(group, page)
                page = group[-1].page or page
                group = []
            group.append(sentence)
        if group:
            yield self.paragraph(group, page)

    def paragraph(self, group: list[Sentence], page: int | None) -> ParagraphView:
        kind = "body"
        if all(s.heading for s in group):
            kind = "title" if group[0].role is Role.METADATA else f"h{heading_level(group[0].path)}"
        elif all(s.role is Role.METADATA or s.noise for s in group):
            kind = "meta"
        here = group[0].page
        sentences = tuple(self.sentence(s, before) for s, before in zip(group, (None, *group), strict=False))
        return ParagraphView(kind, sentences, here if here != page else None)

    def sentence(self, s: Sentence, before: Sentence | None) -> SentenceView:
        evidence = self.by_sentence.get((self.number, s.number), [])
        use = strongest_use(evidence)
        sign = "" if s.heading or s.noise else role_sign(s, use)
        strength = use[1] if use.startswith("u") else ""
        counted = dict.fromkeys(self.numbers[e.indicator] for e in evidence if e.accepted or e.use == "plan")
        return SentenceView(
            id=sentence_id(self.number, s.number),
            gap=display(self.analysis.document.text[before.end : s.start]) if before else "",
            pieces=tuple(self.pieces(s)),
            use=use if not (s.heading and use == "ref") else "",
            mark=sign + strength + ("＋" if (self.number, s.number) in self.fresh else "") if sign else "",
            numbers="、".join(counted),
            heading=s.heading,
            fresh=(self.number, s.number) in self.fresh,
            turn=s.page if before is not None and s.page != before.page else None,
        )

    def pieces(self, s: Sentence) -> Iterator[Piece]:
        text, at = self.analysis.document.text, s.start
        marks = [(a, b, "doubt") for a, b in self.doubts if s.start <= a and b <= s.end]
        marks += [(*m.span(), "wrap") for m in WRAP.finditer(text, s.start, s.end)]
        for start, end, css in sorted(marks):
            if start < at:
                continue
            if at < start:
                yield Piece(display(text[at:start]))
            yield Piece(display(text[start:end]), css)
            at = end
        if at < s.end:
            yield Piece(display(text[at : s.end]))


def _breaks(before: Sentence, after: Sentence) -> bool:
    """Texts that arrive on one line: a numbered heading begins a line of its own here."""
    return after.heading and not before.heading


def _blocks(paragraphs: tuple[ParagraphView, ...]) -> Iterator[BlockView]:
    group: list[ParagraphView] = []
    size = 0
    for p in paragraphs:
        chars = sum(len(piece.text) for s in p.sentences for piece in s.pieces)
        if group and size + chars > BLOCK_CHARS:
            yield _block(group)
            group, size = [], 0
        group.append(p)
        size += chars
    if group:
        yield _block(group)


def _block(group: list[ParagraphView]) -> BlockView:
    lines = sum(-(-sum(len(x.text) for s in p.sentences for x in s.pieces) // 34) + 0.4 for p in group)
    return BlockView(min(HEIGHTS, max(1, round(lines * 32 / 100))), tuple(group))


def _outline(
    paragraphs: tuple[ParagraphView, ...], sentences: tuple[Sentence, ...], number: int
) -> Iterator[EntryView]:
    levels = {sentence_id(number, s.number): heading_level(s.path) for s in sentences if s.heading}
    for p in paragraphs:
        for s in p.sentences:
            if s.heading and p.kind not in ("title", "meta"):
                text = "".join(x.text for x in s.pieces).strip().rstrip("。")
                yield EntryView(s.id, text if len(text) <= 30 else text[:29] + "…", levels[s.id])
