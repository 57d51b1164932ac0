"""Which files a batch is about: all readable ones below a folder, or those that a list names."""

from __future__ import annotations

from pathlib import Path

from checker.batch.judge import Job
from checker.documents.kinds import ENDINGS, PICTURES
from checker.errors import CheckerError, Issue, Location


def find_jobs(given: str) -> tuple[Job, ...]:
    """Jobs sorted by key. Raises CheckerError where there is nothing to do or a list names a file twice."""
    source = Path(given)
    if source.is_dir():
        jobs = [_job(p, p.relative_to(source).as_posix()) for p in source.rglob("*") if _wanted(p, source)]
    elif source.is_file():
        jobs = _listed(source)
    else:
        raise CheckerError([Issue(Location(given), "E701", "找不到这个文件夹或清单。请检查路径。")])
    if not jobs:
        raise CheckerError(
            [
                Issue(
                    Location(given),
                    "E702",
                    f"没有可检查的文件。能读的格式：{'、'.join(e for e in ENDINGS if e)}。",
                )
            ]
        )
    return tuple(sorted(jobs))


def _wanted(path: Path, below: Path) -> bool:
    """Pictures are wanted too: a scanned report must be told as one that could not be read."""
    hidden = any(part.startswith((".", "~$")) for part in path.relative_to(below).parts)
    ending = path.suffix.lower()
    return not hidden and ending != "" and (ending in ENDINGS or ending in PICTURES) and path.is_file()


def _listed(source: Path) -> list[Job]:
    """One path a line, from the list's own folder; ``#`` begins a remark. A missing file is a failure of its own later."""
    out: dict[str, Job] = {}
    issues = []
    try:
        lines = source.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise CheckerError(
            [Issue(Location(given := str(source)), "E703", f"清单 {given} 不是 UTF-8 文本。")]
        ) from error
    for number, line in enumerate(lines, 1):
        name = line.strip()
        if not name or name.startswith("#"):
            continue
        if name in out:
            issues.append(Issue(Location(str(source), number, 1), "E704", f"清单里「{name}」写了两次。"))
        out[name] = _job(source.parent / name, name)
    if issues:
        raise CheckerError(issues)
    return list(out.values())


def _job(path: Path, key: str) -> Job:
    try:
        info = path.stat()
    except OSError:
        return Job(key, str(path))
    return Job(key, str(path), info.st_size, info.st_mtime_ns)
