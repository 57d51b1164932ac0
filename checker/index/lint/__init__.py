"""Everything that can be wrong with a pack, all at once, with places."""

from checker.index.lint.pack import check_pack
from checker.index.lint.schema import check_schema

__all__ = ["check_pack", "check_schema"]
