"""Widths, phone, light and dark, print, and what axe finds."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import CITY, COUNTY, Open

pytestmark = pytest.mark.program("chromium")
ONE_CHAPTER = "document.querySelectorAll('#list .chapter:not([data-chapter=enforcement])').forEach(x => x.remove())"
PHONE = {"width": 390, "height": 844, "is_mobile": True, "has_touch": True}


def _violations(page: Page, part: str = "body") -> list[str]:
    page.evaluate(resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate("part => axe.run(part, {resultTypes: ['violations']})", part)
    return [
        f"{v['impact']} {v['id']}: {v['nodes'][0]['html'][:200]}"
        for v in found["violations"]
        if v["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(open_page: Open, made: Callable[..., Path], scheme: str) -> None:
    page = open_page(made(COUNTY, CITY), color_scheme=scheme)
    if scheme == "dark":  # the same elements in other colours: one chapter of them is enough
        page.evaluate(ONE_CHAPTER)
    page.locator(".body .s.u3").first.click()
    page.locator("#i-2021-050 summary").click()
    page.locator(".legend summary").click()
    assert _violations(page) == []
    page.locator("#help-open").click()
    assert _violations(page, "#help") == []


def test_axe_finds_nothing_serious_on_a_phone(open_page: Open, county_page: Path) -> None:
    page = open_page(county_page, **PHONE)
    page.evaluate(ONE_CHAPTER)
    assert _violations(page) == []
    for view in ("report", "indicators"):
        page.locator(f'.views [data-view="{view}"]').tap()
        assert _violations(page, f"#{view}") == []


@pytest.mark.parametrize("width", [1280, 1920, 1024, 390])
def test_nothing_sticks_out(open_page: Open, county_page: Path, width: int) -> None:
    page = open_page(county_page, width=width)
    for view in ("overview", "report", "indicators"):
        page.evaluate("v => setView(v)", view)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_text_and_list_stand_side_by_side_and_on_a_phone_one_at_a_time(open_page: Open, county_page: Path) -> None:
    page = open_page(county_page)
    text, listed = page.locator("#report").bounding_box(), page.locator("#indicators").bounding_box()
    assert text
    assert listed
    assert text["x"] + text["width"] <= listed["x"]
    phone = open_page(county_page, **PHONE)
    expect(phone.locator("#report")).to_be_hidden()
    phone.locator('.views [data-view="indicators"]').tap()
    phone.locator("#i-2021-050 summary").tap()
    phone.locator("#i-2021-050 .evidence a.go").first.tap()
    expect(phone.locator("#report")).to_be_visible()
    expect(phone.locator("#indicators")).to_be_hidden()
    phone.locator(".body .s.u3").first.tap()
    expect(phone.locator("#card")).to_be_visible()


def test_light_and_dark_follow_the_system_and_the_switch(open_page: Open, county_page: Path) -> None:
    def ground(page: Page) -> str:
        colour: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
        return colour

    light, dark = open_page(county_page), open_page(county_page, color_scheme="dark")
    assert ground(light) != ground(dark)
    light.locator("#theme").click()
    assert ground(light) == ground(dark)
    assert light.locator("#theme").get_attribute("aria-pressed") == "true"
    light.reload()
    assert ground(light) == ground(dark)


def test_colours_are_not_the_only_sign(open_page: Open, county_page: Path) -> None:
    page = open_page(county_page)
    marks = set(page.locator(".s[data-m]").evaluate_all("all => all.map(x => x.dataset.m[0])"))
    assert {"成", "计", "问"} <= marks
    chips = page.locator("#list .ind > summary .chip .sign").all_text_contents()
    assert all(chips)
    assert len(set(chips)) >= 6


@pytest.mark.program("pdftotext")
@pytest.mark.program("pdfinfo")
def test_it_prints_on_a4_with_every_indicator_and_the_text(
    open_page: Open, county_page: Path, county_result: dict[str, Any], tmp_path: Path
) -> None:
    page = open_page(county_page, color_scheme="dark")
    page.locator(".body .s.u3").first.click()
    file = tmp_path / "print.pdf"

    def printed() -> str:
        page.pdf(path=file, prefer_css_page_size=True)
        done = subprocess.run(["pdftotext", file, "-"], check=True, capture_output=True, timeout=60)
        return "".join(done.stdout.decode("utf-8").split())

    text = printed()
    info = subprocess.run(["pdfinfo", file], check=True, capture_output=True, timeout=60).stdout.decode()
    assert "A4" in info
    for finding in county_result["findings"]:
        assert "".join(finding["title"].split()) in text
    assert "强化矛盾纠纷源头预防" in text  # the end of the report: what was never scrolled to prints, too
    assert "不等于评审得分" in text
    assert "操作说明" not in text
    assert "要附的佐证" not in text
    page.evaluate("document.documentElement.dataset.print = 'list details'")
    text = printed()
    assert "要附的佐证" in text
    assert "口径与出处" in text
    assert page.locator("#list .ind[open]").count() == 0
    page.emulate_media(media="print")
    grounds = set(page.locator("#list .chip").evaluate_all("all => all.map(x => getComputedStyle(x).backgroundColor)"))
    numbers = [[int(n) for n in g.removeprefix("rgb(").removesuffix(")").split(",")] for g in grounds]
    assert all(len(set(n)) == 1 for n in numbers), grounds
