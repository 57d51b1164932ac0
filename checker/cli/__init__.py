"""The command line: the only place that knows click, prints, reads the clock and sets exit codes."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence


def run(argv: Sequence[str]) -> int:
    """Run one command and return the exit code: 0 done, 1 gaps, 2 input, 3 internal, 130 interrupted."""
    _utf8()
    gc.set_threshold(100_000, 20, 50)  # a run makes many small values and few cycles
    debug = "--debug" in argv
    try:
        import click

        from checker.cli.main import cli

        try:
            code = cli.main(args=list(argv), prog_name="checker", standalone_mode=False)
            _keep()
            return int(code or 0)
        except click.exceptions.Exit as stop:
            return stop.exit_code
        except click.exceptions.Abort:
            return 130
        except click.ClickException as error:
            from checker.cli.messages import usage_text

            print(usage_text(error), file=sys.stderr)
            return 2
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        return 130
    except BrokenPipeError:
        _quiet_pipe()
        return 0
    except Exception as error:
        from checker.errors import CheckerError

        if debug:
            raise
        if isinstance(error, CheckerError):
            for issue in error.issues:
                print(issue, file=sys.stderr)
            return error.exit_code
        print(f"程序内部错误：{type(error).__name__}: {error}", file=sys.stderr)
        print("这是程序的毛病，不是您的文件有问题。请加 --debug 再运行一次，把输出发给维护者。", file=sys.stderr)
        return 3


def _keep() -> None:
    """What this run made and the next can use goes to the cache, where the command needed it at all."""
    cache = sys.modules.get("checker.cache")
    if cache is not None:
        cache.save()


def _utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def _quiet_pipe() -> None:
    import os

    with open(os.devnull, "w") as null:  # noqa: PTH123 - the interpreter flushes stdout once more at exit
        os.dup2(null.fileno(), sys.stdout.fileno())
