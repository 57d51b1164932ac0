"""Files found by convention: drop one into tests/examples, it is a test.

``gates/good/*.yaml``: the sentence must earn the verdict given. ``gates/bad/*.yaml``: it must not earn credit.
``index/good/*/``: packs that must be clean. ``index/bad/*.yaml``: files that must fail as their first line says.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from checker.index.lint import check_pack, check_schema
from checker.index.load import read_pack
from checker.index.source import parse
from checker.matching import Rules
from checker.trial import judge_sentence

HERE = Path(__file__).parent / "examples"
GATES = sorted((HERE / "gates").rglob("*.yaml"))


@pytest.mark.parametrize("path", GATES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_gates(path: Path, rules: Rules) -> None:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    got = judge_sentence(
        case["text"], rules, section=case.get("section"), level=case.get("level"), year=case.get("year")
    )
    finding = next(f for f in got.findings if f.indicator.no == case["indicator"])
    if "verdict" in case:
        assert finding.verdict.value == case["verdict"], finding.reasons
    if path.parent.name == "bad":
        assert finding.verdict.value not in ("met", "partial"), finding.reasons
    else:
        assert finding.verdict.value in case.get("verdict", "met partial weak"), finding.reasons


@pytest.mark.parametrize(
    "pack", sorted(p.parent for p in (HERE / "index" / "good").glob("*/index.yaml")), ids=lambda p: p.name
)
def test_good_packs(pack: Path) -> None:
    read = read_pack(pack)
    assert check_pack(read) == []


@pytest.mark.parametrize("path", sorted((HERE / "index" / "bad").glob("*.yaml")), ids=lambda p: p.stem)
def test_bad_files(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    want = text.splitlines()[0].removeprefix("# expect: ").split()
    source = parse(text, path.name)
    got = [f"{i.location.line}:{i.location.column}:{i.code}" for i in sorted(check_schema(source, "indicator"))]
    assert got == want
