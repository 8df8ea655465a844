"""Values, objects and states: the table tests; their laws stand among the properties."""

from __future__ import annotations

from credlint.catalogue.load import load_catalogue
from credlint.extract.python.domain import (
    MAXIMUM_ALTERNATIVES,
    MAXIMUM_ELEMENTS,
    MAXIMUM_PARTS,
    MISSING,
    Argument,
    Const,
    DictObject,
    HeapObject,
    InstanceObject,
    Item,
    ListObject,
    MadeObject,
    Scalar,
    Text,
    Value,
    constant,
    open_list,
    tag,
    text_of,
    union,
    unknown,
)
from credlint.extract.python.state import Heap, State, join
from credlint.model.span import Location, Span
from credlint.model.values import NO_BRANCH, Branches, EnvironmentVariable, Step, Unknown

LEFT, RIGHT = frozenset({(0, 0)}), frozenset({(0, 1)})
PLACE = Location("a.py", Span(0, 0, 0, 0, 1))
A, B, C = constant("a"), constant("b"), constant("c")


def on(value: Value, branches: Branches) -> Value:
    return tuple(item.tagged(branches) for item in value)


# Values


def test_union() -> None:
    assert union([]) == ()
    assert union([A, B, A]) == (*A, *B)
    assert union([on(A, LEFT), A]) == (*on(A, LEFT), *A)


def test_too_many_alternatives_are_unknown() -> None:
    many = [constant(number) for number in range(MAXIMUM_ALTERNATIVES)]
    assert len(union(many)) == MAXIMUM_ALTERNATIVES
    assert union([*many, A]) == unknown("too many alternatives")


def test_tag() -> None:
    assert tag(A, NO_BRANCH) is A
    assert tag(A, LEFT) == on(A, LEFT)
    assert tag((*on(A, LEFT), *on(B, RIGHT)), LEFT) == on(A, LEFT)
    (item,) = on(A, LEFT)
    assert item.tagged(LEFT) is item


def test_steps_are_kept_once_and_not_without_end() -> None:
    item = Item(Const("a"))
    for line in range(20):
        step = Step(Location("a.py", Span(0, line, 0, line, 1)), "read")
        item = item.with_step(step).with_step(step)
    assert [step.location.span.line for step in item.steps] == list(range(9))


# Texts


def parts(value: Value) -> tuple[Value, ...]:
    (item,) = value
    assert isinstance(item.data, Text)
    return item.data.parts


def test_a_text_of_texts_is_flat() -> None:
    inner = text_of([A, B])
    assert parts(text_of([inner, C])) == (A, B, C)
    assert parts(text_of([])) == ()


def test_an_alternative_that_is_a_text_gives_its_parts_on_its_branches() -> None:
    mixed = (*on(text_of([A]), LEFT), *on(B, RIGHT))
    assert parts(text_of([mixed])) == (on(B, RIGHT), on(A, LEFT))


def test_a_part_that_cannot_be_there_is_left_out() -> None:
    inner = text_of([on(A, RIGHT), B])
    assert parts(text_of([on(inner, LEFT)])) == (on(B, LEFT),)


def test_a_long_text_keeps_its_ends_and_what_is_no_constant() -> None:
    secret: Value = (Item(Scalar(EnvironmentVariable("KEY"))),)
    constants = [constant(number) for number in range(MAXIMUM_PARTS)]
    kept = parts(text_of([*constants[:5], secret, *constants[5:]]))
    assert kept == (constants[0], secret, constants[-1])
    many: list[Value] = [(Item(Scalar(Unknown("why", str(number)))),) for number in range(100)]
    kept = parts(text_of(many))
    assert len(kept) == MAXIMUM_PARTS
    assert (kept[0], kept[-1]) == (many[0], many[-1])
    assert len(parts(text_of(constants))) == MAXIMUM_PARTS


# Objects


def test_an_open_list_keeps_each_element_once() -> None:
    assert open_list([A, B, A]) == ListObject((A, B), open=True)
    assert len(open_list(constant(number) for number in range(100)).items) == MAXIMUM_ELEMENTS


def heap_of(*objects: HeapObject) -> Heap:
    heap = Heap()
    for number, obj in enumerate(objects):
        heap[number] = obj
    return heap


def joined(*objects: HeapObject) -> HeapObject:
    """Join an object that two arms have changed, each in its own way."""
    before = State()
    before.heap[1] = DictObject({})
    arms = []
    for arm, obj in enumerate(objects):
        state = before.fork()
        state.heap[1] = obj
        arms.append((state, frozenset({(0, arm)})))
    return join(before, arms).heap[1]


def test_dicts() -> None:
    other = Location("b.py", PLACE.span)
    one = DictObject({"a": A, "b": B}, environment=True, places={"a": PLACE})
    two = DictObject({"a": A, "c": C}, open=True, places={"c": other})
    assert joined(one, two) == DictObject(
        {"a": A, "b": (*on(B, LEFT), *on(MISSING, RIGHT)), "c": (*on(MISSING, LEFT), *on(C, RIGHT))},
        open=True,
        environment=False,
        places={"a": PLACE, "c": other},
    )
    environments = (DictObject({"a": A}, environment=True), DictObject({"a": B}, environment=True))
    assert joined(*environments) == DictObject({"a": (*on(A, LEFT), *on(B, RIGHT))}, environment=True)


