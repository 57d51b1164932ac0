"""Mutated files of every kind: read or refused in the documented way; no crash, no hang, nothing written.

A few hundred inputs a reader here; ``benchmarks/fuzz_documents.py`` runs as many as one likes.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.documents import read_document
from checker.documents.limits import Limits
from checker.errors import DocumentError
from tests.makers.fuzz import EDITS, ENDINGS, Edit, mutate, mutate_inside, seeds

DOCUMENTED = {"E303", "E304", "E306", "E311", "E312", "E313", "E320", "E321", "E322", "E323", "E328", "E329", "E331"}
SEEDS = seeds()


@pytest.fixture(autouse=True)
def _no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    """Our own readers are fuzzed here, not LibreOffice."""
    monkeypatch.setenv("CHECKER_SOFFICE", "")


def outcome(file: Path) -> str:
    """Code of the refusal or ``OK``; checks what must hold of every document that is read."""
    try:
        document = read_document(str(file), limits=Limits(seconds=20))
    except DocumentError as error:
        return error.issues[0].code
    at = 0
    for block in document.blocks:
        assert at <= block.start < block.end <= len(document.text)
        at = block.end
    assert "\x00" not in document.text or document.format == "txt"
    if document.page and document.page.published_span:
        start, end = document.page.published_span
        assert document.text[start:end].startswith("20")
    return "OK"


@pytest.mark.parametrize("ending", ENDINGS)
def test_mutated_files(ending: str, tmp_path: Path) -> None:
    file = tmp_path / f"a.{ending}"

    @settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(edits=EDITS, inside=st.booleans(), which=st.floats(0, 1))
    def run(edits: list[Edit], inside: bool, which: float) -> None:
        zipped = SEEDS[ending].startswith(b"PK")
        data = mutate_inside(SEEDS[ending], edits, which) if inside and zipped else mutate(SEEDS[ending], edits)
        file.write_bytes(data)
        code = outcome(file)
        assert code == "OK" or code in DOCUMENTED, code
        assert [p.name for p in tmp_path.iterdir()] == [file.name]

    run()


@pytest.mark.parametrize("ending", ENDINGS)
def test_random_bytes(ending: str, tmp_path: Path) -> None:
    file = tmp_path / f"a.{ending}"

    @settings(max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(data=st.binary(max_size=3000))
    def run(data: bytes) -> None:
        file.write_bytes(data)
        code = outcome(file)
        assert code == "OK" or code in DOCUMENTED, code

    run()
