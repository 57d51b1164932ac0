"""Frozen dataclasses with slots that are quick to define: one piece of source is compiled for each, not six.

A run for one report defines some sixty of them at import; ``dataclasses`` alone spends more on that than the judging
takes. What it gives is kept: ``fields``, ``replace``, ``asdict``, equality, hash, repr, match, copy and pickle.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[T]) -> type[T]:
    """What ``dataclass(frozen=True, slots=True)`` makes of a class that inherits from no dataclass."""
    made: Any = dataclass(slots=True, init=False, eq=False, repr=False)(cls)
    made.__init__ = _init(made)
    key = _getter([f.name for f in fields(made) if f.compare])
    shown = [f.name for f in fields(made) if f.repr]
    names = [f.name for f in fields(made)]
    every = _getter(names)
    setters = [made.__dict__[n].__set__ for n in names]

    def eq(self: Any, other: Any) -> bool:
        return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: Any) -> int:
        return hash(key(self))

    def text(self: Any) -> str:
        return f"{type(self).__qualname__}({', '.join(f'{n}={getattr(self, n)!r}' for n in shown)})"

    def setstate(self: Any, state: tuple[Any, ...]) -> None:
        for put, value in zip(setters, state, strict=True):
            put(self, value)

    made.__eq__, made.__hash__, made.__setstate__ = eq, hashed, setstate
    made.__getstate__ = lambda self: every(self)
    if "__repr__" not in cls.__dict__:
        made.__repr__ = text
    made.__setattr__, made.__delattr__ = _no_setting, _no_deleting
    return made  # type: ignore[no-any-return]


def _no_setting(_self: object, name: str, _value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _no_deleting(_self: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _getter(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    if len(names) > 1:
        return attrgetter(*names)
    return lambda self: tuple(getattr(self, n) for n in names)


def _init(cls: Any) -> Any:
    """``__init__`` as ``dataclasses`` writes it, setting the slots directly."""
    room: dict[str, Any] = {}
    plain: list[str] = ["self"]
    named: list[str] = []
    body: list[str] = []
    for f in fields(cls):
        room[f"_set_{f.name}"] = cls.__dict__[f.name].__set__
        value = argument = f.name
        if f.default is not MISSING:
            room[f"_default_{f.name}"] = f.default
            argument += f"=_default_{f.name}"
        elif f.default_factory is not MISSING:
            room["_missing"], room[f"_make_{f.name}"] = MISSING, f.default_factory
            argument += "=_missing"
            value = f"_make_{f.name}() if {f.name} is _missing else {f.name}"
        if f.init:
            (named if f.kw_only else plain).append(argument)
        elif f.default_factory is not MISSING:
            value = f"_make_{f.name}()"
        elif f.default is not MISSING:
            value = f"_default_{f.name}"
        else:
            continue
        body.append(f" _set_{f.name}(self, {value})")
    if hasattr(cls, "__post_init__"):
        body.append(" self.__post_init__()")
    arguments = ", ".join([*plain, *(["*", *named] if named else [])])
    exec("\n".join([f"def __init__({arguments}):", *body] if body else [f"def __init__({arguments}): pass"]), room)
    made = room["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    made.__module__ = cls.__module__
    made.__annotations__ = {**{f.name: f.type for f in fields(cls) if f.init}, "return": None}
    return made
