"""html saved from a site (also mhtml): the article without the page around it; what the page says goes apart."""

from __future__ import annotations

import re
from pathlib import Path

from checker.documents.article import attachments, find_article, lines_of, segments
from checker.documents.extract import Extract, Request, Writer
from checker.documents.limits import refuse
from checker.documents.page import Facts, read_facts
from checker.documents.plain import decode, mended
from checker.documents.tree import read_tree
from checker.model import Locator, PageInfo

_NOISE_LINE = re.compile(
    r"^(?:扫一扫|手机扫|微信扫|分享|打印|关闭|收藏|字体|字号|【?(?:打印|关闭|字体|大|中|小)|上一[篇条页]|下一[篇条页]|相关(?:阅读|链接|文档|新闻|信息|附件)|责任编辑|浏览(?:次数|量)|访问量|点击|阅读[:：次量]|当前位置|您?(?:现在)?(?:所在)?的?位置|首页\s*[>》»]|返回顶部|回到顶部|版权所有|主办单位|承办单位|网站标识码|无障碍|适老化|听全文|保存本页)"
)


def read(request: Request) -> Extract:
    """Read a saved page. Raises DocumentError."""
    data = Path(request.file).read_bytes()
    if request.kind == "mhtml":
        data, named = _unpack(data, request.path)
    else:
        named = None
    source, used = _decode(data, request, named)
    root, metas, title = read_tree(source, request)
    main = find_article(root)
    facts = read_facts(segments(root, main), metas, title)
    writer = Writer(request.path, request.limits)
    lines = lines_of(main)
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
    attached = attachments(main)
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
