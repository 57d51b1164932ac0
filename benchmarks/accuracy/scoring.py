"""The figures of the scoring program, counted over rows so that they can be split by chapter or indicator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.accuracy.gold import MISSING as MISSING_ROW
from benchmarks.accuracy.gold import Label

__all__ = ["MISSING_ROW", "Row", "figures"]

ORDER = {
    "missing": 0,
    "not_applicable": 0,
    "manual": 0,
    "planned": 1,
    "weak": 2,
    "partial": 3,
    "met": 4,
    "admitted": 1,
    "failed": 1,
}
SILENT = {"missing", "manual", "not_applicable"}
GOOD = {"met", "partial", "weak"}
THREE = {"met": 2, "partial": 1, "weak": 1}
BAD = {"admitted", "failed"}


@dataclass(frozen=True, slots=True)
class Row:
    doc: str
    no: int
    want: Label
    got: str
    quotes: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def skipped(self) -> bool:
        return self.want.optional and self.got in ("missing", "weak", "planned", self.want.verdict)

    @property
    def speaks(self) -> bool:
        return self.want.verdict not in SILENT or self.got not in SILENT

    @property
    def exact(self) -> bool:
        return self.want.verdict == self.got or (
            self.want.borderline and self._step() <= 1 and not {self.want.verdict, self.got} & BAD
        )

    @property
    def within_one(self) -> bool:
        return self.exact or (self._step() <= 1 and not {self.want.verdict, self.got} & BAD)

    def _step(self) -> int:
        return abs(ORDER[self.want.verdict] - ORDER[self.got])

    @property
    def false_credit(self) -> bool:
        return self.got in ("met", "partial") and self.want.verdict in SILENT | BAD | {"planned"}

    @property
    def false_met(self) -> bool:
        return self.got == "met" and self.want.verdict in SILENT | BAD | {"planned", "weak"}

    @property
    def located(self) -> bool:
        return any(overlap(q, p) for q in self.quotes for p in self.want.quotes)


def overlap(a: str, b: str) -> bool:
    if a in b or b in a:
        return True
    short, long = sorted((a, b), key=len)
    half = max(4, len(short) // 2)
    return any(short[i : i + half] in long for i in range(len(short) - half + 1))


def figures(rows: Iterable[Row]) -> dict[str, float]:
    """said_f1, f1, exact, within1, acc3, false_credit, false_met, admit_r, located over rows."""
    n: Counter[str] = Counter()
    for r in (r for r in rows if not r.skipped):
        want, got = r.want.verdict, r.got
        n["all"] += 1
        n["three"] += THREE.get(want, 0) == THREE.get(got, 0)
        n["admit"] += want in BAD
        n["admit_ok"] += want in BAD and got in BAD
        for name, a, b in (("s", want not in SILENT, got not in SILENT), ("g", want in GOOD, got in GOOD)):
            n[name + "tp"] += a and b
            n[name + "fp"] += b and not a
            n[name + "fn"] += a and not b
        if r.speaks:
            n["rows"] += 1
            n["exact"] += r.exact
            n["within1"] += r.within_one
        n["false_credit"] += r.false_credit
        n["false_met"] += r.false_met
        if want not in SILENT and got not in SILENT and r.want.quotes:
            n["both"] += 1
            n["located"] += r.located

    def ratio(a: int, b: int) -> float:
        return round(a / b, 4) if b else 1.0

    def f1(p: str) -> float:
        return ratio(2 * n[p + "tp"], 2 * n[p + "tp"] + n[p + "fp"] + n[p + "fn"])

    return {
        "rows": n["rows"],
        "said_f1": f1("s"),
        "f1": f1("g"),
        "exact": ratio(n["exact"], n["rows"]),
        "within1": ratio(n["within1"], n["rows"]),
        "acc3": ratio(n["three"], n["all"]),
        "false_credit": n["false_credit"],
        "false_met": n["false_met"],
        "admit_r": ratio(n["admit_ok"], n["admit"]),
        "located": ratio(n["located"], n["both"]),
    }
