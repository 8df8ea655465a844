"""What a condition tells about the values it names: arms that cannot be, alternatives that drop out."""

from __future__ import annotations

from collections.abc import Callable

import libcst as cst

from credlint.extract.python.domain import (
    Answer,
    Class,
    Const,
    Function,
    InstanceObject,
    Item,
    Missing,
    Ref,
    Scalar,
    State,
    Typed,
    Value,
)
from credlint.extract.python.folding import truth
from credlint.extract.python.machine import Frame, Machine
from credlint.model.values import Branches, EnvironmentVariable, ProviderField, ResponseField

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
        case cst.Comparison(left=left, comparisons=[comparison]):
            _comparison(machine, left, comparison, state, frame, holds=holds)
        case cst.NamedExpr(target=cst.Name() as target):
            _keep(machine, target, state, frame, lambda item: truth(item, state), holds=holds)
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
        case cst.In() | cst.NotIn():
            inside = isinstance(comparison.operator, cst.In)
            _membership(machine, left, right, state, frame, holds=holds == inside)
        case _:
            pass


def _membership(
    machine: Machine, left: cst.BaseExpression, right: cst.BaseExpression, state: State, frame: Frame, *, holds: bool
) -> None:
    """`"NAME" in os.environ`: when it does not hold, the variable is known to be missing."""
    container = machine.evaluate(right, state, frame)
    keys = machine.evaluate(left, state, frame)
    if len(keys) != 1 or not isinstance(keys[0].data, Const) or not isinstance(keys[0].data.value, str):
        return
    objects = machine.catalogue.objects
    if any(getattr(item.data, "dotted", None) in objects for item in container) and not holds:
        state.falsy |= {EnvironmentVariable(keys[0].data.value)}


def _equals(item: Item, wanted: object) -> bool | None:
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
        else:
            kept.append(item)
    if not kept:
        state.alive = False
        return
    state.falsy = known_missing
    if len(kept) < len(value):
        common: Branches = frozenset.intersection(*(item.branches for item in kept))
        state.branches |= common
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
