"""Seeded reports for the benchmarks: sentences of the samples and of the indicators' examples, figures and names varied.

A report has the outline of a real one (title, achievements by chapter, problems, plans), and so all gates have work.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from checker.index import load_index

ROOT = Path(__file__).resolve().parent.parent
PLACES = [a + b for a in "青临安永泰宁长平清高新东西南北" for b in ("源", "河", "阳", "山", "川", "水", "城", "岭")]
_NUMERALS = "一二三四五六七八九十"


@cache
def _sentences() -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...], tuple[str, ...], tuple[str, ...]]:
    """Lines of the samples; example sentences by chapter for achievements; for problems; for plans."""
    lines = [
        line.strip()
        for p in sorted((ROOT / "reports").glob("*.txt"))
        for line in p.read_text(encoding="utf-8").split("\n")
        if len(line.strip()) > 40
    ]
    index = load_index("2021")
    rows: dict[str, list[str]] = {c.id: [] for c in index.chapters}
    problems, plans = [], []
    for i in index.indicators:
        for e in i.examples:
            if e.section == "problem":
                problems.append(e.text)
            elif e.section == "plan":
                plans.append(e.text)
            elif e.section is None and len(e.text) < 200:
                rows[i.chapter].append(e.text)
    return tuple(lines), tuple(map(tuple, rows.values())), tuple(problems), tuple(plans)


def report(rng: random.Random, chars: int) -> str:
    """One report of about ``chars`` characters."""
    lines, chapters, problems, plans = _sentences()
    place, year = rng.choice(PLACES) + rng.choice("县县县区市"), rng.randint(2019, 2024)
    out = [f"{place}{year}年法治政府建设情况报告", f"发布时间：{year + 1}-03-{rng.randint(1, 28):02d}", ""]
    out.append(f"{year}年，{place}坚持以习近平法治思想为指导，推进法治政府建设，现将有关情况报告如下。")
    out.append("一、主要举措和成效")
    size, n = 0, 0
    while size < chars * 0.85:
        chapter = chapters[n % len(chapters)]
        out.append(f"（{_NUMERALS[n % 10]}）{'深化' if n % 2 else '推进'}第{n + 1}方面工作。")
        parts = [rng.choice(chapter) for _ in range(rng.randint(2, 5))]
        parts += [rng.choice(lines) for _ in range(rng.randint(2, 4))]
        rng.shuffle(parts)
        text = "".join(p if p[-1] in "。；！？" else p + "。" for p in parts)
        out.append(text)
        size += len(text)
        n += 1
    out.append("二、存在的主要问题")
    out.append("".join(f"{_NUMERALS[k]}是{rng.choice(problems)}" for k in range(3)))
    out.append("三、下一步工作打算")
    out.append("".join(f"{_NUMERALS[k]}是{rng.choice(plans)}" for k in range(4)))
    text = "\n".join(out) + "\n"
    head, body = text[:60], text[60:]
    return head + re.sub(r"\d", lambda m: m[0] if rng.random() < 0.5 else str(rng.randint(1, 9)), body)


def reports(count: int, chars: int = 9_000, seed: int = 7) -> Iterator[str]:
    """``count`` reports of about ``chars`` characters, the same for the same seed."""
    rng = random.Random(seed)
    return (report(rng, chars) for _ in range(count))


def write(folder: Path, count: int, chars: int = 9_000, seed: int = 7) -> list[Path]:
    """The reports as files."""
    folder.mkdir(parents=True, exist_ok=True)
    out = []
    for n, text in enumerate(reports(count, chars, seed)):
        path = folder / f"{n:06d}.txt"
        path.write_text(text, encoding="utf-8")
        out.append(path)
    return out
