"""The reading process: reads one file after another for its parent, fenced in.

It may not write files, start programs or open connections, and its memory is limited where the system can do that.
Run as ``python -P -m checker.documents.child``; requests and answers are JSON, each after eight hex digits of length.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from typing import Any, BinaryIO

from checker.documents.extract import Extract, Request
from checker.documents.limits import Limits
from checker.documents.readers import extract
from checker.errors import DocumentError
from checker.model import Locator, PageInfo

_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.system", "os.fork", "os.spawn", "os.startfile", "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "shutil.", "ftplib.", "urllib.", "http.")  # fmt: skip


def main() -> None:
    """Serve requests from stdin until it closes."""
    answers = os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "w") as null:  # noqa: PTH123
        os.dup2(null.fileno(), 1)
    requests = sys.stdin.buffer
    while True:
        data = read_message(requests)
        if data is None:
            return
        raw = json.loads(data)
        limits = Limits(**raw["limits"])
        _fence(limits)
        write_message(answers, json.dumps(_answer(raw, limits)).encode("ascii"))


def _answer(raw: dict[str, Any], limits: Limits) -> dict[str, Any]:
    request = Request(raw["file"], raw["path"], raw["kind"], raw["encoding"], limits)
    try:
        return {"extract": pack(extract(request))}
    except DocumentError as error:
        return {"issues": [[i.code, i.message] for i in error.issues]}
    except MemoryError:
        return {"memory": True}
    except RecursionError:
        return {"issues": [["E304", "文件内部嵌套太深，正常的办公文件没有这样的，不予读取。"]]}
    except Exception as error:  # a defect of a parser on a damaged file is no defect of the run
        return {"failed": f"{type(error).__name__}"}


_fenced = False


def _fence(limits: Limits) -> None:
    global _fenced
    with suppress(ImportError, ValueError, OSError):
        import resource

        most = limits.memory * 1_048_576
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (most if hard < 0 else min(most, hard), hard))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if not _fenced:
        sys.addaudithook(_refuse)
        _fenced = True


def _refuse(event: str, args: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"{event} is not for a reader")
    if event == "open":
        mode, flags = args[1], args[2]
        writes = isinstance(mode, str) and any(c in mode for c in "wax+")
        if writes or (isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)):
            raise PermissionError("a reader writes nothing")


def read_message(stream: BinaryIO, most: int = 1 << 30) -> bytes | None:
    """The next message, or None where the other side has gone."""
    head = stream.read(8)
    if len(head) < 8:
        return None
    size = int(head, 16)
    if size > most:
        return None
    data = stream.read(size)
    return data if len(data) == size else None


def write_message(stream: BinaryIO, data: bytes) -> None:
    """Send one message."""
    stream.write(b"%08x" % len(data) + data)
    stream.flush()


def pack(e: Extract) -> dict[str, Any]:
    """An extract as plain JSON data."""
    return {
        "text": e.text,
        "encoding": e.encoding,
        "notes": list(e.notes),
        "blocks": [
            [b.start, b.end, [w.page, w.paragraph, w.table, w.row, w.column, w.sheet, w.part, w.undone]]
            for b in e.blocks
            for w in (b.locator,)
        ],
        "page": None
        if e.page is None
        else [
            e.page.title,
            e.page.index_number,
            e.page.issuer,
            e.page.document_number,
            e.page.openness,
            e.page.published,
            e.page.published_span,
        ],
    }


def unpack(data: dict[str, Any]) -> Extract:
    """The extract that ``pack`` wrote."""
    from checker.model import Block

    text = str(data["text"])
    page = None
    if data["page"] is not None:
        title, index, issuer, number, openness, published, span = data["page"]
        page = PageInfo(
            title, index, issuer, number, openness, published, (int(span[0]), int(span[1])) if span else None
        )
    return Extract(
        text,
        tuple(Block(int(a), int(b), Locator(*where)) for a, b, where in data["blocks"]),
        str(data["encoding"]),
        page,
        tuple(str(n) for n in data["notes"]),
    )


if __name__ == "__main__":
    main()
