"""What an instance of a class of the project holds when one of its methods is called from anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import libcst as cst

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
from credlint.extract.python.notes.nodes import inside
from credlint.extract.python.reach import attributes_asked, attributes_stored
from credlint.extract.python.screen import ChunkKind
from credlint.extract.python.source import Statement
from credlint.extract.python.state import Heap, State

_Method = tuple[ClassInfo, str]


class Summary:
    """What the methods of one class leave in an instance: `__init__` first, then any other one that is asked about."""

    def __init__(self, machine: Machine, info: ClassInfo) -> None:
        self._machine = machine
        self._info = info
        self._state = machine.module_state.fork()
        self._value = machine.new(InstanceObject(info, {}, open=True), self._state)
        self._methods: list[_Method] = []
        self._left: dict[_Method, tuple[dict[str, Value], Heap]] = {}
        self._merged: dict[tuple[int, ...], tuple[dict[str, Value], Heap]] = {}
        self._attributes: dict[str, Value] = {}
        self.shows_attributes = records.shows_attributes(machine, info)

    def begin(self) -> None:
        """Run `__init__`, which may ask for an instance itself."""
        machine, number = self._machine, calls.number_of(self._value)
        if records.is_record(machine, self._info):
            fields = {
                name: unknown("field", f"{self._info.name}.{name}") for name in records.fields_of(machine, self._info)
            }
            self._state.heap[number] = InstanceObject(self._info, fields, open=True)
        initializer = machine.class_member(self._info, "__init__", self._value[0], self._state, machine.module_frame)
        if initializer and isinstance(initializer[0].data, Function):
            method = initializer[0].data.info
            _run_method(machine.home(method.path), method, self._value, self._state)
        first = self._state.heap[number]
        self._attributes = dict(first.attributes) if isinstance(first, InstanceObject) else {}
        self._methods = _methods_of(machine, self._info)

    def after(self, asked: frozenset[str] | None) -> tuple[dict[str, Value], Heap]:
        """Give the attributes as the methods leave them that store any of those asked for (None: any at all)."""
        needed = tuple(
            arm
            for arm, (owner, name) in enumerate(self._methods, 1)
            if _stores_any(self._machine.home(owner.path), owner, name, asked)
        )
        if needed not in self._merged:
            self._merged[needed] = self._merge(needed)
        return self._merged[needed]

    def _merge(self, needed: Sequence[int]) -> tuple[dict[str, Value], Heap]:
        heap = self._state.heap.fork()
        merged = dict(self._attributes)
        writer = ("writer", self._info)
        for arm in needed:
            method = self._methods[arm - 1]
            if method not in self._left:
                self._left[method] = ({}, Heap())
                outer, self._machine.shared.summing_up = self._machine.shared.summing_up, True
                try:
                    self._left[method] = self._stores_of(*method)
                finally:
                    self._machine.shared.summing_up = outer
            changed, left = self._left[method]
            for attribute, new in changed.items():
                old = self._attributes.get(attribute)
                if old == new:
                    continue
                tags = self._machine.shared.arm(writer, arm)
                before = merged.get(attribute)
                first = self._machine.shared.arm(writer, 0)
                if before is None and attribute in self._info.members:  # what the class says holds until then
                    merged[attribute] = union((tag(MISSING, first), tag(new, tags)))
                elif before is None:
                    merged[attribute] = tag(new, tags)
                else:
                    kept = tag(before, first) if before == old else before
                    merged[attribute] = union((kept, tag(new, tags)))
            heap.adopt(left)
        return merged, heap

    def _stores_of(self, owner: ClassInfo, name: str) -> tuple[dict[str, Value], Heap]:
        """Give the attributes of an instance after one other method of its class or of a base ran on it."""
        machine = self._machine.home(owner.path)
        method = machine.method(owner, name)
        if method is None or {"staticmethod", "classmethod"} & set(method.decorators):
            return {}, Heap()
        if not machine.is_of_interest(method):  # a base class of another module that has nothing to do with parts
            return {}, Heap()
        after = self._state.fork()
        after.alive = True
        after.heap.adopt(machine.module_state.heap)
        _run_method(machine, method, self._value, after, trimmed=True)
        obj = after.heap.get(calls.number_of(self._value))
        return (dict(obj.attributes) if isinstance(obj, InstanceObject) else {}), after.heap


class Instances:
    """The instances that the methods of the classes of one module are entered with."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._summaries: dict[ClassInfo, Summary | None] = {}

    def entered(self, info: ClassInfo, entry: FunctionInfo, state: State) -> Value:
        """Give an instance as the methods of its class leave it, as far as the method that is entered can ask."""
        attributes: dict[str, Value] = {}
        self._machine.shared.muted += 1
        try:
            summary = self._summary(info)
            if summary is not None:
                attributes, heap = summary.after(attributes_asked(self._machine, info, entry))
                state.heap.adopt(heap)
        finally:
            self._machine.shared.muted -= 1
        shows = summary is not None and summary.shows_attributes
        return self._machine.new(InstanceObject(info, attributes, open=True, shows_attributes=shows), state)

    def _summary(self, info: ClassInfo) -> Summary | None:
        """Give what the methods of a class leave; None while that is being found out."""
        if info not in self._summaries:
            self._summaries[info] = None
            summary = Summary(self._machine, info)
            summary.begin()
            self._summaries[info] = summary
        return self._summaries[info]


