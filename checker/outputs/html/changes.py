"""What changed since an earlier run, indicator by indicator, as the page marks it."""

from __future__ import annotations

from msgspec import Struct

from checker.model import Assessment, Comparison, Difference, Snapshot
from checker.outputs.html.safe import display

# Which change of an indicator is shown in its row where there are several.
_FIRST = ("worse", "reopened", "better", "changed", "appeared", "uncovered", "lost", "waiver", "unaccepted")
_SIGNS = {"worse": "▼", "better": "▲", "appeared": "＋"}
_DIRECTIONS = {"worse": "down", "better": "up", "appeared": "new"}


class ChangeView(Struct, frozen=True):
    """The changes of one indicator. ``direction``: up, down, new or other; ``text`` is for the row, ``lines`` is all."""

    direction: str
    sign: str
    text: str
    lines: tuple[str, ...]
    fails: bool


class EarlierView(Struct, frozen=True):
    """The earlier run itself: where it came from, what to mind, and indicators that are no longer there."""

    name: str
    notes: tuple[str, ...]
    vanished: tuple[str, ...]


def change_views(comparison: Comparison | None) -> dict[str, ChangeView]:
    """Changes by indicator id; empty where nothing is compared."""
    if comparison is None:
        return {}
    groups: dict[str, list[Difference]] = {}
    for d in comparison.differences:
        if d.kind != "vanished":
            groups.setdefault(d.indicator, []).append(d)
    return {indicator: _view(found) for indicator, found in groups.items()}


def _view(found: list[Difference]) -> ChangeView:
    first = min(found, key=lambda d: _FIRST.index(d.kind) if d.kind in _FIRST else len(_FIRST))
    if first.old is not None and first.new is not None and first.old is not first.new:
        text = f"{first.old.label} → {first.new.label}"
    else:
        text = {"lost": "原引文不在了", "uncovered": "要素失去支撑", "unaccepted": "原引文不再采信"}.get(
            first.kind, first.message
        )
    return ChangeView(
        direction=_DIRECTIONS.get(first.kind, "other"),
        sign=_SIGNS.get(first.kind, "◆"),
        text=display(text),
        lines=tuple(display(d.message) for d in found),
        fails=any(d.fails for d in found),
    )


def earlier_view(comparison: Comparison | None) -> EarlierView | None:
    """The head of the comparison, or None."""
    if comparison is None:
        return None
    gone = tuple(f"{d.number} {d.title}" for d in comparison.differences if d.kind == "vanished")
    return EarlierView(
        display(comparison.old), tuple(display(n) for n in comparison.notes), tuple(display(g) for g in gone)
    )


def fresh_sentences(a: Assessment, earlier: Snapshot | None) -> frozenset[tuple[int, int]]:
    """(document, sentence) of evidence whose words the earlier run did not count for the same indicator."""
    if earlier is None:
        return frozenset()
    known = {(e.indicator, _plain(t.quote)) for e in earlier.entries for t in e.evidence}
    return frozenset(
        (e.document, e.sentence)
        for f in a.findings
        for e in f.evidence
        if e.accepted and (f.indicator.id, _plain(e.quote)) not in known
    )


def _plain(quote: str) -> str:
    return "".join(quote.split())
