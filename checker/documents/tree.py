"""A saved web page as light elements, without scripts and hidden parts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct, field

from checker.documents.extract import Request
from checker.documents.limits import exceeded

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_DROP = frozenset({"script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas", "select", "option", "button", "input", "textarea", "head", "nav", "map", "audio", "video", "rp", "rt", "-comment", "!doctype"})  # fmt: skip
_PROSE = re.compile(r"[，。；、！？,;]")


class Element(Struct):
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


def read_tree(source: str, request: Request) -> tuple[Element, dict[str, str], str]:
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
