"""``checker batch`` as people run it: failures told, interrupted and resumed, one worker or two, here or on Dask."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from tests.conftest import ROOT, Run

BODY = (
    "{place}2024年法治政府建设情况报告\n一、主要举措和成效\n"
    "全年办理行政复议案件{n}件，审结{n}件。开展案卷评查，共评查案卷{n}卷。印发《{place}行政执法监督办法》。\n"
    "行政机关负责人出庭应诉率100%。公职律师{n}名，法律顾问参与合同审查{n}件。\n"
    "二、存在的主要问题\n一是执法力量不足。\n三、下一步打算\n加强执法人员培训。\n"
)
ENV = {"SOURCE_DATE_EPOCH": "1735689600"}


def reports(folder: Path, count: int) -> Path:
    folder.mkdir()
    for n in range(count):
        place = "甲乙丙丁戊己庚辛壬癸"[n % 10] + "山县"
        (folder / f"{n:03d}.txt").write_text(BODY.format(place=place, n=20 + n), encoding="utf-8")
    return folder


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def start(*args: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "checker", "batch", *map(str, args)],
        cwd=ROOT,
        env={**os.environ, **ENV},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def wait_for(check: object, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not check():  # type: ignore[operator]
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def test_a_batch_tells_what_it_did_and_what_it_could_not(tmp_path: Path, run: Run) -> None:
    folder = reports(tmp_path / "报告", 6)
    (folder / "坏的.txt").write_bytes(b"\x00\x01\x02" * 500)
    (folder / "空的.txt").write_bytes(b"")
    (folder / "=cmd.txt").write_text(BODY.format(place="子山县", n=7), encoding="utf-8")
    result = run("batch", folder, "-o", tmp_path / "汇总.xlsx", "--jobs", "2", env=ENV)
    assert result.returncode == 2, result.stderr.decode()
    assert "已检查 7，未能检查 2" in result.stdout.decode()
    assert b"\x1b" not in result.stderr
    rows = lines(tmp_path / "汇总.jsonl")
    assert [r["path"] for r in rows] == sorted(p.name for p in folder.iterdir())
    assert sum("failure" in r for r in rows) == 2
    book = openpyxl.load_workbook(tmp_path / "汇总.xlsx")
    assert book.sheetnames == ["说明", "热力图", "各章比率", "最常见的缺口", "指标汇总", "未能检查"]
    heat = list(book["热力图"].iter_rows(values_only=True))
    assert len(heat) == 1 + 7
    assert len(heat[0]) == 4 + 100
    assert {len(rule.rules) for rule in book["热力图"].conditional_formatting} == {9}
    totals = [sum(row[3:]) for row in list(book["指标汇总"].iter_rows(values_only=True))[1:]]
    assert totals == [7] * 100
    assert {row[0] for row in list(book["未能检查"].iter_rows(values_only=True))[1:]} == {"坏的.txt", "空的.txt"}
    assert not [c.value for row in book["热力图"] for c in row if c.data_type == "f"]
    words = "".join(str(c) for sheet in book for row in sheet.iter_rows(values_only=True) for c in row if c)
    assert "合格" not in words
    assert "排名" not in words
    assert words.replace("不等于评审得分", "").count("得分") == 0


def test_the_same_results_with_one_worker_and_with_two(tmp_path: Path, run: Run) -> None:
    folder = reports(tmp_path / "in", 8)
    for jobs in ("1", "2"):
        assert run("batch", folder, "-o", tmp_path / f"{jobs}.xlsx", "--jobs", jobs, env=ENV).returncode == 0
    assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "2.jsonl").read_bytes()
    assert (tmp_path / "1.xlsx").read_bytes() == (tmp_path / "2.xlsx").read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_stopped_and_resumed_nothing_is_lost_or_counted_twice(tmp_path: Path, run: Run) -> None:
    folder = reports(tmp_path / "in", 150)
    assert run("batch", folder, "-o", tmp_path / "whole.xlsx", "--jobs", "2", env=ENV).returncode == 0
    for how in (signal.SIGINT, signal.SIGKILL):
        for old in tmp_path.glob("cut.*"):
            old.unlink()
        stop_and_resume(tmp_path, run, folder, how)


def stop_and_resume(tmp_path: Path, run: Run, folder: Path, how: signal.Signals) -> None:
    process = start(folder, "-o", tmp_path / "cut.xlsx", "--jobs", "2")
    cut = tmp_path / "cut.jsonl"
    wait_for(lambda: cut.exists() and cut.stat().st_size > 0)
    process.send_signal(how)
    _, errors = process.communicate(timeout=60)
    assert not (tmp_path / "cut.xlsx").exists(), "it had ended before it was stopped"
    if how is signal.SIGINT:
        assert process.returncode == 130
        assert "--resume" in errors.decode()
    refused = run("batch", folder, "-o", tmp_path / "cut.xlsx", env=ENV)
    assert refused.returncode == 2
    assert "--resume" in refused.stderr.decode()
    assert run("batch", folder, "-o", tmp_path / "cut.xlsx", "--jobs", "2", "--resume", env=ENV).returncode == 0
    assert cut.read_bytes() == (tmp_path / "whole.jsonl").read_bytes()
    assert (tmp_path / "cut.xlsx").read_bytes() == (tmp_path / "whole.xlsx").read_bytes()


@pytest.mark.skipif(sys.platform != "linux", reason="/proc of Linux")
def test_a_file_that_hangs_and_a_killed_worker_stop_nothing(tmp_path: Path) -> None:
    folder = reports(tmp_path / "in", 30)
    (folder / "long.txt").write_text(BODY.format(place="子山县", n=7) * 12_000, encoding="utf-8")
    listed = tmp_path / "清单.txt"
    listed.write_text("".join(f"in/{p.name}\n" for p in sorted(folder.iterdir())), encoding="utf-8")
    process = start(listed, "-o", tmp_path / "o.xlsx", "--jobs", "2", "--timeout", "0.5")
    wait_for(lambda: _children(process.pid))
    os.kill(_children(process.pid)[-1], signal.SIGKILL)
    _, errors = process.communicate(timeout=240)
    assert process.returncode == 2, errors.decode()
    rows = {str(r["path"]): r for r in lines(tmp_path / "o.jsonl")}
    assert len(rows) == 31
    assert [k for k, r in rows.items() if "failure" in r] == ["in/long.txt"]
    assert "0.5 秒" in str(rows["in/long.txt"]["failure"])


def _children(pid: int) -> list[int]:
    """Worker processes of a run, from /proc."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                found.append(child)
    return found


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("-o", "o.txt"), ".xlsx"),
        (("-o", "o.xlsx", "--executor", "dask"), "--scheduler"),
        (("-o", "nowhere/o.xlsx"), "不存在"),
        (("-o", "o.xlsx", "--executor", "dask", "--scheduler", "tcp://127.0.0.1:9"), "连不上"),
    ],
)
def test_what_can_not_start_says_why(tmp_path: Path, run: Run, args: tuple[str, ...], says: str) -> None:
    reports(tmp_path / "in", 1)
    result = run("batch", tmp_path / "in", *args, cwd=tmp_path)
    assert result.returncode == 2
    assert says in result.stderr.decode()
    assert "Traceback" not in result.stderr.decode()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A real scheduler and two workers, processes of their own on 127.0.0.1; ended afterwards."""
    pytest.importorskip("distributed", reason="没有装 Dask")
    contact = tmp_path / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": ROOT}

    def dask(kind: str, *args: object) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *map(str, args)]
        return subprocess.Popen(command, **quiet)  # type: ignore[call-overload, no-any-return]

    scheduler = dask("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", contact)
    workers: list[subprocess.Popen[bytes]] = []
    try:
        wait_for(lambda: contact.exists() and contact.stat().st_size > 0)
        address = json.loads(contact.read_text(encoding="utf-8"))["address"]
        options = (
            "--host",
            "127.0.0.1",
            "--nthreads",
            "1",
            "--no-nanny",
            "--no-dashboard",
            "--local-directory",
            tmp_path,
        )
        workers += [dask("worker", address, *options) for _ in range(2)]
        yield address, workers
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait(30)


def test_dask_gives_the_same_results_and_a_killed_worker_loses_nothing(
    tmp_path: Path, run: Run, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, workers = cluster
    folder = reports(tmp_path / "in", 60)
    (folder / "坏的.txt").write_bytes(b"\x00\x01\x02" * 500)
    assert run("batch", folder, "-o", tmp_path / "here.xlsx", "--jobs", "2", env=ENV).returncode == 2
    process = start(folder, "-o", tmp_path / "dask.xlsx", "--executor", "dask", "--scheduler", address)
    wait_for(lambda: (tmp_path / "dask.jsonl").exists() and (tmp_path / "dask.jsonl").stat().st_size > 0, 120)
    workers[0].kill()
    _, errors = process.communicate(timeout=240)
    assert process.returncode == 2, errors.decode()
    assert (tmp_path / "dask.jsonl").read_bytes() == (tmp_path / "here.jsonl").read_bytes()
    assert (tmp_path / "dask.xlsx").read_bytes() == (tmp_path / "here.xlsx").read_bytes()
