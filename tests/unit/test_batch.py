"""The batch room without a command line: workers that hang or die, any executor, the book of results."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from checker.batch import Job, Outcome, Settings, Store, WorkerDiedError, Workers, find_jobs, judge_files, run
from checker.batch.store import Identity
from checker.errors import CheckerError
from checker.model import Rates, Verdict

REPORT = "清源县2024年法治政府建设情况报告\n一、主要举措和成效\n{}\n二、存在的主要问题\n执法力量不足。\n三、下一步打算\n加强培训。\n"


def double(n: int) -> int:
    return 2 * n


def hang(seconds: float) -> None:
    time.sleep(seconds)


def die() -> None:
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


def refuse() -> None:
    raise ValueError("no")


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(2, limit=1.5, warmup=60) as pool:
        assert [pool.submit(double, n).result(60) for n in range(2)] == [0, 2]
        yield pool


def test_a_call_that_dies_fails_alone_and_its_process_is_replaced(workers: Workers) -> None:
    before = set(workers.pids)
    dead, good = workers.submit(die), [workers.submit(double, n) for n in range(5)]
    with pytest.raises(WorkerDiedError):
        dead.result(60)
    assert [g.result(60) for g in good] == [0, 2, 4, 6, 8]
    assert len(workers.pids) == 2
    assert set(workers.pids) != before


def test_a_call_that_hangs_is_ended_at_its_limit() -> None:
    with Workers(1, limit=0.3, warmup=60) as pool:
        assert pool.submit(double, 4).result(60) == 8
        stuck = pool.submit(hang, 600)
        after = pool.submit(double, 5)
        with pytest.raises(TimeoutError):
            stuck.result(60)
        assert after.result(60) == 10


def test_an_exception_comes_back_as_it_was(workers: Workers) -> None:
    with pytest.raises(ValueError, match="no"):
        workers.submit(refuse).result(60)
    with pytest.raises(TypeError):
        workers.submit(double, n=1)


def test_nothing_is_taken_after_the_end() -> None:
    pool = Workers(1, limit=5)
    pool.shutdown()
    with pytest.raises(RuntimeError):
        pool.submit(double, 1)


def folder(at: Path, count: int) -> Path:
    for n in range(count):
        (at / f"{n:02d}.txt").write_text(REPORT.format(f"办理行政复议案件{n + 10}件。"), encoding="utf-8")
    return at


def test_every_file_gets_one_outcome_on_any_executor_in_any_order(tmp_path: Path) -> None:
    jobs = find_jobs(str(folder(tmp_path, 9)))
    serial = judge_files(Settings(), jobs)
    with ThreadPoolExecutor(3) as threads:
        for chunk in (1, 4):
            found = list(run(jobs, threads, Settings(), window=2, limit=60, chunk=chunk))
            assert sorted(found, key=lambda o: o.job.key) == list(serial)
    assert all(o.failure is None and o.place == "清源县" for o in serial)


class Flaky(Executor):
    """Loses the call for one file as often as told, runs the others at once."""

    def __init__(self, key: str, times: int, error: Exception) -> None:
        self.key, self.times, self.error = key, times, error

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
        future: Future[object] = Future()
        if self.times and any(j.key == self.key for j in args[1]):
            self.times -= 1
            future.set_exception(self.error)
        else:
            future.set_result(fn(*args, **kwargs))
        return future


@pytest.mark.parametrize(
    ("times", "error", "reason"),
    [
        (1, WorkerDiedError("x"), None),
        (1, OSError("lost node"), None),
        (99, WorkerDiedError("x"), "两次意外终止"),
        (99, OSError("lost node"), "没能运行"),
        (99, TimeoutError(), "没有读完"),
    ],
)
@pytest.mark.parametrize("chunk", [1, 3])
def test_a_lost_call_costs_at_most_its_own_file(
    tmp_path: Path, times: int, error: Exception, reason: str | None, chunk: int
) -> None:
    jobs = find_jobs(str(folder(tmp_path, 4)))
    found = list(run(jobs, Flaky("02.txt", times, error), Settings(), window=3, limit=5, chunk=chunk))
    assert sorted(o.job.key for o in found) == [j.key for j in jobs]
    failures = {o.job.key: o.failure for o in found if o.failure is not None}
    if reason is None:
        assert failures == {}
    else:
        assert list(failures) == ["02.txt"]
        assert reason in failures["02.txt"]


def test_a_node_with_another_index_is_not_believed(tmp_path: Path) -> None:
    jobs = find_jobs(str(folder(tmp_path, 1)))
    with ThreadPoolExecutor(1) as threads:
        (found,) = run(jobs, threads, Settings(), window=1, limit=60, index_sha256="0" * 64)
    assert found.failure is not None
    assert "与本机不同" in found.failure


def test_a_list_names_files_and_remarks_and_no_file_twice(tmp_path: Path) -> None:
    folder(tmp_path, 2)
    listed = tmp_path / "清单.txt"
    listed.write_text("# 说明\n\n00.txt\nmissing.txt\n", encoding="utf-8")
    jobs = find_jobs(str(listed))
    assert [j.key for j in jobs] == ["00.txt", "missing.txt"]
    assert [o.failure is None for o in judge_files(Settings(), jobs)] == [True, False]
    listed.write_text("00.txt\n00.txt\n", encoding="utf-8")
    with pytest.raises(CheckerError, match="两次"):
        find_jobs(str(listed))
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(CheckerError, match="没有可检查的文件"):
        find_jobs(str(empty))
    with pytest.raises(CheckerError, match="找不到"):
        find_jobs(str(tmp_path / "nowhere"))


def outcome(n: int, failure: str | None = None) -> Outcome:
    rates = Rates((1, 2), (0, 2), (1, 2))
    job = Job(f"{n}.txt", "", 5, 7)
    if failure:
        return Outcome(job, failure)
    return Outcome(job, None, "", "ab", "清源县", 2024, "county", "report", "题", 9, (Verdict.MET,), rates, (rates,))


def test_the_book_gives_back_what_it_got_and_counts_nothing_twice(tmp_path: Path) -> None:
    identity = Identity("i", "v", "s")
    store = Store(tmp_path / "a.sqlite", identity, resume=False)
    store.name_indicators(("2021-001",))
    for o in (outcome(2), outcome(1), outcome(3, "坏了"), outcome(1)):
        store.add(o)
    assert list(store.outcomes()) == [outcome(1), outcome(2), outcome(3, "坏了")]
    jobs = tuple(Job(f"{n}.txt", "", 5, 7) for n in (1, 2, 3, 4))
    assert [j.key for j in store.todo(jobs)] == ["3.txt", "4.txt"]
    changed = Job("2.txt", "", 5, 8)
    assert changed in store.todo((changed,))
    store.close()
    with pytest.raises(CheckerError, match="--resume"):
        Store(tmp_path / "a.sqlite", identity, resume=False)
    with pytest.raises(CheckerError, match="指标体系"):
        Store(tmp_path / "a.sqlite", Identity("other", "v", "s"), resume=True)
    again = Store(tmp_path / "a.sqlite", identity, resume=True)
    again.finish()
    again.close()
    assert (tmp_path / "a.jsonl").read_text(encoding="utf-8").count("\n") == 1  # 1 and 3 were dropped with their files
    fresh = Store(tmp_path / "a.sqlite", identity, resume=False)
    assert list(fresh.outcomes()) == []
    fresh.close()


def test_a_file_that_is_no_book_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    path.write_bytes(b"not a database at all, but somebody's notes" * 40)
    before = path.read_bytes()
    with pytest.raises(CheckerError, match="E711"):
        Store(path, Identity("i", "v", "s"), resume=False)
    assert path.read_bytes() == before
