"""``make bench``: speeds as ratios within one run on this machine, medians of interleaved rounds.

(a) the engine beside naive search over the same rules, ``rg``/``grep`` and text analysis alone; (b) cold starts as
multiples of bare Python; (c) peak memory; (d) growth; (e) where the time goes. ``--full`` goes to 10,000 reports, 10 MB
and 8 workers.
"""

from __future__ import annotations

import gc
import os
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from msgspec.structs import replace

from benchmarks.corpus import reports, write
from benchmarks.oracle import hits as naive_hits
from checker.api import assess
from checker.documents import read_document
from checker.index import load_index
from checker.matching import Rules, prepare
from checker.matching.collect import _matches
from checker.matching.scanner import Hits
from checker.model import Analysis, Assessment, Element, Indicator, Term, Way
from checker.outputs.json import as_dict
from checker.text.sentences import analyze

ROOT = Path(__file__).resolve().parent.parent
REAL = ROOT.parent / "shared" / "data" / "reports"
ROUNDS = 3
STAGES = {
    "read_document": "读文件、解码",
    "fold": "归一",
    "compact": "归一",
    "Seen.__init__": "找提示词",
    "read_reporter": "题名、层级、文种",
    "pieces": "栏目",
    "analyze": "断句、章节性质",
    "Hits.__init__": "一遍扫描",
    "within": "取本句的命中",
    "candidates": "挑出可能的说法",
    "quantity_spans": "数字",
    "quantities": "数字",
    "clauses": "分句的时态、极性、主体",
    "citations": "引用",
    "match": "要素：各词是否齐、在不在一处",
    "refusal": "各道门",
    "strength": "强度",
    "_evidence": "写成证据",
    "collect": "汇集证据",
    "judge": "定结论",
    "assess": "定结论",
}


def seconds(call: Callable[[], object]) -> float:
    """CPU time of a call: other programs on the machine disturb it less than the clock on the wall."""
    start = time.process_time()
    call()
    return time.process_time() - start


def medians(jobs: dict[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, float]:
    """Every job once a round, round after round."""
    times: dict[str, list[float]] = {k: [] for k in jobs}
    for _ in range(rounds):
        for key, job in jobs.items():
            times[key].append(seconds(job))
    return {k: statistics.median(v) for k, v in times.items()}


def engine(paths: list[Path], rules: Rules) -> list[Assessment]:
    return [assess((analyze(read_document(str(p))),), rules.index, rules) for p in paths]


def everything(paths: list[Path], rules: Rules) -> None:
    for p in paths:
        as_dict(assess((analyze(read_document(str(p))),), rules.index, rules), tool_version="0")


def attributes(paths: list[Path]) -> None:
    for p in paths:
        for s in analyze(read_document(str(p))).sentences:
            _ = s.clauses, s.quantities, s.citations, s.noise


def found(analysis: Analysis, rules: Rules) -> set[object]:
    number = {id(r): n for n, r in enumerate(rules.every)}
    matches = _matches(analysis, rules, Hits(rules, analysis.view.text))
    return {(m.place.sentence.number, number[id(m.rule)], m.spans, m.touched) for m in matches}


def beside(folder: Path, rules: Rules) -> None:
    """(a)"""
    paths = write(folder / "a", 24)
    few = [analyze(read_document(str(p))) for p in paths[:2]]
    differing = sum(len(found(a, rules) ^ naive_hits(a, rules)) for a in few)
    size = sum(p.stat().st_size for p in paths) / 1e6
    few_size = sum(p.stat().st_size for p in paths[:2]) / 1e6
    plain = [replace_text(p, folder) for p in paths]
    evidence = sum(len(f.evidence) for a in engine(paths, rules) for f in a.findings)
    times = medians(
        {
            "引擎（读、分析、匹配、判定）": lambda: engine(paths, rules),
            "引擎，再加体检、台账、提示句、JSON": lambda: everything(paths, rules),
            "引擎，没有命中的文字": lambda: engine(plain, rules),
            "文本分析（按需）": lambda: [analyze(read_document(str(p))) for p in paths],
            "文本分析（每句的属性都算）": lambda: attributes(paths),
            "只扫描": lambda: [Hits(rules, a.view.text) for a in few],
        }
    )
    scan = times.pop("只扫描")
    if REAL.is_dir():
        real = sorted(REAL.rglob("*.txt"))
        took = medians({"": lambda: engine(real, rules)})[""]
        print(f"\n    真实文本 {len(real)} 份：引擎 {sum(p.stat().st_size for p in real) / took / 1e6:.2f} MB/s")
    rows = {k: size / v for k, v in times.items()}
    rows["只扫描"] = few_size / scan
    slow = statistics.median(seconds(lambda: [naive_hits(analyze(a.document), rules) for a in few]) for _ in range(2))
    rows["朴素查找（逐条逐句 find 和 re，只到命中）"] = few_size / slow
    phrases = folder / "phrases.txt"
    phrases.write_text("\n".join(rules.phrases), encoding="utf-8")
    for name, command in (
        ("rg -j1 -o -F -f", ["rg", "-j1", "-o", "-F", "-f"]),
        ("grep -o -F -f", ["grep", "-o", "-F", "-f"]),
    ):
        if shutil.which(command[0]):
            rows[name] = size / child([*command, str(phrases), *map(str, paths)])[0]
    base = rows["朴素查找（逐条逐句 find 和 re，只到命中）"]
    print(f"\n(a) {len(paths)} 份，{size:.2f} MB，{len(rules.phrases)} 个词，{rules.count} 条说法，{evidence} 条证据")
    print(f"    与朴素查找的命中相差 {differing} 处")
    for name, rate in rows.items():
        print(f"    {name}\t{rate:8.2f} MB/s\t{rate / base:7.1f} 倍朴素查找")
    if differing:
        raise SystemExit("命中与朴素查找不一致")


def replace_text(path: Path, folder: Path) -> Path:
    """The same text with other characters: the outline stays, no phrase is left."""
    text = path.read_text(encoding="utf-8")
    keep = "一二三四五六七八九十年月日"
    out = "".join(chr(ord(c) + 1) if "一" <= c <= "鿀" and c not in keep else c for c in text)
    target = folder / "none" / path.name
    target.parent.mkdir(exist_ok=True)
    target.write_text(out, encoding="utf-8")
    return target


def child(args: list[str], env: dict[str, str] | None = None) -> tuple[float, int]:
    """CPU seconds and peak memory (MiB) of a process."""
    code = (
        "import resource,subprocess,sys\nsubprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL,stderr=subprocess.DEVNULL)\n"
        "u=resource.getrusage(resource.RUSAGE_CHILDREN)\nprint(u.ru_utime+u.ru_stime,u.ru_maxrss)"
    )
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [sys.executable, "-c", code, *args],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**kept, **(env or {})},
        check=True,
    )
    cpu, memory = done.stdout.split()
    return float(cpu), int(memory) // 1024


