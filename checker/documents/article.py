"""Where in a web page the article stands, its lines, and what the page around it says."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from checker.documents.tree import Element

_INLINE = frozenset({"a", "abbr", "b", "big", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label", "mark", "q", "ruby", "rb", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img"})  # fmt: skip
_BLOCK = frozenset({"address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "caption", "br", "legend", "marquee"})  # fmt: skip
# Where government sites put the article; a page of an unknown build goes by density alone.
_KNOWN = re.compile(
    r"^(?:trs_(?:editor|ueditor)|trs_preappend|ucap-content|zoom|zoomcon|fontzoom|view|article[-_]?(?:content|con|body|text|main)?|"
    r"(?:pages?|news|con|detail|main|xxgk|zwgk|wz|zw|text|info|gk)[-_]?(?:content|con|text|body|nr|neirong|zw|article)|content[-_]?(?:text|body|main|article|con)?|vsb_content|v_news_content|js_content|zhengwen|bt_content|nr|neirong|wzcon|txt)$",
    re.I,
)
# Names that nothing but the article bears; the others above are also used for parts of it or of the page.
_SURE = re.compile(r"^(?:trs_(?:editor|ueditor)|trs_preappend|ucap-content|zoom|zoomcon|fontzoom|vsb_content|v_news_content|js_content|zhengwen|pages?[-_]content|article[-_]content)$", re.I)  # fmt: skip
_NOISE = re.compile(
    r"share|qrcode|ewm|erweima|breadcrumb|crumb|weizhi|position|dangqian|toolbar|zihao|fontsize|print|related|xgxx|xgyd|pagination|pager|prev|next|copyright|footer|sidebar|bottom|comment|toplink|topbar|login|search",
    re.I,
)
_ATTACHED = re.compile(r"\.(?:pdf|docx?|wps|ofd|xlsx?)(?:$|[?#])", re.I)
Cells = tuple[int, int, list[str]]  # identity of the table, row, texts


def find_article(root: Element) -> Element:
    """The element that holds the article: a known one where it holds most of the text, else the densest."""
    dense = root
    while True:
        whole = dense.prose or dense.own
        heavy = [
            c
            for c in dense.children
            if isinstance(c, Element) and (c.prose if dense.prose else c.own) >= 0.8 * whole > 0
        ]
        if not heavy or heavy[0].tag in _INLINE or heavy[0].tag in ("tr", "p"):
            break
        dense = heavy[0]
    best: Element | None = None
    best_sure = False
    stack = [root]
    while stack:
        element = stack.pop()
        stack.extend(c for c in element.children if isinstance(c, Element))
        names = element.name.split()
        sure = any(_SURE.match(n) for n in names)
        if (sure or any(_KNOWN.match(n) for n in names)) and (
            best is None or (sure, element.own) >= (best_sure, best.own)
        ):
            best, best_sure = element, sure
    if best is not None and best.own >= (0.15 if best_sure else 0.5) * dense.own:
        return dense if _within(dense, best) and dense.own >= 0.95 * best.own else best
    return dense


def _within(inner: Element, outer: Element) -> bool:
    element: Element | None = inner
    while element is not None:
        if element is outer:
            return True
        element = element.parent
    return False


def lines_of(main: Element) -> list[tuple[str, Cells | None]]:
    """Lines of an element; rows of data tables with their cells. Walks without recursion."""
    out: list[tuple[str, Cells | None]] = []
    buffer: list[str] = []

    def end() -> None:
        text = re.sub(r"[ \t\r\n\f]+", " ", "".join(buffer)).strip(" \u00a0\u3000")
        buffer.clear()
        if text:
            out.append((text, None))

    stack: list[Element | str | None] = [main]
    while stack:
        item = stack.pop()
        if item is None:
            end()
        elif isinstance(item, str):
            buffer.append(item)
        elif item is not main and _is_noise(item, main):
            continue
        elif item.tag == "table" and (rows := _data_rows(item)) is not None:
            end()
            out.extend((" ".join(r), (id(item), n, r)) for n, r in enumerate(rows, 1) if any(r))
        else:
            block = item.tag in _BLOCK
            if block:
                end()
                stack.append(None)
            if item.tag == "li" and item.parent is not None and item.parent.tag == "ol":
                number = sum(1 for c in _before(item) if c.tag == "li") + 1
                buffer.append(f"{number}.")
            stack.extend(reversed(item.children))
    end()
    return out


def _before(item: Element) -> list[Element]:
    assert item.parent is not None
    out = []
    for child in item.parent.children:
        if child is item:
            break
        if isinstance(child, Element):
            out.append(child)
    return out


def _is_noise(item: Element, main: Element) -> bool:
    if item.tag in ("footer", "form"):
        return item.own < 0.3 * main.own
    return bool(_NOISE.search(item.name)) and item.words < min(300, 0.25 * main.words)


def _data_rows(table: Element) -> list[list[str]] | None:
    """Rows of cell texts, or None for a table that only lays out the page."""
    rows: list[list[Element]] = []
    stack: list[Element] = [table]
    while stack:
        element = stack.pop()
        if element is not table and element.tag == "table":
            return None
        if element.tag == "tr":
            rows.append([c for c in element.children if isinstance(c, Element) and c.tag in ("td", "th")])
        stack.extend(c for c in reversed(element.children) if isinstance(c, Element))
    if max((len(r) for r in rows), default=0) < 2:
        return None
    if any(c.words > 600 for r in rows for c in r):
        return None
    return [[" ".join(t for t, _ in lines_of(c)) for c in r] for r in rows]


def segments(root: Element, main: Element) -> list[str]:
    """Texts of the page outside the article, block by block and cell by cell, then the first lines of the article."""
    out: list[str] = []
    buffer: list[str] = []

    def end() -> None:
        text = re.sub(r"[ \t\r\n\f\u00a0\u3000]+", " ", "".join(buffer)).strip()
        buffer.clear()
        if text:
            out.append(text)

    stack: list[Element | str | None] = [root]
    while stack:
        item = stack.pop()
        if item is None:
            end()
        elif isinstance(item, str):
            buffer.append(item)
        elif item is main:
            end()
            out.extend(t for t, _ in lines_of(main)[:12])
        else:
            if item.tag not in _INLINE or item.tag in ("span", "label", "b", "strong", "em"):
                if item.tag in _BLOCK:
                    end()
                    stack.append(None)
                else:
                    stack.append(" ")
                    buffer.append(" ")
            stack.extend(reversed(item.children))
    end()
    return out


def attachments(main: Element) -> list[str]:
    """Names of the files that the article links to."""
    out: list[str] = []
    stack = [main]
    while stack:
        element = stack.pop()
        if element.tag == "a" and _ATTACHED.search(element.href):
            out.append(PurePosixPath(element.href.split("?")[0]).name)
        stack.extend(c for c in element.children if isinstance(c, Element))
    return out
