"""法治政府建设示范指标对标检查. Public Python API: load_index, read_document, check."""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"
__all__ = ["__version__", "check", "load_index", "read_document"]

_API = {"check": "checker.api", "load_index": "checker.index", "read_document": "checker.documents"}


def __getattr__(name: str) -> Any:
    """The public functions, imported when they are first asked for: ``checker --help`` must stay quick."""
    if name not in _API:
        raise AttributeError(f"module 'checker' has no attribute {name!r}")
    return getattr(import_module(_API[name]), name)
