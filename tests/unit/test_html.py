"""The page's escaping and its bytes, without a browser."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from checker.outputs.html.reading import heading_level
from checker.outputs.html.safe import data_block, display
from tests.conftest import ROOT, Run

COUNTY = ROOT / "reports" / "qingyuan-county-2024.txt"


@given(st.text(alphabet=st.characters()))
def test_display_keeps_every_offset(text: str) -> None:
    shown = display(text)
    assert len(shown) == len(text)
    assert all(a == b or b in "\ufffd " for a, b in zip(text, shown, strict=True))
    assert "\r" not in shown
    shown.encode("utf-8")


@given(st.recursive(st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)))
def test_a_data_block_holds_no_markup_and_reads_back(value: object) -> None:
    block = str(data_block(value))
    assert not set(block) & set("<>&\u2028\u2029")
    block.encode("utf-8")
    plain = json.dumps(value)
    if not any(0xD800 <= ord(c) < 0xE000 or c == "\ufeff" for c in json.loads(json.dumps(plain))):
        json.loads(block)


def test_heading_levels_follow_the_numbering() -> None:
    assert [heading_level(p) for p in ("", "一", "一(四)", "一(四)2", "一(四)2(1)", "第二部分(一)")] == [
        1,
        1,
        2,
        3,
        4,
        2,
    ]


def test_the_policy_admits_this_script_and_style_and_nothing_else(run: Run, tmp_path: Path) -> None:
    pinned = {"SOURCE_DATE_EPOCH": "1732400000"}
    pages = []
    for name in ("a.html", "b.html"):
        done = run("html", COUNTY, "-o", tmp_path / name, env=pinned)
        assert done.returncode == 0, done.stderr.decode()
        assert name in done.stdout.decode()
        pages.append((tmp_path / name).read_bytes())
    assert pages[0] == pages[1]
    page = pages[0].decode("utf-8")
    assert run("check", COUNTY, "-o", tmp_path / "c.html", env=pinned).returncode == 0
    assert (tmp_path / "c.html").read_bytes() == pages[0]
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    rules = dict(rule.split(" ", 1) for rule in policy[1].replace("&#39;", "'").split("; "))
    assert rules["default-src"] == "'none'"
    for tag, rule in (("script", "script-src"), ("style", "style-src")):
        found = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digests = [base64.b64encode(hashlib.sha256(x.encode()).digest()).decode() for x in found]
        assert rules[rule].split() == [f"'sha256-{d}'" for d in digests]
        assert len(found) == {"script": 2, "style": 1}[tag]
    assert not re.search(r"\s(?:on[a-z]+|style)=", re.sub(r"<(script|style)>.*?</\1>", "", page, flags=re.DOTALL))
    assert not re.search(r"(?:src|href)=\"(?!#|data:)", page)
    assert "http://" not in page
    assert "https://" not in page


def test_the_data_holds_every_piece_of_evidence(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    assert run("html", COUNTY, "-o", target).returncode == 0
    block = re.search(r'id="data">(.*?)</script>', target.read_text(encoding="utf-8"), re.DOTALL)
    assert block
    data = json.loads(block[1])
    result = json.loads(run("check", COUNTY, "--format", "json").stdout)
    assert [row[0] for row in data["indicators"]] == [f["id"] for f in result["findings"]]
    assert len(data["evidence"]) == sum(len(f["evidence"]) for f in result["findings"])
    for row, finding in zip(data["indicators"], result["findings"], strict=True):
        accepted = sum(data["evidence"][e][3] for e in row[4])
        assert accepted == sum(e["accepted"] for e in finding["evidence"])


def test_a_page_never_lands_on_its_input(run: Run, tmp_path: Path) -> None:
    report = tmp_path / "报告.txt"
    report.write_bytes(COUNTY.read_bytes())
    done = run("html", report, "-o", report)
    assert done.returncode == 2
    assert "E462" in done.stderr.decode()
    assert report.read_bytes() == COUNTY.read_bytes()


def test_open_never_lands_on_its_input(run: Run, tmp_path: Path) -> None:
    report = tmp_path / "报告.html"
    report.write_text(f"<h1>报告</h1><p>{COUNTY.read_text(encoding='utf-8')}</p>", encoding="utf-8")
    before = report.read_bytes()
    done = run("open", report, "--dir", tmp_path, "--no-browser")
    assert done.returncode == 2
    assert "E462" in done.stderr.decode()
    assert report.read_bytes() == before


def test_what_is_no_earlier_result_is_refused(run: Run, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text("{}", encoding="utf-8")
    done = run("html", COUNTY, "--against", wrong, "-o", tmp_path / "page.html")
    assert done.returncode == 2
    assert "wrong.json" in done.stderr.decode()
    assert not (tmp_path / "page.html").exists()


def test_open_writes_both_files_and_says_where(run: Run, tmp_path: Path) -> None:
    report = tmp_path / "年度报告.txt"
    report.write_bytes(COUNTY.read_bytes())
    seen = tmp_path / "seen"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > "{seen}"\n', encoding="utf-8")
    browser.chmod(0o755)
    done = run("open", report, env={"BROWSER": f"{browser} %s"})
    assert done.returncode == 0, done.stderr.decode()
    home = tmp_path / "年度报告-对标检查"
    page = home / "报告.html"
    assert page.read_bytes().startswith(b"<!DOCTYPE html>")
    assert (home / "问题清单.xlsx").read_bytes()[:2] == b"PK"
    assert str(home) in done.stdout.decode()
    assert seen.read_text(encoding="utf-8") == page.as_uri()
    first = (home / "问题清单.xlsx").read_bytes()
    again = run("open", report, "--no-browser", env={"SOURCE_DATE_EPOCH": "1732400000"})
    assert again.returncode == 0, again.stderr.decode()
    assert "手填内容保留" in again.stderr.decode()
    assert [p.read_bytes() for p in (home / "备份").iterdir()] == [first]
    (home / "问题清单.xlsx").write_bytes(b"typed by people")
    refused = run("open", report, "--no-browser")
    assert refused.returncode == 2
    assert (home / "问题清单.xlsx").read_bytes() == b"typed by people"


def test_a_public_page_masks_what_should_not_be_passed_on(run: Run, tmp_path: Path) -> None:
    report = tmp_path / "报告.txt"
    report.write_text(
        "清苑湾县2024年法治政府建设年度报告\n一、主要成效\n审核重大执法决定257件，联系人身份证号11010519491231002X。\n",
        encoding="utf-8",
    )
    assert run("html", report, "-o", tmp_path / "own.html").returncode == 0
    assert run("html", report, "--public", "-o", tmp_path / "public.html").returncode == 0
    assert "11010519491231002X" in (tmp_path / "own.html").read_text(encoding="utf-8")
    assert "11010519491231002X" not in (tmp_path / "public.html").read_text(encoding="utf-8")
