"""What should not be passed on: ID numbers (with a right check digit), mobile numbers, marks of secrecy.

Sources: GB 11643-1999 (18 digits, ISO 7064 MOD 11-2), the numbering plan for mobile phones (11 digits from 13 to 19),
GB/T 9704-2012 7.2.2 (秘密、机密、绝密, ★ before the term).
"""

from __future__ import annotations

import re

from checker.model import Leak
from checker.patterns import regex
from checker.text.normalize import fold

_ID = regex(
    r"(?<![0-9a-z])[1-9]\d{5}[ -]?(?:18|19|20)\d{2}[ -]?(?:0[1-9]|1[0-2])[ -]?(?:0[1-9]|[12]\d|3[01])[ -]?\d{3}[0-9x]"
    r"(?![0-9a-z])"
)
_MOBILE = regex(r"(?<![0-9a-z.])1[3-9]\d(?:[ -]?\d{4}){2}(?![0-9a-z]|\s*[元万亿件个人次户%])")
_SECRET = regex(
    r"(?:绝密|机密|秘密) *[★☆*](?: *[0-9一二三四五六七八九十]+ *[年月]| *长期)?"
    r"|密级 *: *(?:绝密|机密|秘密)"
    r"|^ *(?:绝密|机密|秘密)[级件]? *$"
    r"|内部(?:资料|文件|材料|参阅)[,、 ]*(?:注意保存|妥善保管|严禁外传|请勿外传|不得外传)",
    re.MULTILINE,
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_PLAIN = str.maketrans("", "", " -")


def find_leaks(text: str, folded: str | None = None) -> tuple[Leak, ...]:
    """Every leak in ``text``, by place. Offsets count code points of ``text``; ``folded`` is it folded, if known."""
    folded = fold(text) if folded is None else folded
    found = [Leak("身份证号", *m.span()) for m in _ID.finditer(folded) if _checks(m.group().translate(_PLAIN))]
    found += [Leak("手机号", *m.span()) for m in _MOBILE.finditer(folded)]
    found += [Leak("密级标志", *m.span()) for m in _SECRET.finditer(folded)]
    return tuple(sorted(found, key=lambda x: (x.start, x.end)))


def _checks(number: str) -> bool:
    return "10x98765432"[sum(int(d) * w for d, w in zip(number, _WEIGHTS, strict=False)) % 11] == number[17]


def mask(text: str) -> str:
    """``text`` with every leak as asterisks; the length stays, and with it every offset."""
    for leak in find_leaks(text):
        text = text[: leak.start] + "*" * (leak.end - leak.start) + text[leak.end :]
    return text
