"""One file -> one Outcome. This is what runs in the worker processes, here or on other machines."""

from __future__ import annotations

import threading
from functools import lru_cache

from msgspec import Struct

from checker.api import check, read_documents
from checker.errors import CheckerError
from checker.index import IndexName, load_index
from checker.matching import Rules, prepare
from checker.model import Assessment, Rates, Verdict


class Settings(Struct, frozen=True):
    """What holds for every file of a run."""

    index: str = "2021"
    overlays: tuple[str, ...] = ()
    level: str | None = None
    encoding: str | None = None


class Job(Struct, frozen=True, order=True):
    """A file to check. ``key`` names it in every result (its path below the folder given), ``path`` is where it lies.

    ``size`` (bytes) and ``changed`` (ns) tell on resuming whether it is still the file that was checked.
    """

    key: str
    path: str
    size: int = -1
    changed: int = -1


class Outcome(Struct, frozen=True):
    """What became of a file: ``verdicts`` in the order of the index, or ``failure`` in plain words.

    Rates are (numerator, denominator) pairs; ``chapters`` has one triple of them per chapter, in order.
    """

    job: Job
    failure: str | None = None
    index_sha256: str = ""
    sha256: str = ""
    place: str = ""
    year: int | None = None
    level: str = ""
    genre: str = ""
    title: str = ""
    chars: int = 0
    verdicts: tuple[Verdict, ...] = ()
    rates: Rates | None = None
    chapters: tuple[Rates, ...] = ()


def judge_files(settings: Settings, jobs: tuple[Job, ...]) -> tuple[Outcome, ...]:
    """Check files one by one; a file that can't be read is an Outcome too."""
    rules = _rules(settings)
    return tuple(_judge(settings, rules, job) for job in jobs)


def _judge(settings: Settings, rules: Rules, job: Job) -> Outcome:
    try:
        documents = read_documents([job.path], settings.encoding)
        return outcome(job, check(documents, rules.index, rules=rules, level=settings.level))
    except CheckerError as error:
        return Outcome(job, "；".join(i.message for i in error.issues), rules.index.sha256)
    except Exception as error:  # a defect of the program must not stop the other files; the reason names it
        return Outcome(job, f"程序内部错误：{type(error).__name__}: {error}", rules.index.sha256)


def outcome(job: Job, a: Assessment) -> Outcome:
    """The few facts of an assessment that a batch keeps."""
    first = a.analyses[0]
    return Outcome(
        job=job,
        index_sha256=a.index.sha256,
        sha256=first.document.sha256,
        place=a.place,
        year=a.year,
        level=a.level,
        genre=first.reporter.genre.value,
        title=first.reporter.title,
        chars=len(first.document.text),
        verdicts=tuple(f.verdict for f in a.findings),
        rates=a.rates,
        chapters=tuple(r for _, r in a.chapter_rates),
    )


_lock = threading.Lock()


def _rules(settings: Settings) -> Rules:
    """The index of a run, once a process: it can't be sent, every process reads it from its own disk."""
    with _lock:
        return _prepared(settings.index, settings.overlays)


@lru_cache(maxsize=2)
def _prepared(name: str, overlays: tuple[str, ...]) -> Rules:
    index = IndexName(name)
    index.overlays = overlays
    return prepare(load_index(index))
