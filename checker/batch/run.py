"""Jobs through an executor: a bounded number at a time, every one with exactly one outcome, in order of completion."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait

from msgspec import Struct

from checker.batch.judge import Job, Outcome, Settings, judge_files
from checker.batch.workers import WorkerDiedError

TRIES = 2


class _Batch(Struct):
    jobs: tuple[Job, ...]
    deadline: float
    tries: int


def run(
    jobs: Iterable[Job],
    executor: Executor,
    settings: Settings,
    *,
    window: int,
    limit: float,
    chunk: int = 1,
    index_sha256: str = "",
) -> Iterator[Outcome]:
    """Outcomes as they come. At most ``window`` calls are under way, each with ``chunk`` files.

    ``limit`` (seconds a file) is what the executor itself keeps, if it can; a call that is overdue by far is given up
    here, so that one file never stops the rest. A call that fails as a whole is repeated file by file: a dead worker
    costs a second try, and only the file that kills its worker twice, or hangs, fails.
    """
    source = _chunks(iter(jobs), chunk)
    again: deque[tuple[tuple[Job, ...], int]] = deque()
    running: dict[Future[tuple[Outcome, ...]], _Batch] = {}
    while True:
        while len(running) < window and (batch := _next(again, source)) is not None:
            files, tries = batch
            patience = time.monotonic() + limit * (len(files) + 5) + 60
            running[executor.submit(judge_files, settings, files)] = _Batch(files, patience, tries)
        if not running:
            return
        patience = min(b.deadline for b in running.values()) - time.monotonic()
        done, _ = wait(running, timeout=max(0.0, patience), return_when=FIRST_COMPLETED)
        for future in done:
            batch_ = running.pop(future)
            for outcome in _results(future, batch_, again, limit):
                yield _checked(outcome, index_sha256)
        now = time.monotonic()
        for future in [f for f, b in running.items() if b.deadline < now]:
            batch_ = running.pop(future)
            future.cancel()
            yield from _split(batch_, again, f"超过 {limit:g} 秒没有结果，已放弃")


def _chunks(jobs: Iterator[Job], size: int) -> Iterator[tuple[Job, ...]]:
    files: list[Job] = []
    for job in jobs:
        files.append(job)
        if len(files) == size:
            yield tuple(files)
            files = []
    if files:
        yield tuple(files)


def _next(
    again: deque[tuple[tuple[Job, ...], int]], source: Iterator[tuple[Job, ...]]
) -> tuple[tuple[Job, ...], int] | None:
    if again:
        return again.popleft()
    files = next(source, None)
    return None if files is None else (files, 1)


def _results(
    future: Future[tuple[Outcome, ...]], batch: _Batch, again: deque[tuple[tuple[Job, ...], int]], limit: float
) -> Iterator[Outcome]:
    try:
        yield from future.result()
    except TimeoutError:
        yield from _split(batch, again, f"超过 {limit:g} 秒没有读完，已跳过")
    except (WorkerDiedError, CancelledError):
        yield from _repeat(batch, again, "检查它的进程两次意外终止（可能内存不足，或文件损坏）")
    except Exception as error:  # the executor's own troubles: a lost node, a result that can't be sent
        yield from _repeat(batch, again, f"没能运行：{type(error).__name__}: {error}")


def _split(batch: _Batch, again: deque[tuple[tuple[Job, ...], int]], reason: str) -> Iterator[Outcome]:
    """Fail a single file; of several, each gets its own call, since only one of them hangs."""
    if len(batch.jobs) == 1:
        yield Outcome(batch.jobs[0], reason)
    else:
        again.extend(((job,), batch.tries) for job in batch.jobs)


def _repeat(batch: _Batch, again: deque[tuple[tuple[Job, ...], int]], reason: str) -> Iterator[Outcome]:
    if len(batch.jobs) > 1:
        again.extend(((job,), batch.tries) for job in batch.jobs)
    elif batch.tries < TRIES:
        again.append((batch.jobs, batch.tries + 1))
    else:
        yield Outcome(batch.jobs[0], reason)


def _checked(outcome: Outcome, index_sha256: str) -> Outcome:
    """A node with another index must not mix its verdicts with ours."""
    if index_sha256 and outcome.index_sha256 and outcome.index_sha256 != index_sha256:
        return Outcome(outcome.job, "运行它的机器上指标体系与本机不同，请在各机器上装同一版本")
    return outcome
