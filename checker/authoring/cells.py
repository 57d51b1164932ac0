"""Values of rule files in cells of a sheet and back, without loss: what a person types is read as a person means it.

A list is one item a line. What a line cannot show as it is (an empty text, line breaks, a list within a list, an
example with several fields) stands there as JSON.
"""

from __future__ import annotations

import json
import re
from typing import Any

YES, NO = "是", "否"
_JSON = re.compile(r'\s|["\[{]|.*\s$|.*_x[0-9A-Fa-f]{4}_', re.DOTALL)
_UNSAFE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\ufffe\uffff]")


def encode(value: Any) -> str:
    """A cell's text for a value that is there (absent values are empty cells)."""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, list):
        return "\n".join(_line(v) for v in value)
    if isinstance(value, dict):
        return _json(value)
    text = str(value)
    return _json(text) if _hard(text) else text


def _line(item: Any) -> str:
    if not isinstance(item, str):
        return _json(item)
    return _json(item) if _hard(item) or "\n" in item else item


def _hard(text: str) -> bool:
    return not text or bool(_JSON.match(text)) or bool(_UNSAFE.search(text))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False).replace("_x", "\\u005fx").replace("\x7f", "\\u007f")


def plain(value: object) -> str:
    """What stands in a cell, as text; numbers that a spreadsheet made of digits become digits again."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")


def decode_text(cell: str) -> str:
    """A text again."""
    value = _parsed(cell)
    return value if isinstance(value, str) else cell.strip()


def decode_list(cell: str) -> list[Any]:
    """A list again; empty lines are nothing."""
    out: list[Any] = []
    for line in cell.split("\n"):
        if not line.strip():
            continue
        value = _parsed(line)
        out.append(line.strip() if value is None else value)
    return out


def decode_flag(cell: str) -> bool | str:
    """True or false; anything else stays text, for the schema to complain of."""
    word = cell.strip().lower()
    if word in (YES, "true", "√", "y", "yes", "1"):
        return True
    return False if word in (NO, "false", "×", "n", "no", "0") else cell.strip()


def _parsed(text: str) -> Any:
    if text[:1] not in ('"', "[", "{"):
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None
