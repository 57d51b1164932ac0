"""Who reports on which year, and what kind of text it is at all."""

from __future__ import annotations

import re
from itertools import pairwise

from checker import patterns
from checker.model import Genre, PageInfo, Reporter
from checker.patterns import regex

_TITLE = regex(
    r"(?:法治政府|依法行政|法治建设|法治工作|依法治[省市县区])[^。;]{0,40}(?:报告|总结|情况|年报|汇报|白皮书)"
)
_NO_TITLE = regex(
    r"^(?:当前位置|首页|来源|现将|根据|按照|一、)|[>|]|。|评议|听取|召开|解读|蓝皮书|评估报告|讲话|新闻发布会|实证研究"
)
_YEAR = regex(r"(?<!\d)(20[0-4]\d)(?:年度?|-20[0-4]\d年)")
_DATE = r"(20\d\d)\s*[-/年.]\s*(\d{1,2})\s*[-/月.]\s*(\d{1,2})"
_PUBLISHED = regex(rf"(?:发布|更新|公开|发文|刊登|上传|生成|公布|时|日)\s*(?:时间|日期|间|期|于)\s*[:]?\s*{_DATE}")
_BARE = regex(rf"^\s*[-(]?\s*(?:时间|日期)?[:]?\s*{_DATE}(?:日)?\s*(?:\d{{1,2}}:\d\d(?::\d\d)?)?\s*[)]?\s*$", re.M)
_PAGE = regex(r"索引号|发布机构|公开(?:方式|属性|范围)|主动公开|审核公开|来源[:]|浏览|阅读次数|点击|发文字号|文号[:]")
_SITE_DATE = regex(r"今天是|星期|成文日期|印发日期")

_LEVELS = (
    ("ministry", regex(r"国务院|^[^,。]{2,8}部(?:20|关于)|司法部|管理部|^国家[^,。]{2,10}(?:局|总局|委)")),
    ("township", regex(r"[镇乡](?:人民政府)?(?=20|关于|年|法|政|$|\s|人民)|街道(?:办事处)?|苏木")),
    (
        "department",
        regex(
            r"(?:[局厅](?![限部])|委员会|管理处|办公室|中心|卫健委|发改委|教体局|事务部)(?:[(][^)]*[)])?(?=20|关于|年|法|政|$|\s)"
        ),
    ),
    (
        "county",
        regex(
            r"[县旗](?:人民政府)?(?=20|关于|年|法|政|$|\s|人民)|(?<![地专治])区(?:人民政府)?(?=20|关于|年|法|政|$|\s|人民)"
        ),
    ),
    ("province", regex(r"[省](?:人民政府)?(?=20|关于|年|法|政|$|\s|人民)|自治区")),
    ("city", regex(r"[市州盟](?:人民政府)?(?=20|关于|年|法|政|$|\s|人民)|地区")),
)
_SELF = (
    ("township", regex(r"我[镇乡]|[本我全]街道|全[镇乡]|街道办?党工委|[镇乡]党委")),
    ("department", regex(r"我[局厅委]|[局厅]党[组委]|全局|各股室|全厅")),
    ("county", regex(r"[我全][县区旗]|[县区旗]委|[县区旗]政府")),
    ("city", regex(r"[我全][市州盟]|[市州盟]委|[市州]政府")),
    ("province", regex(r"[我全]省|全区各盟市|自治区(?:党委|政府)|省委|省政府")),
)


def read_reporter(
    folded: str, level: str | None, year: int | None, place: str | None, page: PageInfo | None = None
) -> Reporter:
    """Read title, place, level, year, publication date and genre; what the caller gives wins, then what the page says."""
    title = _title(folded)
    stamp = (
        (page.published, page.published_span) if page and page.published and page.published_span else _published(folded)
    )
    published = stamp[0] if stamp else None
    genre, reason = _genre(folded, title)
    found_year = year or _report_year(folded, title, published)
    if stamp and found_year and int(stamp[0][:4]) < found_year:
        stamp = published = None  # before the year reported on: a date of the site, not of this page
    body = patterns.split(r"20\d\d|关于|法治政府|依法行政", title)[0] if title else ""
    return Reporter(
        title=title,
        place=place or _place(folded, title),
        level=level or _level(body, folded),
        year=found_year,
        published=published,
        published_span=stamp[1] if stamp else None,
        genre=genre,
        genre_reason=reason,
    )


