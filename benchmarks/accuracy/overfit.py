"""Does an indicator quote a text? The longest phrases of the ways that occur in exactly one of the given texts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from checker.documents import read_document
from checker.matching import Rules
from checker.text.normalize import compact, fold, fold_phrase


def quoted(rules: Rules, texts: Sequence[Path], most: int = 15) -> list[tuple[int, int, str, str]]:
    """(length, indicator, phrase, text) for phrases found in one text only, longest first."""
    folded = {p.name: compact(fold(read_document(str(p)).text)).text for p in texts}
    out = set()
    for rule in rules.every:
        for term in rule.way.terms:
            for option in term.options if term.kind == "phrase" else ():
                phrase = fold_phrase(option)
                found = [name for name, text in folded.items() if phrase in text]
                if len(phrase) >= 6 and len(found) == 1:
                    out.add((len(phrase), rule.indicator.no, option, found[0]))
    return sorted(out, reverse=True)[:most]
