"""What keeps text from documents text: escaping for data blocks, hashes for the policy, visible control characters."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import Any

from markupsafe import Markup

# What HTML drops, rewrites or obeys (NUL, CR, escape codes, lone surrogates) shows as one replacement character each,
# so offsets in code points stay true on the page. Line ends and tabs are white space in HTML as they are here.
_SHOWN = "\ufffd"
_DIRECTION = (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF)
_UNSAFE = {
    **dict.fromkeys(
        (*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000), *_DIRECTION), _SHOWN
    ),
    0x0D: " ",
}


def display(text: str) -> str:
    """``text`` with every character a page could not show as it is replaced, one for one. Not yet escaped."""
    return text.translate(_UNSAFE)


# A line that was wrapped in the middle of Chinese text: HTML would show the line end as a space.
WRAP = re.compile(r"(?<=[^\x00-\xff])[ \t\u3000]*[\r\n]+[ \t\u3000]*(?=[^\x00-\xff])")


def quoted(text: str) -> str:
    """A quote for a list: as ``display``, without the line ends of wrapped lines."""
    return display(WRAP.sub("", text.strip()))


def data_block(value: Any) -> Markup:
    """JSON that can stand inside ``<script type="application/json">``: no ``<``, ``>``, ``&`` nor line separators."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text.translate(_UNSAFE))


def source_hash(text: str) -> str:
    """The CSP source expression that admits exactly this inline script or style."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii") + "'"


def policy(scripts: tuple[str, ...], style: str) -> str:
    """Nothing may load, connect, frame or submit; only these scripts and this one style sheet run."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(map(source_hash, scripts))}",
            f"style-src {source_hash(style)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
