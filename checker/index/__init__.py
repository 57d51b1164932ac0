"""YAML files -> one compiled Index. Nothing here knows how many indicators there are."""

from checker.index.load import find_pack, load_index, read_pack

__all__ = ["find_pack", "load_index", "read_pack"]
