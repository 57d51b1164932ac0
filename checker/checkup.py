"""报告体检: what is wrong with the report itself, whatever the indicators say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from checker.model import Analysis, Figure, Finding, Genre, Index, Remark, Role, Sentence, Verdict
from checker.patterns import regex
from checker.text.normalize import is_traditional

_MASK = regex(
    r"(?<![A-Za-z])[xX×]{1,4}(?=[件次名个人场家项份年月市县区镇乡])|[*_＊]{1,}(?=[件次名个人场家项份区市县])|[xX×*]{2,}|_{2,}|\.{6,}"
)
_PINYIN = regex(r"[\u4e00-\u9fa5]\([a-zà-ÿāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ?|]{1,7}\)")
# Words that link-spam mirrors put in the place of others (多次主持召开中国竞彩网专题研究).
_SPAM = regex(r"竞彩|必威|betway|乐动体育|博彩|彩票网|体育投注|娱乐城|开云体育|亚博|bet365|棋牌平台", re.IGNORECASE)
_FACT = regex(r"[0-9一二三四五六七八九十]|《|“|\"")
_SOFT = regex(r"进一步|不断|持续|切实|认真|积极|大力|扎实|深入|全面|有效|明显")


def examine(
    analyses: tuple[Analysis, ...],
    index: Index,
    findings: tuple[Finding, ...],
    figures: Sequence[Figure],
    earlier: tuple[int, ...] = (),
    materials: tuple[int, ...] = (),
) -> tuple[Remark, ...]:
    """All remarks, by code and place. ``earlier`` are reports of earlier years, ``materials`` what is attached."""
    out: list[Remark] = []
    used: dict[int, set[int]] = {}
    for f in findings:
        for e in f.evidence:
            if e.accepted or e.use == "plan":
                used.setdefault(e.document, set()).add(e.sentence)
    for number, analysis in enumerate(analyses):
        if number not in earlier and number not in materials:
            out.extend(_document(analysis, number, used.get(number, set()), index))
    out.extend(_mismatches(figures))
    out.extend(_contradictions(figures, analyses))
    for number in earlier:
        out.extend(_repeated(analyses[0], analyses[number]))
    if analyses[0].reporter.genre is Genre.REPORT:
        out.extend(_blank_chapters(index, findings))
    return tuple(sorted(out, key=lambda r: (r.code, r.document or 0, r.start or 0, r.message)))


def _document(analysis: Analysis, number: int, used: set[int], index: Index) -> Iterator[Remark]:
    reporter, text, sentences = analysis.reporter, analysis.document.text, analysis.sentences
    roles = {s.role for s in sentences}
    if reporter.genre is not Genre.REPORT:
        yield Remark(
            "R03",
            f"这份文本不像法治政府建设报告，像{reporter.genre.label}（{reporter.genre_reason}）",
            "请确认是否选错了文件；其中的话不作成果采信。",
            number,
        )
        return
    if Role.PROBLEM not in roles and not any(c.polarity.value == "admitted" for s in sentences for c in s.clauses):
        yield Remark("R01", "没有「存在的问题」或「不足」部分", "年度报告应写明不足和原因，请补写。", number)
    if Role.PLAN not in roles:
        yield Remark("R02", "没有「下一步工作安排」部分", "年度报告应写明下一年度主要安排，请补写。", number)
    for m in _MASK.finditer(text):
        yield Remark(
            "R04", f"占位符「{m.group()}」没有换成真实内容", "请填写真实数字或名称。", number, m.start(), m.end()
        )
    spam = _SPAM.search(text)
    if spam:
        yield Remark(
            "R17",
            f"文字已被篡改：夹有广告词「{spam.group()}」，像被植入广告的镜像网页",
            "请换用原网站或原件的文本；被换掉的词已无法比对。",
            number,
            spam.start(),
            spam.end(),
        )
    if len(_PINYIN.findall(text)) >= 3:
        yield Remark("R05", "文字已损坏：夹有拼音注音，像镜像网站抓取的文本", "请换用原网站或原件的文本。", number)
    elif is_traditional(text):
        yield Remark("R06", "文本是繁体字", "已按简体比对，引文保留原样；请核对是否为原件。", number)
    if reporter.year is None:
        yield Remark("R07", "看不出报告年度", "请在标题写明年度，或用 --year 指明。", number)
    else:
        yield from _years(sentences, analysis, number)
    yield from _dates(analysis, number)
    body = [s for s in sentences if s.role is Role.ACHIEVEMENT and not s.heading and not s.noise]
    unclaimed = [s for s in body if s.number not in used and len(s.quantities) > 0]
    for s in unclaimed[:30]:
        yield Remark(
            "R09",
            f"有数据但没有指标认领：{_short(text[s.start : s.end])}",
            "请看是否该归到某项指标，或补充说明。",
            number,
            s.start,
            s.end,
        )
    empty = [s for s in body if _slogan(analysis.folded[s.start : s.end])]
    if body and len(empty) >= max(5, len(body) * 0.3):
        yield Remark(
            "R10",
            f"成效部分 {len(body)} 句中有 {len(empty)} 句没有任何事实",
            "请补充文件名、数据、时间或具体做法。",
            number,
            empty[0].start,
            empty[0].end,
        )
    for a in index.abbreviations:
        at = text.find(a.name)
        if at >= 0 and not any(word in text for word in a.means):
            yield Remark(
                "R11",
                f"简称「{a.name}」没有展开说明",
                f"首次出现时写明：{'、'.join(a.means)}。",
                number,
                at,
                at + len(a.name),
            )


def _short(text: str, most: int = 30) -> str:
    text = " ".join(text.split()).rstrip("。；;，,")
    return text if len(text) <= most else text[:most] + "……"


def _slogan(folded: str) -> bool:
    return len(folded) >= 12 and not _FACT.search(folded) and _SOFT.search(folded) is not None


def _years(sentences: tuple[Sentence, ...], analysis: Analysis, number: int) -> Iterator[Remark]:
    for s in sentences:
        for c in s.clauses:
            if c.year is not None and s.role is Role.ACHIEVEMENT and not s.heading:
                yield Remark(
                    "R08",
                    f"成效部分写的是 {c.year} 年的事：{_short(analysis.document.text[c.start : c.end])}",
                    "上年度的数据不能作本年度成果，请核对年份。",
                    number,
                    c.start,
                    c.end,
                )


def _dates(analysis: Analysis, number: int) -> Iterator[Remark]:
    reporter = analysis.reporter
    if reporter.published and reporter.year and reporter.published > f"{reporter.year + 1}-04-01":
        start, end = reporter.published_span or (None, None)
        yield Remark(
            "R12",
            f"公开日期 {reporter.published} 晚于次年 4 月 1 日",
            "请说明原因；下一年度按时公开。",
            number,
            start,
            end,
        )
    if reporter.published and reporter.year and reporter.published < f"{reporter.year}-12-01":
        start, end = reporter.published_span or (None, None)
        yield Remark(
            "R08", f"公开日期 {reporter.published} 早于报告年度结束", "请核对报告年度和日期。", number, start, end
        )


def _mismatches(figures: Sequence[Figure]) -> Iterator[Remark]:
    for f in figures:
        if f.recomputed == "mismatch":
            yield Remark(
                "R13",
                f"数据存疑：「{f.quantity.text}」与前文两数算出来的不符",
                "请核对原始台账后更正。",
                f.document,
                f.quantity.start,
                f.quantity.end,
            )


# Totals that a report states once; two values of one of them can't both be right.
_ONCE = regex(
    r"(?:出庭应诉率|出庭率|败诉率|纠错率|调撤率|答复率|办结率|办复率|满意率|报备率|及时率|合格率|参考率|审核率|审查率|网办率|整改率|持证率|"
    r"(?:行政复议|复议|行政应诉|行政诉讼|行政处罚|法律援助|依申请公开)(?:申请|案件)|代表建议|人大建议|政协提案|行政规范性文件|规范性文件)$"
)


def _contradictions(figures: Sequence[Figure], analyses: tuple[Analysis, ...]) -> Iterator[Remark]:
    seen: dict[tuple[int, str, str, int | None], Figure] = {}
    for f in figures:
        q = f.quantity
        sentence = analyses[f.document].sentences[f.sentence - 1]
        if q.previous or q.comparator != "=" or sentence.role is not Role.ACHIEVEMENT or not _ONCE.search(f.subject):
            continue
        first = seen.setdefault((f.document, f.subject, q.unit, f.year), f)
        if first.quantity.value != q.value and first.sentence != f.sentence:
            yield Remark(
                "R16",
                f"同一数据前后不一：{f.subject}一处是「{first.quantity.text}」，一处是「{q.text}」",
                "请核对口径；口径不同的请写明各是什么。",
                f.document,
                q.start,
                q.end,
            )


def _repeated(now: Analysis, before: Analysis) -> Iterator[Remark]:
    """Sentences of the achievement part that stand word for word in an earlier year's report."""

    def key(analysis: Analysis, s: Sentence) -> str:
        return "".join(c for c in analysis.folded[s.start : s.end] if c.isalnum())

    old = {key(before, s) for s in before.sentences if not s.heading and not s.noise}
    body = [s for s in now.sentences if s.role is Role.ACHIEVEMENT and not s.heading and not s.noise]
    same = [s for s in body if len(k := key(now, s)) >= 14 and k in old]
    if not same:
        return
    year = before.reporter.year
    yield Remark(
        "R15",
        f"成效部分 {len(body)} 句中有 {len(same)} 句与 {year} 年度报告一字不差",
        "请改写为本年度的做法和数据；确属长期制度的，请写明本年度执行情况。",
        0,
        same[0].start,
        same[0].end,
    )
    for s in same[:20]:
        counted = "，连数字也没变" if s.quantities else ""
        text = _short(now.document.text[s.start : s.end])
        yield Remark("R15", f"与 {year} 年度报告相同{counted}：{text}", "请核对是否误抄上年内容。", 0, s.start, s.end)


def _blank_chapters(index: Index, findings: tuple[Finding, ...]) -> Iterator[Remark]:
    for chapter in index.chapters:
        rows = [
            f
            for f in findings
            if f.indicator.chapter == chapter.id
            and f.indicator.verifiability != "D"
            and f.verdict is not Verdict.NOT_APPLICABLE
        ]
        if rows and all(f.verdict in (Verdict.MISSING, Verdict.PLANNED) for f in rows):
            yield Remark("R14", f"「{chapter.name}」整章 {len(rows)} 项未见成果", "请集中补写本章内容，或说明原因。")
