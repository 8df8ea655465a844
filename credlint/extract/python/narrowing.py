"""What a condition tells about the values it names: arms that cannot be, alternatives that drop out."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence

import libcst as cst

from credlint.extract.python.domain import (
    Answer,
    Class,
    Const,
    Data,
    DictObject,
    Function,
    InstanceObject,
    Item,
    Missing,
    Ref,
    Scalar,
    Typed,
    Value,
)
from credlint.extract.python.folding import truth
from credlint.extract.python.holders import checked
from credlint.extract.python.machine import Frame, Machine
from credlint.extract.python.objects import has_field, is_environment
from credlint.extract.python.state import State
from credlint.model.records import replace
from credlint.model.values import NO_BRANCH, Branches, EnvironmentVariable, ProviderField, ResponseField, Unknown


def condition_key(machine: Machine, node: cst.CSTNode, test: cst.BaseExpression, state: State, frame: Frame) -> object:
    """Name the decision of a condition: the same question about the same named values is the same decision."""
    names = _asked(test)
    if names is None:
        return (node, frame.calls)
    values = tuple(machine.lookup(name, state, frame) for name in sorted(names))
    if any(_is_nameless(item) for value in values for item in value):
        return (node, frame.calls)
    return ("condition", _MODULE.code_for_node(test), tuple(map(_asked_about, values)), frame.calls)


def _asked_about(value: Value) -> frozenset[Data]:
    """Give what a value can be, whatever earlier conditions have found of it: they leave branches, and None."""
    found = frozenset(item.data for item in value)
    return frozenset(data for data in found if not isinstance(data, Const) or data.value is not None) or found


def _asked(test: cst.BaseExpression) -> set[str] | None:
    """Give the names that a condition made of names, constants and comparisons asks about; None for any other."""
    match test:
        case cst.Name(value=name):
            return {name} if name not in {"True", "False", "None"} else set()
        case cst.SimpleString() | cst.Integer():
            return set()
        case cst.UnaryOperation(expression=inner):
            return _asked(inner)
        case cst.BooleanOperation(left=left, right=right):
            one, other = _asked(left), _asked(right)
            return None if one is None or other is None else one | other
        case cst.Comparison(left=left, comparisons=[comparison]):
            one, other = _asked(left), _asked(comparison.comparator)
            return None if one is None or other is None else one | other
        case _:
            return None


def _is_nameless(item: Item) -> bool:
    """Two unknown values without a name must not be taken for the same."""
    match item.data:
        case Scalar(Unknown(_, identity)):
            return not identity
        case Scalar() | Const() | Missing() | Answer():
            return False
        case _:
            return True


_MODULE = cst.Module([])
_NONE = Item(Const(None))
_SOMETHING = Item(Const("x"))


def narrow(machine: Machine, test: cst.BaseExpression, state: State, frame: Frame, *, holds: bool) -> None:
    """Change `state` to what is left when `test` holds (or does not); an arm that cannot be is dead."""
    match test:
        case cst.UnaryOperation(operator=cst.Not(), expression=inner):
            narrow(machine, inner, state, frame, holds=not holds)
        case cst.BooleanOperation(left=left, operator=cst.And(), right=right):
            _both(machine, left, right, state, frame, holds=holds)
        case cst.BooleanOperation(left=left, operator=cst.Or(), right=right):
            _either(machine, left, right, state, frame, holds=holds)
        case cst.Comparison(left=left, comparisons=comparisons) if all(
            type(one.operator) in _ORDERS for one in comparisons
        ):
            _order(machine, left, comparisons, state, frame, holds=holds)
        case cst.Comparison(left=left, comparisons=[comparison]):
            _comparison(machine, left, comparison, state, frame, holds=holds)
        case cst.NamedExpr(target=cst.Name() as target):
            _keep(machine, target, state, frame, lambda item: truth(item, state), holds=holds)
        case cst.Call(func=cst.Name(value="isinstance"), args=[cst.Arg(value=asked), _]) if holds:
            marked = checked(machine, test, state, frame)
            if marked is not None:
                _rebind(machine, asked, marked, state, frame)
            _keep(machine, test, state, frame, lambda item: truth(item, state), holds=True)
        case cst.Call(func=cst.Name(value="all"), args=[cst.Arg(value=cst.Tuple() | cst.List() as group)]) if holds:
            for element in group.elements:
                narrow(machine, element.value, state, frame, holds=True)
        case _:
            _keep(machine, test, state, frame, lambda item: truth(item, state), holds=holds)


def _both(
    machine: Machine, left: cst.BaseExpression, right: cst.BaseExpression, state: State, frame: Frame, *, holds: bool
) -> None:
    if holds:
        narrow(machine, left, state, frame, holds=True)
        if state.alive:
            narrow(machine, right, state, frame, holds=True)
        return
    first, second = state.fork(), state.fork()
    narrow(machine, left, first, frame, holds=False)
    narrow(machine, left, second, frame, holds=True)
    if second.alive:
        narrow(machine, right, second, frame, holds=False)
    _one_of(first, second, state)


def _either(
    machine: Machine, left: cst.BaseExpression, right: cst.BaseExpression, state: State, frame: Frame, *, holds: bool
) -> None:
    if not holds:
        narrow(machine, left, state, frame, holds=False)
        if state.alive:
            narrow(machine, right, state, frame, holds=False)
        return
    first, second = state.fork(), state.fork()
    narrow(machine, left, first, frame, holds=True)
    narrow(machine, left, second, frame, holds=False)
    if second.alive:
        narrow(machine, right, second, frame, holds=True)
    _one_of(first, second, state)


def _one_of(first: State, second: State, state: State) -> None:
    """Either of two ways leads here: when one cannot be, the other's knowledge holds."""
    if not first.alive and not second.alive:
        state.alive = False
    elif not first.alive:
        state.become(second)
    elif not second.alive:
        state.become(first)


