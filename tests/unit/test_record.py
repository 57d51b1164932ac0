"""A record is what ``dataclass(frozen=True, slots=True)`` would make, only sooner."""

import copy
import pickle
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.model.record import record


@record
class Made:
    """One."""

    a: str
    b: int = 2
    c: tuple[int, ...] = field(default_factory=tuple)
    d: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Model:
    """The other."""

    a: str
    b: int = 2
    c: tuple[int, ...] = field(default_factory=tuple)
    d: str = field(default="", compare=False, repr=False)


@record
class Single:
    """One field."""

    a: str


values = st.tuples(st.text(max_size=2), st.integers(0, 2), st.tuples(st.integers(0, 1)), st.text(max_size=1))


@given(values, values)
def test_it_behaves_as_the_dataclass_does(x: tuple[object, ...], y: tuple[object, ...]) -> None:
    made, model = [Made(*x), Made(*y)], [Model(*x), Model(*y)]  # type: ignore[arg-type]
    assert (made[0] == made[1]) == (model[0] == model[1])
    assert hash(made[0]) == hash(model[0])
    assert repr(made[0]) == repr(model[0]).replace("Model", "Made")
    assert asdict(made[0]) == asdict(model[0])  # type: ignore[call-overload]
    assert replace(made[0], b=7) == Made(x[0], 7, x[2])  # type: ignore[arg-type, type-var]
    assert pickle.loads(pickle.dumps(made[0])) == made[0]
    assert pickle.loads(pickle.dumps(made[0])).d == made[0].d
    assert copy.deepcopy(made[0]) == made[0]


def test_defaults_names_and_patterns() -> None:
    assert Made("x") == Made(a="x", b=2, c=())
    assert [f.name for f in fields(Made)] == ["a", "b", "c", "d"]  # type: ignore[arg-type]
    match Made("x"):
        case Made(a, b):
            assert (a, b) == ("x", 2)
    assert Made("x") != Model("x")
    assert Single("x") == Single("x") != Single("y")
    assert pickle.loads(pickle.dumps(Single("x"))) == Single("x")


def test_nothing_can_be_set() -> None:
    made = Made("x")
    with pytest.raises(FrozenInstanceError):
        made.a = "y"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del made.a
    with pytest.raises((AttributeError, TypeError)):
        made.z = 1  # type: ignore[attr-defined]
    assert not hasattr(made, "__dict__")


def test_what_is_missing_or_too_much_is_refused() -> None:
    with pytest.raises(TypeError, match="required positional argument"):
        Made()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="unexpected keyword"):
        Made("x", z=1)  # type: ignore[call-arg]
