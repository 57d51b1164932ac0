"""The baseline: what a later run is held against (``review/schema/baseline.schema.json``)."""

from __future__ import annotations

import json

from checker.model import Assessment
from checker.outputs import Context
from checker.review.snapshot import take, to_json


def render(a: Assessment, _: Context) -> bytes:
    """Verdicts, covered elements and quotes, keyed by words; no line numbers, no time, so that diffs stay small."""
    return (json.dumps(to_json(take(a)), ensure_ascii=False, indent=1) + "\n").encode("utf-8")
