"""Mutations of good files: bytes flipped, cut out, repeated and mixed in, for zip containers inside their members."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import strategies as st

from tests.makers import pages, web, word

LINES = ["某县2024年法治政府建设年度报告", "一、主要工作", "（一）依法履职。全年评查执法案卷120卷，整改问题36个。", "序号\t内容", "二、下一步打算"]  # fmt: skip
ENDINGS = ("docx", "pdf", "ofd", "html", "mht", "xlsx", "csv", "md", "txt")
_TOKENS = (b"<", b">", b"/", b"\x00", b"\xff\xfe", b"&#0;", b"&a;", b"]]>", b"<![CDATA[", b"-1", b"99999999999999999999", b"nan", b"<<", b">>", b"endobj", b"stream\n", b"w:tbl", b"<w:p>", b"</w:p>", b"<table><tr><td>", b"</div>", b"\xed\xa0\x80", b'"', b"|", b"\r", b"g 99999 1", "一、".encode(), "。".encode())  # fmt: skip


def _made(write: Callable[[Path], object]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a"
        write(file)
        return file.read_bytes()


def _xlsx() -> bytes:
    import openpyxl

    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["序号", "任务", "完成率"])
    for n in range(4):
        book.active.append([n, LINES[2], 0.985])
        book.active.cell(n + 2, 3).number_format = "0.0%"
    book.save(out)
    return out.getvalue()


def seeds() -> dict[str, bytes]:
    """A good file of every kind."""
    html = web.page(LINES, "editor", title=LINES[0], facts={"索引号": "1", "发布日期": "2025-03-01"})
    return {
        "docx": _made(lambda f: word.rich_docx(LINES * 3, f)),
        "pdf": _made(lambda f: pages.reportlab_pdf(LINES * 3, f)),
        "ofd": pages.ofd(LINES * 3),
        "html": html.encode(),
        "mht": b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html.encode(),
        "xlsx": _xlsx(),
        "csv": ("序号,任务\n" + "".join(f"{n},{x}\n" for n, x in enumerate(LINES))).encode(),
        "md": "\n\n".join(["# " + LINES[0], "| 甲 | 乙 |", "|--|--|", "| 1 | **2** |", *LINES]).encode(),
        "txt": "\n".join(LINES).encode(),
    }


_EDIT = st.tuples(st.sampled_from(("flip", "cut", "repeat", "token", "bytes")), st.floats(0, 1), st.integers(1, 400), st.sampled_from(_TOKENS), st.binary(max_size=12))  # fmt: skip
EDITS = st.lists(_EDIT, min_size=1, max_size=6)
Edit = tuple[str, float, int, bytes, bytes]


def mutate(data: bytes, edits: list[Edit]) -> bytes:
    """Apply the edits one after another."""
    for kind, where, length, token, some in edits:
        at = int(where * len(data))
        if kind == "flip":
            data = data[:at] + bytes(b ^ (length & 0xFF or 1) for b in data[at : at + 1]) + data[at + 1 :]
        elif kind == "cut":
            data = data[:at] + data[at + length :]
        elif kind == "repeat":
            data = data[:at] + data[at : at + length] * min(40, length) + data[at + length :]
        else:
            data = data[:at] + (token if kind == "token" else some) + data[at:]
    return data


def mutate_inside(data: bytes, edits: list[Edit], which: float) -> bytes:
    """Apply the edits to one member of a zip container and pack it again."""
    with zipfile.ZipFile(io.BytesIO(data)) as box:
        members = {name: box.read(name) for name in box.namelist()}
    names = sorted(members, key=lambda n: -len(members[n]))
    chosen = names[min(len(names) - 1, int(which * which * len(names)))]  # the large ones more often
    members[chosen] = mutate(members[chosen], edits)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, body in members.items():
            box.writestr(name, body)
    return out.getvalue()
