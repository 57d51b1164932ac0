"""Keeping what must not be passed on out of what is passed on: warnings always, masking with ``--public``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from checker.model import Analysis, Assessment, Document, Evidence, Figure, Finding, Index, Leak, Quantity, tally
from checker.model.texts import Citation, Clause, Wording
from checker.text.leaks import find_leaks, mask
from checker.text.normalize import fold

T = TypeVar("T")
S = TypeVar("S", bound=Struct)


def leak_warnings(analyses: Sequence[Analysis]) -> Iterator[str]:
    """One line for each kind of leak in each document: how many and where, never the thing itself."""
    for analysis in analyses:
        document = analysis.document
        yield from _told(document.path, find_leaks(document.text, analysis.folded), partial(_place, document))


def text_warnings(path: str, text: str) -> Iterator[str]:
    """The same for a file that people wrote."""
    yield from _told(path, find_leaks(text), lambda offset: _line(text, offset))


def _told(path: str, leaks: Sequence[Leak], place: Callable[[int], str]) -> Iterator[str]:
    kinds: dict[str, list[int]] = {}
    for leak in leaks:
        kinds.setdefault(leak.kind, []).append(leak.start)
    for kind, starts in sorted(kinds.items()):
        places = "、".join(dict.fromkeys(place(s) for s in starts[:5]))
        more = "等" if len(starts) > 5 else ""
        advice = (
            "涉密材料不得在联网的设备上处理，更不得放进代码仓库。"
            if kind == "密级标志"
            else "对外提供结果前请加 --public 遮盖。"
        )
        yield f"{path}：疑似{kind} {len(starts)} 处（{places}{more}）。{advice}"


def _place(document: Document, offset: int) -> str:
    locator = document.locate(offset)
    return (locator.label if locator else "") or _line(document.text, offset)


def _line(text: str, offset: int) -> str:
    return f"第{text.count(chr(10), 0, offset) + 1}行"


def publish(a: Assessment) -> Assessment:
    """The assessment with every leak masked, character for character: quotes stay slices, offsets stay right.

    Figures and quantities that are part of a leak are left out altogether.
    """
    leaks = [find_leaks(x.document.text, x.folded) for x in a.analyses]
    analyses = tuple(_analysis(x, found) for x, found in zip(a.analyses, leaks, strict=True))
    findings = tuple(_finding(f, analyses, leaks) for f in a.findings)
    return replace(
        a,
        analyses=analyses,
        place=mask(a.place),
        findings=findings,
        ledger=tally(findings),
        checkup=_masked(tuple(a.checkup)),
        figures=tuple(_figure(f) for f in a.figures if not _hit(f.quantity.start, f.quantity.end, leaks[f.document])),
        warnings=_masked(tuple(a.warnings)),
        comparison=_masked(a.comparison),
        materials=_masked(a.materials),
    )


def _hit(start: int, end: int, leaks: Sequence[Leak]) -> bool:
    return any(x.start < end and start < x.end for x in leaks)


def _analysis(x: Analysis, leaks: Sequence[Leak]) -> Analysis:
    text = x.document.text
    for leak in leaks:
        text = text[: leak.start] + "*" * (leak.end - leak.start) + text[leak.end :]
    document = replace(_masked_fields(x.document, {"text", "blocks", "sha256"}), text=text)
    view = x.view
    seen = view.text
    for leak in leaks:
        start, end = view.index(leak.start), view.index(leak.end)
        seen = seen[:start] + "*" * (end - start) + seen[end:]
    sentences = tuple(replace(s, path=mask(s.path), wording=_wording(s.wording, seen, leaks)) for s in x.sentences)
    return replace(
        x,
        document=document,
        reporter=_masked(x.reporter),
        folded=fold(text),
        view=replace(view, text=seen),
        sentences=sentences,
    )


def _wording(inner: Wording, seen: str, leaks: Sequence[Leak]) -> _Wording:
    start, end = inner.span
    return _Wording(inner.span, seen[start:end], inner, tuple(leaks))


class _Wording(Struct):
    """What a sentence says, without the figures that are part of a leak."""

    span: tuple[int, int]
    text: str
    inner: Wording
    leaks: tuple[Leak, ...]

    @property
    def clause_spans(self) -> tuple[tuple[int, int], ...]:
        return self.inner.clause_spans

    @property
    def clauses(self) -> tuple[Clause, ...]:
        return self.inner.clauses

    @property
    def _kept(self) -> tuple[int, ...]:
        return tuple(n for n, q in enumerate(self.inner.quantities) if not _hit(q.start, q.end, self.leaks))

    @property
    def quantity_spans(self) -> tuple[tuple[int, int], ...]:
        return tuple(self.inner.quantity_spans[n] for n in self._kept)

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        return tuple(self.inner.quantities[n] for n in self._kept)

    @property
    def citation_spans(self) -> tuple[tuple[int, int], ...]:
        return self.inner.citation_spans

    @property
    def citations(self) -> tuple[Citation, ...]:
        return _masked(self.inner.citations)

    @property
    def noise(self) -> str | None:
        return self.inner.noise


def _finding(f: Finding, analyses: tuple[Analysis, ...], leaks: list[tuple[Leak, ...]]) -> Finding:
    return replace(
        f,
        evidence=tuple(_evidence(e, analyses) for e in f.evidence),
        metrics=tuple(m for m in f.metrics if not _hit(m.start, m.end, leaks[m.document])),
        reasons=_masked(f.reasons),
        waived=_masked(f.waived),
        attested=_masked(f.attested),
    )


def _evidence(e: Evidence, analyses: tuple[Analysis, ...]) -> Evidence:
    text = analyses[e.document].document.text
    return replace(e, quote=text[e.start : e.end], where=mask(e.where), note=mask(e.note))


def _figure(f: Figure) -> Figure:
    return replace(f, subject=mask(f.subject))


def _masked(value: T) -> T:
    """``value`` with the strings inside it masked; what holds none stays the same object."""
    return cast(T, _walk(value))


def _walk(value: Any) -> Any:
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, tuple):
        return tuple(_walk(v) for v in value)
    if isinstance(value, Struct) and not isinstance(value, Index):
        return _masked_fields(value, frozenset())
    return value


def _masked_fields(value: S, but: set[str] | frozenset[str]) -> S:
    changed = {name: _walk(getattr(value, name)) for name in value.__struct_fields__ if name not in but}
    return replace(value, **changed)
