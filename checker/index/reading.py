"""Folders -> one Pack: the base, then every layer laid upon it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checker.index.layers import digest, folder_digest, layer_files, stack
from checker.index.pack import Pack, read_source

if TYPE_CHECKING:
    from checker.index.source import Source


def read_pack(pack: Path, overlays: Sequence[str] = (), only: frozenset[str] | None = None) -> Pack:
    """Read a pack with all it stands on. ``only`` limits a pack that stands alone to files with these stems."""
    folders = stack(str(pack), overlays)
    index, lexicon, files = layer_files(folders[0], True)
    if only is not None and len(folders) == 1:
        files = [f for f in files if f.stem in only]
    out = Pack(read_source(index), read_source(lexicon), [read_source(f) for f in files], digest(folders))
    out.layers.append(_about(out.index, folders[0], True))
    if len(folders) > 1:
        from checker.index.overlay import lay  # the schemas are not needed where nothing is laid upon another

        for folder in folders[1:]:
            out.layers.append(_about(lay(out, folder), folder, False))
    return out


def _about(index: Source, folder: Path, base: bool) -> dict[str, Any]:
    data = index.data if isinstance(index.data, dict) else {}
    return {
        "id": str(data.get("id") or folder.resolve().name),
        "title": str(data.get("title") or folder.resolve().name),
        "version": str(data.get("version") or "0"),
        "sha256": folder_digest(folder, base),
        "changelog": data.get("changelog") or [],
    }
