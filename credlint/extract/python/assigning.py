"""What a value is stored in: names, attributes, items, several at once, and what is changed in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import libcst as cst

from credlint.extract.python.builtin_calls import update_environment
from credlint.extract.python.domain import (
    MISSING,
    Answer,
    Const,
    Item,
    Ref,
    Value,
    constant,
    unknown,
)
from credlint.extract.python.holders import part_role
from credlint.extract.python.machine import Frame, Machine
from credlint.extract.python.mappings import splat
from credlint.extract.python.notes import environment, fallbacks, keeping, misnamed
from credlint.extract.python.objects import explode, is_environment, read_item, store_attribute, store_item
from credlint.extract.python.operators import binary
from credlint.extract.python.sequences import sliced
from credlint.extract.python.state import State
from credlint.model.records import replace
from credlint.model.values import Role

_BINARY: dict[type[cst.BaseAugOp], Callable[[], cst.BaseBinaryOp]] = {
    cst.AddAssign: cst.Add,
    cst.SubtractAssign: cst.Subtract,
    cst.MultiplyAssign: cst.Multiply,
    cst.DivideAssign: cst.Divide,
    cst.FloorDivideAssign: cst.FloorDivide,
    cst.ModuloAssign: cst.Modulo,
    cst.BitOrAssign: cst.BitOr,
}


def forget(machine: Machine, target: cst.Subscript, state: State, frame: Frame) -> None:
    """`del os.environ["X"]` and the like: from here on the key is not there."""
    if len(target.slice) == 1 and isinstance(target.slice[0].slice, cst.Index):
        holder = changeable(machine, target.value, state, frame)
        keys = machine.evaluate(target.slice[0].slice.value, state, frame)
        store_item(machine, holder, keys, MISSING, machine.place(target, frame), state)


def assign(machine: Machine, target: cst.BaseExpression, value: Value, state: State, frame: Frame) -> None:
    """Bind a target: name, attribute, item, or a tuple of them."""
    keeping.note_assignment(machine, target, value, state, frame)
    match target:
        case cst.Name(value=name):
            value = _placed(machine, value, target, frame)
            state.names[name] = value
            if name in frame.globals:
                machine.assign_global(name, value, state, frame)
        case cst.Attribute(value=inner, attr=cst.Name(value=name)):
            fallbacks.note_use(machine, value, state)
            holder = machine.evaluate(inner, state, frame)
            store_attribute(machine, holder, name, value, machine.place(target, frame), state, frame)
        case cst.Subscript(value=inner, slice=[cst.SubscriptElement(slice=cst.Index(value=key))]):
            holder = changeable(machine, inner, state, frame)
            keys = machine.evaluate(key, state, frame)
            if isinstance(inner, cst.Name):
                holder = misnamed.opened(machine, inner.value, holder, keys, state)
            place = machine.place(target, frame)
            store_item(machine, holder, keys, value, place, state)
            environment.stored(machine, holder, keys, value, place, state, frame)
        case cst.Tuple(elements=elements) | cst.List(elements=elements):
            _unpack(machine, target, elements, value, state, frame)
        case _:
            pass


def _placed(machine: Machine, value: Value, target: cst.Name, frame: Frame) -> Value:
    """Say of None where it was given to a name, if the statement at hand names a token: it may be none there."""
    only = value[0].data if len(value) == 1 else None
    if not isinstance(only, Const) or only.value is not None or only.location is not None:
        return value
    mentions = machine.source.table.chunks[frame.chunk].mentions
    if not any((part := part_role(machine, name)) is not None and part[0] is Role.TOKEN for name in mentions):
        return value
    return (replace(value[0], data=Const(None, machine.place(target, frame))),)


def changeable(machine: Machine, node: cst.BaseExpression, state: State, frame: Frame) -> Value:
    """Evaluate what is about to be changed: a name that stands for an answer stands for a dict from here on."""
    holder: Value = ()
    keys: Value = ()
    match node:
        case cst.Subscript(value=inner, slice=[cst.SubscriptElement(slice=cst.Index(value=key))]):
            holder = changeable(machine, inner, state, frame)
            keys = machine.evaluate(key, state, frame)
            value = read_item(machine, holder, keys, machine.place(node, frame), state, frame)
        case _:
            value = machine.evaluate(node, state, frame)
    if not any(isinstance(item.data, Answer) for item in value):
        return value
    value = explode(machine, value, state)
    match node:
        case cst.Name(value=name):
            state.names[name] = value
        case cst.Subscript():
            store_item(machine, holder, keys, value, machine.place(node, frame), state)
        case cst.Attribute(value=inner, attr=cst.Name(value=name)):
            holder = machine.evaluate(inner, state, frame)
            store_attribute(machine, holder, name, value, machine.place(node, frame), state, frame)
        case _:
            pass
    return value


def _unpack(
    machine: Machine,
    target: cst.BaseExpression,
    elements: Sequence[cst.BaseElement],
    value: Value,
    state: State,
    frame: Frame,
) -> None:
    place = machine.place(target, frame)
    starred = next((i for i, e in enumerate(elements) if isinstance(e, cst.StarredElement)), None)
    for index, element in enumerate(elements):
        if starred is not None and index == starred:
            part = sliced(value, index, len(elements) - index - 1, machine, state)
            assign(machine, element.value, part, state, frame)
            continue
        position = index if starred is None or index < starred else index - len(elements)
        part = read_item(machine, value, constant(position), place, state, frame)
        assign(machine, element.value, part, state, frame)


def augment(
    machine: Machine,
    target: cst.BaseExpression,
    operation: cst.BaseAugOp,
    inner: cst.BaseExpression,
    state: State,
    frame: Frame,
) -> None:
    """Change a target by an operator."""
    right = machine.evaluate(inner, state, frame)
    kind = _BINARY.get(type(operation))
    if isinstance(operation, cst.BitOrAssign):
        for item in machine.evaluate(target, state, frame):
            if isinstance(item.data, Ref):
                merge_into(machine, item, right, state, frame)
            elif is_environment(machine.catalogue, item):
                update_environment(machine, [right], machine.place(inner, frame), state, frame)
        return
    value = binary(machine, kind(), target, right, state, frame) if kind else unknown("augmented assignment")
    assign(machine, target, value, state, frame)


def merge_into(machine: Machine, item: Item, other: Value, state: State, frame: Frame) -> None:
    """`d |= other` and `d.update(other)`."""
    items: dict[str | int, Value] = {}
    opened, _ = splat(machine, other, items, state, frame)
    machine.merge(item, items, state, opened=opened)
