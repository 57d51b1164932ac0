"""html saved from a site (also mhtml): the article without the page around it; what the page says goes apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from checker.documents.extract import Extract, Request, Writer
from checker.documents.limits import exceeded, refuse
from checker.documents.page import Facts, read_facts
from checker.documents.plain import decode, mended
from checker.model import Locator, PageInfo

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_DROP = frozenset({"script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas", "select", "option", "button", "input", "textarea", "head", "nav", "map", "audio", "video", "rp", "rt", "-comment", "!doctype"})  # fmt: skip
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
_PROSE = re.compile(r"[，。；、！？,;]")
_NOISE = re.compile(
    r"share|qrcode|ewm|erweima|breadcrumb|crumb|weizhi|position|dangqian|toolbar|zihao|fontsize|print|related|xgxx|xgyd|pagination|pager|prev|next|copyright|footer|sidebar|bottom|comment|toplink|topbar|login|search",
    re.I,
)
_NOISE_LINE = re.compile(
    r"^(?:扫一扫|手机扫|微信扫|分享|打印|关闭|收藏|字体|字号|【?(?:打印|关闭|字体|大|中|小)|上一[篇条页]|下一[篇条页]|相关(?:阅读|链接|文档|新闻|信息|附件)|责任编辑|浏览(?:次数|量)|访问量|点击|阅读[:：次量]|当前位置|您?(?:现在)?(?:所在)?的?位置|首页\s*[>》»]|返回顶部|回到顶部|版权所有|主办单位|承办单位|网站标识码|无障碍|适老化|听全文|保存本页)"
)
_ATTACHED = re.compile(r"\.(?:pdf|docx?|wps|ofd|xlsx?)(?:$|[?#])", re.I)


@dataclass(slots=True)
class Element:
    """An element of the page without scripts and hidden parts.

    ``words`` and ``linked`` (inside links) count characters below it, ``prose`` those of texts with commas and stops.
    """

    tag: str
    name: str
    parent: Element | None
    href: str = ""
    children: list[Element | str] = field(default_factory=list)
    words: int = 0
    linked: int = 0
    prose: int = 0

    @property
    def own(self) -> int:
        """Characters that are no links."""
        return self.words - self.linked


def read(request: Request) -> Extract:
    """Read a saved page. Raises DocumentError."""
    data = Path(request.file).read_bytes()
    if request.kind == "mhtml":
        data, named = _unpack(data, request.path)
    else:
        named = None
    source, used = _decode(data, request, named)
    root, metas, title = _tree(source, request)
    main = _main(root)
    facts = read_facts(_segments(root, main), metas, title)
    writer = Writer(request.path, request.limits)
    lines = _lines(main)
    body = [(text, cells) for text, cells in lines if not (len(text) < 60 and _NOISE_LINE.match(text))]
    page = _head(writer, facts, [t for t, _ in body[:3]])
    table = paragraph = 0
    previous: int | None = None
    for text, cells in body:
        if cells is None:
            paragraph += 1
            writer.line(text, Locator(paragraph=paragraph))
        else:
            which, row, texts = cells
            table += which != previous
            writer.row([[t] for t in texts], [Locator(table=table, row=row, column=c + 1) for c in range(len(texts))])
        previous = cells[0] if cells else None
    attached = _attachments(main)
    if sum(len(t) for t, _ in body) < 200 and attached:
        writer.notes.append(f"页面上几乎没有正文，正文可能在附件里（{'、'.join(attached[:3])}），请下载附件一并检查。")
    return writer.extract(used, page)


def _head(writer: Writer, facts: Facts, start: list[str]) -> PageInfo:
    """Write title and facts of the page above the article; returns them with the place of the date."""
    where = Locator(part="页面信息")
    squeezed = ["".join(t.split()) for t in start]
    if facts.title and not any("".join(facts.title.split()) in t for t in squeezed):
        writer.line(facts.title, where)
    span = None
    for label, value in (("索引号", facts.index_number), ("发布机构", facts.issuer), ("发文字号", facts.document_number), ("公开方式", facts.openness)):  # fmt: skip
        if value:
            writer.line(f"{label}：{value}", where)
    if facts.published:
        begin, end = writer.pieces([(f"发布日期：{facts.published_text}", where)])
        span = (begin + len("发布日期："), end)
    return PageInfo(facts.title, facts.index_number, facts.issuer, facts.document_number, facts.openness, facts.published, span)  # fmt: skip


def _unpack(data: bytes, path: str) -> tuple[bytes, str | None]:
    from email import policy
    from email.parser import BytesParser

    message = BytesParser(policy=policy.default).parsebytes(data)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return payload, part.get_content_charset()
    raise refuse(path, "E321", "网页存档里没有网页正文，文件可能不完整。请在浏览器里重新另存为“网页，仅 HTML”后再试。")


_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.I)


def _decode(data: bytes, request: Request, named: str | None) -> tuple[str, str]:
    if request.encoding:
        return decode(data, request.path, request.encoding)
    m = _CHARSET.search(data[:8192])
    names = [n for n in (named, m.group(1).decode("ascii") if m else None) if n]
    for name in names:
        name = "gb18030" if name.lower() in ("gb2312", "gbk", "gb_2312-80", "x-gbk") else name
        try:
            return data.decode(name), name.lower()
        except UnicodeDecodeError:
            nearly = mended(data, name)
            if nearly is not None:
                return nearly, name.lower()
        except LookupError:
            continue
    return decode(data, request.path)


def _tree(source: str, request: Request) -> tuple[Element, dict[str, str], str]:
    """The page as light elements, its meta tags and its title. Walks without recursion, however deep it nests."""
    from selectolax.lexbor import LexborHTMLParser

    parser = LexborHTMLParser(source)
    metas: dict[str, str] = {}
    for meta in parser.css("meta"):
        name = meta.attributes.get("name") or meta.attributes.get("property")
        if name and meta.attributes.get("content"):
            metas.setdefault(name.lower(), (meta.attributes.get("content") or "").strip())
    found = parser.css_first("title")
    title = " ".join((found.text(deep=True) or "").split()) if found else ""
    body = parser.body
    root = Element("body", "", None)
    if body is None:
        return root, metas, title
    order = [root]
    node: LexborNode | None = body.child
    here, depth = root, 0
    while node is not None:
        down = False
        tag = node.tag or ""
        if node.is_text_node:
            here.children.append(node.text_content or "")
        elif tag and tag not in _DROP and not _hidden(node):
            attributes = node.attributes
            name = f"{attributes.get('id') or ''} {attributes.get('class') or ''}"
            made = Element(tag, name, here, attributes.get("href") or "")
            here.children.append(made)
            order.append(made)
            if node.child is not None:
                here, node, down = made, node.child, True
                depth += 1
                if depth > request.limits.depth:
                    raise exceeded(request.path, "depth", f"已超过 {depth - 1} 层", request.limits)
        while not down and node is not None:
            if node.next is not None:
                node, down = node.next, True
            else:
                node = node.parent
                depth -= 1
                if node is None or here.parent is None:
                    node = None
                    break
                here = here.parent
    for element in reversed(order):
        for child in element.children:
            if isinstance(child, str):
                n = len("".join(child.split()))
                element.words += n
                element.linked += n if element.tag == "a" else 0
                element.prose += n if element.tag != "a" and _PROSE.search(child) else 0
            else:
                element.words += child.words
                element.linked += child.words if element.tag == "a" else child.linked
                element.prose += 0 if element.tag == "a" else child.prose
    return root, metas, title


def _hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    style = (attributes.get("style") or "").replace(" ", "").lower()
    return "hidden" in attributes or "display:none" in style or "visibility:hidden" in style


def _main(root: Element) -> Element:
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


Cells = tuple[int, int, list[str]]  # identity of the table, row, texts


def _lines(main: Element) -> list[tuple[str, Cells | None]]:
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
    return [[" ".join(t for t, _ in _lines(c)) for c in r] for r in rows]


def _segments(root: Element, main: Element) -> list[str]:
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
            out.extend(t for t, _ in _lines(main)[:12])
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


def _attachments(main: Element) -> list[str]:
    out: list[str] = []
    stack = [main]
    while stack:
        element = stack.pop()
        if element.tag == "a" and _ATTACHED.search(element.href):
            out.append(PurePosixPath(element.href.split("?")[0]).name)
        stack.extend(c for c in element.children if isinstance(c, Element))
    return out
