"""The verdicts do not depend on the container: the same text in every format, through the whole way."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from checker.api import check, read_documents
from checker.matching import Rules
from checker.model import Assessment
from checker.text.normalize import compact, fold
from tests.conftest import ROOT, SHARED
from tests.makers import pages, web, word

SEED = SHARED / "data" / "reports" / "jindong-2021.txt"
SOURCES = [*sorted((ROOT / "reports").glob("*.txt")), SEED]
FIDELITY = {"pdf": 0.97}  # share of sentences intact; 0.99 for all others


@dataclass(frozen=True)
class Source:
    """A report as lines, with what its page says apart from the article."""

    path: Path
    lines: list[str]
    facts: dict[str, str]
    title: str
    article: list[str]


def _source(path: Path) -> Source:
    if not path.exists():
        pytest.skip("没有 ../shared：真实报告不随仓库发布")
    lines = [line.strip() for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    if path == SEED:
        facts = {
            "索引号": lines[0],
            "单位审核": "公开",
            "发布机构": lines[2],
            "发布日期": lines[3],
            "公开方式": lines[4],
        }
        return Source(path, lines, facts, "", lines[5:-1])  # the last line is the page's 扫一扫
    facts = {}
    article = lines[1:]
    if lines[1].startswith("发布时间"):
        facts = dict(re.findall(r"(\w+)：(.+?)(?:\s{2,}|$)", lines[1]))
        facts["发布时间"] = facts["发布时间"].strip()
        article = lines[2:]
    return Source(path, lines, facts, lines[0], article)


def _gbk(s: Source, file: Path) -> None:
    file.write_bytes(s.path.read_text(encoding="utf-8").encode("gb18030"))


def _markdown(s: Source, file: Path) -> None:
    marks = {"一": "## ", "（": "### "}
    file.write_text("\n\n".join(marks.get(x[0], "") + x for x in s.lines), encoding="utf-8")


def _xlsx(s: Source, file: Path) -> None:
    book = openpyxl.Workbook()
    for line in s.lines:
        book.active.append([line])
    book.save(file)


def _html(layout: str) -> Callable[[Source, Path], None]:
    def make(s: Source, file: Path) -> None:
        encoding = "gb18030" if layout == "tables" else "utf-8"
        file.write_bytes(web.page(s.article, layout, title=s.title, facts=s.facts).encode(encoding))

    return make


def _office(ending: str, official: bool = False) -> Callable[[Source, Path], None]:
    def make(s: Source, file: Path) -> None:
        first = file.parent / "first.docx"
        (word.official_docx if official else word.plain_docx)(s.lines, first)
        source = first
        if ending == "docx":  # LibreOffice's own docx: through odt and back
            subprocess.run([*_soffice(file.parent), "odt", "--outdir", file.parent, first], check=True, capture_output=True, timeout=120)  # fmt: skip
            source = first.with_suffix(".odt")
        subprocess.run([*_soffice(file.parent), ending, "--outdir", file.parent / "made", source], check=True, capture_output=True, timeout=120)  # fmt: skip
        (file.parent / "made" / f"first.{ending}").rename(file)

    return make


def _chromium(s: Source, file: Path) -> None:
    page = file.with_suffix(".html")
    style = "<style>p{text-indent:2em;line-height:1.8;margin:0;text-align:justify}</style>"
    page.write_text(f"<meta charset=utf-8>{style}" + "".join(f"<p>{x}</p>" for x in s.lines), encoding="utf-8")
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={file.parent / 'profile'}"]
    subprocess.run([*command, f"--print-to-pdf={file}", page], check=True, capture_output=True, timeout=120)


def _soffice(folder: Path) -> list[object]:
    return ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to"]


MAKERS: dict[str, tuple[str, Callable[[Source, Path], None]]] = {
    "gbk-txt": (".txt", _gbk),
    "markdown": (".md", _markdown),
    "python-docx": (".docx", lambda s, f: word.rich_docx(s.lines, f)),
    "reportlab-pdf": (".pdf", lambda s, f: pages.reportlab_pdf(s.lines, f)),
    "two-columns-pdf": (".pdf", lambda s, f: pages.reportlab_pdf(s.lines, f, columns=2)),
    "no-indent-pdf": (".pdf", lambda s, f: pages.reportlab_pdf(s.lines, f, indent=False)),
    "ofd": (".ofd", lambda s, f: f.write_bytes(pages.ofd(s.lines)) and None),
    "xlsx": (".xlsx", _xlsx),
    **{f"html-{layout}": (".html", _html(layout)) for layout in web.LAYOUTS},
}
BY_OFFICE = {
    "libreoffice-docx": (".docx", _office("docx")),
    "libreoffice-pdf": (".pdf", _office("pdf")),
    "official-pdf": (".pdf", _office("pdf", official=True)),
    "libreoffice-doc": (".doc", _office("doc")),
}
BY_BROWSER = {"chromium-pdf": (".pdf", _chromium)}
CASES = [
    *(pytest.param(name, id=name) for name in MAKERS),
    *(pytest.param(name, id=name, marks=pytest.mark.program("soffice")) for name in BY_OFFICE),
    *(pytest.param(name, id=name, marks=pytest.mark.program("chromium")) for name in BY_BROWSER),
]


@pytest.fixture(scope="module", params=SOURCES, ids=lambda p: p.stem)
def source(request: pytest.FixtureRequest, rules: Rules) -> tuple[Source, Assessment]:
    made = _source(request.param)
    return made, check(read_documents([str(made.path)]), rules.index, rules=rules)


@pytest.mark.parametrize("name", CASES)
def test_the_same_verdicts_and_quotes(
    source: tuple[Source, Assessment], name: str, rules: Rules, tmp_path: Path
) -> None:
    made, plain = source
    ending, make = {**MAKERS, **BY_OFFICE, **BY_BROWSER}[name]
    file = tmp_path / f"报告{ending}"
    make(made, file)
    other = check(read_documents([str(file)]), rules.index, rules=rules)
    lost = _lost(plain, other, made)
    assert len(lost) <= (1 - FIDELITY.get(ending[1:], 0.99)) * len(plain.analyses[0].sentences), lost
    assert _verdicts(other) == _verdicts(plain)
    assert _quotes(other, made) == _quotes(plain, made)
    if ending in (".pdf", ".ofd"):
        assert all(e.page for f in other.findings for e in f.evidence if e.where != "页面元数据")


def _verdicts(a: Assessment) -> dict[str, str]:
    return {f.indicator.id: f.verdict.value for f in a.findings}


def _quotes(a: Assessment, made: Source) -> set[tuple[str, str | None, str, bool, str]]:
    """All evidence that stands in the article, accepted or refused, with its folded quote."""
    begin = a.analyses[0].document.text.index(made.article[0][:12])
    return {
        (e.indicator, e.element, e.use, e.accepted, _folded(e.quote))
        for f in a.findings
        for e in f.evidence
        if e.start >= begin and e.where != "页面元数据" and e.refused_by != "G7-page"
    }


def _folded(text: str) -> str:
    return compact(fold(text)).text.replace(",", "")


def _lost(plain: Assessment, other: Assessment, made: Source) -> list[str]:
    """Sentences of the article that are not whole sentences in the other container."""
    have = {_folded(other.analyses[0].document.text[s.start : s.end]) for s in other.analyses[0].sentences}
    text = plain.analyses[0].document.text
    begin, end = text.index(made.article[0]), text.index(made.article[-1]) + len(made.article[-1])
    want = [_folded(text[s.start : s.end]) for s in plain.analyses[0].sentences if begin <= s.start and s.end <= end]
    return [w for w in want if w not in have]
