"""Items, attributes and keys of values: reading them and storing them."""

from __future__ import annotations

from collections.abc import Sequence

from credlint.catalogue.callables import CallableKind, TypeEntry
from credlint.catalogue.types import Catalogue
from credlint.extract.python.domain import (
    MISSING,
    Answer,
    Argument,
    Class,
    Const,
    DictObject,
    InstanceObject,
    Item,
    ListObject,
    MadeObject,
    Method,
    Missing,
    ModuleObject,
    Name,
    Ref,
    Scalar,
    Store,
    Super,
    Typed,
    Value,
    constant,
    open_list,
    present,
    tag,
    union,
    unknown,
)
from credlint.extract.python.holders import part_of
from credlint.extract.python.machine import Arguments, Frame, Machine, Site
from credlint.extract.python.notes import misnamed, shapes
from credlint.extract.python.sections import new_section, profile_part
from credlint.extract.python.state import State
from credlint.extract.python.transforms import stored_field
from credlint.model.records import replace
from credlint.model.span import Location
from credlint.model.values import (
    EnvironmentVariable,
    Lifetime,
    Parameter,
    ProviderField,
    ResponseField,
    Role,
    Step,
    Unknown,
)

RECORD_METHODS = frozenset({"_asdict", "_replace", "asdict", "dict", "model_copy", "model_dump", "to_dict"})
"""Methods that records have without defining them."""


def keys_of(value: Value) -> list[str | int] | None:
    """Give the constant keys that a value can be, or None when any of them is not constant."""
    keys: list[str | int] = []
    for item in value:
        if not isinstance(item.data, Const) or not isinstance(item.data.value, str | int):
            return None
        keys.append(item.data.value)
    return keys


def is_environment(catalogue: Catalogue, item: Item) -> bool:
    """Tell whether an alternative is the environment of the process itself (`os.environ`)."""
    return isinstance(item.data, Name) and catalogue.objects.get(item.data.dotted) == "environment"


def describe(item: Item) -> str:
    """Name an unresolved alternative so that two readings of it compare equal; "" when it has no name."""
    match item.data:
        case Name(dotted):
            return dotted
        case Scalar(Unknown(_, identity)):
            return identity
        case Scalar(Parameter(name)):
            return f"parameter {name}"
        case _:
            return ""


def read_item(machine: Machine, value: Value, keys: Value, place: Location, state: State, frame: Frame) -> Value:
    """Read `value[keys]`; `place` is where, for the step of an environment read."""
    section = ini_section(machine, value[0], keys, state) if len(value) == 1 else None
    if section is not None:
        return section
    found = keys_of(keys)
    if found is None:
        return union(tag(_some_item(machine, item, keys, state), item.branches) for item in _usable(value))
    read = union(
        tag(_told(machine, item, key, _item(machine, item, key, place, state, frame), state), item.branches)
        for item in _usable(value)
        for key in found
    )
    machine.shared.read(read)
    return read


def _told(machine: Machine, item: Item, name: str | int, read: Value, state: State) -> Value:
    """Say of what was read what its name, and what it was read off, tell of it."""
    return shapes.read(machine, item, name, part_of(machine, item, str(name), read, state))


def ini_section(machine: Machine, item: Item, keys: Value, state: State) -> Value | None:
    """Give the section of a parser of INI files that `parser[keys]` is, a new one if need be; None of other objects."""
    made = state.at(item)
    if not isinstance(made, MadeObject) or made.entry.kind is not CallableKind.INI_FILE:
        return None
    name = section_name(keys)
    if name not in made.fields:
        section = machine.new(new_section(machine, made, keys, name), state)
        state.heap[number_at(item)] = replace(made, fields={**made.fields, name: section})
        return section
    return made.fields[name]


def section_name(keys: Value) -> str:
    """Give the name of a section, or behind a sign that no name holds what tells one unknown name from others."""
    only = keys[0] if len(keys) == 1 else None
    if only is not None and isinstance(only.data, Const):
        return str(only.data.value)
    return f"\0{describe(only) if only is not None else ''}"


def number_at(item: Item) -> int:
    """Give the number of the object that an alternative points to."""
    assert isinstance(item.data, Ref)
    return item.data.number


def _some_item(machine: Machine, item: Item, keys: Value, state: State) -> Value:
    """Give what a dict holds under a key that is not known: whole credentials only, a part would be any part."""
    match state.at(item):
        case DictObject(items=items, rest=rest) if rest or items:
            found = [*map(present, items.values()), *((one,) for one in rest)]
            if all(map(followed, found)):
                return apart(machine, ("item", item.data, keys), found)
            return unknown("key is not constant")
        case _:
            return unknown("key is not constant")


