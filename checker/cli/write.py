"""Writing files so that nothing is ever lost: beside the target first, then into its place."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from checker.errors import Issue, Location, OutputError


def write_bytes(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path`` atomically; raises OutputError and leaves an existing file untouched otherwise."""
    where = Location(str(path))
    if path.is_dir():
        raise OutputError([Issue(where, "E401", "这是文件夹，请给出文件名。")])
    lock = path.with_name(f"~${path.name}")
    if lock.exists() or path.with_name(f".~lock.{path.name}#").exists():
        raise OutputError([Issue(where, "E402", "文件正被 WPS 或 Excel 打开，请先关闭再运行。")])
    if not path.parent.exists():
        raise OutputError([Issue(where, "E403", f"文件夹 {path.parent} 不存在，请先建好。")])
    name = ""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".checker-", suffix=path.suffix)
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        Path(name).chmod(mode)
        Path(name).replace(path)
    except PermissionError as error:
        Path(name).unlink(missing_ok=True) if name else None
        raise OutputError(
            [Issue(where, "E404", "写不进去：文件被占用或没有权限。请关闭正在打开它的程序后再试。")]
        ) from error
    except OSError as error:
        Path(name).unlink(missing_ok=True) if name else None
        raise OutputError([Issue(where, "E405", f"写不进去：{error.strerror}。")]) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
