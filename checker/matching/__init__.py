"""Index x sentences -> Evidence, accepted or refused, always with a reason."""

from checker.matching.collect import collect
from checker.matching.scanner import Rules, prepare

__all__ = ["Rules", "collect", "prepare"]
