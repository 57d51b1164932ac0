"""Writing files so that nothing is ever lost: beside the target first, then into its place."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from checker.errors import Issue, Location, OutputError

BACKUPS = "备份"


def ready(path: Path) -> None:
    """Raise OutputError if ``path`` can't be written: a folder, open in another program, read-only, no such folder."""
    where = Location(str(path))
    if path.is_dir():
        raise OutputError([Issue(where, "E401", "这是文件夹，请给出文件名。")])
    if any(lock.exists() for lock in _locks(path)):
        raise OutputError([Issue(where, "E402", "文件正被 WPS 或 Excel 打开，请先关闭再运行。")])
    if not path.parent.exists():
        raise OutputError([Issue(where, "E403", f"文件夹 {path.parent} 不存在，请先建好。")])
    if path.exists() and not path.stat().st_mode & 0o222:
        raise OutputError([Issue(where, "E404", "文件是只读的，没有动它。请去掉只读属性，或换一个文件名输出。")])


def _locks(path: Path) -> list[Path]:
    """Lock files of Excel, WPS and LibreOffice. Excel drops the first two characters of a long name."""
    names = [f"~${path.name}", f".~lock.{path.name}#", f".~{path.name}"]
    if len(path.stem) > 6:
        names += [f"~${path.name[1:]}", f"~${path.name[2:]}"]
    return [path.with_name(n) for n in names]


def read_earlier(path: Path) -> bytes | None:
    """What stands at ``path`` now, or None; raises OutputError where it can't be read."""
    try:
        return path.read_bytes() if path.exists() else None
    except OSError as error:
        raise OutputError([Issue(Location(str(path)), "E406", "已有的文件读不了，没有动它。请检查权限。")]) from error


def still(path: Path, data: bytes | None) -> None:
    """Raise OutputError unless ``path`` is as it was read: somebody may have saved it while this run worked."""
    if read_earlier(path) != data:
        message = "运行期间这个文件被别人改过，没有动它。请关闭打开它的程序，再运行一次。"
        raise OutputError([Issue(Location(str(path)), "E408", message)])


def back_up(path: Path, data: bytes, moment: datetime) -> Path:
    """Keep ``data``, what stood at ``path``, in 备份/ beside it under a name with the time; gives where."""
    folder = path.parent / BACKUPS
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise OutputError([Issue(Location(str(folder)), "E407", "备份文件夹建不了，没有动原文件。")]) from error
    stamp = f"{path.stem}_{moment:%Y%m%d_%H%M%S}"
    target, n = folder / f"{stamp}{path.suffix}", 1
    while target.exists() and target.read_bytes() != data:
        n += 1
        target = folder / f"{stamp}_{n}{path.suffix}"
    write_bytes(target, data)
    return target


def write_bytes(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path`` atomically; raises OutputError and leaves an existing file untouched otherwise."""
    ready(path)
    where = Location(str(path))
    name = ""
    try:
        import tempfile

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
