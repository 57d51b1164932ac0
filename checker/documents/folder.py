"""What of a folder of materials can be read, and what is no document at all."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from checker.documents.kinds import ENDINGS
from checker.documents.limits import refuse

# What belongs to the folder rather than into it: the manifest and guides of the evidence folder, the system's own.
GUIDE = "应附材料.txt"
_FURNITURE = frozenset({"thumbs.db", "desktop.ini", ".ds_store", GUIDE})
_OWN = frozenset({".yaml", ".yml"})


class Folder(Struct, frozen=True):
    """Files of a folder in a steady order. ``others`` (pictures, archives ...) hold no text that could be read."""

    documents: tuple[str, ...]
    others: tuple[str, ...]


def look_into(folder: str, but: frozenset[str] = frozenset()) -> Folder:
    """All files below a folder but the (resolved) ones named. Raises DocumentError where it is no folder or holds none."""
    root = Path(folder)
    if not root.is_dir():
        raise refuse(folder, "E308", "找不到这个材料文件夹。请检查路径；单个材料文件直接写在报告后面。")
    documents: list[str] = []
    others: list[str] = []
    for file in sorted(root.rglob("*")):
        parts = file.relative_to(root).parts
        if not file.is_file() or any(p.startswith((".", "~$")) for p in parts) or str(file.resolve()) in but:
            continue
        if file.name.lower() in _FURNITURE or file.suffix.lower() in _OWN:
            continue
        (documents if file.suffix.lower() in ENDINGS and file.suffix else others).append(str(file))
    if not documents and not others:
        raise refuse(folder, "E308", "材料文件夹里没有文件。")
    return Folder(tuple(documents), tuple(others))
