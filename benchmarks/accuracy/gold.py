"""Labelled reports: ``{doc, level, labels: [{no, verdict, quotes, borderline, optional}]}`` or a list of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml


@dataclass(frozen=True, slots=True)
class Label:
    verdict: str
    quotes: tuple[str, ...] = ()
    borderline: bool = False
    optional: bool = False


MISSING = Label("missing")


@dataclass(frozen=True, slots=True)
class Labelled:
    path: Path
    level: str | None
    labels: dict[int, Label]


def load(gold: Path) -> list[Labelled]:
    """Read one gold file; documents are looked up beside it and in ../reports."""
    data = yaml.safe_load(gold.read_text(encoding="utf-8"))
    out = []
    for entry in data if isinstance(data, list) else [data]:
        path = next(
            f / entry["doc"] for f in (gold.parent, gold.parent.parent / "reports") if (f / entry["doc"]).exists()
        )
        labels = {
            int(r.get("no", r.get(False))): Label(
                r["verdict"], tuple(r.get("quotes") or ()), bool(r.get("borderline")), bool(r.get("optional"))
            )
            for r in entry["labels"]
        }
        level = {"district": "county"}.get(entry.get("level") or "", entry.get("level"))
        out.append(Labelled(path, level, labels))
    return out
