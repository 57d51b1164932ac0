"""YAML files -> one compiled Index. Nothing here knows how many indicators there are."""

from checker.index.layers import IndexName
from checker.index.load import find_pack, load_index, pack_index, read_pack

__all__ = ["IndexName", "find_pack", "load_index", "pack_index", "read_pack"]