def _lines(folded: str, most: int = 40) -> list[str]:
    return [s for s in ("".join(line.split()) for line in folded.split("\n")[:most]) if s]


def _title(folded: str) -> str:
    lines = _lines(folded)[:25]
    joined = [a + b for a, b in pairwise(lines) if not _SITE_DATE.search(a)]
    for text in (*lines, *joined):
        if len(text) <= 60 and _TITLE.search(text) and not _NO_TITLE.search(text):
            return patterns.split(r"[:,|\]]", text.strip("-—#"))[-1]
    m = (
        patterns.match(r"[^。]{0,60}?(?:法治政府建设|依法行政)[^。,]{0,16}(?:报告|总结|讲话)", lines[0])
        if lines and not _NO_TITLE.search(lines[0][:80].rstrip("。"))
        else None
    )
    return m.group() if m else ""


_PLACE = regex(
    r"([\u4e00-\u9fa5]{2,12}?(?:自治县|自治州|自治区|县|区|市|州|盟|旗|省|镇|乡|街道))(?=[\u4e00-\u9fa5]{0,14}?(?:20\d\d|关于|法治|依法))"
)
_PLACE_START = regex(
    r"(?:^|\n|[,。])\s*(?:20\d\d年[^,。]{0,4},)?([\u4e00-\u9fa5]{2,5}[县区市州镇乡])(?=坚持|深入|认真|以|在|全面|紧|始终|按照)"
)
_NO_PLACE = regex(r"围绕|做好|对|中央|治国|成立|召开|印发|[全我本各年的及和与将为]|开展|推进|建设|转型|要求|工作|示范")


def _place(folded: str, title: str) -> str:
    for text in (title, *(_lines(folded)[:8])):
        if len(text) > 60:
            continue
        m = _PLACE.search(patterns.sub(r"[(][^)]*[)]", "", patterns.sub(r"^.*?(?:繁体|简体)|^(?:关于|中共)", "", text)))
        if m and not _NO_PLACE.search(m.group(1)):
            return m.group(1)
    m = _PLACE_START.search(folded[:1500])
    return m.group(1) if m and not _NO_PLACE.search(m.group(1)) else ""


def _report_year(folded: str, title: str, published: str | None) -> int | None:
    for text in (title, *(line for line in _lines(folded)[:12] if len(line) < 60 and not _SITE_DATE.search(line))):
        m = _YEAR.search(text)
        if m and _TITLE.search(text):
            return int(m.group(1))
    head = patterns.sub(r"《[^》]*》|[(][^)]*[)]", "", folded)
    m = patterns.search(
        r"(?:^|[\n。,\s])(20[0-4]\d)年(?:度|以来|来|,|上半年|,?我|[\u4e00-\u9fa5]{2,8}[县区市州局镇乡])", head[:3000]
    )
    if m:
        return int(m.group(1))
    return int(published[:4]) - (1 if int(published[5:7]) <= 8 else 0) if published else None


def _published(folded: str) -> tuple[str, tuple[int, int]] | None:
    """Publication date of the page and where it stands. Dates of the site (今天是…) and of the making are not it."""
    for pattern in (_PUBLISHED, _BARE):
        for m in pattern.finditer(folded):
            if 2500 < m.start() < len(folded) - 400:
                continue
            begin = folded.rfind("\n", 0, m.start()) + 1
            stop = folded.find("\n", m.end())
            line = folded[begin : stop if stop >= 0 else len(folded)]
            if pattern is _BARE and ("(" in line or not _PAGE.search(folded[max(0, m.start() - 400) : m.end() + 200])):
                continue  # a signature or a note under the title, not the page's date
            before = folded[max(begin, m.start() - 8) : m.start() + 3]
            if _SITE_DATE.search(line) or patterns.search(r"成文|印发|生效|施行", before):
                continue
            y, mo, d = (int(g) for g in m.groups()[-3:])
            if 1 <= mo <= 12 and 1 <= d <= 31:
                lead = len(m.group()) - len(m.group().lstrip())
                return f"{y:04d}-{mo:02d}-{d:02d}", (
                    m.start() + lead,
                    m.end() - len(m.group()) + len(m.group().rstrip()),
                )
    return None


