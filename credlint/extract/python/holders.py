"""Objects of the project's own classes that hold key id, secret and token together, whatever is in them.

That a value is such an object is told by an annotation, a cast, a check of its type, or the call that made it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import libcst as cst

from credlint.extract.python.domain import (
    Class,
    ClassInfo,
    Const,
    Held,
    InstanceObject,
    Item,
    Method,
    Ref,
    Scalar,
    Value,
)
from credlint.extract.python.machine import Frame, Machine
from credlint.extract.python.records import lineage
from credlint.extract.python.screen import ChunkKind
from credlint.extract.python.state import State
from credlint.model.patterns import pattern
from credlint.model.records import replace
from credlint.model.span import Location
from credlint.model.values import Cloud, Parameter, Role, Unknown

_PARTS = {Role.KEY_ID, Role.SECRET, Role.TOKEN}
_SELF = pattern(r"\bself\.(\w+)\s*(?::[^=\n]+)?=(?!=)")
_MAKING = frozenset({"__init__", "__post_init__", "__attrs_post_init__"})
_OPTIONAL = frozenset({"Optional", "Annotated", "Final", "Union"})
UNWRAPPING = frozenset({"get_secret_value"})
"""Methods by which a field of a secret type gives its text."""


def part_role(machine: Machine, name: str) -> tuple[Role, Cloud] | None:
    """Give the part that a field of this name holds, and whose keys are called so; None of any other name."""
    roles = machine.shared.part_roles
    if name not in roles:
        found = machine.catalogue.slot_names.get(name.lower().lstrip("_"))
        roles[name] = found if found is not None and found[0] in _PARTS else None
    return roles[name]


def holder(machine: Machine, info: ClassInfo) -> frozenset[str]:
    """Give the names of the token of a class whose objects have key id, secret and token of one cloud; else none."""
    known = machine.shared.holders
    if info not in known:
        known[info] = frozenset()  # while its bases are looked at
        known[info] = _tokens(machine, info)
    return known[info]


def _tokens(machine: Machine, info: ClassInfo) -> frozenset[str]:
    found: dict[Role, dict[str, Cloud]] = {}
    for one in lineage(machine, info):
        for name in _declared(machine, one):
            part = part_role(machine, name)
            if part is not None:
                found.setdefault(part[0], {})[name] = part[1]
    if set(found) != _PARTS:
        return frozenset()
    clouds = set(found[Role.SECRET].values()) - {Cloud.S3_COMPATIBLE}
    return frozenset(
        name
        for name, cloud in found[Role.TOKEN].items()
        if cloud is Cloud.S3_COMPATIBLE or not clouds or cloud in clouds
    )


def _declared(machine: Machine, info: ClassInfo) -> Iterator[str]:
    """Give the names that the body of a class binds, and those that the making of an object stores."""
    yield from info.members
    table = machine.home(info.path).source.table
    for name in _MAKING & info.members.keys():
        for index in info.members[name]:
            chunk = table.chunks[index]
            yield from _SELF.findall("\n".join(table.lines[chunk.first_line - 1 : chunk.last_line]))


def mark(machine: Machine, value: Value, info: ClassInfo) -> Value:
    """Say of what is not known that it is an object of a class, where this holds key id, secret and token."""
    if not any(_is_open(item) for item in value) or not holder(machine, info):
        return value
    return tuple(
        replace(item, held=Held(info, item.data, None)) if item.held is None and _is_open(item) else item
        for item in value
    )


def _is_open(item: Item) -> bool:
    match item.data:
        case Scalar(Unknown() | Parameter()) | Method():
            return True
        case _:
            return False


def annotated(
    machine: Machine, value: Value, annotation: cst.BaseExpression | None, state: State, frame: Frame
) -> Value:
    """Say of a value what its annotation says of it, where the statement at hand reads a secret off anything."""
    if annotation is None or not any(_is_open(item) for item in value) or not _reads_secret(machine, frame.chunk):
        return value
    for info in _classes(machine, annotation, state, frame):
        value = mark(machine, value, info)
    return value


def _reads_secret(machine: Machine, index: int) -> bool:
    mentions = machine.source.table.chunks[index].mentions
    return any((part := part_role(machine, name)) is not None and part[0] is Role.SECRET for name in mentions)


def _classes(machine: Machine, node: cst.BaseExpression, state: State, frame: Frame) -> Iterator[ClassInfo]:
    """Give the classes of the project that a type names, itself or beside None."""
    match node:
        case cst.Name(value=name) if name[:1] == name[:1].upper() and name != "None":
            yield from _of_project(machine.lookup(name, state, frame))
        case cst.Attribute(attr=cst.Name(value=name)) if name[:1] == name[:1].upper():
            yield from _of_project(machine.evaluate(node, state, frame))
        case cst.SimpleString():
            text = node.evaluated_value
            if isinstance(text, str) and text.isidentifier():
                yield from _classes(machine, cst.Name(text), state, frame)
        case cst.Subscript(value=cst.Name(value=outer) | cst.Attribute(attr=cst.Name(value=outer))) if (
            outer in _OPTIONAL
        ):
            for part in node.slice:
                if isinstance(part.slice, cst.Index):
                    yield from _classes(machine, part.slice.value, state, frame)
        case cst.BinaryOperation(left=left, operator=cst.BitOr(), right=right):
            yield from _classes(machine, left, state, frame)
            yield from _classes(machine, right, state, frame)
        case _:
            pass


def _of_project(value: Value) -> Iterator[ClassInfo]:
    yield from (item.data.info for item in value if isinstance(item.data, Class))


def cast_to(machine: Machine, kind: Value, value: Value, state: State, frame: Frame) -> Value:
    """Give what `cast(kind, value)` gives."""
    for item in kind:
        match item.data:
            case Class(info):
                value = mark(machine, value, info)
            case Const(str(text)) if text.isidentifier():
                value = annotated(machine, value, cst.Name(text), state, frame)
            case _:
                pass
    return value


def checked(machine: Machine, test: cst.Call, state: State, frame: Frame) -> Value | None:
    """Give what `isinstance(x, Class)` leaves of x where it holds, or None where that tells nothing."""
    match test:
        case cst.Call(func=cst.Name(value="isinstance"), args=[cst.Arg(value=asked), cst.Arg(value=kind)]):
            value = machine.evaluate(asked, state, frame)
            if not any(_is_open(item) for item in value):
                return None
            kinds = [e.value for e in kind.elements] if isinstance(kind, cst.Tuple) else [kind]
            marked = value
            for one in kinds:
                marked = annotated(machine, marked, one, state, frame)
            return marked if marked != value else None
        case _:
            return None


def part_of(machine: Machine, item: Item, name: str, read: Value, state: State) -> Value:
    """Say of a part that was read off an object that it is one of those that belong together there."""
    obj = state.at(item) if isinstance(item.data, Ref) else None
    if item.held is None and not (isinstance(obj, InstanceObject) and obj.info is not None):
        return read
    part = part_role(machine, name)
    if part is None or (item.held is not None and item.held.role is not None):
        return read
    info = item.held.info if item.held is not None else obj.info if isinstance(obj, InstanceObject) else None
    if info is None or not holder(machine, info):
        return read
    held = Held(info, item.held.owner if item.held is not None else item.data, part[0])
    return tuple(replace(one, held=held) if _is_open(one) else one for one in read)


def pair_of(key_id: Value, secret: Value) -> Held | None:
    """Give the object that a key id and a secret were both read off, or None."""
    secrets = {item.held.owner for item in secret if item.held is not None and item.held.role is Role.SECRET}
    for item in key_id:
        if item.held is not None and item.held.role is Role.KEY_ID and item.held.owner in secrets:
            return item.held
    return None


def is_of(item: Item, owner: object) -> bool:
    """Tell whether an alternative was read off an object."""
    return isinstance(item.data, Method) and item.data.receiver.data == owner


def looks_at(machine: Machine, names: Iterable[str], info: ClassInfo, place: Location) -> bool:
    """Tell whether the file at hand names the token anywhere but where the class says that there is one."""
    table = machine.home(place.path).source.table
    wanted = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(names)))})\b")
    own: set[int] = set()
    for one in lineage(machine, info):
        if one.path == place.path:
            chunk = table.chunks[one.chunk]
            own.update([one.chunk] if chunk.kind is ChunkKind.CLASS else ())
            own.update(i for i in chunk.members if not table.chunks[i].name or table.chunks[i].name in _MAKING)
    return any(
        wanted.search("\n".join(table.lines[chunk.first_line - 1 : chunk.last_line]))
        for chunk in table.chunks
        if chunk.index not in own
    )
