"""Index x sentences -> Evidence, accepted or refused, always with a reason."""

from checker.matching.collect import collect
from checker.matching.kept import prepare
from checker.matching.scanner import Rules

__all__ = ["Rules", "collect", "prepare"]
