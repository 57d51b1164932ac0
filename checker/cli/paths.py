"""How outputs name files: the same from any working folder, and never with the folder of somebody's home in it."""

from __future__ import annotations

from pathlib import Path


def root(config: Path | None) -> Path | None:
    """The folder that paths are shown from: that of the configuration file, else of the git repository, else none."""
    if config is not None:
        return config.resolve().parent
    here = Path.cwd()
    return next((p for p in (here, *here.parents) if (p / ".git").exists()), None)


def shown(path: str, base: Path | None) -> str:
    """``path`` relative to ``base`` where it lies inside, else as given; always with ``/``."""
    if base is not None:
        try:
            return Path(path).resolve().relative_to(base.resolve()).as_posix()
        except (ValueError, OSError):
            pass
    return Path(path).as_posix()
