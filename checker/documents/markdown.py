"""Markdown: the words without the marks. Lines stay lines."""

from __future__ import annotations

import re
from pathlib import Path

from checker.documents.extract import Extract, Request, Writer
from checker.documents.plain import decode
from checker.model import Locator

_LEAD = re.compile(r"^\s{0,3}(?:#{1,6}\s+|>\s?|[-*+]\s+)+")
_RULE = re.compile(r"^\s*(?:[-*_]\s*){3,}$|^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-*:?\s*)*\|?\s*$|^\s*```")
_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=\S)\*(?![\w*])")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>])")


def read(request: Request) -> Extract:
    """Read a Markdown file. Raises DocumentError."""
    text, used = decode(Path(request.file).read_bytes(), request.path, request.encoding)
    writer = Writer(request.path, request.limits)
    for number, line in enumerate(text.split("\n"), 1):
        if _RULE.match(line):
            continue
        where = Locator(paragraph=number)
        words = _LEAD.sub("", line).strip()
        if words.startswith("|") and words.endswith("|") and len(words) > 1:
            cells = [_plain(c).strip() for c in re.split(r"(?<!\\)\|", words[1:-1])]
            writer.row([[c] for c in cells], [where] * len(cells))
        else:
            writer.line(_plain(words), where)
    return writer.extract(used)


def _plain(text: str) -> str:
    text = _LINK.sub(r"\1", text)
    text = _EMPHASIS.sub(r"\1", _STRONG.sub(r"\2", text)).replace("`", "")
    return _ESCAPE.sub(r"\1", text)
