"""A supervising office runs a record again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.review_pack import PINNED, attestation, lay, waiver


@pytest.fixture
def recorded(run: Run, tmp_path: Path) -> Path:
    folder = lay(tmp_path / "县")
    attestation(folder)
    waiver(folder, "4")
    done = run(
        "check", "报告.txt", "--index", "规则", "--attest", "佐证.yaml", "--waivers", "豁免.yaml", "--materials", "材料",
        "-o", "r.record.json",
        cwd=folder, env=PINNED,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    return folder


def test_the_same_again(run: Run, recorded: Path, tmp_path: Path) -> None:
    """From another folder and years later: what counted then is the day of the record."""
    later = {"SOURCE_DATE_EPOCH": "1900000000"}
    done = run("rerun", recorded / "r.record.json", "--root", recorded, cwd=tmp_path, env=later)
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
    assert "不一致" not in done.stdout.decode()
    roles = [x["role"] for x in json.loads((recorded / "r.record.json").read_text(encoding="utf-8"))["inputs"]]
    assert roles == ["document", "material", "waivers", "attest"]


@pytest.mark.parametrize(
    ("file", "old", "new", "word"),
    [
        ("报告.txt", "案卷120卷", "案卷130卷", "不一致 文件 报告.txt"),
        ("规则/01/001.yaml", "每年评查执法案卷并整改。", "每年评查执法案卷。", "不一致 指标规则"),
        ("r.record.json", '"result": "', '"result": "' + "0" * 64, ""),
    ],
)
def test_what_changed_is_named(run: Run, recorded: Path, file: str, old: str, new: str, word: str) -> None:
    path = recorded / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    text = text.replace(old, new)
    if file.endswith(".json"):
        data = json.loads(path.read_text(encoding="utf-8"))
        data["result"] = "0" * 64
        text, word = json.dumps(data, ensure_ascii=False), "不一致 逐项结论"
    path.write_text(text, encoding="utf-8")
    done = run("rerun", "r.record.json", cwd=recorded, env=PINNED)
    assert done.returncode == 1, done.stderr.decode()
    assert word in done.stdout.decode()


@pytest.mark.parametrize("text", ["{", "{}", '{"schema": "checker-record/1"}'])
def test_what_is_no_record_is_refused(run: Run, tmp_path: Path, text: str) -> None:
    (tmp_path / "x.json").write_text(text, encoding="utf-8")
    done = run("rerun", tmp_path / "x.json")
    assert done.returncode == 2
    assert "E651" in done.stderr.decode()


def test_files_that_are_gone_are_named(run: Run, recorded: Path, tmp_path: Path) -> None:
    done = run("rerun", recorded / "r.record.json", cwd=tmp_path)
    assert done.returncode == 2
    assert "报告.txt" in done.stderr.decode()
    assert "--root" in done.stderr.decode()
