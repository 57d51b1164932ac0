"""kill -9 at any moment leaves the old workbook or the new one, whole."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run
from tests.workbook.conftest import Make

WRITER = """
import sys
from pathlib import Path
from datetime import datetime, UTC
from checker.cli.write import back_up, write_bytes
target, *sources = map(Path, sys.argv[1:])
datas = [p.read_bytes() for p in sources]
print("ready", flush=True)
n = 0
while True:
    if n % 5 == 0:
        back_up(target, target.read_bytes(), datetime(2025, 1, 1, tzinfo=UTC))
    write_bytes(target, datas[n % len(datas)])
    n += 1
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="没有 kill -9")
def test_killed_while_writing(first: bytes, make: Make, tmp_path: Path) -> None:
    other = make(text="清苑湾县2024年法治政府建设年度报告\n一、主要成效\n组织培训6期。\n")
    target = tmp_path / "问题清单.xlsx"
    target.write_bytes(first)
    (tmp_path / "a").write_bytes(first)
    (tmp_path / "b").write_bytes(other)
    whole = {sha256(first).digest(), sha256(other).digest()}
    rng = random.Random(5)
    seen = set()
    for _ in range(12):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, target, tmp_path / "a", tmp_path / "b"],
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(rng.random() * 0.05)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        digest = sha256(target.read_bytes()).digest()
        assert digest in whole
        seen.add(digest)
        for kept in (tmp_path / "备份").glob("问题清单*"):
            assert sha256(kept.read_bytes()).digest() in whole
    assert seen


def test_locked_and_read_only_targets_are_left_alone(run: Run, sample: Path, first: bytes, tmp_path: Path) -> None:
    target = tmp_path / "问题清单（送审稿）.xlsx"
    for lock in (f"~${target.name}", f"~${target.name[2:]}", f".~lock.{target.name}#"):
        target.write_bytes(first)
        (tmp_path / lock).write_bytes(b"")
        done = run("check", sample, "-o", target)
        assert done.returncode == 2
        assert "请先关闭" in done.stderr.decode()
        assert target.read_bytes() == first
        (tmp_path / lock).unlink()
    target.chmod(0o444)
    done = run("check", sample, "-o", target)
    assert done.returncode == 2
    assert "只读" in done.stderr.decode()
    assert target.read_bytes() == first
    assert sorted(p.name for p in tmp_path.iterdir()) == [target.name]


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("别的表.xlsx", None, "不是本工具写出的"),
        ("半截.xlsx", b"PK\x03\x04half", "没有写完整"),
        ("文字.xlsx", "手写的文字".encode(), "不是 Excel 工作簿"),
        ("加密.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "密码"),
    ],
)
def test_what_is_no_workbook_of_ours_is_left_alone(
    run: Run, sample: Path, tmp_path: Path, name: str, data: bytes | None, word: str
) -> None:
    if data is None:
        from openpyxl import Workbook

        from tests.workbook.conftest import saved

        book = Workbook()
        book.worksheets[0]["A1"] = "别人的"
        data = saved(book)
    target = tmp_path / name
    target.write_bytes(data)
    done = run("check", sample, "-o", target)
    said = done.stderr.decode()
    assert done.returncode == 2
    assert word in said
    assert "Traceback" not in said
    assert target.read_bytes() == data
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_a_text_box_would_be_lost_so_nothing_is_done(first: bytes, make: Make) -> None:
    from io import BytesIO
    from zipfile import ZipFile

    from checker.errors import CheckerError

    out = BytesIO()
    with ZipFile(BytesIO(first)) as old, ZipFile(out, "w") as new:
        for n in old.namelist():
            body = old.read(n)
            if n == "xl/drawings/drawing1.xml":
                body = body.replace(b"</wsDr>", b'<twoCellAnchor><sp macro=""/></twoCellAnchor></wsDr>').replace(
                    b"</xdr:wsDr>", b'<xdr:twoCellAnchor><xdr:sp macro=""/></xdr:twoCellAnchor></xdr:wsDr>'
                )
            new.writestr(n, body)
    with pytest.raises(CheckerError) as error:
        make(out.getvalue())
    assert "领导一页纸" in str(error.value)
    assert "文本框" in str(error.value)


def test_a_workbook_saved_while_the_run_worked_is_left_alone(first: bytes, tmp_path: Path) -> None:
    from checker.cli.write import still
    from checker.errors import CheckerError

    target = tmp_path / "问题清单.xlsx"
    still(target, None)
    target.write_bytes(first)
    still(target, first)
    target.write_bytes(first + b"saved in between")
    with pytest.raises(CheckerError, match="E408"):
        still(target, first)
    with pytest.raises(CheckerError, match="E408"):
        still(target, None)