def apart(machine: Machine, key: object, values: Sequence[Value]) -> Value:
    """Give values of which it is one at a time, as `key` decides: parts of different ones never meet."""
    different = list(dict.fromkeys(values))
    if len(different) < 2 or not all(map(followed, different)):
        return union(different)
    return union(tag(value, machine.shared.arm(key, index)) for index, value in enumerate(different))


def followed(value: Value) -> Value:
    """Give what is kept of a value under a key that is not known: whole credentials and objects, never a part."""
    return value if value and all(isinstance(item.data, Answer | Typed | Ref) for item in value) else ()


def _usable(value: Value) -> Value:
    """None has no items and attributes: where it is only one of the alternatives, reading on means the others."""
    if len(value) == 1:
        return value
    rest = tuple([item for item in value if not isinstance(item.data, Const) or item.data.value is not None])
    return rest or value


def _item(machine: Machine, item: Item, key: str | int, place: Location, state: State, frame: Frame) -> Value:
    match item.data:
        case Answer():
            return answer_field(item, key) if isinstance(key, str) else _answer_element(item)
        case Ref(number):
            obj = state.heap.get(number)
            if isinstance(obj, InstanceObject) and obj.info is not None and key not in obj.attributes:
                method = machine.class_member(obj.info, "__getitem__", item, state, frame)
                if method is not None:
                    given = Arguments((Argument(constant(key), place, ""),))
                    return machine.call(method, given, Site(place, None), state, frame)
            part = None
            if isinstance(obj, DictObject):
                misnamed.note_read(machine, obj, key, place, frame)
                if obj.base is not None and key not in obj.items:
                    return _item(machine, obj.base, key, place, state, frame)
                part = profile_part(machine, obj, key, place)
            return _heap_item(machine, item, obj, key, place) if part is None else part
        case _ if is_environment(machine.catalogue, item) and isinstance(key, str):
            return read_environment(key, place, state)
        case Typed(entry, provider, lifetime) if isinstance(key, int):
            return _typed_position(entry, provider, lifetime, key)
        case Store(inside=True) as store:
            return stored_field(store, str(key), place)
        case Typed(entry, provider, lifetime) if isinstance(key, str) and entry.shape and entry.shape.role(key):
            return _typed_attribute(entry, provider, lifetime, key, item)
        case _:
            name = describe(item)
            return unknown("item of an unknown value", f"{name}[{key!r}]" if name else "")


def _answer_element(item: Item) -> Value:
    """Give an element of a list in an answer: on the way to a login it holds what the list does."""
    lasts = item.data.shape.lifetime if isinstance(item.data, Answer) else None
    return (item,) if lasts is Lifetime.UNKNOWN else unknown("item of an answer")


def _typed_position(entry: TypeEntry, provider: Location, lifetime: Lifetime, key: int) -> Value:
    """Credential tuples are in the order key id, secret, token (botocore.credentials.ReadOnlyCredentials)."""
    order = (Role.KEY_ID, Role.SECRET, Role.TOKEN)
    if entry.shape and 0 <= key < len(order):
        return (Item(Scalar(ProviderField(provider, entry.title, order[key], lifetime, entry.refreshable))),)
    return unknown("item of an object")


def _heap_item(machine: Machine, item: Item, obj: object, key: str | int, place: Location) -> Value:
    match obj:
        case DictObject(items, is_open, environment):
            if key in items:
                return present(items[key]) or unknown("key is missing")
            if environment and isinstance(key, str):
                return _environment_read(key, place)
            return unknown("key of a mapping", "") if is_open else unknown("key is missing")
        case ListObject(items, is_open) if isinstance(key, int):
            if not is_open and -len(items) <= key < len(items):
                return items[key]
            whole = apart(machine, ("element", item.data, key), items) if items and is_open else ()
            return whole or unknown("element of a list")
        case InstanceObject(attributes=attributes) if isinstance(key, str) and key in attributes:
            return present(attributes[key]) or unknown("key is missing")
        case InstanceObject(attributes=attributes) if isinstance(key, int):
            values = list(attributes.values())
            return values[key] if 0 <= key < len(values) else unknown("element of an object")
        case MadeObject(fields=fields) if isinstance(key, str) and key in fields:
            return fields[key]
        case _:
            return unknown("item of an object")


def _environment_read(name: str, place: Location) -> Value:
    step = Step(place, f"{name} is read from the environment")
    return (Item(Scalar(EnvironmentVariable(name)), steps=(step,)),)


