"""Results on disk as they come: SQLite is the book that a resumed run trusts, JSON Lines is for people's tools."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from checker.batch.judge import Job, Outcome
from checker.errors import CheckerError, Issue, Location
from checker.model import Rates, Verdict

SCHEMA = 1
EVERY = 64
_TABLES = """
CREATE TABLE IF NOT EXISTS run (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS documents (
  key TEXT PRIMARY KEY, size INTEGER, changed INTEGER, failure TEXT, sha256 TEXT, place TEXT, year INTEGER,
  level TEXT, genre TEXT, title TEXT, chars INTEGER, verdicts TEXT, rates TEXT, chapters TEXT
) WITHOUT ROWID;
"""


class Identity(Struct, frozen=True):
    """What must be the same for a run to go on: index, program, settings."""

    index_sha256: str
    version: str
    settings: str


class Store:
    """The results of one batch. Writes are grouped; ``commit`` and ``close`` put them on disk."""

    def __init__(self, path: Path, identity: Identity, *, resume: bool) -> None:
        """Open or create. Raises CheckerError where a run is unfinished and not resumed, or can't be resumed."""
        self.path = path
        self.lines = path.with_suffix(".jsonl")
        wanted = {
            "schema": str(SCHEMA),
            "index": identity.index_sha256,
            "version": identity.version,
            "settings": identity.settings,
        }
        try:
            self._open(wanted, resume)
        except sqlite3.DatabaseError as error:
            raise CheckerError(
                [Issue(Location(str(path)), "E711", f"这个文件打不开或已损坏（{error}）。请改名或删去后重新开始。")]
            ) from error
        self._pending = 0
        self._lines = self.lines.open("w", encoding="utf-8", newline="\n")
        for outcome in self.outcomes():
            self._lines.write(line(outcome, self.indicators))

    def _open(self, wanted: dict[str, str], resume: bool) -> None:
        known = _known(self.path) if self.path.exists() else {}
        if known and known.get("finished") == "0" and not resume:
            raise CheckerError(
                [
                    Issue(
                        Location(str(self.path)),
                        "E712",
                        "上一次没有跑完。加 --resume 接着跑；不要上次的结果，就删去这个文件。",
                    )
                ]
            )
        differs = [k for k, v in wanted.items() if known and known.get(k) != v]
        if resume and differs:
            names = {"schema": "结果文件的格式", "index": "指标体系", "version": "程序版本", "settings": "选项"}
            raise CheckerError(
                [
                    Issue(
                        Location(str(self.path)),
                        "E713",
                        f"不能接着跑：{'、'.join(names[d] for d in differs)}与上次不同，两次的结论不能混在一起。请不加 --resume，换一个 -o 或删去这个文件。",
                    )
                ]
            )
        if self.path.exists() and not resume:
            self.path.unlink()
        self.base = sqlite3.connect(self.path)
        self.base.execute("PRAGMA journal_mode=WAL")
        self.base.execute("PRAGMA synchronous=NORMAL")
        self.base.executescript(_TABLES)
        self.base.executemany("INSERT OR REPLACE INTO run VALUES (?, ?)", [*wanted.items(), ("finished", "0")])
        self.base.commit()
        row = self.base.execute("SELECT value FROM run WHERE name = 'indicators'").fetchone()
        self.indicators: tuple[str, ...] = tuple(json.loads(row[0])) if row else ()

    def name_indicators(self, ids: tuple[str, ...]) -> None:
        """The order in which verdicts are kept."""
        self.indicators = ids
        self.base.execute("INSERT OR REPLACE INTO run VALUES ('indicators', ?)", (json.dumps(ids),))
        self.base.commit()

    def todo(self, jobs: tuple[Job, ...]) -> tuple[Job, ...]:
        """Jobs without an outcome, with a failure, or whose file has changed since; what is gone from disk is dropped."""
        done = {row[0]: row[1:] for row in self.base.execute("SELECT key, size, changed, failure FROM documents")}
        wanted = {j.key for j in jobs}
        self.base.executemany("DELETE FROM documents WHERE key = ?", [(k,) for k in done if k not in wanted])
        return tuple(j for j in jobs if done.get(j.key) != (j.size, j.changed, None))

    def add(self, outcome: Outcome) -> None:
        """Keep an outcome; an earlier one of the same file is replaced."""
        job = outcome.job
        self.base.execute(
            "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                job.key,
                job.size,
                job.changed,
                outcome.failure,
                outcome.sha256,
                outcome.place,
                outcome.year,
                outcome.level,
                outcome.genre,
                outcome.title,
                outcome.chars,
                json.dumps([v.value for v in outcome.verdicts]),
                json.dumps(_plain(outcome.rates)),
                json.dumps([_plain(r) for r in outcome.chapters]),
            ),
        )
        self._lines.write(line(outcome, self.indicators))
        self._lines.flush()
        self._pending += 1
        if self._pending >= EVERY:
            self.commit()

    def commit(self) -> None:
        """Put everything on disk."""
        self.base.commit()
        self._lines.flush()
        self._pending = 0

    def outcomes(self) -> Iterator[Outcome]:
        """All outcomes by key, one at a time."""
        for row in self.base.execute("SELECT * FROM documents ORDER BY key"):
            yield _outcome(row)

    def finish(self) -> None:
        """Mark the run as complete and write the lines in order, so that they are the same whoever was first."""
        self.commit()
        self._lines.close()
        beside = self.lines.with_name(f".{self.lines.name}.tmp")
        with beside.open("w", encoding="utf-8", newline="\n") as out:
            out.writelines(line(outcome, self.indicators) for outcome in self.outcomes())
        beside.replace(self.lines)
        self.base.execute("UPDATE run SET value = '1' WHERE name = 'finished'")
        self.base.commit()

    def close(self) -> None:
        """Put everything on disk and let go."""
        self.base.commit()
        self.base.close()
        self._lines.close()


