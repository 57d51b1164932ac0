"""Shared fixtures. Tests that need the private material or a system program skip, saying so."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from checker.index import load_index
from checker.matching import Rules, prepare
from checker.model import Index

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    os.environ["CHECKER_CACHE"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def index() -> Index:
    return load_index("2021")


@pytest.fixture(scope="session")
def rules(index: Index) -> Rules:
    return prepare(index)


@pytest.fixture(scope="session")
def shared() -> Path:
    if not (SHARED / "data" / "reports").is_dir():
        pytest.skip("没有 ../shared：真实报告和标注不随仓库发布")
    return SHARED


@pytest.fixture
def sample() -> Path:
    return ROOT / "reports" / "qingyuan-county-2024.txt"


Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


def command_line(
    *args: object, cwd: Path | None = None, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """The command line as a person runs it, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "checker", *map(str, args)],
        capture_output=True,
        cwd=cwd or ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
        timeout=120,
        check=False,
    )


@pytest.fixture
def run() -> Run:
    return command_line


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in item.iter_markers("program"):
        name = marker.args[0]
        if shutil.which(name) is None:
            if os.environ.get("CHECKER_REQUIRE_PROGRAMS"):
                pytest.fail(f"CI 上必须有程序 {name}")
            pytest.skip(f"没有程序 {name}")
