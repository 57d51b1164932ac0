"""What a government page says about its article: 索引号, 发布机构, 文号, 公开方式 and the date of publication.

Dates of the site are not the article's: 今天是…, the day of making (成文), of printing (印发), of coming into force.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct


class Facts(Struct, frozen=True):
    """Facts of a page; empty where it does not say. ``published`` is ISO, ``published_text`` as the page writes it."""

    title: str = ""
    index_number: str = ""
    issuer: str = ""
    document_number: str = ""
    openness: str = ""
    published: str | None = None
    published_text: str = ""


_LABELS = {
    "index_number": ("索引号", "信息索引号", "信息索引", "索引编号"),
    "issuer": ("发布机构", "发布单位", "发文机关", "发文机构", "公开单位", "公开机构", "公开责任部门", "信息来源", "来源", "文章来源", "稿件来源"),
    "document_number": ("发文字号", "文号", "发文文号", "公文字号"),
    "openness": ("公开方式", "公开属性", "公开形式", "公开类别"),
    "published": ("发布日期", "发布时间", "公开日期", "公开时间", "发文日期", "发稿时间", "公布日期", "公布时间", "更新日期", "更新时间", "日期", "时间"),
    "other": ("成文日期", "印发日期", "生成日期", "生效日期", "施行日期", "废止日期", "失效日期", "有效性", "主题分类", "体裁分类", "组配分类", "服务对象", "主题词", "关键词", "信息名称", "名称", "标题", "登记号", "统一编号", "公开范围", "公开时限", "浏览次数", "浏览量", "访问量", "点击率", "点击数", "阅读次数", "作者", "责任编辑", "编辑", "审核", "字体", "字号", "分享", "内容概述", "组配", "所属主题"),
}  # fmt: skip
_FIELD = {name: field for field, names in _LABELS.items() for name in names}
_ANY = "|".join(sorted((r"\s*".join(n) for n in _FIELD), key=len, reverse=True))
_PAIR = re.compile(rf"(?:^|(?<=[\s|｜\]】)）\u3000]))[【\[]?\s*({_ANY})\s*[】\]]?\s*[:：]\s*")
_UNKNOWN = re.compile(r"\s+[\u4e00-\u9fa5]{2,8}\s*[:：]")  # a label that is none of ours ends a value
_ALONE = re.compile(rf"^[【\[]?\s*({_ANY})\s*[】\]]?\s*[:：]?$")
_DATE = re.compile(r"(20\d\d)\s*(?:[-/.]|年)\s*(\d{1,2})\s*(?:[-/.]|月)\s*(\d{1,2})\s*日?")
_SITE = re.compile(r"今天是|今日是|现在是|当前时间|星期|版权|copyright|备案", re.I)
_META = {
    "index_number": ("indexnumber", "index_no"),
    "issuer": ("contentsource", "source"),
    "published": ("pubdate", "publishdate", "publish_date", "article:published_time", "firstpublishedtime"),
    "title": ("articletitle", "og:title"),
}


def read_facts(segments: Sequence[str], metas: Mapping[str, str], title: str) -> Facts:
    """Facts from the labelled texts of a page (in order), then from its meta tags."""
    found: dict[str, str] = {}
    dates: dict[str, str] = {}
    for at, segment in enumerate(segments):
        for name, value in _pairs(segment, segments[at + 1] if at + 1 < len(segments) else ""):
            field = _FIELD[name]
            if field == "published":
                m = _DATE.search(value[:24])
                if m and not _SITE.search(segment):
                    dates.setdefault(name, m.group().strip())
            elif field != "other" and value:
                found.setdefault(field, value[:80].strip())
    for field, names in _META.items():
        value = next((metas[n] for n in names if metas.get(n)), "")
        if field == "published":
            m = _DATE.search(value)
            if m:
                dates.setdefault("", m.group().strip())
        elif value:
            found.setdefault(field, value[:120])
    day = _best(dates, segments)
    return Facts(
        title=found.get("title") or _from_title(title, segments),
        index_number=found.get("index_number", ""),
        issuer=found.get("issuer", ""),
        document_number=found.get("document_number", ""),
        openness=found.get("openness", ""),
        published=iso(day),
        published_text=day or "",
    )


def _pairs(segment: str, following: str) -> list[tuple[str, str]]:
    alone = _ALONE.match(segment)
    if alone:
        value = "" if _ALONE.match(following) or _PAIR.match(following) else following
        return [("".join(alone.group(1).split()), value)]
    hits = list(_PAIR.finditer(segment))
    ends = [m.start() for m in hits[1:]] + [len(segment)] if hits else []
    return [
        ("".join(m.group(1).split()), _UNKNOWN.split(segment[m.end() : end])[0].strip(" |｜【】[]\u3000"))
        for m, end in zip(hits, ends, strict=True)
    ]


def _best(dates: Mapping[str, str], segments: Sequence[str]) -> str | None:
    """A labelled date of publication first, then the meta tag's, then 更新, then a bare date on a line of its own."""
    labels = _LABELS["published"]
    for name in (*labels[:8], "", *labels[8:]):
        if name in dates and iso(dates[name]):
            return dates[name]
    for segment in segments:
        m = _DATE.match(segment.strip("()（）[]【】 "))
        if m and len(segment) <= 28 and not _SITE.search(segment) and iso(m.group()):
            return m.group().strip()
    return None


def iso(text: str | None) -> str | None:
    """``2022年3月3日`` or ``2022-3-3`` as ``2022-03-03``; None for what is no date."""
    m = _DATE.search(text or "")
    if not m:
        return None
    year, month, day = (int(g) for g in m.groups())
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def _from_title(title: str, segments: Sequence[str]) -> str:
    """The page's title without the site's name, where the page shows it as a heading, too."""
    parts = [p.strip() for p in re.split(r"[-_|—–]{1,2}(?!\d)|\s{2,}", title) if p.strip()]
    shown = {"".join(s.split()) for s in segments}
    for part in (title, *parts):
        if "".join(part.split()) in shown:
            return part
    return parts[0] if parts and len(parts[0]) >= 8 else ""
