"""Both ways between the text and the indicators, filters and keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import CITY, COUNTY, Open

pytestmark = pytest.mark.program("chromium")


def _shown(page: Page) -> list[str]:
    ids: list[str] = page.locator("#list .ind:not([hidden])").evaluate_all("all => all.map(x => x.id.slice(2))")
    return ids


def _comes_into_view(page: Page, selector: str) -> None:
    """Wait until the element stands wholly in the window; the scrolling takes a few frames."""
    page.wait_for_function(
        """selector => {
          const box = document.querySelector(selector).getBoundingClientRect();
          return box.height > 0 && box.top >= 0 && box.bottom <= innerHeight;
        }""",
        arg=selector,
        timeout=10_000,
    )


def test_every_indicator_and_the_ledger_stand_on_the_page(
    open_page: Open, county_page: Path, county_result: dict[str, Any]
) -> None:
    page = open_page(county_page)
    found = page.locator("#list .ind").evaluate_all("all => all.map(x => [x.id.slice(2), x.dataset.v])")
    assert found == [[f["id"], f["verdict"]] for f in county_result["findings"]]
    ledger = county_result["ledger"]
    four = [int(x) for x in page.locator(".numbers .count").all_text_contents()]
    outside = [int(x) for x in page.locator(".outside button b").all_text_contents()]
    assert sum(four) + sum(outside) == ledger["total"]
    assert four == [ledger["met"], ledger["partial"], ledger["weak"] + ledger["planned"], ledger["missing"]]
    bars = page.locator(".bars svg[role=img]")
    assert bars.count() == len(county_result["chapters"]) + 1
    assert all(" 项" in (bar.get_attribute("aria-label") or "") for bar in bars.all())
    text = page.locator("body").inner_text()
    for words in ("本结论依据提交文本自动比对，不等于评审得分", "重构", "未见证据」只说明本次提交文本中没有写到"):
        assert words in text
    for words in ("官方第", "合格", "预计通过", "排名"):
        assert words not in page.locator(".masthead, .overview, .foot").first.inner_text()


def test_the_text_is_there_to_the_letter(open_page: Open, county_page: Path, county_result: dict[str, Any]) -> None:
    page = open_page(county_page)
    sentences = page.locator(".s").evaluate_all("all => all.map(x => x.textContent)")
    original = "".join(COUNTY.read_text(encoding="utf-8").split())
    assert "".join("".join(sentences).split()) == original
    for finding in county_result["findings"]:
        for e in finding["evidence"]:
            assert any(e["quote"].strip() in s for s in sentences)


def test_verdict_chapter_unit_severity_and_text_filter_the_list(
    open_page: Open, county_page: Path, county_result: dict[str, Any]
) -> None:
    page = open_page(county_page)
    findings = county_result["findings"]
    page.locator('.verdicts [data-verdict="missing"]').click()
    assert _shown(page) == [f["id"] for f in findings if f["verdict"] == "missing"]
    page.locator('.verdicts [data-verdict="weak"]').click()
    assert _shown(page) == [f["id"] for f in findings if f["verdict"] in ("missing", "weak")]
    expect(page.locator("#shown")).to_contain_text(f"显示 {len(_shown(page))} 项，共 {len(findings)} 项")
    page.select_option("#by-chapter", "enforcement")
    assert _shown(page) == [
        f["id"] for f in findings if f["verdict"] in ("missing", "weak") and f["chapter"] == "enforcement"
    ]
    page.locator("#reset").click()
    assert len(_shown(page)) == len(findings)
    page.select_option("#by-severity", "red")
    assert _shown(page) == [f["id"] for f in findings if f["red_line"]]
    page.select_option("#by-severity", "")
    page.select_option("#by-unit", "司法局")
    ours = _shown(page)
    assert 0 < len(ours) < len(findings)
    units = page.locator("#list .ind:not([hidden])").evaluate_all("all => all.map(x => x.dataset.u)")
    assert all("司法局" in u.split("|") for u in units)
    page.locator("#reset").click()
    page.locator("#find").fill("法制审核")
    assert "2021-050" in _shown(page)
    page.locator("#find").fill("50")
    assert _shown(page) == ["2021-050"]
    page.locator("#find").fill("没有这样的指标")
    expect(page.locator("#none")).to_be_visible()
    page.locator("#clear").click()
    assert len(_shown(page)) == len(findings)


def test_the_numbers_and_chapters_of_the_head_filter_too(
    open_page: Open, county_page: Path, county_result: dict[str, Any]
) -> None:
    page = open_page(county_page)
    page.locator('.numbers [data-verdicts="weak planned"]').click()
    assert _shown(page) == [f["id"] for f in county_result["findings"] if f["verdict"] in ("weak", "planned")]
    page.locator('.bars [data-chapter="decisions"]').click()
    assert _shown(page) == [f["id"] for f in county_result["findings"] if f["chapter"] == "decisions"]


def test_an_indicator_lights_up_its_sentences(
    open_page: Open, county_page: Path, county_result: dict[str, Any]
) -> None:
    page = open_page(county_page)
    finding = next(
        f
        for f in county_result["findings"]
        if any(e["accepted"] for e in f["evidence"]) and any(e["refused_by"] for e in f["evidence"]) and f["missing"]
    )
    item = page.locator(f"#i-{finding['id']}")
    item.locator("summary").click()
    strong = page.locator(".s.lit:not(.weak)").all_text_contents()
    assert {s.strip() for s in strong} == {e["quote"].strip() for e in finding["evidence"] if e["accepted"]}
    _comes_into_view(page, ".s.lit.now")
    shown = int((item.locator("h4", has_text="采信的句子").first.locator(".tally").text_content() or "").split()[0])
    assert shown == len({(e["document"], e["start"]) for e in finding["evidence"] if e["accepted"]})
    refused = [e for e in finding["evidence"] if not e["accepted"]]
    for e in refused[:6]:
        expect(item.locator(".detail")).to_contain_text(e["note"])
    assert item.locator(".elements .no").count() == sum(not e["covered"] for e in finding["elements"])
    assert item.locator(".close-gap li").count() > 0
    expect(page.locator("#live")).to_contain_text(finding["title"])
    page.keyboard.press("Escape")
    expect(page.locator(".s.lit")).to_have_count(0)


def test_a_sentence_shows_what_it_supports_and_leads_back(
    open_page: Open, county_page: Path, county_result: dict[str, Any]
) -> None:
    page = open_page(county_page)
    sentence = page.locator(".body .s.u3").first
    sentence.click()
    text = sentence.text_content() or ""
    card = page.locator("#card")
    expect(card).to_be_visible()
    supported = {
        f["title"]
        for f in county_result["findings"]
        if any(e["accepted"] and e["quote"].strip() == text.strip() for e in f["evidence"])
    }
    assert supported
    for title in supported:
        expect(card).to_contain_text(title)
    for words in ("分句", "时态", "数据", "量化数据", "完成"):
        expect(card).to_contain_text(words)
    link = card.locator(".uses a").first
    target = (link.get_attribute("href") or "")[1:]
    link.click()
    assert page.locator(f"#{target}").evaluate("e => e.open")
    assert sentence.evaluate("e => e.classList.contains('lit')")
    page.locator("#card-close").click()
    expect(card).to_be_hidden()


def test_an_evidence_row_leads_to_its_sentence(open_page: Open, county_page: Path) -> None:
    page = open_page(county_page)
    item = page.locator("#i-2021-050")
    item.locator("summary").click()
    link = item.locator(".evidence a.go").first
    target = (link.get_attribute("href") or "")[1:]
    page.evaluate("scrollTo(0, 0)")
    link.click()
    _comes_into_view(page, f"#{target}")
    assert page.evaluate("document.activeElement.id") == target


def test_suggestions_stand_apart_and_light_nothing(
    open_page: Open, county_page: Path, county_result: dict[str, Any]
) -> None:
    page = open_page(county_page)
    finding = next(f for f in county_result["findings"] if f["suggestions"])
    item = page.locator(f"#i-{finding['id']}")
    item.locator("summary").click()
    box = item.locator(".maybe")
    expect(box).to_contain_text("可能相关，请人工判断")
    expect(box).to_contain_text("不是证据")
    assert box.locator("li").count() == len(finding["suggestions"])
    assert page.locator(".s.lit:not(.weak)").count() == 0


def test_keys_alone_are_enough(open_page: Open, county_page: Path) -> None:
    page = open_page(county_page)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"
    page.keyboard.type("法制审核")
    first = _shown(page)[0]
    page.locator(f"#i-{first} summary").focus()
    page.keyboard.press("ArrowDown")
    second = page.evaluate("document.activeElement.parentElement.id")
    assert second == f"i-{_shown(page)[1]}"
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    assert page.locator(f"#i-{first}").evaluate("e => e.open")
    page.keyboard.press("Escape")
    assert not page.locator(f"#i-{first}").evaluate("e => e.open")
    page.locator('.s[tabindex="0"]').first.focus()
    start = page.evaluate("document.activeElement.id")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.id") != start
    expect(page.locator("#live")).to_contain_text("成效")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.id") == start
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "card-body"
    page.keyboard.press("Escape")
    expect(page.locator("#card")).to_be_hidden()
    assert page.evaluate("document.activeElement.id") == start
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.locator("#shortcuts").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") != "find"


def test_documents_are_tabs(open_page: Open, made: Callable[..., Path]) -> None:
    page = open_page(made(COUNTY, CITY))
    expect(page.locator("#d0")).to_be_visible()
    expect(page.locator("#d1")).to_be_hidden()
    expect(page.locator("#tab-d1")).to_contain_text("往年报告")
    page.locator("#tab-d0").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#d1")).to_be_visible()
    assert page.locator("#tab-d1").get_attribute("aria-selected") == "true"


def test_a_link_into_the_page_opens_its_indicator(open_page: Open, county_page: Path) -> None:
    page = open_page(county_page, fragment="#i-2021-050")
    assert page.locator("#i-2021-050").evaluate("e => e.open")
    _comes_into_view(page, "#i-2021-050 > summary")


def test_what_changed_is_marked(open_page: Open, made: Callable[..., Path], tmp_path: Path) -> None:
    import subprocess
    import sys

    from tests.conftest import ROOT

    lines = COUNTY.read_text(encoding="utf-8")
    earlier = tmp_path / "上次.txt"
    sentence = "出台《清苑湾县重大行政决策程序实施细则》，对决策事项标准、程序、责任作出规定。"
    assert sentence in lines
    earlier.write_text(lines.replace(sentence, ""), encoding="utf-8")
    old = tmp_path / "old.json"
    done = subprocess.run(
        [sys.executable, "-m", "checker", "check", str(earlier), "-o", str(old)],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    page = open_page(made(COUNTY, "--against", old))
    fresh = page.locator(".s[data-m$='＋']").all_text_contents()
    assert any(sentence in s for s in fresh)
    assert all(sentence in s or "《" in s for s in fresh)
    expect(page.locator(".changes")).to_be_visible()
    marked = page.locator("#list .ind[data-d]")
    assert marked.count() > 0
    page.select_option("#by-change", "any")
    assert len(_shown(page)) == marked.count()
    same = open_page(made(COUNTY, "--against", _result(tmp_path)))
    expect(same.locator(".changes")).to_contain_text("没有变化")


def _result(folder: Path) -> Path:
    import subprocess
    import sys

    from tests.conftest import ROOT

    target = folder / "same.json"
    subprocess.run(
        [sys.executable, "-m", "checker", "check", str(COUNTY), "-o", str(target)],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    return target


def test_without_script_everything_can_still_be_read(
    browser: Browser, made: Callable[..., Path], county_result: dict[str, Any]
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900}, offline=True)
    page = context.new_page()
    page.goto(made(COUNTY, CITY).as_uri())
    expect(page.locator("#d0")).to_be_visible()
    expect(page.locator("#d1")).to_be_visible()
    page.locator("#i-2021-050 summary").click()
    expect(page.locator("#i-2021-050 .detail")).to_be_visible()
    assert page.locator("#list .ind summary").count() == len(county_result["findings"])
    context.close()


def test_waived_gaps_stay_gaps_and_are_marked(
    open_page: Open, made: Callable[..., Path], county_result: dict[str, Any], tmp_path: Path
) -> None:
    gap = next(f for f in county_result["findings"] if f["verdict"] == "partial")
    waivers = tmp_path / "豁免.yaml"
    waivers.write_text(
        f"""waivers:
  - indicator: "{gap["id"]}"
    verdict: partial
    reason: 机构改革过渡期<b>内</b>
    owner: 县司法局
    approver: 县政府分管领导
    expires: "2024-12-31"
