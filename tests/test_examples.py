"""Files found by convention: drop one into tests/examples, it is a test.

``gates/good/*.yaml``: the sentence must earn the verdict given. ``gates/bad/*.yaml``: it must not earn credit.
``probes/*.yaml``: many short sentences for one trap, none of which may earn more than its name says.
``index/good/*/``: packs that must be clean. ``index/bad/**/*.yaml``: files that must fail exactly as their lines
``# expect: line:column code message`` say (those lines are taken out before, so that places count from the rest).
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
import yaml

from checker.index.lint import check_pack
from checker.index.load import read_pack
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


BAD = HERE / "index" / "bad"
MINI = HERE / "index" / "good" / "mini"
EXPECT = "# expect: "


def judge_bad(path: Path) -> list[str]:
    """What lint says of one wrong file among the sound files of the small pack: ``line:column code message``.

    A file in ``bad/`` is an indicator; the folders below hold a lexicon, an index.yaml, a change file or the index.yaml
    of an overlay.
    """
    text = "".join(x for x in path.read_text(encoding="utf-8").splitlines(True) if not x.startswith(EXPECT))
    kind = path.parent.name
    with tempfile.TemporaryDirectory() as home:
        pack, overlay = Path(home) / "mini", Path(home) / "layer"
        shutil.copytree(MINI, pack)
        overlay.mkdir()
        target = {
            "bad": pack / "01" / "009.yaml",
            "lexicon": pack / "lexicon.yaml",
            "index": pack / "index.yaml",
            "change": overlay / "001.yaml",
            "layer": overlay / "index.yaml",
        }[kind]
        target.write_text(text, encoding="utf-8")
        layers = [str(overlay)] if kind in ("change", "layer") else []
        issues = check_pack(read_pack(pack, layers))
        found = [i for i in issues if Path(i.location.path).resolve() == target.resolve()]
        assert found or issues
        home_of = {str(pack): "mini", str(overlay): "layer"}
        out = []
        for i in found or issues:
            message = i.message
            for place, name in home_of.items():
                message = message.replace(place, name)
            out.append(f"{i.location.line}:{i.location.column} {i.code} {message}")
        return out


@pytest.mark.parametrize("path", sorted(BAD.rglob("*.yaml")), ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_bad_files(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    want = [x.removeprefix(EXPECT) for x in lines if x.startswith(EXPECT)]
    assert want, "say what is expected"
    assert judge_bad(path) == want


def test_there_are_enough_wrong_files_and_every_code_is_shown_once() -> None:
    assert len(list(BAD.rglob("*.yaml"))) >= 40


PROBES = {
    "half-evidence": ("met",),
    "slogan-beside-a-figure": ("met", "partial"),
    "neighbouring-matter": ("met", "partial"),
}


@pytest.mark.parametrize("path", sorted((HERE / "probes").glob("*.yaml")), ids=lambda p: p.stem)
def test_probes(path: Path, rules: Rules) -> None:
    slipped = []
    for case in yaml.safe_load(path.read_text(encoding="utf-8")):
        got = judge_sentence(case["text"], rules, level=case.get("level", "county"))
        verdict = next(f.verdict.value for f in got.findings if f.indicator.no == case["indicator"])
        if verdict in PROBES[path.stem]:
            slipped.append((case["indicator"], verdict, case["text"]))
    assert slipped == []
