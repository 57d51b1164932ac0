"""How quickly the page of ``checker html`` is there, as multiples of an empty page in one run: `make bench-page`.

First content is the browser's own first contentful paint; interactive is when the page's script has bound everything.
For the empty page both are measured the same way: its paint, and the end of its (empty) script.
"""

from __future__ import annotations

import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT.parent / "shared" / "data" / "reports" / "jindong-2021.txt"
ROUNDS = 9
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
EMPTY = """<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>空</title></head><body><p>空</p>
<script>performance.mark("ready")</script></body></html>"""
WATCH = """
new PerformanceObserver(list => { window.longest = Math.max(window.longest || 0, ...list.getEntries().map(e => e.duration)) })
  .observe({type: 'longtask', buffered: true});
"""


def long_text(size: int = 500_000, seed: int = 7) -> str:
    """A report of about ``size`` bytes from the sentences of the sample, figures varied, headings renumbered."""
    rng = random.Random(seed)
    lines = (ROOT / "reports" / "qingyuan-county-2024.txt").read_text(encoding="utf-8").split("\n")
    title, body = lines[0], [x for x in lines[4:] if x.strip()]
    out, length = [title], 0
    while length < size:
        for line in body:
            made = "".join(str(rng.randint(1, 9)) if c.isdigit() and rng.random() < 0.5 else c for c in line)
            out.append(made)
            length += len(made.encode()) + 1
    return "\n".join(out)


def page_of(report: Path, target: Path) -> Path:
    subprocess.run(
        [sys.executable, "-m", "checker", "html", str(report), "-o", str(target)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return target


def load(browser: Browser, path: Path) -> tuple[float, float]:
    """(first contentful paint, ready), both in milliseconds from the start of the navigation, in a fresh context."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    page = context.new_page()
    page.goto(path.as_uri())
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length > 0")
    paint, ready = page.evaluate(
        "[performance.getEntriesByName('first-contentful-paint')[0].startTime, performance.getEntriesByName('ready')[0].startTime]"
    )
    context.close()
    return paint, ready


def use(browser: Browser, path: Path) -> dict[str, float]:
    """Milliseconds from a click to what it shows, and the longest task while scrolling to the end."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready]", state="attached")
    timed = """async call => { const t = performance.now(); call(); await new Promise(requestAnimationFrame);
      await new Promise(r => setTimeout(r)); return performance.now() - t; }"""
    click = "(" + timed + ")(() => document.querySelector('#i-2021-050 summary').click())"
    sentence = "(" + timed + ")(() => document.querySelector('.body .s.u3').click())"
    search = (
        "("
        + timed
        + ")(() => { const f = document.getElementById('find'); f.value = '审核'; f.dispatchEvent(new Event('input')); })"
    )
    out = {
        "点指标到亮起": page.evaluate(click),
        "点句子到详情": page.evaluate(sentence),
        "输入查找词到筛出": page.evaluate(search),
    }
    page.evaluate("window.longest = 0")
    page.evaluate(
        "async () => { for (let y = 0; y < document.body.scrollHeight; y += 1500) { scrollTo(0, y); await new Promise(requestAnimationFrame); } }"
    )
    page.wait_for_timeout(300)
    out["滚到底的最长一帧"] = max(page.evaluate("window.longest || 0"), 0.0)
    context.close()
    return out


def main() -> None:
    with tempfile.TemporaryDirectory() as name, sync_playwright() as play:
        folder = Path(name)
        empty = folder / "empty.html"
        empty.write_text(EMPTY, encoding="utf-8")
        reports = {"样例报告": ROOT / "reports" / "qingyuan-county-2024.txt"}
        if SEED.is_file():
            reports["种子报告"] = SEED
        reports["500 KB 文本"] = folder / "long.txt"
        reports["500 KB 文本"].write_text(long_text(), encoding="utf-8")
        pages = {"空白页": empty}
        for number, (key, report) in enumerate(reports.items()):
            pages[key] = page_of(report, folder / f"{number}.html")
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        load(browser, empty)
        times: dict[str, list[tuple[float, float]]] = {key: [] for key in pages}
        for _ in range(ROUNDS):
            for key, path in pages.items():
                times[key].append(load(browser, path))
        paint0, ready0 = (statistics.median(t[i] for t in times["空白页"]) for i in (0, 1))
        print(
            f"各 {ROUNDS} 轮交替，取中位数；倍数以同一次运行里的空白页为 1（首屏 {paint0:.0f} ms，可用 {ready0:.0f} ms）"
        )
        for key, values in times.items():
            paint, ready = (statistics.median(t[i] for t in values) for i in (0, 1))
            size = pages[key].stat().st_size / 1000
            source = reports[key].stat().st_size / 1000 if key in reports else 0
            print(
                f"{key}\t报告 {source:.0f} KB → 网页 {size:.0f} KB\t首屏 {paint / paint0:.1f} 倍（{paint:.0f} ms）\t可用 {ready / paint0:.1f} 倍（{ready:.0f} ms）"
            )
        for key in reports:
            rounds = [use(browser, pages[key]) for _ in range(3)]
            print(f"{key}\t" + "\t".join(f"{k} {statistics.median(r[k] for r in rounds):.0f} ms" for k in rounds[0]))
        browser.close()


if __name__ == "__main__":
    main()