def _comparison(
    machine: Machine,
    left: cst.BaseExpression,
    comparison: cst.ComparisonTarget,
    state: State,
    frame: Frame,
    *,
    holds: bool,
) -> None:
    right = comparison.comparator
    match comparison.operator:
        case cst.Is() | cst.IsNot() | cst.Equal() | cst.NotEqual():
            equal = isinstance(comparison.operator, cst.Is | cst.Equal)
            wanted = machine.evaluate(right, state, frame)
            if len(wanted) == 1 and isinstance(wanted[0].data, Const):
                constant_value = wanted[0].data.value
                _keep(machine, left, state, frame, lambda item: _equals(item, constant_value), holds=holds == equal)
        case _:  # in and not in: the orders have gone elsewhere
            inside = isinstance(comparison.operator, cst.In)
            _membership(machine, left, right, state, frame, holds=holds == inside)


_ORDERS: dict[type[cst.BaseCompOp], Callable[[float, float], bool]] = {
    cst.LessThan: operator.lt,
    cst.LessThanEqual: operator.le,
    cst.GreaterThan: operator.gt,
    cst.GreaterThanEqual: operator.ge,
}


def _order(
    machine: Machine,
    left: cst.BaseExpression,
    comparisons: Sequence[cst.ComparisonTarget],
    state: State,
    frame: Frame,
    *,
    holds: bool,
) -> None:
    """`x < 900`, `900 <= x <= 43200`: with one operand that is not constant, its known numbers decide."""
    nodes = [left, *(one.comparator for one in comparisons)]
    values = [machine.evaluate(node, state, frame) for node in nodes]
    numbers = [_number(value[0]) if len(value) == 1 else None for value in values]
    wanted = [index for index, number in enumerate(numbers) if number is None]
    if not wanted:  # all are known: any of them tells whether the comparison holds
        wanted = [0]
    if len(wanted) > 1:
        return
    position = wanted[0]

    def decide(item: Item) -> bool | None:
        own = _number(item)
        if own is None:
            return None
        row = [own if index == position else numbers[index] or 0 for index in range(len(nodes))]
        pairs = zip(row, row[1:], comparisons, strict=False)
        return all(_ORDERS[type(one.operator)](first, second) for first, second, one in pairs)

    _keep(machine, nodes[position], state, frame, decide, holds=holds)


