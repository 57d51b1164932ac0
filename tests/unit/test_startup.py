"""What a cold start may load: heavy libraries belong to the commands that need them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import ROOT

HEAVY = {
    "ahocorasick_rs", "distributed", "docx", "jinja2", "jsonschema", "lxml", "opencc", "openpyxl", "pypdfium2",
    "python_calamine", "rich", "selectolax", "sqlite3", "yaml",
}  # fmt: skip


def loaded(*args: str) -> set[str]:
    code = (
        "import sys\nfrom checker.cli import run\n"
        "try:\n    run(sys.argv[1:])\nfinally:\n    print('\\nMODULES ' + ' '.join(sys.modules), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, *args], capture_output=True, text=True, cwd=ROOT, check=False)
    return set(done.stderr.rsplit("MODULES ", 1)[1].split())


@pytest.mark.parametrize("args", [("--help",), ("--version",)])
def test_help_loads_the_command_table_and_nothing_of_the_work(args: tuple[str, ...]) -> None:
    modules = loaded(*args)
    assert not modules & HEAVY
    ours = {m for m in modules if m.split(".")[0] == "checker"}
    assert ours <= {
        "checker",
        "checker.cli",
        "checker.cli.chinese",
        "checker.cli.config",
        "checker.cli.lazy",
        "checker.cli.main",
        "checker.cli.messages",
        "checker.errors",
    }


def test_a_plain_check_reads_no_yaml_once_the_index_is_kept(sample: object) -> None:
    args = ("check", str(sample), "--format", "json")
    loaded(*args)
    assert not loaded(*args) & (HEAVY - {"ahocorasick_rs"})
