"""What the pages for people name is there: files, commands and their options."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from checker.cli.main import cli
from tests.conftest import ROOT

PAGES = [
    ROOT / n for n in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "indicators/README.md", "reports/README.md")
]
PAGES += sorted((ROOT / "docs").glob("*.md"))
# Folders that a path may be meant from, on the page of that room.
BASES = ("", "docs", "checker", "checker/documents", "checker/outputs", "checker/matching", "checker/index")
PATH = re.compile(r"(?<![\w*])[a-z_.]+(?:/[\w.-]+)*(?:/|\.(?:py|md|json|js|css))(?![\w*])")
CALL = re.compile(r"(?<![-\w./\\])checker((?: +[^\s`（）#，。；、]+)+)")
OPTION = re.compile(r"--[a-z][a-z-]*")


def code(page: Path) -> list[str]:
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    rest = re.sub(r"^```\w*\n.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return [*(line for b in blocks for line in b.splitlines()), *re.findall(r"`([^`\n]+)`", rest)]


def options(command: click.Command) -> set[str]:
    return {o for p in command.params for o in p.opts} | {"--help", "-h"}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_commands_and_options_exist(page: Path) -> None:
    wrong = []
    for line in code(page):
        for call in CALL.finditer("" if "from checker import" in line else line):
            words = call[1].split()
            command: click.Command = cli
            context = click.Context(cli)
            while isinstance(command, click.Group) and words and re.fullmatch(r"[a-z][a-z-]*(?:\|[a-z-]+)*", words[0]):
                names = words.pop(0).split("|")
                found = [command.get_command(context, n) for n in names]
                if None in found:
                    wrong.append(line)
                    break
                assert found[0] is not None
                command = found[0]
                if len(names) > 1:
                    break
            else:
                known = options(command) | options(cli)
                wrong += [f"{o}: {line}" for w in words for o in OPTION.findall(w) if o not in known]
    assert not wrong


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_files_exist(page: Path) -> None:
    text = " ".join(
        re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL))
    )
    named = {m[0] for m in PATH.finditer(text) if "/" in m[0].rstrip("/") or m[0].endswith(".md")}
    mine = [ROOT / base for base in BASES] + [page.parent]
    gone = sorted(n for n in named if not any((base / n).exists() for base in mine))
    assert not gone
