"""Fidelity of the readers: ``python -m benchmarks.readers``. For every sample and container: sentences intact, verdicts
and quotes that differ from the plain text's, and the time to read (median of five, the reading process already running).
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from pathlib import Path

from checker.api import check, read_documents
from checker.documents import read_document
from checker.index import load_index
from checker.matching import prepare
from tests.acceptance.test_containers import (
    BY_BROWSER,
    BY_OFFICE,
    MAKERS,
    SOURCES,
    _lost,
    _quotes,
    _source,
    _verdicts,
)


def main() -> None:
    """Print a table."""
    rules = prepare(load_index("2021"))
    makers = dict(MAKERS)
    if shutil.which("soffice"):
        makers |= BY_OFFICE
    if shutil.which("chromium"):
        makers |= BY_BROWSER
    print("container            sentences  intact  verdicts  quotes  ms")
    for name, (ending, make) in makers.items():
        total = lost = verdicts = quotes = 0
        spent: list[float] = []
        for path in SOURCES:
            if not path.exists():
                continue
            made = _source(path)
            plain = check(read_documents([str(path)]), rules.index, rules=rules)
            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder) / f"a{ending}"
                make(made, file)
                other = check(read_documents([str(file)]), rules.index, rules=rules)
                for _ in range(1 if ending == ".doc" else 5):
                    began = time.perf_counter()
                    read_document(str(file))
                    spent.append((time.perf_counter() - began) * 1000)
            total += len(plain.analyses[0].sentences)
            lost += len(_lost(plain, other, made))
            verdicts += sum(a != b for a, b in zip(_verdicts(plain).items(), _verdicts(other).items(), strict=True))
            quotes += len(_quotes(plain, made) ^ _quotes(other, made))
        print(f"{name:20} {total:9} {1 - lost / total:7.4f} {verdicts:9} {quotes:7} {statistics.median(spent):6.1f}")


if __name__ == "__main__":
    main()