def test_lists() -> None:
    assert joined(ListObject((A, B)), ListObject((A, C))) == ListObject((A, (*on(B, LEFT), *on(C, RIGHT))))
    assert joined(ListObject((A,)), ListObject((B,), open=True)) == ListObject(
        ((*on(A, LEFT), *on(B, RIGHT)),), open=True
    )
    assert joined(ListObject((A, B)), ListObject((C,))) == ListObject((A, B, C), open=True)


def test_instances() -> None:
    one = InstanceObject(None, {"a": A, "b": B}, shows_attributes=True)
    two = InstanceObject(None, {"a": C}, open=True, shows_attributes=True)
    assert joined(one, two) == InstanceObject(
        None,
        {"a": (*on(A, LEFT), *on(C, RIGHT)), "b": (*on(B, LEFT), *on(MISSING, RIGHT))},
        open=True,
        shows_attributes=True,
    )


def test_made_objects() -> None:
    entry = load_catalogue().callables["boto3.client"]

    def made(*, open_: bool = False, **roles: Value) -> MadeObject:
        given = {role: Argument(value, PLACE, role) for role, value in roles.items()}
        return MadeObject(entry, given, PLACE, "boto3.client", open=open_)

    assert joined(made(key_id=A, secret=B), made(key_id=A, token=C, open_=True)) == made(
        key_id=A,
        secret=(*on(B, LEFT), *on(MISSING, RIGHT)),
        token=(*on(MISSING, LEFT), *on(C, RIGHT)),
        open_=True,
    )


def test_objects_of_different_kinds_under_one_number_are_those_of_the_first_kind() -> None:
    assert joined(DictObject({"a": A}), ListObject((B,))) == DictObject({"a": A})
    assert joined(ListObject((B,)), DictObject({"a": A})) == ListObject((B,))


def test_an_object_of_one_arm_only_stays_as_it_is() -> None:
    before = State()
    left, right = before.fork(), before.fork()
    left.heap[7] = ListObject((A,))
    assert join(before, [(left, LEFT), (right, RIGHT)]).heap[7] is left.heap[7]


# Heaps


def test_heap() -> None:
    heap = heap_of(ListObject((A,)), ListObject((B,)))
    assert heap[0] == ListObject((A,))
    assert heap.get(2) is None
    assert 1 in heap
    assert 2 not in heap
    assert heap.values() == [ListObject((A,)), ListObject((B,))]


def test_a_thick_layer_becomes_the_base() -> None:
    heap = heap_of(*(ListObject((constant(number),)) for number in range(65)))
    fork = heap.fork()
    assert (len(heap.own), len(fork.own)) == (0, 0)
    assert heap.base is fork.base
    fork[3] = ListObject(())
    assert heap[3] == ListObject((constant(3),))
    assert fork[3] == ListObject(())
    assert len(fork.values()) == 65
    thin = heap_of(*(ListObject(()) for _ in range(64)))
    assert thin.fork().base is thin.base
    assert len(thin.own) == 64


def test_arms_of_which_one_has_a_new_base() -> None:
    before = State()
    for number in range(65):
        before.heap[number] = ListObject((constant(number),))
    left, right = before.fork(), before.fork()
    right.heap.base = dict(right.heap.base)
    right.heap[3] = ListObject((A,))
    after = join(before, [(left, LEFT), (right, RIGHT)]).heap
    assert after[3] == ListObject(((*on(constant(3), LEFT), *on(A, RIGHT)),))
    assert all(after[number] is before.heap[number] for number in range(65) if number != 3)


def test_adopting_from_another_base() -> None:
    heap, other = Heap({1: ListObject((A,))}, {2: ListObject((B,))}), Heap({1: ListObject(()), 3: ListObject((C,))})
    heap.adopt(other)
    assert [heap.get(number) for number in range(1, 4)] == [ListObject((A,)), ListObject((B,)), ListObject((C,))]


# States


def test_become() -> None:
    one, other = State(), State()
    other.names["a"] = A
    other.heap[1] = ListObject((A,))
    other.environment["KEY"] = (A, PLACE)
    other.branches = LEFT
    other.falsy = frozenset({EnvironmentVariable("KEY")})
    other.alive = False
    one.become(other)
    for slot in State.__slots__:
        assert getattr(one, slot) == getattr(other, slot)


def test_visible() -> None:
    state = State()
    value = (*on(A, LEFT), *on(B, RIGHT), *C)
    assert state.visible(value) is value
    state.branches = LEFT
    assert state.visible(value) == (*on(A, LEFT), *C)
    assert state.visible(on(B, RIGHT)) == unknown("not reached here")


def test_what_every_arm_has_found_missing_is_missing() -> None:
    before = State()
    left, right = before.fork(), before.fork()
    one, other = EnvironmentVariable("A"), EnvironmentVariable("B")
    left.falsy, right.falsy = frozenset({one, other}), frozenset({other})
    assert join(before, [(left, LEFT), (right, RIGHT)]).falsy == {other}


def test_variables_that_an_arm_writes() -> None:
    before = State()
    before.environment["KEPT"] = (A, PLACE)
    left, right = before.fork(), before.fork()
    left.environment["ONE"] = (A, PLACE)
    left.environment["BOTH"] = (A, PLACE)
    right.environment["BOTH"] = (B, PLACE)
    found = join(before, [(left, LEFT), (right, RIGHT)]).environment
    assert found["KEPT"] is before.environment["KEPT"]
    assert found["ONE"] == ((*on(A, LEFT), *on(MISSING, RIGHT)), PLACE)
    assert found["BOTH"] == ((*on(A, LEFT), *on(B, RIGHT)), PLACE)
