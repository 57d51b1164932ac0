"""The report with its evidence as one self-contained page: no network, no outside font, a strict policy."""

from __future__ import annotations

from collections import Counter
from importlib import resources
from typing import Any

from markupsafe import Markup

from checker.model import Assessment, Snapshot
from checker.model.codes import LEVELS
from checker.model.words import LEDGER_ORDER as ORDER
from checker.outputs import Context
from checker.outputs.html.changes import change_views, earlier_view, fresh_sentences
from checker.outputs.html.indicators import ChapterView, chapter_views, shown_numbers
from checker.outputs.html.overview import overview_view
from checker.outputs.html.payload import payload
from checker.outputs.html.reading import document_views
from checker.outputs.html.safe import data_block, display, policy
from checker.outputs.html.words import CAVEAT, ROLE_SIGNS, USES

STYLES = ("base.css", "overview.css", "reading.css", "indicators.css", "print.css")
SCRIPTS = ("core.js", "reading.js", "card.js", "filters.js", "chrome.js", "start.js")


def render(assessment: Assessment, context: Context) -> bytes:
    """The page for one run."""
    return render_page(assessment, context)


def render_page(a: Assessment, context: Context, earlier: Snapshot | None = None) -> bytes:
    """The page; sentences that ``earlier`` did not count are marked. The same bytes for the same input."""
    style, head, script = _assets(STYLES), _assets(("head.js",)), _assets(SCRIPTS)
    numbers = shown_numbers(a.index.indicators)
    fresh = fresh_sentences(a, earlier)
    chapters = chapter_views(a, numbers, change_views(a.comparison), fresh)
    text: str = _template().render(
        policy=policy((head, script), style),
        style=Markup(style),
        head=Markup(head),
        script=Markup(script),
        data=data_block(payload(a, numbers)),
        title=_title(a),
        tool_version=context.tool_version,
        moment=f"{context.moment:%Y年%m月%d日 %H:%M}",
        place=display(a.place),
        level=LEVELS.get(a.level, a.level),
        year=a.year,
        index_title=a.index.title,
        caveat=CAVEAT,
        caution=a.index.caution,
        provenance=a.index.provenance,
        stamp=a.index.stamp,
        warnings=tuple(display(w) for w in a.warnings),
        documents=document_views(a, numbers, fresh),
        chapters=chapters,
        overview=overview_view(a, chapters),
        verdicts=ORDER,
        tally=tuple((v, a.ledger[v]) for v in ORDER),
        units=_units(chapters),
        role_signs=ROLE_SIGNS,
        uses=USES,
        earlier=earlier_view(a.comparison),
    )
    return f"{text}\n".encode()


def _title(a: Assessment) -> str:
    head = f"{display(a.place)}{f'{a.year}年' if a.year else ''}"
    return f"{head}法治政府建设对标结论"


def _units(chapters: tuple[ChapterView, ...]) -> tuple[tuple[str, int], ...]:
    """Units with the number of indicators they lead or support, busiest first."""
    counts = Counter(u for c in chapters for i in c.indicators for u in dict.fromkeys((*i.lead, *i.support)))
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _assets(names: tuple[str, ...]) -> str:
    folder = resources.files(__package__).joinpath("assets")
    text = "\n".join(folder.joinpath(name).read_text(encoding="utf-8") for name in names)
    # Inside <script> and <style> only the closing tag ends the text; ours never holds one.
    assert "</" not in text
    assert "<!--" not in text
    return text


def _template() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("checker.outputs.html", "templates")
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return made.get_template("page.html.j2")
