"""Classes of the project: their attributes, their methods bound to what they are called on, and their bases.

The machine that these functions take is that of the module in which the class stands.
"""

from __future__ import annotations

from collections.abc import Iterator

from credlint.extract.python import calls, statements
from credlint.extract.python.abstract import given_by_subclass, is_abstract
from credlint.extract.python.domain import Class, ClassInfo, Function, FunctionInfo, Item, Name, Value
from credlint.extract.python.machine import Arguments, Frame, Machine, Site
from credlint.extract.python.namespace import assign_shared
from credlint.extract.python.screen import Chunk, ChunkKind
from credlint.extract.python.source import Source
from credlint.extract.python.state import State
from credlint.model.patterns import pattern
from credlint.model.records import replace

_MAXIMUM_BASES = 6
_REPR_OFF = pattern(r"\brepr\s*=\s*False\b")


def classes_of(source: Source) -> dict[str, ClassInfo]:
    """Give the classes at the top level of a module by name, nothing of them evaluated yet."""
    return {chunk.name: _class_info(source, chunk) for chunk in source.table.chunks if chunk.kind is ChunkKind.CLASS}


def _class_info(source: Source, chunk: Chunk) -> ClassInfo:
    members: dict[str, list[int]] = {}
    for index in chunk.members:
        for name in source.table.chunks[index].binds:
            members.setdefault(name, []).append(index)
    info = ClassInfo(chunk.name, source.path, chunk.index, chunk.bases, chunk.decorators, members, {})
    first_member = source.table.chunks[chunk.members[0]].first_line if chunk.members else chunk.last_line
    head = "\n".join(source.table.lines[chunk.first_line - 1 : first_member - 1])
    info.repr_off = _REPR_OFF.search(head) is not None
    return info


def prepare_class(machine: Machine, info: ClassInfo) -> None:
    """Evaluate the class attributes of a class, once."""
    if info.evaluated:
        return
    info.evaluated = True
    frame = replace(machine.module_frame, returns=[], leaving=[], yields=[], owner=info)
    for index in machine.source.table.chunks[info.chunk].members:
        chunk = machine.source.table.chunks[index]
        if chunk.kind is not ChunkKind.STATEMENT:
            continue
        frame.chunk = index
        for statement in machine.source.statements(index):
            inner = machine.module_state.fork()
            statements.class_statement(machine, info, statement, inner, frame)
            machine.module_state.heap.update(inner.heap)


def base_class(machine: Machine, info: ClassInfo, name: str) -> ClassInfo | None:
    """Give the class that a dotted name among the bases of a class stands for, when it is one of the project."""
    known = machine.shared.bases
    if (info, name) in known:
        return known[info, name]
    first, *rest = name.split(".")
    value = machine.lookup(first, machine.module_state, machine.module_frame) if first else ()
    for part in rest:
        value = machine.attribute(value, part, machine.module_state, machine.module_frame)
    only = value[0].data if len(value) == 1 else None
    found = only.info if isinstance(only, Class) and only.info is not info else None
    if isinstance(only, Class | Name):  # anything else may be known better when more of the module has run
        known[info, name] = found
    return found


def class_member(
    machine: Machine, info: ClassInfo, name: str, item: Item, state: State, frame: Frame, depth: int = 0
) -> Value | None:
    """Give a method (bound) or attribute of a class or a base, or None. Names bound anew can make them a ring."""
    prepare_class(machine, info)
    own = method(machine, info, name)
    if own is not None:
        return _bind(machine, own, item, state, frame)
    if name in info.attributes:
        state.heap.adopt(machine.module_state.heap)
        return info.attributes[name]
    for base in info.bases if depth < _MAXIMUM_BASES else ():
        parent = base_class(machine, info, base)
        if parent is not None:
            found = class_member(machine.home(parent.path), parent, name, item, state, frame, depth + 1)
            if found is not None:
                return found
    return None


def method(machine: Machine, info: ClassInfo, name: str) -> FunctionInfo | None:
    """Give a method that a class of this module defines itself, or None."""
    if name not in info.methods:
        if name in info.nodes:
            node = info.nodes[name]
            qualified = f"{info.name}.{name}"
            decorators = statements.decorator_names(node)
            info.methods[name] = FunctionInfo(node, info.path, info.chunk, qualified, info, decorators)
        else:
            for found in _definitions(machine, info, name):
                if not any(decorator in {f"{name}.setter", f"{name}.deleter"} for decorator in found.decorators):
                    info.methods[name] = found
    return info.methods.get(name)


def _definitions(machine: Machine, info: ClassInfo, name: str) -> Iterator[FunctionInfo]:
    """Give the functions that a class defines under a name: a property has several."""
    for index in info.members.get(name, ()):
        chunk = machine.source.table.chunks[index]
        found = machine.function_info(chunk, info) if chunk.kind is ChunkKind.FUNCTION else None
        if found is not None:
            yield found


def _bind(machine: Machine, own: FunctionInfo, item: Item, state: State, frame: Frame) -> Value:
    closure = own.owner.closure if own.owner is not None else ()
    if "staticmethod" in own.decorators:
        return (Item(Function(own, closure=closure)),)
    if "classmethod" in own.decorators:
        owner = own.owner
        receiver = item if isinstance(item.data, Class) or owner is None else Item(Class(owner))
        return (Item(Function(own, receiver, closure)),)
    bound = Function(own, None if isinstance(item.data, Class) else item, closure)
    if any(name.endswith("property") for name in own.decorators) and bound.receiver is not None:
        if is_abstract(own):
            return given_by_subclass(machine, own, bound.receiver)
        site = Site(machine.source.location(own.chunk, own.node), None)
        return calls.call_function(machine, bound, Arguments(), site, state, frame)
    return (Item(bound),)


def setter(machine: Machine, info: ClassInfo, name: str, item: Item, depth: int = 0) -> Value | None:
    """Give the method (bound) that takes what is stored under the name of a property, or None."""
    if len(info.members.get(name, ())) > 1:
        for found in _definitions(machine, info, name):
            if f"{name}.setter" in found.decorators:
                return (Item(Function(found, item)),)
    elif name not in info.members:
        for base in info.bases if machine.shared.has_setters and depth < _MAXIMUM_BASES else ():
            parent = base_class(machine, info, base)
            if parent is not None:
                return setter(machine.home(parent.path), parent, name, item, depth + 1)
    return None


def assign_class(machine: Machine, info: ClassInfo, name: str, value: Value, state: State, frame: Frame) -> None:
    """Bind an attribute of a class from outside its body: in the module for certain, else on a branch."""
    prepare_class(machine, info)
    if frame.is_module() and not state.branches:
        info.attributes[name] = value
    else:
        assign_shared(machine, info.attributes, name, value, state, frame)
