"""Materials beside the report: which files they are, what could not be read, and how much is read at most."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from checker.cli.paths import shown
from checker.errors import CheckerError, Issue
from checker.model import Assessment, Later, Material

if TYPE_CHECKING:
    from checker.documents.folder import Folder
    from checker.documents.limits import Limits

UNREAD = "没有读成的材料 "


def limited(function: Callable[..., Any]) -> Callable[..., Any]:
    """--limit 名称=数值, handed on as ``limits``."""
    option = click.option(
        "--limit",
        "limits",
        multiple=True,
        metavar="名称=数值",
        help="放宽或收紧读文件的上限，如 pages=5000；可给多个，名称见 docs/documents.md。",
    )
    return option(function)


def given_limits(words: Sequence[str]) -> Limits | None:
    """The limits that a person gave on top of the environment's; None where there are none."""
    import os

    from checker.documents.limits import with_changes

    return with_changes([*os.environ.get("CHECKER_LIMITS", "").split(), *words]) if words else None


def gather_materials(files: Sequence[str], folders: Sequence[str]) -> Folder:
    """The files of all folders but those that are named already; raises CheckerError with all problems."""
    from checker.documents.folder import Folder, look_into

    documents: list[str] = []
    others: list[str] = []
    issues: list[Issue] = []
    known = {str(Path(f).resolve()) for f in files}
    for folder in folders:
        try:
            found = look_into(folder, frozenset(known))
        except CheckerError as error:
            issues.extend(error.issues)
            continue
        documents += found.documents
        others += found.others
        known.update(str(Path(f).resolve()) for f in found.documents)
    if issues:
        raise CheckerError(issues)
    return Folder(tuple(documents), tuple(others))


def with_unread(
    assessment: Assessment, unread: Sequence[Issue], others: Sequence[str], base: Path | None
) -> Assessment:
    """The assessment that says in every output which materials are not in it."""
    said = tuple(f"{UNREAD}{shown(i.location.path, base)}：{i.message}" for i in unread)
    said += tuple(f"{shown(path, base)}：不是文字材料，没有读。" for path in others)
    if not said:
        return assessment
    before = assessment.warnings
    return replace(assessment, warnings=Later(lambda: (*before, *said)))


def with_registered(assessment: Assessment, folders: Sequence[str], base: Path | None) -> Assessment:
    """The assessment with what the manifests of the folders list; what no longer is as listed is said, not shown."""
    from checker.review.materials import NAME, load_manifest, standing

    found: list[Material] = []
    said: list[str] = []
    issues: list[Issue] = []
    for folder in folders:
        file = Path(folder) / NAME
        if not file.is_file():
            continue
        try:
            manifest = load_manifest(str(file), assessment.index, shown(str(file), base))
        except CheckerError as error:
            issues.extend(error.issues)
            continue
        good, gone = standing(Path(folder), manifest)
        found += [replace(m, path=shown(str(Path(folder) / m.path), base)) for m in good]
        said += [
            f"{m.place}：材料「{m.path}」不在了，或内容与登记时不同，没有挂到指标下；请运行 checker evidence verify。"
            for m in gone
        ]
    if issues:
        raise CheckerError(issues)
    before = assessment.warnings
    listed = tuple(sorted(found, key=lambda m: m.path))
    return replace(assessment, materials=listed, warnings=Later(lambda: (*before, *said)) if said else before)