def _stores_any(machine: Machine, owner: ClassInfo, name: str, asked: frozenset[str] | None) -> bool:
    """Tell whether a member is a method, other than `__init__`, that stores any of these attributes."""
    if name == "__init__":
        return False
    if name not in owner.members:
        return True  # of a class inside a function: it has no chunk of its own
    index = owner.members[name][-1]
    if machine.source.table.chunks[index].kind is not ChunkKind.FUNCTION:
        return False
    stored = attributes_stored(machine.source, index)
    return bool(stored) and (asked is None or not stored.isdisjoint(asked))


def _methods_of(machine: Machine, info: ClassInfo, depth: int = 0) -> list[_Method]:
    """Give the members of a class and of its bases in the project."""
    found = [(info, name) for name in (*info.members, *info.nodes)]
    for base in info.bases if depth < 4 else ():
        parent = machine.base_class(info, base)
        if parent is not None:
            found += [pair for pair in _methods_of(machine, parent, depth + 1) if pair[1] not in info.members]
    return found


def _until_stores(body: Sequence[Statement]) -> Sequence[Statement]:
    """Give the statements of a method up to the last one that stores an attribute."""
    last = max((index for index, statement in enumerate(body) if any(_stores(statement))), default=-1)
    return body[: last + 1]


def _stores(statement: cst.CSTNode) -> Iterator[bool]:
    for node in inside(statement):
        match node:
            case cst.AssignTarget() | cst.AnnAssign() | cst.AugAssign():
                yield any(isinstance(inner, cst.Attribute) for inner in inside(node.target))
            case cst.Expr(value=cst.Call()):  # a method that it calls may store
                yield True
            case _:
                pass


def _run_method(machine: Machine, info: FunctionInfo, value: Value, state: State, *, trimmed: bool = False) -> None:
    """Run a method on an instance; `trimmed` leaves out what follows the last statement that may store."""
    closure = dict(info.owner.closure) if info.owner is not None else {}
    frame = Frame(info.chunk, (info.qualified_name,), function=info, owner=info.owner, closure=closure)
    outer = state.names
    state.names = calls.parameter_names(machine, info, state, frame)
    ordered = (*info.node.params.posonly_params, *info.node.params.params)
    if ordered:
        state.names[ordered[0].name.value] = value
    machine.shared.active.append(info)
    body = machine.body_of(info.node) if isinstance(info.node, cst.FunctionDef) else ()
    try:
        calls.run_body(machine, info, _until_stores(body) if trimmed else body, state, frame, state)
    finally:
        machine.shared.active.pop()
        state.names = outer
        state.alive = True
        state.branches = frozenset()
