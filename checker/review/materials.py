"""The manifest of materials, and whether what it says holds on disk."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from checker.documents import read_document
from checker.documents.folder import GUIDE
from checker.errors import DocumentError, Issue, Location
from checker.index.source import Path_, Source
from checker.model import Analysis, Finding, Index, Manifest, Material, MaterialCheck, Role, Verdict
from checker.review.attestations import inside
from checker.review.reading import ReviewError, date_at, file_hash, indicator_at, read_source
from checker.review.snapshot import plain
from checker.text.leaks import find_leaks

NAME = "佐证材料清单.yaml"
UNKNOWN = "待填"
_BRACKETS = str.maketrans("", "", "〔〕[]()【】（）［］")
# How pictures begin: all that can be said of one is whether it is one.
_PICTURES = {
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".gif": (b"GIF8",),
    ".bmp": (b"BM",),
    ".tif": (b"II*\x00", b"MM\x00*"),
    ".tiff": (b"II*\x00", b"MM\x00*"),
}
# No reader for such files, a scan, no LibreOffice for an old one, a picture: says nothing against the file itself.
_UNSEEN = ("E303", "E322", "E329", "E331")


def load_manifest(path: str, index: Index, shown: str | None = None) -> Manifest:
    """Read a manifest; raises ReviewError with every slip, unknown indicator and path that leaves the folder."""
    source = read_source(path, "materials", shown)
    issues: list[Issue] = []
    start = end = None
    if "period" in source.data:
        start = date_at(source, ("period", "start"), issues)
        end = date_at(source, ("period", "end"), issues)
        if start and end and start > end:
            issues.append(Issue(source.at(("period", "end")), "E641", "期间的结束早于开始。"))
    out: list[Material] = []
    seen: dict[str, Location] = {}
    for n in range(len(source.data["materials"])):
        material = _material(source, ("materials", n), index, issues)
        if material is None:
            continue
        if material.path in seen:
            where = source.at(("materials", n, "path"))
            issues.append(Issue(where, "E642", f"「{material.path}」在第 {seen[material.path].line} 行已经登记过。"))
        seen.setdefault(material.path, material.place)
        out.append(material)
    if issues:
        raise ReviewError(issues)
    return Manifest(source.path, start, end, tuple(sorted(out, key=lambda m: m.path)))


def _material(source: Source, at: Path_, index: Index, issues: list[Issue]) -> Material | None:
    data = source.data[at[0]][at[1]]
    before = len(issues)
    if not inside(data["path"].strip()):
        issues.append(Issue(source.at((*at, "path")), "E618", "路径要在清单所在的文件夹之内，用 / 分隔，不能有 .. 。"))
    indicators = []
    for i, name in enumerate(data["indicators"]):
        if name == UNKNOWN:
            issues.append(Issue(source.at((*at, "indicators", i)), "E643", "还没有写这份材料证明哪项指标。"))
            continue
        found = indicator_at(source, (*at, "indicators", i), index, issues)
        if found is not None:
            indicators.append(found.id)
    when = date_at(source, (*at, "date"), issues) if data.get("date") else None
    if len(issues) > before:
        return None

    def text(key: str) -> str:
        return str(data.get(key) or "").strip()

    return Material(
        path=data["path"].strip(),
        indicators=tuple(sorted(indicators)),
        title=text("title"),
        number=text("number"),
        issuer=text("issuer"),
        date=when,
        page=text("page"),
        sha256=data["sha256"],
        public=bool(data.get("public", False)),
        kind=text("kind"),
        place=source.at((*at, "path")),
    )


def standing(folder: Path, manifest: Manifest) -> tuple[tuple[Material, ...], tuple[Material, ...]]:
    """The materials that are there as they were listed, and those that are not (gone, or of other content)."""
    good = tuple(
        m for m in manifest.materials if (folder / m.path).is_file() and file_hash(folder / m.path) == m.sha256
    )
    return good, tuple(m for m in manifest.materials if m not in good)


def verify(
    folder: Path,
    manifest: Manifest,
    index: Index,
    year: int | None,
    findings: Sequence[Finding] = (),
    analyses: Sequence[Analysis] = (),
) -> tuple[MaterialCheck, ...]:
    """Everything that does not hold or could not be looked at, in a stable order.

    ``year`` bounds dates where the manifest has no period; ``findings`` and ``analyses`` are those of the report that
    the materials belong to, where one was given.
    """
    period = _period(manifest, year)
    out: list[MaterialCheck] = []
    for material in manifest.materials:
        out += _file(folder, material, period)
    out += _unlisted(folder, manifest)
    out += _unbacked(manifest, findings)
    out += _unfiled(manifest, index, analyses)
    rank = {"bad": 0, "unverified": 1, "note": 2}
    return tuple(sorted(out, key=lambda c: (rank[c.state], c.subject, c.code, c.message)))


def _period(manifest: Manifest, year: int | None) -> tuple[date, date] | None:
    if manifest.start and manifest.end:
        return manifest.start, manifest.end
    return (date(year, 1, 1), date(year, 12, 31)) if year else None


def _file(folder: Path, m: Material, period: tuple[date, date] | None) -> Iterator[MaterialCheck]:
    def found(state: str, code: str, message: str) -> MaterialCheck:
        return MaterialCheck(state, code, m.path, message, m.place)

    file = folder / m.path
    if not file.is_file():
        yield found("bad", "M01", "找不到这个文件")
        return
    if not file.resolve().is_relative_to(folder.resolve()):
        yield found("bad", "M01", "链接指到文件夹以外")
        return
    if file.stat().st_size == 0:
        yield found("bad", "M02", "是空文件")
        return
    if (now := file_hash(file)) != m.sha256:
        yield found("bad", "M03", f"内容与登记时不同（现在的 SHA-256 是 {now}）；核对后请改写 sha256")
    if m.date is None:
        yield found("unverified", "M05", "没有写成文日期，不能核对期间")
    elif period is None:
        yield found("unverified", "M05", "不知道期间，请在清单写 period，或给 --year、--report")
    elif not period[0] <= m.date <= period[1]:
        yield found("bad", "M05", f"成文日期 {m.date} 不在 {period[0]} 至 {period[1]} 之内")
    yield from _content(file, m)


def _content(file: Path, m: Material) -> Iterator[MaterialCheck]:
    def say(state: str, code: str, message: str) -> MaterialCheck:
        return MaterialCheck(state, code, m.path, message, m.place)

    begins = _PICTURES.get(file.suffix.lower())
    if begins:
        with file.open("rb") as stream:
            head = stream.read(8)
        if head.startswith(begins):
            yield say("unverified", "M04", "是图片，没有文字，标题和文号要人核对")
        else:
            yield say("bad", "M04", "扩展名是图片，内容不是图片，文件可能已损坏")
        return
    try:
        document = read_document(str(file), material=True)
    except DocumentError as error:
        first = error.issues[0]
        state = "unverified" if first.code in _UNSEEN else "bad"
        yield say(state, "M04", f"读不出内容，标题和文号没有核对：{first.message.rstrip('。')}")
        return
    if document.notes:
        yield say("unverified", "M04", "有没读到的部分：" + "；".join(n.rstrip("。") for n in document.notes))
    text = document.text
    seen = plain(text)
    if not m.title:
        yield say("unverified", "M06", "没有写标题，不能核对")
    elif plain(m.title) not in seen:
        yield say("bad", "M06", f"正文里没有标题「{m.title}」")
    if m.number and plain(m.number).translate(_BRACKETS) not in seen.translate(_BRACKETS):
        yield say("bad", "M07", f"正文里没有文号「{m.number}」")
    if m.issuer and plain(m.issuer) not in seen:
        yield say("unverified", "M08", f"正文里没有制发单位「{m.issuer}」，请看落款或红头")
    leaks = sorted({x.kind for x in find_leaks(text)})
    if leaks:
        what = f"含{'、'.join(leaks)}"
        if m.public:
            yield say("bad", "M09", f"标为公开，但{what}")
        else:
            yield say("note", "M09", f"{what}，不得公开")


def files_in(folder: Path) -> tuple[str, ...]:
    """Every file below ``folder`` that can be a material, as sorted paths with ``/``."""
    out = []
    for file in folder.rglob("*"):
        parts = file.relative_to(folder).parts
        if not file.is_file() or any(p.startswith((".", "~$")) for p in parts):
            continue
        if file.name in (GUIDE, "Thumbs.db", "desktop.ini") or (len(parts) == 1 and file.suffix in (".yaml", ".yml")):
            continue
        out.append("/".join(parts))
    return tuple(sorted(out))


def _unlisted(folder: Path, manifest: Manifest) -> Iterator[MaterialCheck]:
    known = {m.path for m in manifest.materials}
    for path in files_in(folder):
        if path not in known:
            yield MaterialCheck("note", "M10", path, "清单里没有登记", Location(manifest.path))


def _unbacked(manifest: Manifest, findings: Sequence[Finding]) -> Iterator[MaterialCheck]:
    named = {i for m in manifest.materials for i in m.indicators}
    for f in findings:
        if f.verdict is Verdict.MET and f.indicator.id not in named:
            want = "、".join(f.indicator.materials)
            yield MaterialCheck(
                "bad", "M11", f.indicator.label, f"{f.label}，但没有一份材料（应附：{want}）", Location(manifest.path)
            )


def _unfiled(manifest: Manifest, index: Index, analyses: Sequence[Analysis]) -> Iterator[MaterialCheck]:
    """Every document that the report says was issued at home must be among the materials."""
    names = [plain(x) for m in manifest.materials for x in (m.title, Path(m.path).stem) if x]
    told: set[str] = set()
    for analysis in analyses[:1]:
        for s in analysis.sentences:
            if s.role not in (Role.ACHIEVEMENT, Role.OVERVIEW) or s.heading:
                continue
            for c in s.citations:
                title = plain(c.title).strip("《》")
                if c.own and title and title not in told and not any(title in n for n in names):
                    told.add(title)
                    yield MaterialCheck(
                        "bad",
                        "M12",
                        f"《{c.title.strip('《》')}》",
                        f"报告说{c.verb}了这份文件（{s.where}），材料里没有",
                        Location(manifest.path),
                    )


def number_of(text: str) -> str:
    """The first 文号 in a text (×政发〔2024〕3号), or empty."""
    m = re.search(r"[\u4e00-\u9fff]{1,14}[〔\[(（]20\d\d[〕\])）]\s*\d{1,4}\s*号", text)
    return m.group() if m else ""


def dates_of(text: str) -> tuple[date, ...]:
    """Every full date in a text, in its order."""
    out = []
    for m in re.finditer(r"(20\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日", text):
        try:
            out.append(date(int(m[1]), int(m[2]), int(m[3])))
        except ValueError:
            continue
    return tuple(out)
