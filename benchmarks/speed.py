"""Speeds as ratios within one run on this machine: `make bench`.

Prints medians over interleaved rounds: reading alone, text analysis without indicators, the whole engine, and a naive
`in` search of every phrase; then cold starts as multiples of bare Python.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from checker.api import assess
from checker.documents import read_document
from checker.index import load_index
from checker.matching import prepare
from checker.text.normalize import compact, fold
from checker.text.sentences import analyze

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 5
REPORTS = 40


def corpus(folder: Path, seed: int = 7) -> list[Path]:
    """Reports made from the sentences of the samples, shuffled within their sections, figures varied."""
    rng = random.Random(seed)
    lines = [
        line
        for p in sorted((ROOT / "reports").glob("*.txt"))
        for line in p.read_text(encoding="utf-8").split("\n")
        if line.strip()
    ]
    out = []
    for n in range(REPORTS):
        body = [line for line in lines if rng.random() < 0.8]
        text = "\n".join("".join(str(rng.randint(1, 9)) if c.isdigit() else c for c in line) for line in body)
        path = folder / f"{n:03d}.txt"
        path.write_text(text, encoding="utf-8")
        out.append(path)
    return out


def timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def cold(*args: str) -> float:
    return timed(lambda: subprocess.run([sys.executable, *args], check=True, capture_output=True, cwd=ROOT))


def main() -> None:
    rules = prepare(load_index("2021"))
    with tempfile.TemporaryDirectory() as name:
        paths = corpus(Path(name))
        size = sum(p.stat().st_size for p in paths) / 1e6
        documents = [read_document(str(p)) for p in paths]
        jobs: dict[str, Callable[[], object]] = {
            "只读文件": lambda: [read_document(str(p)) for p in paths],
            "只做文本分析": lambda: [analyze(d) for d in documents],
            "整个引擎": lambda: [assess((analyze(read_document(str(p))),), rules.index, rules) for p in paths],
            "逐词 in 查找": lambda: [
                [t.count(p) for p in rules.phrases] for t in (compact(fold(d.text)).text for d in documents)
            ],
        }
        times: dict[str, list[float]] = {k: [] for k in jobs}
        for _ in range(ROUNDS):
            for key, job in jobs.items():
                times[key].append(timed(job))
        base = statistics.median(times["只做文本分析"])
        print(
            f"{len(paths)} 份报告，{size:.2f} MB，{len(rules.phrases)} 个词，{len(rules.rules)} 种说法，各 {ROUNDS} 轮取中位数"
        )
        for key, values in times.items():
            middle = statistics.median(values)
            print(f"{key}\t{size / middle:8.2f} MB/s\t是文本分析的 {middle / base:6.2f} 倍时间")
        sample = str(ROOT / "reports" / "qingyuan-county-2024.txt")
        starts: dict[str, list[str]] = {
            "bare python": ["-c", "pass"],
            "--help": ["-m", "checker", "--help"],
            "check --format json": ["-m", "checker", "check", sample, "--format", "json"],
            "check -o xlsx": ["-m", "checker", "check", sample, "-o", str(Path(name) / "out.xlsx")],
        }
        colds: dict[str, list[float]] = {k: [] for k in starts}
        for _ in range(ROUNDS):
            for key, args in starts.items():
                # A workbook that stands there already would be merged into: another job, and not what is compared.
                (Path(name) / "out.xlsx").unlink(missing_ok=True)
                colds[key].append(cold(*args))
        bare = statistics.median(colds["bare python"])
        for key, values in colds.items():
            print(f"{key}\t{statistics.median(values) / bare:6.1f} 倍裸 Python")
        book, data = (statistics.median(colds[k]) for k in ("check -o xlsx", "check --format json"))
        print(f"全部工作表与只写 JSON 之比\t{book / data:.2f}")


if __name__ == "__main__":
    main()
