"""Damaged and hostile files: each ends in the documented way, within its limits, and nothing is written anywhere."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from checker.documents import isolate, read_document
from checker.documents.limits import Limits
from checker.errors import DocumentError
from tests.conftest import ROOT, Run
from tests.makers import word
from tests.makers.bad import FOLDER, LARGE, SMALL, TEXT, Bad

FILES = sorted(FOLDER.glob("*--*"))
NEEDS_OFFICE = {"garbage.doc"}


def _outcome(file: Path, limits: Limits | None = None) -> tuple[str, str]:
    try:
        document = read_document(str(file), limits=limits or Limits(seconds=50))
    except DocumentError as error:
        (issue,) = error.issues
        assert str(file) in str(issue)
        return issue.code, issue.message
    return "OK", document.text


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_small_files(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    codes, _, _ = file.name.partition("--")
    before = sorted(FOLDER.iterdir())
    code, message = _outcome(file)
    assert code in codes.split("-"), message
    assert any("\u4e00" <= c <= "\u9fff" for c in message) or code == "OK"
    assert list(tmp_path.iterdir()) == []
    assert sorted(FOLDER.iterdir()) == before
    assert not Path("/tmp/evil.txt").exists()


@pytest.mark.parametrize("bad", LARGE, ids=lambda b: b.name)
def test_large_files(bad: Bad, tmp_path: Path) -> None:
    file = tmp_path / bad.name
    file.write_bytes(bad.make())
    started = time.monotonic()
    code, message = _outcome(file)
    assert code in bad.codes, message
    assert time.monotonic() - started < 60


def test_there_are_enough_of_them() -> None:
    assert len(FILES) == len(SMALL)
    assert len(FILES) + len(LARGE) >= 40


def test_a_hang_ends_in_time_and_the_next_file_is_read(tmp_path: Path) -> None:
    slow = next(b for b in LARGE if b.name == "million-rows.xlsx")  # seconds of work on any machine
    (tmp_path / "慢.xlsx").write_bytes(slow.make())
    good = tmp_path / "好.docx"
    word.plain_docx(TEXT, good)
    assert _outcome(good)[0] == "OK"
    code, message = _outcome(tmp_path / "慢.xlsx", Limits(seconds=0.3))
    assert code == "E304"
    assert "--limit seconds=" in message
    assert _outcome(good) == ("OK", "\n".join(TEXT) + "\n")


def test_a_crash_of_the_reading_process_is_one_file_s_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = tmp_path / "好.docx"
    word.plain_docx(TEXT, good)
    isolate.stop()
    with monkeypatch.context() as m:
        m.setattr(isolate._Child, "ask", lambda self, request: (self.process.kill(), (None, False))[1])
        assert _outcome(good)[0] == "E327"
    assert _outcome(good)[0] == "OK"


def test_memory_is_limited(tmp_path: Path) -> None:
    pytest.importorskip("resource")
    slow = next(b for b in LARGE if b.name == "stream-bomb.pdf")
    (tmp_path / "大.pdf").write_bytes(slow.make())
    code, _ = _outcome(tmp_path / "大.pdf", Limits(memory=200))
    assert code in ("E304", "E327", "E306", "E321")


def test_the_reading_process_may_not_write_or_start_anything() -> None:
    """The fence itself, in a process of its own: writing, connecting and starting programs are refused."""
    import subprocess
    import sys

    tries = (
        "open('/tmp/evil.txt', 'w')",
        "__import__('os').open('/tmp/evil.txt', 65)",
        "__import__('subprocess').run(['true'])",
        "__import__('os').system('true')",
        "__import__('socket').create_connection(('127.0.0.1', 9))",
        "__import__('os').remove('/tmp/evil.txt')",
    )
    for attempt in tries:
        code = f"from checker.documents.child import _fence; from checker.documents.limits import DEFAULT; _fence(DEFAULT)\ntry: {attempt}\nexcept PermissionError: print('refused')"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)  # fmt: skip
        assert done.stdout.strip() == "refused", (attempt, done)


def test_through_the_command_line(run: Run, tmp_path: Path) -> None:
    """Exit 2, the file and the reason named, no traceback, nothing written."""
    files = [
        f for f in FILES if f.name.startswith("E") and f.name.endswith((".docx", ".pdf", ".ofd", ".html", ".xlsx"))
    ]
    out = tmp_path / "问题清单.xlsx"
    done = run("check", *files, "-o", out)
    said = done.stderr.decode()
    assert done.returncode == 2
    assert "Traceback" not in said
    assert not out.exists()
    for file in files:
        assert file.name in said


def test_a_module_that_lies_beside_the_report_is_not_imported(tmp_path: Path) -> None:
    """A folder of reports may hold ``lxml.py``: the reading process must not take it for its library."""
    import subprocess
    import sys

    (tmp_path / "lxml.py").write_text("raise SystemExit('imported')", encoding="utf-8")
    word.plain_docx(TEXT, tmp_path / "报告.docx")
    code = f"import sys; sys.path[:0] = [{str(ROOT)!r}]; from checker.documents import read_document; print(len(read_document('报告.docx').text))"
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], capture_output=True, text=True, cwd=tmp_path, timeout=60, check=False
    )
    assert done.stdout.strip() == str(len("\n".join(TEXT)) + 1), done
