"""What other programs make of the workbook. Skipped where the program is absent; CI insists on it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.conftest import Run


@pytest.mark.program("soffice")
@pytest.mark.program("pdftotext")
def test_libreoffice_opens_and_prints_the_workbook(run: Run, sample: Path, tmp_path: Path) -> None:
    book = tmp_path / "问题清单.xlsx"
    assert run("check", sample, "-o", book).returncode == 0
    profile = (tmp_path / "profile").as_uri()
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            tmp_path,
            book,
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    pages = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "问题清单.pdf", "-"], check=True, capture_output=True, timeout=60
    )
    text = "".join(pages.stdout.decode("utf-8").split())
    for words in ("问题清单", "指标自评表", "证据摘录", "报告体检", "逐句对照", "填表说明", "不等于评审得分"):
        assert words in text, words
    assert "#REF!" not in text
    assert "Err:" not in text


@pytest.mark.program("rg")
def test_the_code_names_no_indicator_and_no_machine(run: Run) -> None:
    """Nothing in the code knows 100 or any indicator; no machine path is committed."""
    root = Path(__file__).resolve().parents[2]
    found = subprocess.run(
        ["rg", "-n", r"2021-0\d\d|== 100\b|range\(1, 101\)|/work/|/root/", "checker", "-g", "*.py"],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert found.stdout == ""
