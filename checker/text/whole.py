"""What all sentences of a document share."""

from __future__ import annotations

from dataclasses import dataclass

from checker.model import Compact
from checker.text.watch import Seen


@dataclass(frozen=True, slots=True)
class Whole:
    """The folded text, its compact view, what was seen where, and who reports on which year."""

    folded: str
    view: Compact
    seen: Seen
    level: str
    year: int | None
