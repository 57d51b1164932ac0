"""The little language of ways: ``A & B|C & @组 & #件 & !D`` and ``/正则/``. Parsed here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from checker.index.regex import RegexError, checked
from checker.model import Term, Way
from checker.patterns import regex

META = ("published", "on-time", "year")


class Group(Struct, frozen=True):
    """A lexicon group: any of ``any``, unless the hit overlaps one of ``none``."""

    name: str
    any: tuple[str, ...]
    none: tuple[str, ...]


class Groups(dict[str, Group]):
    """The groups of a lexicon by name, with the ways that were read with them, by what the author wrote."""

    def __init__(self, groups: Mapping[str, Group]) -> None:
        super().__init__(groups)
        self._ways: dict[str, Way] = {}

    def way(self, value: str | list[str]) -> Way:
        """The parsed way, each wording only once; raises WayError."""
        key = value if isinstance(value, str) else "\0".join(value)
        found = self._ways.get(key)
        if found is None:
            found = self._ways[key] = parse_way(value, self)
        return found


class WayError(ValueError):
    """A way that can't be understood; the message is Chinese and says what to do. ``code`` is stable."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def parse_way(value: str | list[str], groups: Mapping[str, Group]) -> Way:
    """Parse one way; raises WayError."""
    parts = [p for item in (value if isinstance(value, list) else [value]) for p in _split(item)]
    if not parts:
        raise WayError("E201", "空的说法。")
    terms = tuple(_term(p, groups) for p in parts)
    if all(t.kind in ("not", "number") or t.units for t in terms):
        raise WayError("E202", "只有数量或排除词，没有要找的词。请至少写一个词。")
    return Way.of(" & ".join(parts), terms)


def _split(text: str) -> list[str]:
    if "/" not in text and "＆" not in text:
        return _no_gaps(text, [part.strip() for part in text.split("&")])
    out, current, in_regex = [], "", False
    for i, char in enumerate(text):
        if char == "/" and (not current.strip() or in_regex) and (i == 0 or text[i - 1] != "\\"):
            in_regex = not in_regex
        if char == "＆" and not in_regex:
            raise WayError("E211", f"说法「{text}」里用了全角「＆」，请改为半角「&」。")
        if char == "&" and not in_regex:
            out.append(current.strip())
            current = ""
        else:
            current += char
    out.append(current.strip())
    return _no_gaps(text, out)


def _no_gaps(text: str, out: list[str]) -> list[str]:
    if not all(out):
        raise WayError(
            "E201",
            f"说法「{text}」里有空的一段：& 的两边都要有词（空格后的 # 会被当成注释，这样的说法请整句加英文引号）。",
        )
    return out


_STOPS = regex(r"[。！？；!?;\n，,]")
_OR = regex(r"[|｜]")


def _term(text: str, groups: Mapping[str, Group]) -> Term:
    if text.startswith("/") and text.endswith("/") and len(text) > 2:
        return _regex(text[1:-1])
    if text.startswith("meta:"):
        name = text[5:]
        if name not in META:
            raise WayError("E203", f"没有「meta:{name}」这种元数据，可用的是 {'、'.join('meta:' + m for m in META)}。")
        return Term("meta", (name,))
    kind = "phrase"
    if text[0] in "!！":
        kind, text = "not", text[1:].strip()
    elif text[0] in "#＃":
        return Term("number", tuple(u.strip() for u in text[1:].split("|") if u.strip()))
    options: list[str] = []
    exclude: list[str] = []
    text, _, tail = text.partition("|#")
    units = tuple(u.strip() for u in tail.split("|") if u.strip())
    for option in (o.strip() for o in _OR.split(text)):
        if not option:
            raise WayError("E201", f"「{text}」里有空的一段：| 的两边都要有词。")
        if option[0] in "@＠":
            group = groups.get(option[1:].strip())
            if group is None:
                raise WayError("E204", f"词组「{option}」不在 lexicon.yaml 里。{suggest(option[1:].strip(), groups)}")
            options.extend(group.any)
            exclude.extend(group.none)
        else:
            if _STOPS.search(option):
                raise WayError("E205", f"「{option}」里有断句的标点，永远不会命中。请拆成几个词用 & 连接。")
            if not squeeze(option):
                raise WayError("E213", f"「{option}」只有引号或空格，匹配时不看这些，永远不会命中。")
            if option[0] == "/" or option[-1] == "/":
                raise WayError("E208", f"「{option}」像是正则，两头都要有斜杠 /，也不能与 | 连用。")
            options.append(option)
    return Term(kind, tuple(dict.fromkeys(options)), tuple(dict.fromkeys(exclude)), units)


def suggest(name: str, known: object) -> str:
    """「是否想写 …」 for a name that is not known."""
    import difflib

    names = [str(k) for k in known]  # type: ignore[attr-defined]
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    return f"是否想写「{close[0]}」？" if close else ""


def _regex(pattern: str) -> Term:
    try:
        return Term("regex", (checked(pattern),))
    except RegexError as error:
        raise WayError(error.code, str(error)) from error


def squeeze(phrase: str) -> str:
    """A phrase without what matching does not look at: white space and quotation marks."""
    return _IGNORED.sub("", phrase)


_IGNORED = regex(r"[\s\u3000“”‘’「」『』\"']+")
_REQUIRE = regex(r"^\s*(>=|<=|=|==|>|<|≥|≤)\s*(\d+(?:\.\d+)?)\s*$")


def parse_require(text: str) -> tuple[str, float]:
    """``">= 100"`` -> (comparator, threshold); raises WayError."""
    m = _REQUIRE.match(text)
    if not m:
        raise WayError("E210", f'门槛「{text}」看不懂，请写成 ">= 100" 这样。')
    return {"≥": ">=", "≤": "<=", "==": "="}.get(m[1], m[1]), float(m[2])
