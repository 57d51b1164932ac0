"""A ``concurrent.futures.Executor`` of processes that can be lost: one that hangs or dies is replaced.

The pool of the standard library gives up as a whole when one process is killed, and can't stop a call that hangs. Here
every call has a time limit; the future of a call whose process hung or died fails alone.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any


class WorkerDiedError(Exception):
    """The process ended during the call (killed by the system, out of memory, a crash of a library)."""


class Call:
    """A call that waits or runs."""

    __slots__ = ("args", "function", "future")

    def __init__(self, future: Future[Any], function: Callable[..., Any], args: tuple[Any, ...]) -> None:
        self.future = future
        self.function = function
        self.args = args


class _Worker:
    """A process with its pipe and what it is at."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=_serve, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()
        self.call: Call | None = None
        self.deadline = 0.0

    def end(self) -> None:
        with contextlib.suppress(OSError):
            self.process.kill()
        self.process.join(5)
        self.pipe.close()


def _serve(pipe: Connection) -> None:
    """The life of a worker process: calls come in, results go out. Ctrl+C is the parent's business."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(100_000, 20, 50)
    parent = os.getppid()
    while True:
        try:
            while not pipe.poll(5):
                if os.getppid() != parent:
                    return  # the parent was killed
            function, args = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            result: Any = (True, function(*args))
        except Exception as error:
            result = (False, error)
        try:
            pipe.send(result)
        except (BrokenPipeError, OSError):
            return
        except Exception as error:  # what can't be pickled
            pipe.send((False, RuntimeError(str(error))))


class Workers(Executor):
    """``jobs`` processes; a call may take ``limit`` seconds (the first of a process ``warmup`` more)."""

    def __init__(self, jobs: int, limit: float, warmup: float = 60) -> None:
        self.limit = limit
        self.warmup = warmup
        self._waiting: deque[Call] = deque()
        self._lock = threading.Lock()
        self._closing = False
        self._woken, self._wake = multiprocessing.get_context("spawn").Pipe(duplex=False)
        self._workers = [_Worker() for _ in range(jobs)]
        self._fresh = set(self._workers)
        self._thread = threading.Thread(target=self._manage, daemon=True)
        self._thread.start()

    @property
    def pids(self) -> tuple[int, ...]:
        """Process ids of the workers, for people who watch them."""
        return tuple(w.process.pid for w in self._workers if w.process.pid is not None)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run ``fn(*args)`` in a process. Keyword arguments are not taken."""
        if kwargs:
            raise TypeError("Workers.submit takes positional arguments only")
        future: Future[Any] = Future()
        with self._lock:
            if self._closing:
                raise RuntimeError("the workers have been shut down")
            self._waiting.append(Call(future, fn, args))
            self._wake.send(None)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes; calls that wait are cancelled, those that run are lost."""
        with self._lock:
            if self._closing:
                return
            self._closing = True
            self._wake.send(None)
        self._thread.join()
        for worker in self._workers:
            worker.end()
        for call in self._waiting:
            call.future.cancel()

    def _manage(self) -> None:
        while True:
            with self._lock:
                if self._closing:
                    return
                for worker in self._workers:
                    if worker.call is None and self._waiting:
                        self._start(worker, self._waiting.popleft())
            busy = [w for w in self._workers if w.call is not None]
            now = time.monotonic()
            patience = min((w.deadline - now for w in busy), default=None)
            ready = wait([self._woken, *(w.pipe for w in busy)], None if patience is None else max(0.0, patience))
            if self._woken in ready:
                while self._woken.poll():
                    self._woken.recv()
            for worker in busy:
                if worker.pipe in ready:
                    self._finish(worker)
                elif time.monotonic() >= worker.deadline:
                    self._lose(worker, TimeoutError(f"{self.limit:g} s"))

    def _start(self, worker: _Worker, call: Call) -> None:
        if not call.future.set_running_or_notify_cancel():
            return
        worker.call = call
        worker.deadline = time.monotonic() + self.limit + (self.warmup if worker in self._fresh else 0)
        try:
            worker.pipe.send((call.function, call.args))
        except (BrokenPipeError, OSError):
            self._lose(worker, WorkerDiedError("the process is gone"))

    def _finish(self, worker: _Worker) -> None:
        call = worker.call
        assert call is not None
        try:
            good, value = worker.pipe.recv()
        except Exception:
            worker.process.join(1)
            self._lose(worker, WorkerDiedError(f"exit code {worker.process.exitcode}"))
            return
        worker.call = None
        self._fresh.discard(worker)
        if good:
            call.future.set_result(value)
        else:
            call.future.set_exception(value)

    def _lose(self, worker: _Worker, error: Exception) -> None:
        call = worker.call
        worker.end()
        fresh = _Worker()
        self._fresh.discard(worker)
        self._fresh.add(fresh)
        self._workers[self._workers.index(worker)] = fresh
        if call is not None:
            call.future.set_exception(error)