# A line of its own that names the body: 眉山市彭山区公义镇人民政府. A 司法局 on such a line is the publisher only.
_BODY_LINE = regex(r"^(?:中共)?[\u4e00-\u9fa5]{2,24}(?:人民政府|街道办事处|[镇乡](?:党委)?)$")
_ACTS = r"(?=20\d\d|在|坚持|以|深入|认真|紧紧|始终|按照|全面|高度|严格|切实|立足|聚焦)"
_OPENERS = (
    (
        "department",
        regex(
            rf"现将我[局委办厅]|我[局委办厅](?:20|坚持|在)|[\u4e00-\u9fa5]{{2,10}}(?:局|厅|委员会|人民政府办公室|政府办|(?<![市县区州省旗党常纪])委){_ACTS}"
        ),
    ),
    ("township", regex(rf"现将我[镇乡]|我街道|[\u4e00-\u9fa5]{{2,7}}(?:镇|乡|街道){_ACTS}")),
)


def _level(body: str, folded: str) -> str:
    tail = body[-14:]
    if not tail:
        # Only what stands before the report begins: 收文单位 lines end in a colon and do not match.
        tail = next((line for line in _lines(folded, 16) if len(line) <= 30 and _BODY_LINE.match(line)), "")[-14:]
    for level, pattern in _LEVELS:
        if tail and pattern.search(tail):
            return level
    opening = patterns.sub(r"[^\S\n]|《[^》]*》", "", folded[:900])
    for level, pattern in _OPENERS:
        if pattern.search(opening):
            return level
    counts = {level: len(pattern.findall(folded[:6000])) for level, pattern in _SELF}
    if counts["department"] >= 3 and counts["department"] >= max(counts["county"], counts["city"]) * 0.5:
        return "department"
    if counts["township"] >= 3 and counts["township"] >= counts["county"] * 0.5:
        return "township"
    best = max(("county", "city", "province"), key=lambda k: counts[k])
    return best if counts[best] else "county"


_ARTICLE = regex(r"(?:^|\n)\s*(?:\*\*)?第[一二三四五六七八九十百]+条")


def _genre(folded: str, title: str) -> tuple[Genre, str]:
    """Decide by telling signs; without one the text is taken for a report."""
    lines = _lines(folded, 30)
    head = "".join(lines)[:1500]
    first = "".join(lines[:6])[:200]
    named = bool(title) and not patterns.search(r"讲话|指标体系|评议|实证|研究", title)
    if len(_ARTICLE.findall(folded)) >= 3:
        return (Genre.RULES if patterns.search(r"工作规则", head) else Genre.STATUTE), "按条文编排"
    if patterns.search(r"同志们[:!,]|的讲话", first) or "同志们:" in head[:400]:
        return Genre.SPEECH, "讲话称谓“同志们”"
    if patterns.search(r"【[^】]{0,8}解读\s*】|》(?:的)?(?:政策|文件|文字|图文)?解读", first):
        return Genre.NEWS, "政策解读稿"
    if patterns.search(r"法治政府蓝皮书|法治政府评估报告|被评估(?:城市|政府)|学术中心", head):
        return Genre.ARTICLE, "学术文章或评估书"
    if not named and patterns.search(r"政府工作报告", first):
        return Genre.WORK_REPORT, "标题为政府工作报告"
    if patterns.search(r"各位代表", folded[:3000]):
        return Genre.WORK_REPORT, "称谓“各位代表”"
    if patterns.search(r"政府?信息公开工作?(?:年度|情况)报告|政府信息公开(?:工作)?年度报告", first) or patterns.search(
        r"政府信息公开条例[^。]{0,60}要求,?[^。]{0,80}现(?:向社会)?公布|本报告由总体情况", head[:600]
    ):
        return Genre.DISCLOSURE_REPORT, "政府信息公开年度报告"
    if patterns.search(r"(?:人民法院|检察院)[\n(]|^(?:.{2,12})(?:中级)?人民法院", first[:40]) and not named:
        return Genre.COURT, "报告主体是法院、检察院"
    if patterns.search(r"下列|正确的(?:是|有)|本题|\(\s*\)|①.*②.*③", head) and patterns.search(
        r"[ABCD][.、．]|①②|材料", head, re.I
    ):
        return Genre.EXAM, "有试题的题干和选项"
    if patterns.search(r"结合材料|谈谈[^。]{0,40}(?:启示|认识|理解)|运用[^。]{0,40}知识", folded[-300:]):
        return Genre.EXAM, "有试题的设问"
    if patterns.search(r"指标体系", first) and not named:
        return Genre.INDEX, "指标体系文本"
    if patterns.search(r"术语和定义|规范性引用文件|征求意见稿|地方标准", head[:800]):
        return Genre.INDEX, "标准文本"
    if patterns.search(r"实证研究|关键词:|摘要:|蓝皮书|参考文献|引言", head[:900]) and not named:
        return Genre.ARTICLE, "学术文章或评估书"
    if patterns.search(r"(?:单字|名字|名称|五字)[^)]{0,12}替换", head):
        return Genre.TEMPLATE, "留有替换占位的范文"
    if not named and (
        patterns.search(
            r"(?:工作要点|工作安排|实施方案|工作计划|行动计划|任务分工|规划)》?的通知", "".join(lines[:14])[:400]
        )
        or _plan_head(lines)
        or patterns.search(r"(?:特)?制定(?:本|以下|如下)(?:方案|计划|要点|安排|意见)", head[:700])
    ):
        return Genre.PLAN, "工作要点、方案一类的计划"
    if patterns.search(r"(?:巡察|巡视|审计)[^。]{0,20}整改(?:进展|情况|落实)[^。]{0,10}(?:通报|报告|公告)", first) or (
        not named
        and patterns.search(
            r"(?:巡察|巡视)组[^。]{0,40}(?:开展|进行)了?[^。]{0,10}(?:巡察|巡视)[^。]{0,60}反馈", head[:500]
        )
    ):
        return Genre.INSPECTION, "巡察审计整改通报"
    if not named and _is_norm(folded):
        return Genre.INDEX, "只有要求、没有事实的条文"
    if not named and patterns.search(r"工作规则|主动公开(?:事项)?目录", first):
        return Genre.RULES, "工作规则或目录"
    if not named and _is_news(lines, folded):
        return Genre.NEWS, "新闻或政策宣传稿"
    return Genre.REPORT, "标题为法治政府建设报告" if named else "未见相反特征"


