"""``python -m benchmarks.accuracy [--diff] [--only 1,2,3] GOLD.yaml|FOLDER...``"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.accuracy.gold import load
from benchmarks.accuracy.judges import GATES, Judge, bigram, checker, keyword, without
from benchmarks.accuracy.overfit import quoted
from benchmarks.accuracy.scoring import Row, figures
from checker.index import load_index
from checker.matching import prepare

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "gold"


def line(name: str, rows: list[Row]) -> str:
    return f"{name:<28}" + " ".join(f"{k}={v}" for k, v in figures(rows).items())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="*", type=Path)
    parser.add_argument("--diff", action="store_true", help="list every disagreement with sentence and reasons")
    parser.add_argument("--only", default="", help="indicator numbers, comma separated")
    parser.add_argument("--brief", action="store_true", help="only the checker's own figures")
    parser.add_argument("--index", default="2021")
    args = parser.parse_args()
    given = [g for path in args.gold for g in (sorted(path.glob("*.yaml")) if path.is_dir() else [path])]
    golds = given or sorted(SHARED.glob("*.yaml"))
    if not golds:
        raise SystemExit("没有标注文件：请给出 GOLD.yaml")
    rules = prepare(load_index(args.index))
    only = {int(n) for n in args.only.split(",") if n}

    def run(judge: Judge, gold: Path) -> list[Row]:
        return [r for labelled in load(gold) for r in judge(labelled) if not only or r.no in only]

    for gold in golds:
        rows = run(checker(rules), gold)
        print(line(gold.stem, rows))
        if args.diff:
            for r in rows:
                if r.speaks and not r.skipped and r.got != r.want.verdict:
                    flag = "  FALSE CREDIT" if r.false_credit else "" if not r.exact else "  (borderline)"
                    print(
                        f"  {r.doc[:22]}\t{r.no}\twant={r.want.verdict}\tgot={r.got}{flag}\t{(r.want.quotes or r.quotes or ('',))[0][:60]}"
                    )
                    for reason in r.reasons:
                        print(f"      {reason}")
        if args.brief:
            continue
        for chapter in rules.index.chapters:
            numbers = {i.no for i in rules.index.indicators if i.chapter == chapter.id}
            print(line("  " + chapter.id, [r for r in rows if r.no in numbers]))
        for no in sorted({r.no for r in rows if r.speaks and not r.skipped and not r.exact}):
            print(line(f"    指标 {no}", [r for r in rows if r.no == no]))
        docs = sorted({r.doc for r in rows})
        if len(docs) > 3:
            for name, half in (("单数份", docs[::2]), ("双数份", docs[1::2])):
                print(line("  " + name, [r for r in rows if r.doc in half]))
        for name, gates in GATES.items():
            with without(gates):
                print(line(f"  无 {name}", run(checker(rules), gold)))
        print(line("  关键词匹配", run(keyword(rules), gold)))
        print(line("  二元字相似", run(bigram(rules), gold)))
    if not args.brief:
        print("只在一份文本里出现的最长说法（超过 10 字的要复核）：")
        texts = sorted((golds[0].parent.parent / "reports").glob("*.txt")) or [e.path for g in golds for e in load(g)]
        for length, no, phrase, name in quoted(rules, [t for t in texts if "_hn_" not in t.name]):
            print(f"  {length} 字\t{no}\t{phrase}\t{name}")


if __name__ == "__main__":
    main()
