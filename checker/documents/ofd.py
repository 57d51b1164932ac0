"""ofd (GB/T 33190): text objects with their places -> fragments; ``layout`` makes paragraphs of them."""

from __future__ import annotations

import math
import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING

from checker.documents.extract import Extract, Request, Writer
from checker.documents.layout import Fragment, Page, unfold_radicals, write
from checker.documents.limits import exceeded, refuse
from checker.documents.zipped import DAMAGED, PASSWORD, Container, local

if TYPE_CHECKING:
    from lxml.etree import _Element

_A4 = (0.0, 0.0, 210.0, 297.0)


def read(request: Request) -> Extract:
    """Read an ofd. Raises DocumentError. Attachments, seals and pictures inside are not opened."""
    box = Container(request.file, request.path, request.limits)
    if not box.has("OFD.xml"):
        raise refuse(request.path, "E321", "这不是完整的 ofd 文件（缺少 OFD.xml）。请重新导出后再试。")
    if any(
        posixpath.basename(n).lower() in ("encryptions.xml", "decyptseed.dat", "decryptseed.dat") for n in box.names()
    ):
        raise refuse(request.path, "E320", PASSWORD)
    roots = [(e.text or "").strip() for e in _all(box.xml("OFD.xml"), "DocRoot")]
    places = [(root, page) for root in roots if root for page in _all(box.xml(root), "Page") if page.get("BaseLoc")]
    if len(places) > request.limits.pages:
        raise exceeded(request.path, "pages", f"{len(places)} 页", request.limits)
    boxes = {root: _box(box.xml(root)) for root in dict.fromkeys(r for r, _ in places)}
    pages: list[Page] = []
    pictures: list[int] = []
    total = 0
    for number, (root, entry) in enumerate(places, 1):
        content = box.xml(_inside(root, entry.get("BaseLoc") or ""))
        area = _box(content) or boxes[root] or _A4
        fragments = tuple(_fragments(content))
        total += sum(len(f.text) for f in fragments)
        if total > 2 * request.limits.chars:
            raise exceeded(request.path, "chars", f"已超过 {total} 字", request.limits)
        if not fragments and next(_all(content, "ImageObject"), None) is not None:
            pictures.append(number)
        pages.append(Page(number, area[2], area[3], fragments))
    if not places:
        raise refuse(request.path, "E321", DAMAGED)
    if not total and pictures:
        raise refuse(
            request.path,
            "E322",
            f"这是扫描件（共 {len(places)} 页，都是图片，没有文字层），本工具不做文字识别。请用带识别功能的软件转成文字版后再试。",
        )
    writer = Writer(request.path, request.limits)
    write(pages, writer)
    if pictures:
        writer.notes.append(f"第 {'、'.join(map(str, pictures[:20]))} 页是图片，没有文字层，没有读。")
    if any(n.lower().endswith("attachments.xml") for n in box.names()):
        writer.notes.append("ofd 里带有附件，没有读；要用附件里的文字，请另存出来一并给出。")
    return writer.extract()


def _all(root: _Element, name: str) -> Iterator[_Element]:
    return (e for e in root.iter() if local(e) == name)


def _inside(base: str, place: str) -> str:
    """A path inside the container; what climbs out of it finds nothing there."""
    if place.startswith("/"):
        return posixpath.normpath(place.lstrip("/"))
    return posixpath.normpath(posixpath.join(posixpath.dirname(base.lstrip("/")), place))


def _box(root: _Element) -> tuple[float, float, float, float] | None:
    for name in ("PhysicalBox", "ApplicationBox", "ContentBox"):
        for element in _all(root, name):
            numbers = _numbers(element.text)
            if len(numbers) == 4 and numbers[2] > 0 and numbers[3] > 0:
                return numbers[0], numbers[1], numbers[2], numbers[3]
    return None


def _numbers(text: str | None) -> list[float]:
    out = []
    for word in (text or "").split():
        try:
            number = float(word)
        except ValueError:
            return []
        if not math.isfinite(number):
            return []
        out.append(number)
    return out


def _fragments(content: _Element) -> Iterator[Fragment]:
    for item in _all(content, "TextObject"):
        if (item.get("Visible") or "true").lower() == "false":
            continue
        bounds = (_numbers(item.get("Boundary")) + [0.0] * 4)[:4]
        matrix = _numbers(item.get("CTM"))
        a, b, c, d, e, f = matrix if len(matrix) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        size = (_numbers(item.get("Size")) or [3.7])[0]
        scale = math.hypot(c, d) or 1.0
        x = y = 0.0
        for code in _all(item, "TextCode"):
            text = code.text or ""
            x = (_numbers(code.get("X")) or [x])[0]
            y = (_numbers(code.get("Y")) or [y])[0]
            steps = _steps(code.get("DeltaX"), len(text) - 1)
            if steps is None:
                down = _steps(code.get("DeltaY"), len(text) - 1) is not None
                steps = [0.0 if down else size * (0.5 if ch.isascii() else 1.0) for ch in text[:-1]]
            for start, end, left, right in _runs(text, steps, x, size):
                yield Fragment(
                    x0=bounds[0] + a * left + c * y + e,
                    x1=bounds[0] + a * right + c * y + e,
                    y=bounds[1] + b * left + d * y + f,
                    size=size * scale,
                    text=unfold_radicals(text[start:end]),
                )


def _runs(text: str, steps: list[float], x: float, size: float) -> Iterator[tuple[int, int, float, float]]:
    """(start, end, left, right) of the pieces of a text object between wide gaps."""
    begin, left, at = 0, x, x
    for i, char in enumerate(text):
        own = size * (0.55 if char.isascii() else 1.0)
        step = steps[i] if i < len(steps) else own
        if i + 1 == len(text) or step > own + 0.9 * size or step < -size:
            if text[begin : i + 1].strip():
                yield begin, i + 1, left, at + own
            begin, left = i + 1, at + step
        at += step


def _steps(text: str | None, count: int) -> list[float] | None:
    """DeltaX: distances between characters; ``g n d`` stands for n times d."""
    if not text:
        return None
    words, i = text.split(), 0
    out: list[float] = []
    try:
        while i < len(words) and len(out) < count:
            if words[i] == "g":
                out += [float(words[i + 2])] * min(int(words[i + 1]), max(0, count - len(out)))
                i += 3
            else:
                out.append(float(words[i]))
                i += 1
    except (ValueError, IndexError):
        return None
    return out if all(math.isfinite(s) for s in out) else None
