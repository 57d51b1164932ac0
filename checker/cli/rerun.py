"""``checker rerun``: run a record again and say what differs, step by step."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from msgspec.structs import replace

from checker import __version__
from checker.cli.chinese import Command
from checker.cli.materials import given_limits
from checker.cli.options import given_level
from checker.cli.review import gather
from checker.errors import CheckerError, Issue, Location


@click.command("rerun", cls=Command)
@click.argument("record", metavar="运行记录")
@click.option(
    "--root", "folder", default=".", show_default=True, help="记录中的相对路径从哪个文件夹算起。", metavar="文件夹"
)
def command(record: str, folder: str) -> int:
    """按运行记录重跑一遍：文件、规则、程序、结果是否都一致。一致为 0，不一致为 1。"""
    data = _read(record)
    base = Path(folder)
    from checker.api import check, read_what_can_be
    from checker.index import IndexName, load_index
    from checker.outputs.record import result_hash, tool_hash
    from checker.review.reading import file_hash

    differs = False

    def say(what: str, same: bool, more: str = "") -> None:
        nonlocal differs
        differs = differs or not same
        click.echo(f"{'一致  ' if same else '不一致'} {what}{'' if same else more}")

    missing = [x["path"] for x in data["inputs"] if not (base / x["path"]).is_file()]
    if missing:
        raise CheckerError(
            Issue(Location(record), "E652", f"找不到当时的文件「{p}」。请用 --root 指明它所在的文件夹。")
            for p in missing
        )
    paths: dict[str, list[str]] = {}
    for x in data["inputs"]:
        file = base / x["path"]
        paths.setdefault(x["role"], []).append(str(file))
        say(f"文件 {x['path']}", file_hash(file) == x["sha256"], "：内容变了")
    settings: dict[str, Any] = data["settings"]
    name = settings["index"]
    wanted = IndexName(str(base / name) if (base / name / "index.yaml").is_file() else name)
    wanted.overlays = tuple(str(base / o) for o in settings.get("overlays", ()))
    index = load_index(wanted)
    say(
        f"指标规则 {index.id}",
        index.sha256 == data["index"]["sha256"],
        f"：当时版本 {data['index']['version']}，现在 {index.version}",
    )
    say(
        "程序", tool_hash() == data["tool"]["sha256"], f"：当时 {data['tool']['version']}，现在 {__version__}，内容不同"
    )
    names = [x["path"] for x in data["inputs"] if x["role"] in ("document", "material")]
    limits = given_limits(settings.get("limits", ()))
    documents, unread = read_what_can_be([str(base / n) for n in names], settings["encoding"], limits)
    if unread:
        raise CheckerError(unread)
    today = datetime.fromisoformat(data["moment"]).date()
    review, _ = gather(
        index,
        today,
        base,
        next(iter(paths.get("waivers", ())), None),
        next(iter(paths.get("attest", ())), None),
        None,
        None,
    )
    assessment = check(
        [replace(d, path=n) for d, n in zip(documents, names, strict=True)],
        index,
        level=given_level(settings["level"]),
        year=settings["year"],
        place=settings["place"],
        review=review,
    )
    if settings["public"]:
        from checker.review.public import publish

        assessment = publish(assessment)
    ledger = {**dict(assessment.ledger.counts), "waived": assessment.ledger.waived, "lifted": assessment.ledger.lifted}
    moved = [f"{k} {data['ledger'].get(k)}→{v}" for k, v in ledger.items() if data["ledger"].get(k) != v]
    say("各结论项数", not moved, "：" + "，".join(moved))
    say("逐项结论、理由和证据", result_hash(assessment) == data["result"], "：与当时的结果不同")
    return 1 if differs else 0


def _read(path: str) -> dict[str, Any]:
    from importlib import resources

    from jsonschema import Draft202012Validator

    where = Location(path)
    try:
        data = json.loads(Path(path).read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise CheckerError([Issue(where, "E651", "找不到或打不开这个文件。")]) from error
    except ValueError as error:
        raise CheckerError([Issue(where, "E651", "不是 JSON 文件，或者已损坏。")]) from error
    text = resources.files("checker.outputs").joinpath("record.schema.json").read_text(encoding="utf-8")
    if not Draft202012Validator(json.loads(text)).is_valid(data):
        raise CheckerError([Issue(where, "E651", "不是运行记录（checker-record/1），或者内容不完整。")])
    result: dict[str, Any] = data
    return result