def _plan_head(lines: list[str]) -> bool:
    return any(
        len(line) <= 40
        and not patterns.match(
            r"[一二三四五六七八九十]{1,3}[、.]|[(]", line
        )  # 三、下一步工作安排 is a section of a report
        and patterns.search(r"(?:工作要点|工作安排|实施方案|工作计划|行动计划)$", line.strip("《》"))
        for line in lines[:14]
    )


_FACT = regex(r"\d+(?:余)?(?:件|次|个|场|人|名|家|项|起|份|%|条|期)|20[0-4]\d年")


def _is_norm(folded: str) -> bool:
    """A short text of numbered demands without a single dated or counted fact but 100%."""
    facts = [m.group() for m in _FACT.finditer(folded) if m.group() not in ("100%", "00%")]
    numbered = len(patterns.findall(r"(?:^|\n)\s*\d{1,3}[.、]", folded))
    return (
        len(folded) < 1200
        and numbered >= 1
        and len(facts) <= 1
        and not patterns.search(r"现将|报告如下|我[县区市局镇乡]", folded)
    )


_NEWS = regex(
    r"本报讯|记者|通讯员|(?:新闻|日报|晚报|新華社|新华社|網訊|网讯|讯)\s|讯\)|(?:供稿|来源[:].{0,12}(?:日报|新闻|报社))|"
    r"^[\d年]*\d{1,2}月\d{1,2}日,[^。]{0,60}(?:召开|举行|举办|组织|開展|开展|印发|听取|深入)"
)


def _is_news(lines: list[str], folded: str) -> bool:
    start = "".join(lines[:8])[:500]
    reported = patterns.search(
        r"(?:情况|工作)[^。]{0,6}(?:报告|汇报|总结)如下|如下[:。]|主要(?:举措|做法)(?:和|及)成效|^一、",
        "\n".join(lines),
        re.M,
    )
    if reported:
        return False
    dated = any(patterns.match(r"(?:20\d\d年)?\d{1,2}月\d{1,2}日,", line) for line in lines[:8])
    meeting = bool(
        patterns.search(
            r"会议(?:指出|强调|要求|听取|认为|通报)|推进会|评议会|考核组|近日|日前|\*{0,2}为促进|颁布", start
        )
    )
    self_words = len(patterns.findall(r"我[县区市局镇乡]|本[局镇]", folded))
    numbered = bool(patterns.search(r"(?:^|\n)\s*(?:一、|[(]一[)])", folded))
    news_words = bool(_NEWS.search(start))
    return (dated and not numbered) or (meeting and not numbered and self_words < 6) or (news_words and not numbered)
