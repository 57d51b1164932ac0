"""Assessment -> bytes. One module a format, one dict that picks it; each module has ``render(assessment, context)``."""

from __future__ import annotations

import importlib
from datetime import datetime
from pathlib import PurePath
from typing import Protocol, cast

from msgspec import Struct

from checker.model import Assessment, InputFile


class Context(Struct, frozen=True, kw_only=True):
    """What an output may say beyond the assessment. ``moment`` is when the run began (pinned for same bytes).

    ``inputs`` are the files that were read, with hashes; ``settings`` the options that decided, by name. ``earlier`` is
    what already stands at ``target``: a workbook merges with it.
    ``previous`` is last year's workbook, named ``previous_name``.
    """

    tool_version: str
    moment: datetime
    inputs: tuple[InputFile, ...] = ()
    settings: tuple[tuple[str, str | int | bool | tuple[str, ...] | None], ...] = ()
    earlier: bytes | None = None
    target: str = ""
    previous: bytes | None = None
    previous_name: str = ""


class Renderer(Protocol):
    """A module of this package that writes one format."""

    def render(self, assessment: Assessment, context: Context) -> bytes:
        """The whole file; the same bytes for the same input."""
        ...


RENDERERS = {
    "xlsx": "checker.outputs.xlsx",
    "json": "checker.outputs.json",
    "text": "checker.outputs.text",
    "md": "checker.outputs.markdown",
    "csv": "checker.outputs.csv",
    "sarif": "checker.outputs.sarif",
    "junit": "checker.outputs.junit",
    "github": "checker.outputs.github",
    "gitlab": "checker.outputs.gitlab",
    "baseline": "checker.outputs.baseline",
    "record": "checker.outputs.record",
    "html": "checker.outputs.html",
}
ENDINGS = {
    ".xlsx": "xlsx",
    ".json": "json",
    ".txt": "text",
    ".md": "md",
    ".csv": "csv",
    ".sarif": "sarif",
    ".sarif.json": "sarif",
    ".xml": "junit",
    ".baseline.json": "baseline",
    ".record.json": "record",
    "gl-code-quality-report.json": "gitlab",
    ".html": "html",
    ".htm": "html",
}
BINARY = frozenset({"xlsx"})


def render(assessment: Assessment, kind: str, context: Context) -> bytes:
    """The assessment in one format. ``kind`` is a key of RENDERERS; its module is imported only now."""
    return cast(Renderer, importlib.import_module(RENDERERS[kind])).render(assessment, context)


def kind_of(path: str) -> str | None:
    """The format that a file's ending asks for, or None."""
    name = PurePath(path).name.lower()
    known = [ending for ending in ENDINGS if name.endswith(ending)]
    return ENDINGS[max(known, key=len)] if known else None
