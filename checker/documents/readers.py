"""Kind of file -> reader. Each is ``read(request) -> Extract`` in a module of its own, imported only when used."""

from __future__ import annotations

import importlib
from typing import Protocol, cast

from checker.documents.extract import Extract, Request

READERS = {
    "docx": "checker.documents.docx",
    "pdf": "checker.documents.pdf",
    "ofd": "checker.documents.ofd",
    "html": "checker.documents.html",
    "mhtml": "checker.documents.html",
    "xlsx": "checker.documents.spreadsheet",
    "xls": "checker.documents.spreadsheet",
    "ods": "checker.documents.spreadsheet",
    "csv": "checker.documents.spreadsheet",
    "md": "checker.documents.markdown",
}


class Reader(Protocol):
    """A module that reads one kind of file."""

    def read(self, request: Request) -> Extract:
        """Text and places. Raises DocumentError; anything else it raises counts as a damaged file."""
        ...


def extract(request: Request) -> Extract:
    """Read a file in this process."""
    return cast(Reader, importlib.import_module(READERS[request.kind])).read(request)
