"""Sequences: their elements where all are known, comprehensions over them, and the functions that make new ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import libcst as cst

from credlint.extract.python.domain import (
    Argument,
    Bounded,
    ClassInfo,
    Const,
    DictObject,
    Getter,
    InstanceObject,
    Item,
    ListObject,
    Missing,
    Value,
    constant,
    open_list,
    present,
    tag,
    union,
    unknown,
)
from credlint.extract.python.machine import Arguments, Frame, Machine, Site
from credlint.extract.python.narrowing import narrow
from credlint.extract.python.objects import apart, followed, read_item
from credlint.extract.python.state import State
from credlint.model.span import Location

MAXIMUM_ROUNDS = 12
"""A comprehension over more known elements than these is taken as one over an unknown element."""


def elements_of(value: Value, state: State) -> tuple[Value, ...] | None:
    """Give the elements of a sequence in order, or the keys of a dict; None where they are not all known."""
    obj = state.only(value)
    match obj:
        case ListObject(items, False):
            return items
        case DictObject(items, False, rest=()) if not any(
            isinstance(i.data, Missing) for v in items.values() for i in v
        ):
            return tuple(constant(key) for key in items)
        case InstanceObject(info=ClassInfo() as info, attributes=attributes) if is_tuple(info):
            return tuple(attributes.values())
        case _:
            return None


def is_tuple(info: ClassInfo) -> bool:
    """Tell whether the instances of a class are tuples of its fields."""
    return any(base.rpartition(".")[2] == "NamedTuple" for base in info.bases)


def iterate(machine: Machine, value: Value, state: State) -> Value:
    """Give what one element of an iterable can be."""
    found: list[Value] = []
    for item in value:
        known = elements_of((item,), state)
        obj = state.at(item)
        if known:
            found.append(apart(machine, ("each", item.data), known))
        elif isinstance(obj, ListObject) and obj.items:
            found.append(apart(machine, ("each", item.data), obj.items))
        else:
            return unknown("element of an iterable")
    return union(found)


def bind_target(machine: Machine, target: cst.BaseExpression, value: Value, state: State, frame: Frame) -> None:
    """Bind the target of a loop or comprehension (names and tuples of names)."""
    match target:
        case cst.Name(value=name):
            state.names[name] = value
        case cst.Tuple(elements=elements) | cst.List(elements=elements):
            for index, element in enumerate(elements):
                part = read_item(machine, value, constant(index), machine.place(target, frame), state, frame)
                bind_target(machine, element.value, part, state, frame)
        case _:
            pass


def comprehension(
    machine: Machine, for_in: cst.CompFor, results: Sequence[cst.BaseExpression], state: State, frame: Frame
) -> tuple[list[tuple[Value, ...]], bool]:
    """Evaluate `results` for each round, and tell whether these are all rounds that there are, in order."""
    with frame.asking(None):
        return _comprehension(machine, for_in, results, state, frame)


def _comprehension(
    machine: Machine, for_in: cst.CompFor, results: Sequence[cst.BaseExpression], state: State, frame: Frame
) -> tuple[list[tuple[Value, ...]], bool]:
    known = list(_rounds(machine, for_in, state.fork(), frame))
    if known and len(known) <= MAXIMUM_ROUNDS and None not in known:
        rounds: list[tuple[Value, ...]] = []
        for inner in known:
            assert inner is not None
            rounds.append(tuple(machine.evaluate(result, inner, frame) for result in results))
            state.heap.update(inner.heap)
        return rounds, True
    inner = state.fork()
    loop: cst.CompFor | None = for_in
    while loop is not None:
        each = iterate(machine, machine.evaluate(loop.iter, inner, frame), inner)
        bind_target(machine, loop.target, each, inner, frame)
        for condition in loop.ifs:
            narrow(machine, condition.test, inner, frame, holds=True)
            if not inner.alive:
                return [], False
        loop = loop.inner_for_in
    value = tuple(machine.evaluate(result, inner, frame) for result in results)
    state.heap.update(inner.heap)
    return [value], False


def _rounds(machine: Machine, loop: cst.CompFor, state: State, frame: Frame) -> Iterator[State | None]:
    """Give the state of each round; None where it is not known whether there is one, or how many."""
    elements = elements_of(machine.evaluate(loop.iter, state, frame), state)
    if elements is None or len(elements) > MAXIMUM_ROUNDS:
        yield None
        return
    for element in elements:
        inner = state.fork()
        bind_target(machine, loop.target, element, inner, frame)
        verdict: bool | None = True
        for condition in loop.ifs:
            other = inner.fork()
            narrow(machine, condition.test, other, frame, holds=False)
            narrow(machine, condition.test, inner, frame, holds=True)
            verdict = None if inner.alive and other.alive else inner.alive
            if not verdict:
                break
        if verdict is None:
            yield None
        elif verdict and loop.inner_for_in is not None:
            yield from _rounds(machine, loop.inner_for_in, inner, frame)
        elif verdict:
            yield inner


def mapping_of(rounds: Sequence[tuple[Value, ...]], *, whole: bool) -> DictObject:
    """Make a dict of (key, value) pairs: values of unknown keys are kept apart."""
    items: dict[str | int, Value] = {}
    rest: list[Value] = []
    for key, value in rounds:
        only = key[0].data if len(key) == 1 else None
        if isinstance(only, Const) and isinstance(only.value, str | int):
            items[only.value] = value
        else:
            rest.append(value)
    return DictObject(items, open=not whole or bool(rest), rest=followed(union(rest)))


def call_sequence(
    machine: Machine, dotted: str, arguments: Arguments, site: Site, state: State, frame: Frame
) -> Value | None:
    """Call a function of the language that makes a sequence of others, or a number; None for any other."""
    if not arguments.positional or arguments.open_positional:
        return None
    given = [argument.value for argument in arguments.positional]
    known = [elements_of(value, state) for value in given]
    match dotted.removeprefix("builtins."):
        case "zip":
            return _zip(machine, given, known, state)
        case "enumerate":
            numbers = [constant(number) for number in range(len(known[0] or ()))]
            return _zip(machine, [unknown("number"), given[0]], [numbers if known[0] else None, known[0]], state)
        case "reversed":
            found = known[0]
            whole = ListObject(tuple(reversed(found))) if found is not None else _opened(machine, given[0], state)
            return machine.new(whole, state)
        case "filter" if len(given) == 2:
            return machine.new(_opened(machine, given[1], state), state)
        case "map" if len(given) > 1:
            return _map(machine, given, site, state, frame)
        case "sum" if known[0] is not None:
            return _folded(sum, [*known[0]])
        case "abs":
            return _folded(lambda numbers: abs(numbers[0]), given)
        case "round" if len(given) == 1:
            return _folded(lambda numbers: round(numbers[0]), given)
        case _:
            return None


def _opened(machine: Machine, value: Value, state: State) -> ListObject:
    return open_list([iterate(machine, value, state)])


def _zip(machine: Machine, given: Sequence[Value], known: Sequence[Sequence[Value] | None], state: State) -> Value:
    complete = [one for one in known if one is not None]
    if len(complete) == len(given):
        rows = [machine.new(ListObject(row), state) for row in zip(*complete, strict=False)]
        return machine.new(ListObject(tuple(rows)), state)
    row = tuple(iterate(machine, value, state) for value in given)
    return machine.new(open_list([machine.new(ListObject(row), state)]), state)


def _map(machine: Machine, given: Sequence[Value], site: Site, state: State, frame: Frame) -> Value:
    """Call a function for each element, or for one that stands for all."""
    function, *others = given
    known = [elements_of(value, state) for value in others]
    complete = [one for one in known if one is not None and len(one) <= MAXIMUM_ROUNDS]
    if len(complete) == len(others):
        rows = list(zip(*complete, strict=False))
    else:
        rows = [tuple(iterate(machine, value, state) for value in others)]
    results = tuple(
        machine.call(function, Arguments(tuple(Argument(one, site.callee, "") for one in row)), site, state, frame)
        for row in rows
    )
    return machine.new(ListObject(results, open=len(complete) < len(others)), state)


def _folded(function: Callable[[list[float]], float], values: Sequence[Value]) -> Value:
    numbers: list[float] = []
    for value in values:
        only = value[0].data if len(value) == 1 else None
        if not isinstance(only, Const) or not isinstance(only.value, int | float):
            return unknown("number")
        numbers.append(only.value)
    return constant(function(numbers))


def extreme(kind: str, values: Sequence[Value], site: Site) -> Value:
    """Give min or max of numbers: of those that are not known the bound stays."""
    combined: Value | None = None
    for value in values:
        combined = value if combined is None else _pairs(kind, combined, value, site)
    return combined if combined is not None and len(values) > 1 else unknown("extreme")


def _pairs(kind: str, left: Value, right: Value, site: Site) -> Value:
    return union(
        tag(tag((_bounded(kind, one, other, site),), one.branches), other.branches) for one in left for other in right
    )


def _bounded(kind: str, one: Item, other: Item, site: Site) -> Item:
    lows, highs = zip(_limits(one), _limits(other), strict=True)
    choose = min if kind == "min" else max
    # the smaller of two is at most each of them that is bounded; it is at least something when both are
    low = _chosen(choose, lows, any_will_do=kind == "max")
    high = _chosen(choose, highs, any_will_do=kind == "min")
    if low is not None and low == high:
        return Item(Const(low, _place(one) if low == _limits(one)[0] else _place(other)))
    if low is None and high is None:
        return unknown("clamped number")[0]
    return Item(Bounded(low, high, _place(one) or _place(other) or site.callee))


def _chosen(
    choose: Callable[[list[float]], float], bounds: Sequence[float | None], *, any_will_do: bool
) -> float | None:
    known = [bound for bound in bounds if bound is not None]
    return choose(known) if known and (any_will_do or len(known) == len(bounds)) else None


def _limits(item: Item) -> tuple[float | None, float | None]:
    match item.data:
        case Const(int() | float() as number) if not isinstance(number, bool):
            return number, number
        case Bounded(low, high):
            return low, high
        case _:
            return None, None


def _place(item: Item) -> Location | None:
    return item.data.location if isinstance(item.data, Const | Bounded) else None


def call_getter(
    machine: Machine, getter: Getter, arguments: Arguments, site: Site, state: State, frame: Frame
) -> Value:
    """Call operator.itemgetter or attrgetter: one name gives a value, several a tuple."""
    target = arguments.positional[0].value if arguments.positional else unknown("argument")
    found = []
    for name in getter.names:
        value = target
        for step in str(name).split(".") if getter.attributes else (name,):
            if getter.attributes:
                value = machine.attribute(value, str(step), state, frame)
            else:
                value = read_item(machine, value, constant(step), site.callee, state, frame)
        found.append(value)
    return found[0] if len(found) == 1 else machine.new(ListObject(tuple(found)), state)


def pairs_of(value: Value, state: State) -> list[tuple[Value, Value]] | None:
    """Give the pairs of a known sequence of pairs, as `dict()` takes them."""
    pairs = []
    for element in elements_of(value, state) or ():
        two = elements_of(element, state)
        if two is None or len(two) != 2:
            return None
        pairs.append((two[0], two[1]))
    return pairs or None


def sliced(value: Value, first: int, last: int, machine: Machine, state: State) -> Value:
    """Give what a starred target takes of a sequence: all but `first` elements at its head and `last` at its end."""
    elements = elements_of(value, state)
    if elements is None:
        return machine.new(open_list([iterate(machine, value, state)]), state)
    return machine.new(ListObject(tuple(present(one) or one for one in elements[first : len(elements) - last])), state)
