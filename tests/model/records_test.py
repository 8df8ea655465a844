"""Records whose methods are made late are what `dataclasses` makes at once."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import re
import threading
from dataclasses import fields, is_dataclass

import pytest

from credlint.model.records import dataclass, field, names, replace
from tests.tree import ROOT


@dataclass(frozen=True, slots=True)
class Point:
    """Two numbers."""

    x: int
    y: int = 0


@dataclass(frozen=True, slots=True)
class Named(Point):
    """One with a name and notes."""

    name: str = ""
    notes: tuple[str, ...] = field(default=(), repr=False)


@dataclass(slots=True)
class Counter:
    """What changes."""

    count: int = 1
    seen: list[int] = field(default_factory=list)
    hidden: int = field(default=0, repr=False)


@dataclass(frozen=True, slots=True, order=True)
class Rank:
    """What is sorted; its text is its own."""

    rank: int

    def __repr__(self) -> str:
        return f"#{self.rank}"


@dataclass(slots=True, eq=False)
class Thing:
    """What is only itself."""

    x: int


def test_fields_are_known_before_the_first_one_is_made() -> None:
    @dataclass(frozen=True, slots=True)
    class Fresh(Named):
        z: int = 1

    assert is_dataclass(Fresh)
    assert [one.name for one in fields(Fresh)] == ["x", "y", "name", "notes", "z"]
    assert Fresh.__match_args__ == ("x", "y", "name", "notes", "z")


def test_one_begins_with_its_defaults_and_has_nothing_but_its_fields() -> None:
    one = Named(1, notes=("n",))
    assert repr(one) == "Named(x=1, y=0, name='')"
    assert replace(one, y=2) == Named(1, 2, notes=("n",))
    assert dataclasses.replace(one, y=2) == Named(1, 2, notes=("n",))
    assert repr(Counter()) == "Counter(count=1, seen=[])"
    assert Counter().seen is not Counter().seen
    assert Counter(seen=[1]) == Counter(1, [1], 0)
    assert not hasattr(one, "__dict__")
    with pytest.raises(TypeError, match=r"Point\.__init__\(\) missing 1 required positional argument: 'x'"):
        Point()  # type: ignore[call-arg]


def test_many_are_made_as_the_first_are() -> None:
    @dataclass(frozen=True, slots=True)
    class Many:
        x: int
        y: tuple[int, ...] = (1,)
        z: list[int] = field(default_factory=list)

    made = [Many(number) for number in range(100)]
    assert made == [Many(number, (1,), z=[]) for number in range(100)]
    assert made[0].z is not made[1].z
    assert made[98].z is not made[99].z


@pytest.mark.parametrize(
    ("values", "named"), [((), {}), ((1, 2, 3), {}), ((1,), {"x": 1}), ((1,), {"z": 1}), ((), {"y": 1})]
)
def test_the_first_is_as_strict_as_the_others(values: tuple[int, ...], named: dict[str, int]) -> None:
    @dataclass(frozen=True, slots=True)
    class Pair:
        x: int
        y: int = 0

    for _ in range(2):
        with pytest.raises(TypeError, match=r"__init__\(\)"):
            Pair(*values, **named)
    assert Pair(1) == Pair(x=1, y=0)


def test_a_field_without_default_may_be_kept_out_of_the_text() -> None:
    @dataclass(frozen=True, slots=True)
    class Hidden:
        x: int
        text: str = field(repr=False)

    assert repr(Hidden(1, "t")).endswith("Hidden(x=1)")


def test_names_are_those_of_the_fields() -> None:
    class Bare(Named):
        __slots__ = ()

    assert names(Named) == ("x", "y", "name", "notes")
    assert names(Bare) == names(Named)
    assert replace(Bare(1), x=2) == Bare(2)
    assert names(int) == ()


def test_equal_is_what_is_of_one_class_and_has_equal_fields() -> None:
    assert Named(1, notes=("n",)) != Named(1)
    assert Named(1, notes=("n",)) == Named(1, 0, "", ("n",))
    assert hash(Named(1)) == hash(Named(1, 0))
    assert Point(1) != Named(1)
    assert Thing(1) != Thing(1)
    assert len({Thing(1), Thing(1)}) == 2


def test_what_a_class_says_itself_stays() -> None:
    assert sorted([Rank(2), Rank(1)]) == [Rank(1), Rank(2)]
    assert repr(Rank(2)) == "#2"


def test_frozen_ones_do_not_change_and_others_have_no_hash() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(Point(1), "x", 2)  # noqa: B010
    with pytest.raises(dataclasses.FrozenInstanceError):
        delattr(Point(1), "x")
    counter = Counter()
    counter.count += 1
    assert counter == Counter(2)
    with pytest.raises(TypeError, match="unhashable"):
        hash(counter)


@pytest.mark.parametrize("one", [Point(1), Named(1, 2, "n"), Counter(3), Rank(4)])
def test_copies_and_pickles_are_equal(one: object) -> None:
    assert copy.copy(one) == one
    assert copy.deepcopy(one) == one
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301 - its own bytes


def test_two_threads_may_make_the_first_at_once() -> None:
    @dataclass(frozen=True, slots=True)
    class Fresh:
        x: int

    made: list[Fresh] = []
    threads = [threading.Thread(target=lambda: made.append(Fresh(1))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [Fresh(1)] * 8


def test_a_method_that_was_made_meanwhile() -> None:
    @dataclass(frozen=True, slots=True)
    class Fresh:
        x: int

    late = vars(Fresh)["__eq__"]
    one = Fresh(1)
    assert one == Fresh(1)  # makes it
    assert late.__get__(None, Fresh) is Fresh.__eq__
    assert late.__get__(one, Fresh)(Fresh(1))


def test_nobody_mixes_them_with_those_of_dataclasses() -> None:
    # A `dataclasses.field` would be taken for the default itself, and mypy cannot tell the two apart.
    theirs = re.compile(r"from dataclasses import [^\n]*\b(?:dataclass|field)\b|\bdataclasses\.(?:dataclass|field)\(")
    modules = {path.relative_to(ROOT).as_posix(): path for path in (ROOT / "credlint").rglob("*.py")}
    using = {name for name, path in modules.items() if theirs.search(path.read_text(encoding="utf-8"))}
    assert using == {"credlint/model/records.py"}
