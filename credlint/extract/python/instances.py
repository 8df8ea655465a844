"""What an instance of a class of the project holds when one of its methods is called from anywhere."""

from __future__ import annotations

from credlint.extract.python import calls, records
from credlint.extract.python.domain import (
    MISSING,
    ClassInfo,
    Function,
    FunctionInfo,
    InstanceObject,
    Value,
    tag,
    union,
    unknown,
)
from credlint.extract.python.machine import Frame, Machine
from credlint.extract.python.screen import ChunkKind
from credlint.extract.python.selection import stores_attributes
from credlint.extract.python.state import Heap, State


def instance(machine: Machine, info: ClassInfo, state: State) -> Value:
    """Give an instance as the methods of its class leave it; they are run once."""
    if info not in machine.shared.summaries:
        machine.shared.summaries[info] = None
        machine.shared.summaries[info] = _summarize(machine, info)
    summary = machine.shared.summaries[info]
    attributes, heap = summary or ({}, Heap())
    state.heap.adopt(heap)
    return machine.new(
        InstanceObject(info, attributes, open=True, shows_attributes=records.shows_attributes(machine, info)), state
    )


def _summarize(machine: Machine, info: ClassInfo) -> tuple[dict[str, Value], Heap]:
    """Give what the methods of a class leave in the attributes of an instance: __init__ first, then any other."""
    machine.shared.muted += 1
    try:
        state = machine.module_state.fork()
        value = machine.new(InstanceObject(info, {}, open=True), state)
        if records.is_record(machine, info):
            fields = {name: unknown("field", f"{info.name}.{name}") for name in records.fields_of(machine, info)}
            state.heap[calls.number_of(value)] = InstanceObject(info, fields, open=True)
        initializer = machine.class_member(info, "__init__", value[0], state, machine.module_frame)
        if initializer and isinstance(initializer[0].data, Function):
            info_ = initializer[0].data.info
            _run_method(machine.home(info_.path), info_, value, state)
        first = state.heap[calls.number_of(value)]
        attributes = dict(first.attributes) if isinstance(first, InstanceObject) else {}
        heap = state.heap.fork()
        merged = dict(attributes)
        for arm, (owner, name) in enumerate(_methods_of(machine, info), 1):
            changed, left = _stores_of(machine.home(owner.path), owner, name, value, state)
            for attribute, new in changed.items():
                old = attributes.get(attribute)
                if old == new:
                    continue
                tags = machine.shared.arm(("writer", info), arm)
                before = merged.get(attribute)
                if before is None and attribute in info.members:  # what the class says holds until then
                    merged[attribute] = union((tag(MISSING, machine.shared.arm(("writer", info), 0)), tag(new, tags)))
                elif before is None:
                    merged[attribute] = tag(new, tags)
                else:
                    kept = tag(before, machine.shared.arm(("writer", info), 0)) if before == old else before
                    merged[attribute] = union((kept, tag(new, tags)))
            heap.adopt(left)
        return merged, heap
    finally:
        machine.shared.muted -= 1


def _methods_of(machine: Machine, info: ClassInfo, depth: int = 0) -> list[tuple[ClassInfo, str]]:
    """Give the members of a class and of its bases in the project."""
    found = [(info, name) for name in (*info.members, *info.nodes)]
    for base in info.bases if depth < 4 else ():
        parent = machine.base_class(info, base)
        if parent is not None:
            found += [pair for pair in _methods_of(machine, parent, depth + 1) if pair[1] not in info.members]
    return found


def _stores_of(
    machine: Machine, info: ClassInfo, name: str, value: Value, state: State
) -> tuple[dict[str, Value], Heap]:
    """Give the attributes of an instance after one other method of a class of this module ran on it."""
    if name in info.members:
        index = info.members[name][-1]
        kind = machine.source.table.chunks[index].kind
        if kind is not ChunkKind.FUNCTION or not stores_attributes(machine.source, index):
            return {}, Heap()
    if name == "__init__":
        return {}, Heap()
    method = machine.method(info, name)
    if method is None or {"staticmethod", "classmethod"} & set(method.decorators):
        return {}, Heap()
    if not machine.is_of_interest(method):  # a base class of another module that has nothing to do with parts
        return {}, Heap()
    after = state.fork()
    after.alive = True
    after.heap.adopt(machine.module_state.heap)
    _run_method(machine, method, value, after)
    obj = after.heap.get(calls.number_of(value))
    return (dict(obj.attributes) if isinstance(obj, InstanceObject) else {}), after.heap


def _run_method(machine: Machine, info: FunctionInfo, value: Value, state: State) -> None:
    closure = dict(info.owner.closure) if info.owner is not None else {}
    frame = Frame(info.chunk, (info.qualified_name,), function=info, owner=info.owner, closure=closure)
    outer = state.names
    state.names = calls.parameter_names(machine, info, state, frame)
    ordered = (*info.node.params.posonly_params, *info.node.params.params)
    if ordered:
        state.names[ordered[0].name.value] = value
    machine.shared.active.append(info)
    try:
        calls.run_function(machine, info, state, frame, state)
    finally:
        machine.shared.active.pop()
        state.names = outer
        state.alive = True
        state.branches = frozenset()
