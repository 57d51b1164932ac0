"""How much of a file is read at most. Every limit can be changed by a person (``--limit 名称=数值``)."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import asdict, replace

from checker.errors import CheckerError, DocumentError, Issue, Location


class Limits(Struct, frozen=True):
    """The limits of one run. An ordinary report stays far below each of them.

    ``size``: MB of the file. ``chars``: characters of extracted text. ``pages``: pages of a pdf or ofd. ``rows``: rows of
    a spreadsheet. ``entries``: files inside a zip container (docx, xlsx, ofd). ``expanded``: MB they unpack to.
    ``ratio``: unpacked to packed size of one of them (asked from 1 MB on). ``depth``: nesting of HTML elements (XML has a
    fixed 256). ``seconds``: time for one file. ``memory``: MB of address space of the reading process (Linux).
    """

    size: int = 100
    chars: int = 4_000_000
    pages: int = 2_000
    rows: int = 200_000
    entries: int = 5_000
    expanded: int = 500
    ratio: int = 200
    depth: int = 1_000
    seconds: int = 60
    memory: int = 1_024

    def as_numbers(self) -> dict[str, int]:
        """The limits by name, for the reading process."""
        return asdict(self)


LABELS = {
    "size": "文件大小（MB）",
    "chars": "文字字数",
    "pages": "页数",
    "rows": "表格行数",
    "entries": "压缩包内文件数",
    "expanded": "压缩包展开后大小（MB）",
    "ratio": "压缩比",
    "depth": "网页嵌套层数",
    "seconds": "读取时间（秒）",
    "memory": "读取进程内存（MB）",
}
DEFAULT = Limits()


def with_changes(changes: Iterable[str], limits: Limits = DEFAULT) -> Limits:
    """Limits changed by ``名称=数值`` words, e.g. ``pages=5000``. Raises CheckerError naming every word it can't use."""
    names = set(Limits.__struct_fields__)
    issues = []
    for word in changes:
        name, _, number = word.partition("=")
        if name in names and number.isascii() and number.isdigit() and int(number) > 0:
            limits = replace(limits, **{name: int(number)})
        else:
            known = "、".join(f"{n}（{LABELS[n]}）" for n in sorted(names))
            issues.append(
                Issue(Location("--limit"), "E307", f"看不懂「{word}」。写法是 名称=正整数，名称可用：{known}。")
            )
    if issues:
        raise CheckerError(issues)
    return limits


def exceeded(path: str, name: str, found: str, limits: Limits) -> DocumentError:
    """The error for a file beyond a limit: what it has, what is allowed, how to allow more."""
    most = getattr(limits, name)
    return DocumentError(
        [
            Issue(
                Location(path),
                "E304",
                f"{LABELS[name]}超过上限：{found}，上限 {most}。请确认文件来源可靠；确需读取时加 --limit {name}=更大的数。",
            )
        ]
    )


def refuse(path: str, code: str, message: str) -> DocumentError:
    """One problem with one file."""
    return DocumentError([Issue(Location(path), code, message)])
