"""``checker batch``: many reports, one summary."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker import __version__
from checker.cli.chinese import Command
from checker.cli.options import LEVELS, given_level, indexed, moment
from checker.errors import CheckerError, Issue, Location, OutputError

if TYPE_CHECKING:
    from checker.batch import Outcome

DASK_CHUNK = 8


@click.command("batch", cls=Command)
@click.argument("source", metavar="文件夹|清单")
@click.option(
    "-o", "--output", required=True, metavar="文件", help="汇总工作簿（.xlsx）；同名的 .jsonl 和 .sqlite 写在旁边。"
)
@indexed
@click.option("--level", default="auto", type=click.Choice(LEVELS), show_default=True, help="报告主体的层级。")
@click.option("--encoding", help="文字编码（缺省自动识别）。", metavar="编码")
@click.option("--jobs", type=click.IntRange(1, 256), help="同时检查几份（缺省为处理器个数）。", metavar="N")
@click.option("--resume", is_flag=True, help="接着上次没有跑完的继续；上次未能检查的再试一次。")
@click.option(
    "--timeout",
    "limit",
    type=click.FloatRange(min=0.1),
    default=120,
    show_default=True,
    help="一份最多用几秒。",
    metavar="秒",
)
@click.option(
    "--executor",
    "kind",
    type=click.Choice(("processes", "dask")),
    default="processes",
    show_default=True,
    help="在本机的进程里，还是在 Dask 集群上。",
)
@click.option("--scheduler", help="Dask 调度器的地址，如 tcp://10.0.0.1:8786。", metavar="地址")
def command(
    source: str,
    output: str,
    index_name: str,
    level: str,
    encoding: str | None,
    jobs: int | None,
    resume: bool,
    limit: float,
    kind: str,
    scheduler: str | None,
) -> int:
    """成批检查一个文件夹（或清单）里的报告，写出一份汇总工作簿。一份出错不影响其余，中断后可以接着跑。"""
    target = Path(output)
    if target.suffix.lower() != ".xlsx":
        raise click.UsageError("汇总工作簿请以 .xlsx 结尾。")
    if (kind == "dask") != (scheduler is not None):
        raise click.UsageError("--executor dask 和 --scheduler 要一起用。")
    if not target.parent.is_dir():
        raise OutputError([Issue(Location(str(target)), "E403", f"文件夹 {target.parent} 不存在，请先建好。")])
    import os

    from checker.batch import Settings, Store, find_jobs, run
    from checker.batch.store import Identity
    from checker.batch.summary import write
    from checker.index import load_index

    index = load_index(index_name)
    settings = Settings(str(index_name), tuple(getattr(index_name, "overlays", ())), given_level(level), encoding)
    ours = {p.resolve() for p in (target, target.with_suffix(".jsonl"), target.with_suffix(".sqlite"))}
    found = tuple(j for j in find_jobs(source) if Path(j.path).resolve() not in ours)
    identity = Identity(index.sha256, __version__, repr((settings.level, settings.encoding)))
    store = Store(target.with_suffix(".sqlite"), identity, resume=resume)
    try:
        store.name_indicators(tuple(i.id for i in index.indicators))
        todo = store.todo(found)
        count = jobs or os.cpu_count() or 1
        with _executor(kind, scheduler, min(count, max(1, len(todo))), limit) as (executor, width, chunk):
            outcomes = run(
                todo, executor, settings, window=4 * width, limit=limit, chunk=chunk, index_sha256=index.sha256
            )
            for outcome in _shown(outcomes, len(found), len(found) - len(todo)):
                store.add(outcome)
        store.finish()
        sums = write(store, index, target, version=__version__, moment=moment())
    except KeyboardInterrupt:
        store.commit()
        click.echo("已中断。做完的都已保存，同一条命令加 --resume 接着跑。", err=True)
        return 130
    finally:
        store.close()
    click.echo(f"{len(found)} 份，已检查 {sums.checked}，未能检查 {sums.failed}。汇总在 {target}")
    if sums.failed:
        click.echo(f"提示 {sums.failed} 份未能检查，原因见工作簿的「未能检查」。", err=True)
    return 2 if sums.failed else 0


@contextmanager
def _executor(kind: str, scheduler: str | None, jobs: int, limit: float) -> Iterator[tuple[Executor, int, int]]:
    """The executor, how many calls it runs at once, and how many files to give it at a time."""
    if kind == "processes":
        from checker.batch import Workers

        with Workers(jobs, limit) as workers:
            yield workers, jobs, 1
        return
    try:
        import distributed
    except ImportError as error:
        raise CheckerError("没有装 Dask。请先 pip install distributed。") from error
    dask: Any = distributed
    try:
        client = dask.Client(scheduler, timeout=8, set_as_default=False)
        threads = sum(client.nthreads().values())
    except (OSError, TimeoutError) as error:
        raise CheckerError(f"连不上 Dask 调度器 {scheduler}。请检查地址和网络。") from error
    if not threads:
        client.close()
        raise CheckerError(f"Dask 调度器 {scheduler} 下没有工作进程。请先启动 dask worker。")
    try:
        yield client.get_executor(pure=False, retries=2), threads, DASK_CHUNK
    finally:
        client.close()


def _shown(outcomes: Iterator[Outcome], total: int, before: int) -> Iterator[Outcome]:
    """Hand on the outcomes; on a terminal show how far it is, how fast and how long to go."""
    if not sys.stderr.isatty():
        yield from outcomes
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    begin = time.monotonic()
    failed = done = 0
    with Progress(
        BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[note]}"), TextColumn("剩余"), TimeRemainingColumn(),
        console=Console(stderr=True), transient=True,
    ) as bar:  # fmt: skip
        task = bar.add_task("", total=total, completed=before, note="")
        for outcome in outcomes:
            yield outcome
            done += 1
            failed += outcome.failure is not None
            rate = done / max(1e-9, time.monotonic() - begin)
            bar.update(task, advance=1, note=f"{rate:.1f} 份/秒" + (f"，{failed} 份未能检查" if failed else ""))
