"""What the outputs for machines share: which findings they name, in what words, and where in a file they point."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

from msgspec import Struct

from checker.model import Assessment, Document, Evidence, Finding, Verdict

LEVELS = ("error", "warning", "note")
_MARKED = frozenset({"md", "markdown"})


class Region(Struct, frozen=True):
    """A stretch of a text file; lines and columns count from 1, columns in code points, the end is exclusive.

    Columns are 0 where only the line is known.
    """

    start_line: int
    start_column: int
    end_line: int
    end_column: int


class Place(Struct, frozen=True):
    """Where a finding points: a document, the sentence in it where there is one, people's words for the place."""

    document: Document
    region: Region | None
    where: str
    page: int | None
    quote: str


@lru_cache(maxsize=64)
def _line_starts(text: str) -> tuple[int, ...]:
    return (0, *(i + 1 for i, c in enumerate(text) if c == "\n"))


def region(document: Document, start: int, end: int) -> Region | None:
    """Lines and columns of ``text[start:end]``; None where the file is no plain text, so that lines mean nothing."""
    if document.format in _MARKED:
        # Read without its marks, but a line of the text is a line of the file.
        first, last = document.locate(start), document.locate(max(start, end - 1))
        if first and last and first.paragraph and last.paragraph:
            return Region(first.paragraph, 0, last.paragraph, 0)
    if document.blocks:
        return None
    starts = _line_starts(document.text)
    top = bisect_right(starts, start) - 1
    foot = bisect_right(starts, max(start, end - 1)) - 1
    return Region(top + 1, start - starts[top] + 1, foot + 1, end - starts[foot] + 1)


def leading(f: Finding) -> Evidence | None:
    """The piece of evidence that a verdict rests on: the admission, the plan, else the strongest accepted."""
    wanted = {
        Verdict.FAILED: ("denial",),
        Verdict.ADMITTED: ("admission",),
        Verdict.PLANNED: ("plan",),
    }.get(f.verdict)
    if wanted:
        return next((e for e in f.evidence if e.use in wanted), None)
    return next((e for e in f.accepted if e.use == "element"), next(iter(f.accepted), None))


def place(f: Finding, a: Assessment) -> Place:
    """Where a finding points; at the report as a whole where nothing was found."""
    e = leading(f)
    if e is None:
        return Place(a.analyses[0].document, None, "", None, "")
    document = a.analyses[e.document].document
    return Place(document, region(document, e.start, e.end), e.where, e.page, e.quote)


def level(f: Finding) -> str:
    """``error``, ``warning`` or ``note``. What is waived, attested or for people to judge is a note."""
    if not f.is_open:
        return "note"
    if f.verdict is Verdict.FAILED or (f.verdict is Verdict.ADMITTED and f.indicator.red_line):
        return "error"
    grave = f.verdict is Verdict.ADMITTED or f.indicator.red_line or f.indicator.severity == "major"
    return "warning" if grave else "note"


def noted(a: Assessment) -> tuple[Finding, ...]:
    """Findings that machines are told of: every problem, and what is met only by attestation."""
    return tuple(f for f in a.findings if f.verdict.is_problem or f.lifted)


def message(f: Finding) -> str:
    """One paragraph: number, title, verdict with its marks, what is missing, the first reason, what people added."""
    parts = [f"{f.indicator.label}：{f.label}。"]
    if f.missing and f.verdict.is_problem:
        parts.append(f"缺：{'、'.join(f.missing)}。")
    if f.reasons:
        parts.append(f.reasons[0].rstrip("。") + "。")
    parts += [f"人工佐证：{x.text}。" for x in f.attested]
    if f.waived is not None:
        parts.append(f"{f.waived}。")
    return "".join(parts)


def head(a: Assessment) -> str:
    """Who, which year, which edition."""
    year = f"{a.year} 年" if a.year else "（年度未知）"
    return f"{a.place or '（地区未知）'} {year}法治政府建设示范指标对标检查"


def caution(a: Assessment) -> str:
    """What every output says of itself."""
    return f"依据提交文本自动比对，不等于评审得分。{a.index.caution}"
