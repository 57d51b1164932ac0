"""Reading in a process of its own, so that a parser that crashes, hangs or eats memory never takes the run down.

One reading process serves a whole run, file after file; after a crash or a timeout the next file gets a new one.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from checker.documents.child import read_message, unpack, write_message
from checker.documents.extract import Extract, Request
from checker.documents.limits import exceeded, refuse
from checker.errors import DocumentError, Issue, Location

_GONE = (BrokenPipeError, OSError, ValueError)


class _Child:
    """A running reading process."""

    def __init__(self) -> None:
        root = str(Path(__file__).resolve().parents[2])
        path = os.pathsep.join(p for p in (root, os.environ.get("PYTHONPATH", "")) if p)
        self.owner = os.getpid()
        self.fresh = True
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-B", "-m", "checker.documents.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )

    def ask(self, request: Request) -> tuple[dict[str, Any] | None, bool]:
        """The answer (None where the process died) and whether the time ran out."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        late = threading.Event()

        def stop() -> None:
            late.set()
            self.process.kill()

        timer = threading.Timer(request.limits.seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            words = {
                "file": request.file,
                "path": request.path,
                "kind": request.kind,
                "encoding": request.encoding,
                "limits": request.limits.as_numbers(),
            }
            write_message(self.process.stdin, json.dumps(words).encode("ascii"))  # type: ignore[arg-type]
            data = read_message(self.process.stdout)  # type: ignore[arg-type]
        except _GONE:
            data = None
        finally:
            timer.cancel()
        self.fresh = False
        return (json.loads(data) if data is not None else None), late.is_set()

    def close(self) -> None:
        """End the process."""
        if self.owner != os.getpid():
            return
        self.process.kill()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    continue
        self.process.wait()


_lock = threading.Lock()
_child: _Child | None = None


def _current() -> _Child:
    global _child
    if _child is None or _child.owner != os.getpid() or _child.process.poll() is not None:
        _child = _Child()
    return _child


def stop() -> None:
    """End the reading process, if there is one. The next file starts another."""
    global _child
    if _child is not None:
        _child.close()
        _child = None


atexit.register(stop)


def extract_apart(request: Request) -> Extract:
    """Read a file in the reading process. Raises DocumentError for whatever goes wrong there."""
    with _lock:
        child = _current()
        used = not child.fresh
        answer, late = child.ask(request)
        if answer is None or answer.get("memory"):
            stop()
            if used and not late:  # what earlier files left behind must not be held against this one
                answer, late = _current().ask(request)
                if answer is None or answer.get("memory"):
                    stop()
    if late:
        raise exceeded(request.path, "seconds", f"{request.limits.seconds} 秒内没有读完", request.limits)
    if answer is None:
        raise refuse(
            request.path, "E327", "读取程序在这个文件上崩溃，文件可能已损坏或有恶意。请在原软件里打开后另存一份再试。"
        )
    if answer.get("memory"):
        raise exceeded(request.path, "memory", "内存不够", request.limits)
    if "failed" in answer:
        raise refuse(
            request.path,
            "E321",
            f"文件已损坏，读不出内容（{answer['failed']}）。请在原软件里打开后另存一份再试。",
        )
    if "issues" in answer:
        raise DocumentError(Issue(Location(request.path), str(c), str(m)) for c, m in answer["issues"])
    return unpack(answer["extract"])