def read_environment(name: str, place: Location, state: State, default: Value | None = None) -> Value:
    """Read a variable of the process: what code wrote there before, else the variable, else the default."""
    written = state.environment.get(name)
    if written:
        value = written[0]
        rest = tuple(item for item in value if isinstance(item.data, Missing))
        if not rest:
            return value
        return union((present(value), *(tag(_environment_read(name, place), item.branches) for item in rest)))
    read = _environment_read(name, place)
    if EnvironmentVariable(name) in state.falsy:
        return default if default is not None else constant(None)
    return read


def answer_field(item: Item, key: str) -> Value:
    """Read a field of an answer: a part of the credentials, a deeper answer, or something harmless."""
    answer = item.data
    assert isinstance(answer, Answer)
    path = (*answer.path, key)
    expected = answer.shape.path
    if path == expected[: len(path)]:
        return (replace(item, data=replace(answer, path=path)),)
    if answer.path == expected:
        role = answer.shape.role(key)
        if role is not None:
            name = answer.operation.id if answer.operation else answer.title
            origin = ResponseField(answer.request, name, role, answer.shape.lifetime, answer.calls)
            return (replace(item, data=Scalar(origin)),)
    return unknown("another field of the answer")


def has_field(answer: Answer, key: str) -> bool:
    """Tell whether a key leads on to the credentials of an answer, or is one of their fields."""
    path = (*answer.path, key)
    if path == answer.shape.path[: len(path)]:
        return True
    return answer.path == answer.shape.path and answer.shape.role(key) is not None


def fields_of(item: Item) -> dict[str | int, Value]:
    """Give what an answer holds by its first names: deeper answers, or the parts of the credentials."""
    answer = item.data
    assert isinstance(answer, Answer)
    depth = len(answer.path)
    if depth < len(answer.shape.path):
        name = answer.shape.path[depth]
        return {name: answer_field(item, name)}
    return {names[0]: answer_field(item, names[0]) for _, names in answer.shape.fields}


def explode(machine: Machine, value: Value, state: State) -> Value:
    """Turn answers into dicts of their fields, so that code can change them."""
    changed: list[Value] = []
    for item in value:
        if isinstance(item.data, Answer):
            changed.append(tag(machine.new(DictObject(fields_of(item), open=True), state), item.branches))
        else:
            changed.append((item,))
    return union(changed)


def read_attribute(machine: Machine, value: Value, name: str, state: State, frame: Frame) -> Value:
    """Read `value.name`."""
    read = union(
        [
            tag(_told(machine, item, name, _attribute(machine, item, name, state, frame), state), item.branches)
            for item in _usable(value)
        ]
    )
    machine.shared.read(read)
    return read


def _attribute(machine: Machine, item: Item, name: str, state: State, frame: Frame) -> Value:
    match item.data:
        case Name(dotted):
            return (machine.submodule(replace(item, data=Name(f"{dotted}.{name}"))),)
        case ModuleObject() as module:
            return machine.member(module, name, state)
        case Store(inside=False) as store if name == "data":
            return (Item(replace(store, inside=True)),)
        case Answer():
            field = answer_field(item, name)
            known = not (isinstance(field[0].data, Scalar) and isinstance(field[0].data.origin, Unknown))
            return field if known else (Item(Method(f"answer.{name}", item)),)
        case Typed(entry, provider, lifetime):
            return _typed_attribute(entry, provider, lifetime, name, item)
        case Ref(number):
            return _object_attribute(machine, item, state.heap.get(number), name, state, frame)
        case Class(info):
            found = machine.class_member(info, name, item, state, frame)
            return found if found is not None else unknown("attribute of a class", f"{info.name}.{name}")
        case Super(info, receiver):
            found = machine.class_member(info, name, receiver, state, frame)
            return found if found is not None else unknown("attribute of a base class")
        case Scalar() | Const() | Missing():
            identity = describe(item)
            return (Item(Method(f"{identity or '?'}.{name}", item)),)
        case _:
            return (Item(Method(f"?.{name}", item)),)


def _typed_attribute(entry: TypeEntry, provider: Location, lifetime: Lifetime, name: str, item: Item) -> Value:
    shape = entry.shape
    role = shape.role(name) if shape and not shape.path else None
    if role is not None:
        origin = ProviderField(provider, entry.title, role, lifetime, entry.refreshable)
        return (Item(Scalar(origin), steps=item.steps),)
    return (Item(Method(f"{entry.names[0]}.{name}", item)),)


