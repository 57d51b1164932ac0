"""Pages in a real Chromium: every test fails on a console error, a request to any address or a policy violation."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import ROOT, Run

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
PINNED = {"SOURCE_DATE_EPOCH": "1732400000"}
COUNTY = ROOT / "reports" / "qingyuan-county-2024.txt"
CITY = ROOT / "reports" / "linpu-city-2023.txt"

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, never a downloaded one, with a profile of its own."""
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """A page for given documents, through the command line; made once for the same arguments."""
    import os
    import subprocess
    import sys

    folder = tmp_path_factory.mktemp("pages")
    known: dict[tuple[str, ...], Path] = {}

    def make(*args: object) -> Path:
        key = tuple(map(str, args))
        if key not in known:
            target = folder / f"{len(known)}.html"
            subprocess.run(
                [sys.executable, "-m", "checker", "html", *key, "-o", str(target)],
                cwd=ROOT,
                env={**os.environ, **PINNED, "PYTHONPATH": str(ROOT)},
                check=True,
                capture_output=True,
                timeout=300,
            )
            known[key] = target
        return known[key]

    return make


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Open a file in a fresh context; afterwards nothing may have gone wrong or out."""
    contexts = []
    bad: list[str] = []

    def go(path: Path, width: int = 1280, height: int = 900, fragment: str = "", **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, offline=True, **options)
        contexts.append(context)
        context.add_init_script(
            "addEventListener('securitypolicyviolation', e => console.error('violation ' + e.violatedDirective))"
        )
        page = context.new_page()
        address = path.absolute().as_uri()
        page.on("console", lambda m: bad.append(f"{m.type}: {m.text}") if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: bad.append(f"error: {e}"))
        page.on("request", lambda r: bad.append(f"request: {r.url}") if r.url.split("#")[0] != address else None)
        page.goto(address + fragment)
        page.wait_for_selector("html[data-ready]", state="attached")
        return page

    yield go
    for context in contexts:
        context.close()
    assert bad == []


@pytest.fixture(scope="session")
def county_page(made: Callable[..., Path]) -> Path:
    """The county sample on a page."""
    return made(COUNTY)


@pytest.fixture
def county_result(run: Run) -> dict[str, Any]:
    """The county sample's JSON result, to hold the page against."""
    import json

    result: dict[str, Any] = json.loads(run("check", COUNTY, "--format", "json").stdout)
    return result
