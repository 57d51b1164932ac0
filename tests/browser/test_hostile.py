"""Text from documents never becomes markup or script; a long document stays usable."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import COUNTY, Open

pytestmark = pytest.mark.program("chromium")

HOSTILE = """清苑县2024年法治政府建设年度报告<script>window.pwned=1</script>
一、主要成效
</script><script>window.pwned=2</script>全年审核重大执法决定257件，法制审核率100%。
<img src=x onerror="window.pwned=3">公布重大执法决定法制审核目录清单23个。"'`><svg onload=window.pwned=4>
<!--<script>window.pwned=5//-->全县开展法治督察2次，{{ 7 * 7 }}{% raw %}发现问题35个。&lt;b&gt;&#60;i&#62;
</span></p></div></article></section></main>全年受理行政复议申请86件\u2028，审结79件\u202e倒过来\u202c。𠮷𠮷𠮷公开复议决定书48份。
</style><style>*{display:none}</style>javascript:alert(1) 举办培训班6期\x0b\x1b[31m，培训\u00ad1200人。
二、存在的问题
一是<b onclick=window.pwned=6>个别部门</b>权责清单动态调整不够及时。
"""


def test_hostile_text_stays_text(open_page: Open, made: Callable[..., Path], tmp_path: Path) -> None:
    report = tmp_path / "<b>报告&'.txt"
    report.write_text(HOSTILE, encoding="utf-8")
    page = open_page(made(report))
    assert page.evaluate("window.pwned") is None
    assert page.locator(".paper img, .paper b, .paper svg, .paper script, .paper style, main script").count() == 0
    shown = "".join(page.locator(".s").all_text_contents())
    for words in (
        "<script>window.pwned=1</script>",
        "</script><script>window.pwned=2</script>",
        '<img src=x onerror="window.pwned=3">',
        "{{ 7 * 7 }}{% raw %}",
        "&lt;b&gt;&#60;i&#62;",
        "</span></p></div></article></section></main>",
        "<b onclick=window.pwned=6>个别部门</b>",
    ):
        assert words in shown
    assert not set(shown) & set("\u202e\x0b\x1b")
    for sentence in page.locator(".s:not(.hd)").all():
        sentence.click(force=True)
        expect(page.locator("#card")).to_be_visible()
    for summary in page.locator("#list .ind:has(.evidence) > summary").all():
        summary.click()
    assert page.evaluate("window.pwned") is None
    assert page.locator("#indicators img, #indicators script, .detail svg").count() == 0


def test_matches_are_marked_at_the_right_characters(open_page: Open, made: Callable[..., Path], tmp_path: Path) -> None:
    report = tmp_path / "报告.txt"
    report.write_text(HOSTILE, encoding="utf-8")
    page = open_page(made(report))
    page.locator("#i-2021-050 summary").click()
    marked = page.evaluate("[...CSS.highlights.get('matched')].map(r => r.toString())")
    assert any("审核" in m for m in marked)
    assert not any("script" in m or "img" in m for m in marked)


def test_a_long_document_is_laid_out_where_one_looks(
    open_page: Open, made: Callable[..., Path], tmp_path: Path
) -> None:
    lines = COUNTY.read_text(encoding="utf-8").split("\n")
    title, body = lines[0], [x for x in lines[4:] if x.strip()]
    text = "\n".join([title, *(body * 40)])
    report = tmp_path / "长报告.txt"
    report.write_text(text, encoding="utf-8")
    assert report.stat().st_size > 350_000
    page = open_page(made(report))
    blocks = page.locator(".block").count()
    assert blocks > 60
    skipped = page.locator(".block").evaluate_all(
        "all => all.filter(b => !b.firstElementChild.checkVisibility({contentVisibilityAuto: true})).length"
    )
    assert skipped > blocks * 0.8
    page.locator("#i-2021-050 summary").click()
    page.locator("#step-back").click()
    page.wait_for_function(
        "() => { const b = document.querySelector('.s.now').getBoundingClientRect(); return b.top >= 0 && b.bottom <= innerHeight }"
    )
    rest = page.locator("#i-2021-050 .rest").first
    before = page.locator("#i-2021-050 .evidence").first.locator("li").count()
    rest.click()
    assert page.locator("#i-2021-050 .evidence").first.locator("li").count() > before


def test_a_script_that_is_not_ours_does_not_run(browser: Browser, county_page: Path, tmp_path: Path) -> None:
    text = county_page.read_text(encoding="utf-8")
    for name, changed in (
        ("changed", text.replace("startReading();", "startReading();window.pwned=1;")),
        ("added", text.replace("</main>", "<script>window.pwned=1</script></main>")),
        ("handler", text.replace("<main>", '<main><img src="data:," onerror="window.pwned=1">')),
        ("frame", text.replace("<main>", '<main><iframe src="data:text/html,x"></iframe>')),
        ("style", text.replace("<main>", '<main style="color:red">')),
    ):
        assert changed != text
        target = tmp_path / f"{name}.html"
        target.write_text(changed, encoding="utf-8")
        context = browser.new_context(offline=True)
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda m, said=said: said.append(m.text))
        page.goto(target.as_uri())
        page.wait_for_timeout(100)
        assert page.evaluate("window.pwned") is None
        assert any("Content Security Policy" in s for s in said), name
        context.close()