def _known(path: Path) -> dict[str, str]:
    base = sqlite3.connect(path)
    try:
        return dict(base.execute("SELECT name, value FROM run").fetchall())
    except sqlite3.OperationalError:
        raise CheckerError(
            [Issue(Location(str(path)), "E714", "这不是批量检查的结果文件，不会覆盖它。请换一个 -o。")]
        ) from None
    finally:
        base.close()


def _plain(rates: Rates | None) -> list[list[int]] | None:
    return None if rates is None else [list(rates.mentioned), list(rates.sufficient), list(rates.blank)]


def _rates(value: list[list[int]] | None) -> Rates | None:
    if value is None:
        return None
    mentioned, sufficient, blank = ((a, b) for a, b in value)
    return Rates(mentioned, sufficient, blank)


def _outcome(row: tuple[object, ...]) -> Outcome:
    key, size, changed, failure, sha256, place, year, level, genre, title, chars, verdicts, rates, chapters = row
    return Outcome(
        Job(str(key), "", int(str(size)), int(str(changed))),
        None if failure is None else str(failure),
        "",
        str(sha256),
        str(place),
        None if year is None else int(str(year)),
        str(level),
        str(genre),
        str(title),
        int(str(chars)),
        tuple(map(Verdict, json.loads(str(verdicts)))),
        _rates(json.loads(str(rates))),
        tuple(r for c in json.loads(str(chapters)) if (r := _rates(c)) is not None),
    )


def line(outcome: Outcome, indicators: tuple[str, ...]) -> str:
    """One outcome as a line of JSON: nothing in it depends on when or where it was made."""
    o = outcome
    data: dict[str, object] = {"path": o.job.key}
    if o.failure is not None:
        data |= {"failure": o.failure}
    else:
        data |= {
            "sha256": o.sha256,
            "place": o.place,
            "year": o.year,
            "level": o.level,
            "genre": o.genre,
            "title": o.title,
            "chars": o.chars,
            "verdicts": dict(zip(indicators, (v.value for v in o.verdicts), strict=True)),
            "rates": _named(o.rates),
            "chapters": [_named(c) for c in o.chapters],
        }
    return json.dumps(data, ensure_ascii=False) + "\n"


def _named(rates: Rates | None) -> dict[str, list[int]] | None:
    plain = _plain(rates)
    return None if plain is None else dict(zip(("mentioned", "sufficient", "blank"), plain, strict=True))
