"""Errors a person can act on: what happened, where, and what to do. Nothing here prints or exits."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct


class Location(Struct, frozen=True, order=True):
    """A place in a file; ``line`` and ``column`` count from 1, 0 means unknown."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if not self.line:
            return self.path
        return f"{self.path}:{self.line}:{self.column or 1}"


class Issue(Struct, frozen=True, order=True):
    """One thing that is wrong, with a stable ``code`` (E… error, W… warning)."""

    location: Location
    code: str
    message: str

    @property
    def fatal(self) -> bool:
        """Whether the run must not go on with it."""
        return self.code.startswith("E")

    def __str__(self) -> str:
        kind = "错误" if self.fatal else "提示"
        return f"{self.location}: {kind} {self.code} {self.message}"


class CheckerError(Exception):
    """Anything the person at the keyboard can mend. Carries every problem found, not only the first."""

    exit_code = 2

    def __init__(self, issues: Iterable[Issue] | str) -> None:
        if isinstance(issues, str):
            issues = [Issue(Location("checker"), "E000", issues)]
        self.issues: tuple[Issue, ...] = tuple(sorted(set(issues)))
        super().__init__("\n".join(str(issue) for issue in self.issues))


class DocumentError(CheckerError):
    """A report or material can't be read."""


class OutputError(CheckerError):
    """A result can't be written; nothing was changed on disk."""


class QuoteMismatchError(AssertionError):
    """A quote is not the slice of the document it claims to be: a defect of the program, never of the input."""