""",
        encoding="utf-8",
    )
    page = open_page(made(COUNTY, "--waivers", waivers))
    item = page.locator(f"#i-{gap['id']}")
    expect(item.locator("summary")).to_contain_text("豁免")
    expect(item.locator("summary .chip")).to_contain_text("部分达标")
    item.locator("summary").click()
    expect(item.locator(".waived")).to_contain_text("机构改革过渡期<b>内</b>")
    expect(page.locator(".outside")).to_contain_text("已豁免 1")


def test_pages_of_the_file_are_shown(
    open_page: Open, made: Callable[..., Path], browser: Browser, tmp_path: Path
) -> None:
    context = browser.new_context(offline=True)
    source = context.new_page()
    lines = "".join(f"<p>{x}</p>" for x in COUNTY.read_text(encoding="utf-8").split("\n") if x.strip())
    source.set_content(f"<style>p {{ font-size: 16pt; line-height: 2 }}</style>{lines}")
    report = tmp_path / "报告.pdf"
    source.pdf(path=report, format="A4")
    context.close()
    page = open_page(made(report))
    shown = [int("".join(c for c in x if c.isdigit())) for x in page.locator(".page, .turn").all_text_contents()]
    assert shown == list(range(1, len(shown) + 1))
    assert len(shown) > 3