def _number(item: Item) -> float | None:
    value = item.data.value if isinstance(item.data, Const) else None
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _membership(
    machine: Machine, left: cst.BaseExpression, right: cst.BaseExpression, state: State, frame: Frame, *, holds: bool
) -> None:
    """`"NAME" in mapping`: what is known of the key decides, or tells which alternatives are left."""
    container = machine.evaluate(right, state, frame)
    keys = machine.evaluate(left, state, frame)
    if len(keys) != 1 or not isinstance(keys[0].data, Const) or not isinstance(keys[0].data.value, str):
        return
    key = keys[0].data.value
    if any(is_environment(machine.catalogue, item) for item in container):
        if not holds:
            state.falsy |= {EnvironmentVariable(key)}
        return
    left_over: list[Branches] = []
    for item in container:
        left_over += [item.branches | branches for branches in _ways(item, key, state, holds=holds)]
    if not left_over:
        state.alive = False
        return
    state.branches |= frozenset.intersection(*left_over)
    state.limit(frozenset(left_over))


def _ways(item: Item, key: str, state: State, *, holds: bool) -> list[Branches]:
    """Give the branches on which a mapping has (or lacks) a key; one empty set when nothing is known."""
    match item.data:
        case Answer():
            return [NO_BRANCH] if holds is has_field(item.data, key) else []
        case Ref(number):
            obj = state.heap.get(number)
            if not isinstance(obj, DictObject):
                return [NO_BRANCH]
            if key not in obj.items:
                return [NO_BRANCH] if obj.open or not holds else []
            found = [one for one in obj.items[key] if isinstance(one.data, Missing) is not holds]
            return [one.branches for one in found]
        case _:
            return [NO_BRANCH]


def _equals(item: Item, wanted: object) -> bool | None:
    if item.given and wanted is None:
        return False
    match item.data:
        case Const(value):
            return type(value) is type(wanted) and value == wanted
        case Missing():
            return wanted is None
        case Scalar(ResponseField()):
            return False if wanted is None or wanted == "" else None
        case Answer() | Typed() | Ref() | Function() | Class():
            return False if wanted is None or isinstance(wanted, str) else None
        case _:
            return None


def _keep(
    machine: Machine,
    node: cst.BaseExpression,
    state: State,
    frame: Frame,
    decide: Callable[[Item], bool | None],
    *,
    holds: bool,
) -> None:
    """Keep the alternatives of what `node` reads for which `decide` does not say the opposite of `holds`."""
    value = machine.evaluate(node, state, frame)
    # does the condition single out None and its like? then what is left of an unknown value is None
    leaves_none = decide(_NONE) is holds and decide(_SOMETHING) is not holds
    excludes_none = decide(_NONE) is not None and decide(_NONE) is not holds
    kept: list[Item] = []
    known_missing = state.falsy
    for item in value:
        verdict = decide(item)
        if verdict is not None and verdict is not holds:
            continue
        if verdict is None and leaves_none and isinstance(item.data, Scalar):
            if isinstance(item.data.origin, EnvironmentVariable | ProviderField):
                known_missing |= {item.data.origin}
            kept.append(_NONE.tagged(item.branches))
        elif verdict is None and excludes_none:
            kept.append(replace(item, given=True))
        else:
            kept.append(item)
    if not kept:
        state.alive = False
        return
    state.falsy = known_missing
    if len(kept) < len(value):
        common: Branches = frozenset.intersection(*(item.branches for item in kept))
        state.branches |= common
        state.limit(frozenset(item.branches for item in kept))
    if tuple(kept) != value:
        _rebind(machine, node, tuple(kept), state, frame)


def _rebind(machine: Machine, node: cst.BaseExpression, value: Value, state: State, frame: Frame) -> None:
    """Put the narrowed value where it was read from: a local name or an attribute of a known object."""
    match node:
        case cst.Name(value=name) if name in state.names:
            state.names[name] = value
        case cst.Attribute(value=inner, attr=cst.Name(value=attribute)):
            target = machine.evaluate(inner, state, frame)
            if len(target) == 1 and isinstance(target[0].data, Ref):
                obj = state.heap.get(target[0].data.number)
                if isinstance(obj, InstanceObject) and attribute in obj.attributes:
                    state.heap[target[0].data.number] = InstanceObject(
                        obj.info, {**obj.attributes, attribute: value}, obj.open, obj.shows_attributes
                    )
        case _:
            pass
