"""Evidence from materials attached to a report: whose it is, and what it may count for.

A material passes the same gates as the report. On top of them it must speak of the report's body and year, what a
part of the government says stays a part, and assess lets no material carry 达标 alone. The full text of a document
that the report cites lifts the report's own sentence to S4.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from checker import patterns
from checker.matching.collect import Collected
from checker.model import Analysis, Evidence, Genre, Strength
from checker.patterns import regex
from checker.text.normalize import fold_phrase

_PART = regex(
    r"[\u4e00-\u9fa5](?:镇|乡|街道)(?:人民政府|党委|办事处|党工委)?(?=关于|20\d\d|文件|年|法治|综合|依法|$)|[\u4e00-\u9fa5]{2,10}(?<!政府办公)(?:局|支队|大队|监狱|医院|学校|公司)(?=关于|20\d\d|文件|年|法治|行政|依法|执法|$)"
)
_PLACE = regex(
    r"(?:^|[(])((?:[\u4e00-\u9fa5]{2,4}(?:省|自治区|市|州|盟|地区))?[\u4e00-\u9fa5]{1,5}?(?:自治县|县|区|旗|市|州|省))(?=人民政府|人民|政府|委|司法|[\u4e00-\u9fa5]{2,12}(?:局|委|办)|20\d\d|关于|法治|依法|行政|综合|城市)"
)
_NAMED_YEAR = regex(r"(20[0-4]\d)年(?:度)?")
_SUFFIX = regex(r"(?:自治县|自治州|自治区|地区|县|区|市|州|盟|旗|省)$")
_HEAD_LINES = 6


def heading(analysis: Analysis) -> str:
    """The first lines of a material run together: red head, title, addressee; without white space."""
    lines = [fold_phrase(line) for line in analysis.folded[:2000].split("\n")]
    return "\n".join([line for line in lines if line and len(line) <= 60][:_HEAD_LINES])


def settle(found: Collected, material: Analysis, report: Analysis) -> Collected:
    """What a material may say for a report: refused where it is another's or another year's, else marked as a part."""
    head = heading(material)
    refusal = _refusal(head, material, report)
    part = report.reporter.level not in ("township", "department") and _PART.search(head) is not None
    evidence = tuple(_settled(e, refusal, part) for e in found.evidence)
    return Collected(evidence, () if refusal or part else found.metrics)


def _refusal(head: str, material: Analysis, report: Analysis) -> tuple[str, str] | None:
    place = _other_place(head, report)
    if place:
        return "G1-place", f"材料说的是{place}，不是{report.reporter.place}"
    year = _other_year(head, material, report)
    if year:
        return "G2-material", f"材料说的是 {year} 年，不是报告年度"
    return None


def _other_place(head: str, report: Analysis) -> str:
    """A place named in the heading that is neither the report's nor a part of it."""
    own = fold_phrase(report.reporter.place)
    if not own:
        return ""
    core = _SUFFIX.sub("", own) or own
    if core in head:
        return ""
    for line in head.split("\n"):
        m = _PLACE.search(line)
        if m:
            return m.group(1)
    return ""


def _other_year(head: str, material: Analysis, report: Analysis) -> int | None:
    """The year of the material, where its heading (or without one its text) speaks of another than the report's."""
    year = report.reporter.year
    if year is None:
        return None
    titled = patterns.sub(r"《[^》]*》", "", head)
    years = {int(y) for y in _NAMED_YEAR.findall(titled)}
    if years:
        return None if year in years else max(years)
    read = material.reporter.year
    return read if read is not None and read != year else None


def _settled(e: Evidence, refusal: tuple[str, str] | None, part: bool) -> Evidence:
    if refusal and e.accepted:
        code, why = refusal
        return replace(e, accepted=False, refused_by=code, strength=min(e.strength, Strength.S1), note=why)
    if part and e.accepted and e.use in ("admission", "denial"):
        return replace(e, accepted=False, refused_by="G1-part", strength=Strength.S1, note="材料是个别部门或乡镇自己的")
    return replace(e, narrow=True) if part else e


def lift(evidence: Sequence[Evidence], analyses: Sequence[Analysis], others: Sequence[int]) -> tuple[Evidence, ...]:
    """Evidence of one indicator; a sentence of the report that cites an attached document becomes S4.

    The attached text must bear the cited title at its head, be no plan, and speak of the same element itself.
    """
    spoken: dict[int, set[str | None]] = {}
    for e in evidence:
        if e.document in others and e.refused_by in (None, "G7-genre"):
            spoken.setdefault(e.document, set()).add(e.element)
    if not spoken:
        return tuple(evidence)
    return tuple(_lifted(e, analyses, spoken) for e in evidence)


def _lifted(e: Evidence, analyses: Sequence[Analysis], spoken: dict[int, set[str | None]]) -> Evidence:
    if e.document or not e.accepted or e.use != "element" or not Strength.S2 <= e.strength < Strength.S4:
        return e
    sentence = analyses[0].sentences[e.sentence - 1]
    for number in (n for n, elements in spoken.items() if e.element in elements):
        if analyses[number].reporter.genre is Genre.PLAN:
            continue
        head = heading(analyses[number]).replace("\n", "")
        for c in sentence.citations:
            title = fold_phrase(c.title)
            if not c.superior and len(title) >= 6 and title in head:
                note = f"{e.note}；附有《{c.title}》全文（{analyses[number].document.path}）".lstrip("；")
                return replace(e, strength=Strength.S4, note=note)
    return e
