"""The laws of values, heaps and joined states."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credlint.extract.python.domain import (
    MAXIMUM_ALTERNATIVES,
    Data,
    DictObject,
    HeapObject,
    Item,
    ListObject,
    Missing,
    Value,
    constant,
    tag,
    text_of,
    union,
    unknown,
)
from credlint.extract.python.domain import Const as Constant
from credlint.extract.python.state import Heap, State, join
from credlint.model.span import Location, Span
from credlint.model.values import Branches, compatible

pytestmark = pytest.mark.property

PLACE = Location("a.py", Span(0, 0, 0, 0, 1))
NEW = 9
"""The decision that a join is about; values are on branches of earlier ones."""

BRANCHES = st.dictionaries(st.integers(0, 2), st.integers(0, 1), max_size=2).map(lambda arms: frozenset(arms.items()))
ITEMS = st.builds(Item, st.builds(Constant, st.sampled_from("abc")), BRANCHES)
VALUES: st.SearchStrategy[Value] = st.lists(ITEMS, max_size=4, unique=True).map(tuple)
FILLED: st.SearchStrategy[Value] = st.lists(ITEMS, min_size=1, max_size=3, unique=True).map(tuple)
TOO_MANY = set(unknown("too many alternatives"))


def arm(number: int) -> Branches:
    return frozenset({(NEW, number)})


# Values


@given(st.lists(VALUES, max_size=4))
def test_union_is_a_set(values: list[Value]) -> None:
    found = union(values)
    everything = {item for value in values for item in value}
    assert set(found) == (everything if len(everything) <= MAXIMUM_ALTERNATIVES else TOO_MANY)
    assert len(found) == len(set(found))
    assert set(union(reversed(values))) == set(found)


@given(VALUES, VALUES, VALUES)
def test_union_is_idempotent_and_associative(one: Value, two: Value, three: Value) -> None:
    assert union([one]) == one
    assert union([one, one]) == one
    assert union([union([one, two]), two]) == union([one, two])
    if len({*one, *two, *three}) <= MAXIMUM_ALTERNATIVES:
        assert union([union([one, two]), three]) == union([one, union([two, three])])


@given(VALUES, BRANCHES, BRANCHES)
def test_tag(value: Value, one: Branches, other: Branches) -> None:
    tagged = tag(value, one)
    assert tag(tagged, one) == tagged
    assert all(one <= item.branches for item in tagged)
    assert {item.data for item in tagged} == {item.data for item in value if compatible(item.branches, one)}
    if compatible(one, other):
        assert set(tag(tagged, other)) == set(tag(value, one | other))


@given(st.recursive(FILLED, lambda inner: st.lists(inner, max_size=3).map(text_of), max_leaves=8))
def test_texts_never_nest(value: Value) -> None:
    (made,) = text_of([value, value])
    assert text_of([(made,)]) == (made,)
    assert text_of([text_of([value])]) == text_of([value])


# Heaps: as plain dicts would be

OBJECTS = st.builds(ListObject, st.tuples(st.sampled_from([constant(letter) for letter in "abc"])))
Change = Callable[[list[tuple[Heap, dict[int, HeapObject]]]], None]


def setting(which: int, number: int, obj: HeapObject, count: int) -> Change:
    def change(heaps: list[tuple[Heap, dict[int, HeapObject]]]) -> None:
        heap, model = heaps[which % len(heaps)]
        for key in range(number, number + count):
            heap[key] = obj
            model[key] = obj

    return change


def forking(which: int) -> Change:
    def change(heaps: list[tuple[Heap, dict[int, HeapObject]]]) -> None:
        heap, model = heaps[which % len(heaps)]
        heaps.append((heap.fork(), dict(model)))

    return change


def adopting(which: int, other: int) -> Change:
    def change(heaps: list[tuple[Heap, dict[int, HeapObject]]]) -> None:
        heap, model = heaps[which % len(heaps)]
        given_heap, given_model = heaps[other % len(heaps)]
        heap.adopt(given_heap)
        for key, obj in given_model.items():
            model.setdefault(key, obj)

    return change


WHICH, NUMBER = st.integers(0, 7), st.integers(0, 5)
CHANGES = st.lists(
    st.one_of(
        st.builds(setting, WHICH, NUMBER, OBJECTS, st.sampled_from([1, 1, 1, 70])),
        st.builds(forking, WHICH),
        st.builds(adopting, WHICH, WHICH),
    ),
    max_size=12,
)


def hold(heap: Heap, model: dict[int, HeapObject]) -> None:
    for number in (*range(80), 100):
        assert heap.get(number) == model.get(number)
        assert (number in heap) is (number in model)
        if number in model:
            assert heap[number] == model[number]
    assert sorted(map(repr, heap.values())) == sorted(map(repr, model.values()))


@given(CHANGES)
def test_forks_change_independently(changes: list[Change]) -> None:
    heaps: list[tuple[Heap, dict[int, HeapObject]]] = [(Heap(), {})]
    for change in changes:
        change(heaps)
    for heap, model in heaps:
        hold(heap, model)


@given(CHANGES, CHANGES, WHICH)
def test_an_update_takes_over_all_that_a_fork_has_changed(
    before: list[Change], after: list[Change], which: int
) -> None:
    heaps: list[tuple[Heap, dict[int, HeapObject]]] = [(Heap(), {})]
    for change in before:
        change(heaps)
    heap, model = heaps[which % len(heaps)]
    inner = [(heap.fork(), dict(model))]
    for change in after:
        change(inner)
    heap.update(inner[0][0])
    hold(heap, inner[0][1])


# States

NAMES = st.dictionaries(st.sampled_from("xyz"), FILLED, max_size=3)
DICTS = st.dictionaries(st.integers(0, 2), st.builds(DictObject, NAMES, st.booleans()), max_size=3)


@st.composite
def states(draw: st.DrawFn) -> tuple[State, list[tuple[State, Branches]]]:
    """Give a state and arms that went on from it, each with changes of its own."""
    before = State()
    before.names = draw(NAMES)
    for number, obj in draw(DICTS).items():
        before.heap[number] = obj
    arms = []
    for number in range(draw(st.integers(1, 3))):
        state = before.fork()
        state.names.update(draw(NAMES))
        for key, obj in draw(DICTS).items():
            state.heap[key] = obj
        for name, value in draw(NAMES).items():
            state.environment[name] = (value, PLACE)
        state.alive = draw(st.integers(0, 4)) > 0
        arms.append((state, arm(number)))
    return before, arms


def seen(value: Value, branches: Branches) -> set[Data]:
    """Give what a value can be on some branches."""
    return {item.data for item in value if compatible(item.branches, branches)}


def exact(value: Value) -> bool:
    return not set(value) & TOO_MANY


@given(states())
def test_on_its_branch_a_joined_state_is_the_arm(made: tuple[State, list[tuple[State, Branches]]]) -> None:
    before, arms = made
    after = join(before, arms)
    living = [(state, branch) for state, branch in arms if state.alive]
    assert after.alive is bool(living)
    for state, branch in living:
        for name, value in state.names.items():
            if exact(after.names[name]):
                assert seen(after.names[name], branch) == seen(value, branch)
        for number in range(3):
            obj = state.heap.get(number)
            if isinstance(obj, DictObject):
                found = after.heap[number]
                assert isinstance(found, DictObject)
                assert found.open or not obj.open
                for key, value in found.items.items():
                    if exact(value):
                        own = obj.items.get(key)
                        expected = seen(own, branch) if own is not None else {Missing()}
                        # what only this arm has made needs no branch
                        assert seen(value, branch) == expected
        for name, (value, _) in after.environment.items():
            if exact(value):
                entry = state.environment.get(name)
                assert seen(value, branch) == (seen(entry[0], branch) if entry else {Missing()})


@given(states())
def test_what_no_arm_has_changed_stays(made: tuple[State, list[tuple[State, Branches]]]) -> None:
    before, _ = made
    forks = [(before.fork(), arm(number)) for number in range(3)]
    after = join(before, forks)
    assert after.names == before.names
    assert all(after.heap[number] is before.heap[number] for number in range(3) if number in before.heap)
    assert (after.branches, after.falsy, after.environment) == (before.branches, before.falsy, before.environment)


@given(states())
def test_arms_that_do_not_go_on_do_not_matter(made: tuple[State, list[tuple[State, Branches]]]) -> None:
    before, arms = made
    living = [(state, branch) for state, branch in arms if state.alive]
    after, alone = join(before, arms), join(before, living)
    assert after.alive is alone.alive
    assert after.names == alone.names
    if len(living) == 1:
        assert after is living[0][0]


@given(states())
def test_the_order_of_arms_changes_nothing_but_the_order(made: tuple[State, list[tuple[State, Branches]]]) -> None:
    before, arms = made
    one, other = join(before, arms), join(before, arms[::-1])
    assert {name: set(value) for name, value in one.names.items()} == {
        name: set(value) for name, value in other.names.items()
    }
