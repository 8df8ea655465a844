"""Calls that look at objects or change them by name: getattr and setattr, vars and asdict, super."""

from __future__ import annotations

from credlint.extract.python.domain import Const, InstanceObject, Item, Scalar, Super, Value, constant, unknown
from credlint.extract.python.machine import Arguments, Frame, Machine, Site
from credlint.extract.python.objects import RECORD_METHODS, store_attribute
from credlint.extract.python.records import as_mapping, as_tuple, changed
from credlint.extract.python.state import State
from credlint.model.values import Unknown

_MAPPINGS = frozenset({"vars", "dataclasses.asdict", "attr.asdict", "attrs.asdict"})
_TUPLES = frozenset({"dataclasses.astuple", "attr.astuple", "attrs.astuple"})
_COPIES = frozenset({"dataclasses.replace", "attr.evolve", "attrs.evolve", "copy.replace"})
_COPY_METHODS = frozenset({"_replace", "model_copy"})


def call_reflection(
    machine: Machine, dotted: str, arguments: Arguments, site: Site, state: State, frame: Frame
) -> Value | None:
    """Call a function that reads or writes an object by name; None for any other."""
    if dotted == "super":
        return _super(machine, state, frame)
    if not arguments.positional:
        return None
    first = arguments.positional[0].value
    obj = state.only(first)
    match dotted:
        case "getattr":
            return _getattr(machine, arguments, state, frame)
        case "setattr" if len(arguments.positional) == 3:
            name = _text(arguments, 1)
            value = arguments.positional[2]
            if name is not None:
                store_attribute(machine, first, name, value.value, value.location or site.callee, state, frame)
            return constant(None)
        case _ if dotted in _MAPPINGS:
            mapping = as_mapping(obj)
            return first if mapping is None else machine.new(mapping, state)
        case _ if dotted in _TUPLES and (row := as_tuple(obj)) is not None:
            return machine.new(row, state)
        case _ if dotted in _COPIES and isinstance(obj, InstanceObject):
            return changed(machine, obj, arguments, state)
        case _:
            return None


def call_record_method(
    machine: Machine, obj: InstanceObject, name: str, arguments: Arguments, state: State
) -> Value | None:
    """Call a method that records have without defining it; None for any other."""
    if name in _COPY_METHODS:
        return changed(machine, obj, arguments, state)
    mapping = as_mapping(obj) if name in RECORD_METHODS else None
    return None if mapping is None else machine.new(mapping, state)


def _text(arguments: Arguments, index: int) -> str | None:
    value = arguments.positional[index].value if len(arguments.positional) > index else ()
    only = value[0].data if len(value) == 1 else None
    return only.value if isinstance(only, Const) and isinstance(only.value, str) else None


def _getattr(machine: Machine, arguments: Arguments, state: State, frame: Frame) -> Value:
    name = _text(arguments, 1)
    if name is None:
        return unknown("attribute")
    first = arguments.positional[0].value
    obj = state.only(first)
    if (
        len(arguments.positional) > 2
        and isinstance(obj, InstanceObject)
        and not obj.open
        and name not in obj.attributes
    ):
        member = machine.class_member(obj.info, name, first[0], state, frame) if obj.info is not None else None
        return arguments.positional[2].value if member is None else member
    value = machine.attribute(first, name, state, frame)
    known = [item for item in value if not (isinstance(item.data, Scalar) and isinstance(item.data.origin, Unknown))]
    return tuple(known) or unknown("attribute")


def _super(machine: Machine, state: State, frame: Frame) -> Value:
    function = frame.function
    if frame.owner is None or function is None or not function.node.params.params:
        return unknown("super")
    receiver = state.names.get(function.node.params.params[0].name.value)
    for base in frame.owner.bases:
        info = machine.base_class(frame.owner, base)
        if info is not None and receiver and len(receiver) == 1:
            return (Item(Super(info, receiver[0])),)
    return unknown("super")