# Over an earlier workbook the run also reads it and merges what was typed: another job, told apart.
NEW = "checker check -o xlsx，新写"


def cold(folder: Path) -> None:
    """(b) and (c)"""
    sample, out = str(ROOT / "reports" / "qingyuan-county-2024.txt"), str(folder / "out.xlsx")
    long = folder / "long.txt"
    long.write_text("".join(reports(1, 3_000_000 // 3 if "--full" not in sys.argv else 3_400_000)), encoding="utf-8")
    many = folder / "many"
    write(many, 200 if "--full" not in sys.argv else 1000, 1200)
    starts = {
        "python -c pass": ["-c", "pass"],
        "checker --help": ["-m", "checker", "--help"],
        "checker check --format json": ["-m", "checker", "check", sample, "--format", "json"],
        NEW: ["-m", "checker", "check", sample, "-o", out],
        "checker check -o xlsx，对已有的工作簿": ["-m", "checker", "check", sample, "-o", out],
    }
    seen: dict[str, list[tuple[float, int]]] = {k: [] for k in starts}
    for _ in range(ROUNDS + 2):
        for key, args in starts.items():
            if key == NEW:
                Path(out).unlink(missing_ok=True)
            seen[key].append(child([sys.executable, *args]))
    bare = statistics.median(t for t, _ in seen["python -c pass"])
    print("\n(b) 冷启动（处理器时间）和 (c) 内存峰值")
    for key, values in seen.items():
        print(
            f"    {key}\t{statistics.median(t for t, _ in values) / bare:6.1f} 倍裸 Python\t{max(m for _, m in values)} MiB"
        )
    for name, args in (
        (f"check 一份 {long.stat().st_size / 1e6:.1f} MB 的报告", ["check", str(long), "--format", "json"]),
        (f"batch {len(list(many.iterdir()))} 份，一个进程", ["batch", str(many), "-o", out, "--jobs", "1"]),
    ):
        took, memory = child([sys.executable, "-m", "checker", *args])
        print(f"    {name}\t{took:6.1f} s\t{memory} MiB（父进程或其最大的子进程）")


def growth(folder: Path, rules: Rules) -> None:
    """(d)"""
    full = "--full" in sys.argv
    print("\n(d) 增长：每 MB 的时间，第一行为 1")
    print("    报告份数")
    rows(((str(n), write(folder / f"n{n}", n, 2000)) for n in (1, 10, 100, *((1000, 10_000) if full else ()))), rules)
    print("    一份的字数")
    sizes = (400, 4_000, 40_000, 400_000, *((3_600_000,) if full else ()))
    rows(((f"{c}", write(folder / f"c{c}", max(1, 40_000 // c), c)) for c in sizes), rules)
    print("    指标条数（多出来的是写法相同、字不同的指标）")
    paths = write(folder / "i", 12)
    first = 0.0
    for times in (1, 2, 5, 10):
        more = prepare(replace(rules.index, indicators=multiplied(rules.index.indicators, times)))
        took = medians({"": lambda m=more: engine(paths, m)})[""]  # type: ignore[misc]
        first = first or took
        print(f"        {len(more.index.indicators)}\t{took / first:5.2f}")
    print("    进程数（墙上时间，含启动和汇总）")
    write(folder / "w", 2000 if full else 300, 2000)
    first = 0.0
    for jobs in (1, 2, 4, 8) if full else (1, 2):
        start = time.perf_counter()
        out = folder / f"w{jobs}.xlsx"
        subprocess.run(
            [sys.executable, "-m", "checker", "batch", str(folder / "w"), "-o", str(out), "--jobs", str(jobs)],
            cwd=ROOT, check=True, capture_output=True,
        )  # fmt: skip
        took = time.perf_counter() - start
        first = first or took
        print(f"        {jobs}\t{first / took:5.2f} 倍")


def rows(cases: object, rules: Rules) -> None:
    first = 0.0
    for name, paths in cases:  # type: ignore[attr-defined]
        size = sum(p.stat().st_size for p in paths) / 1e6
        took = medians({"": lambda p=paths: engine(p, rules)}, 3 if size < 3 else 1)[""] / size  # type: ignore[misc]
        first = first or took
        print(f"        {name}\t{size:8.3f} MB\t{took / first:5.2f}")


def multiplied(indicators: tuple[Indicator, ...], times: int) -> tuple[Indicator, ...]:
    """The indicators and ``times - 1`` copies of them in words that no text has."""

    def term(t: Term, by: int) -> Term:
        def other(options: tuple[str, ...]) -> tuple[str, ...]:
            return tuple("".join(chr(0x3400 + (ord(c) + by * 97) % 0x1900) for c in o) for o in options)

        return t if t.kind in ("regex", "meta", "number") else replace(t, options=other(t.options))

    def ways(found: tuple[Way, ...], by: int) -> tuple[Way, ...]:
        return tuple(Way.of(w.text, tuple(term(t, by) for t in w.terms)) for w in found)

    def element(e: Element, by: int) -> Element:
        return replace(e, ways=ways(e.ways, by))

    out = list(indicators)
    for by in range(1, times):
        for i in indicators:
            other = replace(
                i, id=f"{i.id}-{by}", about=ways(i.about, by), elements=tuple(element(e, by) for e in i.elements),
                metrics=(), admits=ways(i.admits, by), fails=ways(i.fails, by),
            )  # fmt: skip
            out.append(other)
    return tuple(out)


def shares(folder: Path, rules: Rules) -> None:
    """(e) by looking every few milliseconds at which stage is under way."""
    seen: Counter[str] = Counter()

    def look(_: int, frame: FrameType | None) -> None:
        while frame is not None:
            name = STAGES.get(frame.f_code.co_qualname) or STAGES.get(frame.f_code.co_name)
            if name:
                seen[name] += 1
                return
            frame = frame.f_back

    paths = write(folder / "e", 24)
    signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, 0.002, 0.002)
    engine(paths, rules)
    engine(paths, rules)
    signal.setitimer(signal.ITIMER_PROF, 0)
    total = sum(seen.values())
    print(f"\n(e) 各阶段所占（{total} 次抽样）")
    for name, count in seen.most_common():
        print(f"    {name}\t{100 * count / total:5.1f}%")


def main() -> None:
    gc.set_threshold(100_000, 20, 100)
    rules = prepare(load_index("2021"))
    only = [a for a in sys.argv[1:] if not a.startswith("-")]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        parts: dict[str, Callable[[], None]] = {
            "a": lambda: beside(folder, rules),
            "b": lambda: cold(folder),
            "d": lambda: growth(folder, rules),
            "e": lambda: shares(folder, rules),
        }
        for key, part in parts.items():
            if not only or key in only:
                part()
    print(f"\n本进程内存峰值 {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")


if __name__ == "__main__":
    main()
