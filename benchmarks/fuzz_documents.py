"""Fuzz the readers: ``python -m benchmarks.fuzz_documents [inputs per reader, 2000]``. Prints outcomes by code and time.

Inputs are drawn from a seeded generator, so a run can be repeated. E327 (the reading process crashed) and a time-out are
printed with the input kept beside, for they are the ones to look into.
"""

from __future__ import annotations

import os
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from checker.documents import isolate
from tests.acceptance.test_fuzz import outcome
from tests.makers.fuzz import _TOKENS, ENDINGS, Edit, mutate, mutate_inside, seeds


def edits(chance: random.Random) -> list[Edit]:
    """A random list of edits."""
    kinds = ("flip", "cut", "repeat", "token", "bytes")
    out: list[Edit] = []
    for _ in range(chance.randint(1, 6)):
        some = chance.randbytes(chance.randint(0, 12))
        out.append((chance.choice(kinds), chance.random(), chance.randint(1, 400), chance.choice(_TOKENS), some))
    return out


def main() -> None:
    """Run and print a table."""
    os.environ["CHECKER_SOFFICE"] = ""  # LibreOffice is not what is fuzzed
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    with tempfile.TemporaryDirectory() as folder:
        for ending, seed in seeds().items():
            chance = random.Random(ending)
            codes: Counter[str] = Counter()
            slowest = 0.0
            file = Path(folder) / f"a.{ending}"
            began = time.monotonic()
            for n in range(count):
                inside = seed.startswith(b"PK") and chance.random() < 0.7
                change = edits(chance)
                data = mutate_inside(seed, change, chance.random()) if inside else mutate(seed, change)
                file.write_bytes(data)
                at = time.monotonic()
                code = outcome(file)
                slowest = max(slowest, time.monotonic() - at)
                codes[code] += 1
                if code == "E327":
                    Path(f"crash-{n}.{ending}").write_bytes(data)
            left = [p.name for p in Path(folder).iterdir()]
            assert left == [file.name], left
            print(f"{ending:5} {count} inputs {time.monotonic() - began:6.1f} s, slowest {slowest:.2f} s  {dict(codes.most_common())}")  # fmt: skip
            file.unlink()
    isolate.stop()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"peak memory of the reading process {peak} MB; endings {', '.join(ENDINGS)}")


if __name__ == "__main__":
    main()
