"""pdf through PDFium: characters with their boxes -> fragments; ``layout`` makes paragraphs of them."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

from checker.documents.extract import Extract, Request, Writer
from checker.documents.layout import Fragment, Page, unfold_radicals, write
from checker.documents.limits import exceeded, refuse
from checker.documents.zipped import PASSWORD

_DAMAGED = "pdf 文件已损坏，打不开。请重新下载或重新导出后再试。"
_LOOK_AT_OBJECTS = 200


def read(request: Request) -> Extract:
    """Read a pdf. Raises DocumentError; a scan without text is one."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(request.file)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise refuse(request.path, "E320", PASSWORD) from error
        raise refuse(request.path, "E321", _DAMAGED) from error
    if count > request.limits.pages:
        raise exceeded(request.path, "pages", f"{count} 页", request.limits)
    writer = Writer(request.path, request.limits)
    pages: list[Page] = []
    pictures: list[int] = []
    unreadable: list[int] = []
    strange = total = 0
    for number in range(1, count + 1):
        try:
            page = document[number - 1]
            fragments, odd = _fragments(page, request)
        except pypdfium2.PdfiumError:
            unreadable.append(number)
            continue
        width, height = _size(page)
        if page.get_rotation() in (90, 270):
            width, height = height, width
        words = sum(len(f.text) for f in fragments)
        if words < 40 and _is_picture(page, words):
            pictures.append(number)
            fragments = []
        page.close()
        strange, total = strange + odd, total + words
        if total > 2 * request.limits.chars:
            raise exceeded(request.path, "chars", f"已超过 {total} 字", request.limits)
        pages.append(Page(number, width, height, tuple(fragments)))
    _judge(request, count, pictures, unreadable, strange, total)
    write(pages, writer)
    if pictures:
        writer.notes.append(f"第 {_list(pictures)} 页是图片，没有文字层，没有读；请用带识别功能的软件转成文字版。")
    if unreadable:
        writer.notes.append(f"第 {_list(unreadable)} 页已损坏，没有读。")
    if strange > 0.02 * total:
        writer.notes.append("有些字的编码不明，读出的文字可能有错漏，请与原件核对。")
    return writer.extract()


def _judge(request: Request, count: int, pictures: list[int], unreadable: list[int], strange: int, total: int) -> None:
    if not count or len(unreadable) == count:
        raise refuse(request.path, "E321", _DAMAGED)
    if not total and not pictures:
        raise refuse(request.path, "E306", "pdf 里没有任何文字，也没有图片。")
    if pictures and (not total or len(pictures) + len(unreadable) == count):
        raise refuse(
            request.path,
            "E322",
            f"这是扫描件（共 {count} 页，都是图片，没有文字层），本工具不做文字识别。请用带识别功能的软件（WPS、扫描软件）转成文字版后再试。",
        )
    if strange > 0.3 * total:
        raise refuse(
            request.path,
            "E323",
            "pdf 里的字没有编码（字体不带对照表），读出来是乱码。请用原 Word 文件，或打印后重新识别成文字版再试。",
        )


def _list(numbers: list[int]) -> str:
    shown = "、".join(map(str, numbers[:20]))
    return shown if len(numbers) <= 20 else f"{shown} 等 {len(numbers)}"


def _size(page: Any) -> tuple[float, float]:
    """Width and height of the sheet before it is turned."""
    left, bottom, right, top = page.get_mediabox()
    return abs(right - left) or 595.0, abs(top - bottom) or 842.0


def _fragments(page: Any, request: Request) -> tuple[list[Fragment], int]:
    """Fragments of a page and how many characters have no known code."""
    out: list[Fragment] = []
    strange = 0
    chars: list[str] = []
    x0 = x1 = y = size = 0.0
    seen: set[tuple[str, int, int]] = set()
    for char, left, right, base, height, odd in _chars(page, request):
        strange += odd
        if char == "\n" or (
            chars
            and (
                abs(base - y) > 0.35 * max(size, height)
                or left - x1 > 0.3 * max(size, height)
                or left < x1 - 1.2 * max(size, height)
            )
        ):
            if chars:
                out.append(Fragment(x0, x1, y, size, unfold_radicals("".join(chars))))
            chars = []
            if char == "\n":
                continue
        if not char.isspace():
            spot = (char, round(left), round(base))
            if spot in seen:  # bold made by printing twice
                continue
            seen.add(spot)
        if not chars:
            x0, y, size = left, base, height
        elif (
            left - x1 > 0.2 * size and chars[-1].isascii() and chars[-1].isalnum() and char.isascii() and char.isalnum()
        ):
            chars.append(" ")
        chars.append(char)
        x1, size = right, max(size, height)
    if chars:
        out.append(Fragment(x0, x1, y, size, unfold_radicals("".join(chars))))
    return [f for f in out if f.text.strip()], strange


def _chars(page: Any, request: Request) -> Iterator[tuple[str, float, float, float, float, bool]]:
    """(character, left, right, baseline from the top, height, code unknown) in the order of the file; ``\\n`` at breaks."""
    import pypdfium2.raw as raw

    text = page.get_textpage()
    width, height = _size(page)
    turn = page.get_rotation()
    box, ox, oy = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    count = raw.FPDFText_CountChars(text)
    if count > 2 * request.limits.chars:
        raise exceeded(request.path, "chars", f"一页上有 {count} 字", request.limits)
    high = 0
    for i in range(count):
        code = raw.FPDFText_GetUnicode(text, i)
        if raw.FPDFText_IsGenerated(text, i) == 1:
            if code in (10, 13):
                yield "\n", 0, 0, 0, 0, False
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
        high = 0
        char = chr(code) if 0 < code < 0x110000 else "\ufffd"
        odd = code in (0, 0xFFFD) or 0xE000 <= code < 0xF900 or code > 0xF0000
        if char in "\r\n":
            yield "\n", 0, 0, 0, 0, False
            continue
        if not raw.FPDFText_GetLooseCharBox(text, i, box):
            continue
        raw.FPDFText_GetCharOrigin(text, i, ox, oy)
        left, right, bottom, top, x, y = box.left, box.right, box.bottom, box.top, ox.value, oy.value
        if turn == 90:
            yield char, bottom, top, x, right - left, odd
        elif turn == 180:
            yield char, width - right, width - left, y, top - bottom, odd
        elif turn == 270:
            yield char, height - top, height - bottom, width - x, right - left, odd
        else:
            yield char, left, right, height - y, top - bottom, odd
    text.close()


def _is_picture(page: Any, words: int) -> bool:
    """Whether an image makes up the page."""
    import pypdfium2.raw as raw

    width, height = _size(page)
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for i in range(min(raw.FPDFPage_CountObjects(page), _LOOK_AT_OBJECTS)):
        item = raw.FPDFPage_GetObject(page, i)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_IMAGE or (kind == raw.FPDF_PAGEOBJ_FORM and words == 0):
            raw.FPDFPageObj_GetBounds(item, left, bottom, right, top)
            area = (right.value - left.value) * (top.value - bottom.value)
            if area > 0.5 * width * height or (words == 0 and area > 0.05 * width * height):
                return True
    return False