def _object_attribute(machine: Machine, item: Item, obj: object, name: str, state: State, frame: Frame) -> Value:
    match obj:
        case MadeObject() as made:
            return _made_attribute(machine, made, name, item)
        case InstanceObject(info, attributes) as instance:
            value = attributes.get(name, MISSING)
            there = present(value)
            if len(there) == len(value):
                return there
            from_class = machine.class_member(info, name, item, state, frame) if info is not None else None
            if from_class is not None:  # where the object does not have it
                missing = (one for one in value if isinstance(one.data, Missing))
                return union((there, *(tag(from_class, one.branches) for one in missing)))
            if name == "__dict__":
                items: dict[str | int, Value] = {}
                items.update(attributes)
                return machine.new(DictObject(items, instance.open), state)
            if not there and name in RECORD_METHODS:
                return (Item(Method(f"?.{name}", item)),)
            identity = f"{info.name}.{name}" if info is not None else ""
            return there or unknown("attribute of an object" if instance.open else "attribute is missing", identity)
        case _:
            return (Item(Method(f"?.{name}", item)),)


def _made_attribute(machine: Machine, made: MadeObject, name: str, item: Item) -> Value:
    if name in made.fields:
        return made.fields[name]
    entry = machine.catalogue.types.get(made.type)
    if entry is not None:
        role = dict(entry.attributes).get(name) or (
            found.value if entry.shape and not entry.shape.path and (found := entry.shape.role(name)) else None
        )
        if role is not None and role in made.roles:
            return made.roles[role].value
        if role is not None and not made.open:
            return unknown("attribute that was not set")
    return (Item(Method(f"{made.type}.{name}", item)),)


def store_item(machine: Machine, target: Value, keys: Value, value: Value, place: Location, state: State) -> None:
    """Store `target[keys] = value`."""
    machine.shared.keep(value)
    found = keys_of(keys)
    single = len(target) == 1 and found is not None and len(found) == 1
    for item in target:
        if is_environment(machine.catalogue, item):
            for key in found or ():
                state.environment[str(key)] = (value, place)
            continue
        if not isinstance(item.data, Ref):
            machine.shared.let_go(value)
            continue
        obj = state.heap.get(item.data.number)
        if isinstance(obj, DictObject):
            if found is None:
                rest = union((obj.rest, followed(value)))
                state.heap[item.data.number] = replace(obj, open=True, rest=rest)
                continue
            items = dict(obj.items)
            places = dict(obj.places)
            for key in found:
                old = items.get(key, MISSING)
                items[key] = value if single else union((old, value))
                places[key] = place
            state.heap[item.data.number] = replace(obj, items=items, places=places)
        elif isinstance(obj, ListObject):
            state.heap[item.data.number] = open_list((*obj.items, value))
        elif isinstance(obj, MadeObject) and obj.entry.kind is CallableKind.INI_FILE:
            state.heap[item.data.number] = replace(obj, fields={**obj.fields, section_name(keys): value})
        elif isinstance(obj, MadeObject) and found:
            fields = dict(obj.fields)
            fields.update({str(key): value for key in found})
            state.heap[item.data.number] = replace(obj, fields=fields)


def store_attribute(
    machine: Machine, target: Value, name: str, value: Value, place: Location, state: State, frame: Frame
) -> None:
    """Store `target.name = value`."""
    machine.shared.keep(value)
    for item in target:
        match item.data:
            case Ref(number):
                obj = state.heap.get(number)
                if isinstance(obj, InstanceObject):
                    setter = machine.setter(obj.info, name, item) if obj.info is not None else None
                    if setter is not None:
                        given = Arguments((Argument(value, place, ""),))
                        machine.call(setter, given, Site(place, None), state, frame)
                        continue
                    old = obj.attributes.get(name, MISSING)
                    new = value if len(target) == 1 else union((old, value))
                    state.heap[number] = replace(obj, attributes={**obj.attributes, name: new})
                elif isinstance(obj, MadeObject):
                    state.heap[number] = _set_made(machine, obj, name, value, place)
            case Class(info):
                machine.assign_class(info, name, value, state, frame)
            case ModuleObject() as module:
                machine.assign_member(module, name, value, state, frame)
            case _:
                machine.shared.let_go(value)


def _set_made(machine: Machine, made: MadeObject, name: str, value: Value, place: Location) -> MadeObject:
    entry = machine.catalogue.types.get(made.type)
    role = dict(entry.attributes).get(name) if entry else None
    if role is None and entry and entry.shape and (found := entry.shape.role(name)):
        role = found.value
    if role is not None:
        return replace(made, roles={**made.roles, role: Argument(value, place, name)})
    return replace(made, fields={**made.fields, name: value})
