"""Pages of an edition as Markdown and as HTML that needs no network."""

from __future__ import annotations

import re
from html import escape

from checker.authoring.pages import Block, Outcome, Page, contents, page
from checker.model import Index

_STYLE = """body{font:16px/1.7 "Source Han Sans SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif;max-width:56em;
margin:2em auto;padding:0 1em;color:#222}h1{font-size:1.5em}h2{font-size:1.1em;border-bottom:1px solid #ddd;
padding-bottom:.2em;margin-top:1.6em}table{border-collapse:collapse;width:100%}th,td{border:1px solid #ccc;
padding:.3em .6em;text-align:left;vertical-align:top}th{background:#eef3f8}small{color:#666}
td.bad{background:#fde8e8}nav{margin-bottom:1em}@media print{nav{display:none}}"""


def build_docs(index: Index, outcome: Outcome, kinds: tuple[str, ...] = ("md", "html")) -> dict[str, bytes]:
    """Files by name: a page an indicator and an index, for each of ``kinds``."""
    pages = [contents(index), *(page(i, index, outcome) for i in (*index.indicators, *index.retired))]
    out: dict[str, bytes] = {}
    for p in pages:
        if "md" in kinds:
            out[f"{p.stem}.md"] = markdown(p).encode("utf-8")
        if "html" in kinds:
            out[f"{p.stem}.html"] = html(p).encode("utf-8")
    return out


_MARK = re.compile(r"([\\`*_\[\]<>#|~])")


def _plain(words: str) -> str:
    return _MARK.sub(r"\\\1", " ".join(words.split()))


def markdown(p: Page) -> str:
    """One page as Markdown."""
    lines = [f"# {_plain(p.title)}", ""]
    if p.stem != "index":
        lines += ["[目录](index.md)", ""]
    for title, blocks in p.parts:
        lines += [f"## {_plain(title)}", ""]
        for block in blocks:
            lines += [*_markdown(block), ""]
    return "\n".join(lines).rstrip() + "\n"


def _markdown(block: Block) -> list[str]:
    if block.kind == "text":
        return [x for row in block.rows for x in (_plain(row[0]), "")][:-1]
    if block.kind == "list":
        return [f"- {_plain(row[0])}" for row in block.rows]
    if block.kind == "links":
        return [f"- [{_plain(label)}]({name}.md) {_plain(more)}" for label, name, more in block.rows]
    head, *rows = block.rows
    return [
        "| " + " | ".join(map(_plain, head)) + " |",
        "|" + "---|" * len(head),
        *("| " + " | ".join(map(_plain, row)) + " |" for row in rows),
    ]


def html(p: Page) -> str:
    """One page as HTML."""
    nav = "" if p.stem == "index" else '<nav><a href="index.html">目录</a></nav>'
    parts = "".join(
        f"<section><h2>{escape(title)}</h2>{''.join(map(_html, blocks))}</section>" for title, blocks in p.parts
    )
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(p.title)}</title>'
        f"<style>{_STYLE}</style></head><body>{nav}<h1>{escape(p.title)}</h1>{parts}</body></html>\n"
    )


def _html(block: Block) -> str:
    if block.kind == "text":
        return "".join(f"<p>{escape(row[0])}</p>" for row in block.rows)
    if block.kind == "list":
        return "<ul>" + "".join(f"<li>{escape(row[0])}</li>" for row in block.rows) + "</ul>"
    if block.kind == "links":
        links = (
            f'<li><a href="{escape(name, quote=True)}.html">{escape(label)}</a> <small>{escape(more)}</small></li>'
            for label, name, more in block.rows
        )
        return f"<ul>{''.join(links)}</ul>"
    head, *rows = block.rows
    body = "".join(
        "<tr>"
        + "".join(f'<td class="bad">{escape(c)}</td>' if c.startswith("不符") else f"<td>{escape(c)}</td>" for c in row)
        + "</tr>"
        for row in rows
    )
    return f"<table><tr>{''.join(f'<th>{escape(c)}</th>' for c in head)}</tr>{body}</table>"
