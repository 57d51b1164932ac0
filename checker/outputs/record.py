"""The run record: what went in, by hash, and what came out, so that another office can run it again and compare."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from checker.model import Assessment
from checker.outputs import Context
from checker.outputs.json import as_dict


def render(a: Assessment, context: Context) -> bytes:
    """The record as JSON (``record.schema.json``)."""
    return (json.dumps(as_record(a, context), ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def as_record(a: Assessment, context: Context) -> dict[str, Any]:
    """The record as plain data. ``result`` is the hash of everything judged, without file names and notes on leaks."""
    return {
        "schema": "checker-record/1",
        "moment": context.moment.isoformat(timespec="seconds"),
        "tool": {"name": "checker", "version": context.tool_version, "sha256": tool_hash()},
        "index": {
            "id": a.index.id,
            "version": a.index.version,
            "sha256": a.index.sha256,
            "layers": [{"id": x.id, "sha256": x.sha256} for x in a.index.layers],
        },
        "inputs": [{"role": x.role, "path": x.path, "sha256": x.sha256} for x in context.inputs],
        "settings": dict(context.settings),
        "ledger": {**dict(a.ledger.counts), "waived": a.ledger.waived, "lifted": a.ledger.lifted},
        "result": result_hash(a),
    }


def result_hash(a: Assessment) -> str:
    """SHA-256 over verdicts, reasons and evidence of every indicator, check-up and figures."""
    data = as_dict(a, tool_version="")
    kept = {k: data[k] for k in ("ledger", "rates", "chapters", "findings", "checkup", "figures")}
    return hashlib.sha256(json.dumps(kept, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@cache
def tool_hash() -> str:
    """SHA-256 over the program's own modules and schemas, by name and content."""
    digest = hashlib.sha256()
    for name, data in sorted(_files(resources.files("checker"), "")):
        digest.update(name.encode() + b"\0" + data.replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()


def _files(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    out: list[tuple[str, bytes]] = []
    for item in folder.iterdir():
        if item.is_dir():
            if item.name not in ("__pycache__", "indicators"):
                out += _files(item, f"{prefix}{item.name}/")
        elif item.name.endswith((".py", ".schema.json")):
            out.append((prefix + item.name, item.read_bytes()))
    return out
