"""What all sentences of a document share."""

from __future__ import annotations

from msgspec import Struct

from checker.model import Compact
from checker.text.watch import Seen


class Whole(Struct, frozen=True):
    """The folded text, its compact view, what was seen where, and who reports on which year."""

    folded: str
    view: Compact
    seen: Seen
    level: str
    year: int | None
