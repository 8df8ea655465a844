"""Records: dataclasses, attrs, named tuples, models and typed dicts: their fields, and what a call of them makes."""

from __future__ import annotations

import libcst as cst

from credlint.extract.python.domain import (
    Argument,
    Class,
    ClassInfo,
    Const,
    DictObject,
    Function,
    InstanceObject,
    Item,
    ListObject,
    Name,
    Ref,
    Value,
    tag,
    union,
    unknown,
)
from credlint.extract.python.machine import Arguments, Frame, Machine, Site
from credlint.extract.python.state import State
from credlint.model.records import replace

_FIELD_DECORATORS = frozenset({"dataclass", "define", "frozen", "s", "attrs", "mutable"})
_TYPED_DICT = "TypedDict"
_SETTINGS = "BaseSettings"
_FIELD_BASES = frozenset({"NamedTuple", "BaseModel", _TYPED_DICT, _SETTINGS})
_FIELD_MAKERS = frozenset(
    {
        "dataclasses.field",
        "attr.ib",
        "attr.attrib",
        "attr.field",
        "attrs.field",
        "pydantic.Field",
        "pydantic.fields.Field",
    }
)
_FACTORIES = ("default_factory", "factory")
_NO_FIELD = "ClassVar"
_PASSING = "InitVar"
_AFTER = ("__post_init__", "__attrs_post_init__")
_MAXIMUM_BASES = 4


def is_record(machine: Machine, info: ClassInfo) -> bool:
    """Tell whether the class takes its annotated fields as arguments and shows them in its text."""
    if "__init__" in info.members or "__init__" in info.nodes:
        return False
    return any(
        any(name.rpartition(".")[2] in _FIELD_DECORATORS for name in one.decorators)
        or any(_is_model(machine, one, base) for base in one.bases)
        for one in lineage(machine, info)
    )


def _is_model(machine: Machine, info: ClassInfo, base: str) -> bool:
    """Tell whether a base class makes records, also where it is imported under another name."""
    if base.rpartition(".")[2] in _FIELD_BASES:
        return True
    if info.path not in machine.shared.imported:
        chunks = machine.home(info.path).source.table.chunks
        machine.shared.imported[info.path] = {one.bound: one.target for chunk in chunks for one in chunk.imports}
    return machine.shared.imported[info.path].get(base, "").rpartition(".")[2] in _FIELD_BASES


def shows_attributes(machine: Machine, info: ClassInfo) -> bool:
    """Tell whether the text of a record shows its fields: not when the class says otherwise."""
    own_text = {"__repr__", "__str__"} & (set(info.members) | set(info.nodes))
    return is_record(machine, info) and not info.repr_off and not own_text


def lineage(machine: Machine, info: ClassInfo, depth: int = 0) -> list[ClassInfo]:
    """Give a class and its bases in the project, the outermost first."""
    found: list[ClassInfo] = []
    for base in info.bases if depth < _MAXIMUM_BASES else ():
        parent = machine.base_class(info, base)
        if parent is not None:
            found += [one for one in lineage(machine, parent, depth + 1) if one not in found]
    return [*found, info]


def fields_of(machine: Machine, info: ClassInfo) -> dict[str, ClassInfo]:
    """Give the fields of a record in order, each with the class that says last what it is."""
    found: dict[str, ClassInfo] = {}
    for one in lineage(machine, info):
        machine.prepare_class(one)
        found.update(dict.fromkeys(one.fields, one))
    return found


def note_field(machine: Machine, info: ClassInfo, node: cst.BaseSmallStatement, state: State, frame: Frame) -> None:
    """Note a field of a class: `name: type`, `name: type = field(...)`, `name = attr.ib(...)`."""
    annotation: cst.BaseExpression | None = None
    match node:
        case cst.AnnAssign(target=cst.Name(value=name), annotation=cst.Annotation(annotation=said), value=value):
            annotation = said
            words = _names_in(annotation)
            if words[:1] == [_NO_FIELD]:
                return
            info.passing |= {name} if words[:1] == [_PASSING] else set()
        case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=name))], value=cst.Call() as value):
            if not _is_field_maker(machine, value, state, frame):
                return
        case _:
            return
    if name not in info.fields:
        info.fields.append(name)
    if _is_hidden(machine, annotation, value):
        info.hidden.add(name)
    if isinstance(value, cst.Call) and _is_field_maker(machine, value, state, frame):
        _note_maker(machine, info, name, value, state, frame)


def _is_field_maker(machine: Machine, node: cst.Call, state: State, frame: Frame) -> bool:
    target = machine.evaluate(node.func, state, frame)
    return len(target) == 1 and isinstance(target[0].data, Name) and target[0].data.dotted in _FIELD_MAKERS


def _note_maker(machine: Machine, info: ClassInfo, name: str, node: cst.Call, state: State, frame: Frame) -> None:
    info.attributes.pop(name, None)
    for argument in node.args:
        keyword = argument.keyword.value if argument.keyword is not None else ""
        if (keyword == "default" or not keyword) and not isinstance(argument.value, cst.Ellipsis):
            info.attributes[name] = machine.evaluate(argument.value, state, frame)
        elif keyword in _FACTORIES:
            info.factories[name] = machine.evaluate(argument.value, state, frame)
        elif keyword == "init" and isinstance(argument.value, cst.Name) and argument.value.value == "False":
            info.derived.add(name)


def _is_hidden(machine: Machine, annotation: cst.BaseExpression | None, value: cst.BaseExpression | None) -> bool:
    """Tell whether a field is kept out of the text of its object: a secret type, or `field(repr=False)`."""
    if any(word in machine.catalogue.secret_types for word in _names_in(annotation)):
        return True
    return isinstance(value, cst.Call) and any(
        argument.keyword is not None
        and argument.keyword.value == "repr"
        and isinstance(argument.value, cst.Name)
        and argument.value.value == "False"
        for argument in value.args
    )


def _names_in(annotation: cst.BaseExpression | None) -> list[str]:
    match annotation:
        case cst.Name(value=name):
            return [name]
        case cst.Attribute(attr=cst.Name(value=name)):
            return [name]
        case cst.Subscript(value=outer, slice=parts):
            inner = [n for part in parts if isinstance(part.slice, cst.Index) for n in _names_in(part.slice.value)]
            return [*_names_in(outer), *inner]
        case cst.BinaryOperation(left=left, right=right):
            return [*_names_in(left), *_names_in(right)]
        case _:
            return []


def fill_record(
    machine: Machine, info: ClassInfo, value: Value, arguments: Arguments, site: Site, state: State, frame: Frame
) -> Value:
    """Give a record its fields, from the arguments or their defaults, and run what the class does after that."""
    item = value[0]
    assert isinstance(item.data, Ref)
    attributes: dict[str, Value] = {}
    passed: list[Argument] = []
    fields = fields_of(machine, info)
    positional = list(arguments.positional)
    from_environment = any(base.rpartition(".")[2] == _SETTINGS for one in set(fields.values()) for base in one.bases)
    for name, owner in fields.items():
        given: Value | None = None
        if name in arguments.keywords:
            given = arguments.keywords[name].value
        elif positional and name not in owner.derived:
            given = positional.pop(0).value
        elif arguments.open_positional or arguments.open_keywords:
            given = unknown("field")
        if given is None:
            given = _default(machine, owner, name, site, state, frame)
            if from_environment:
                key = ("settings", owner, name)
                read = unknown("settings", f"{owner.name}.{name}")
                given = union((tag(read, machine.shared.arm(key, 0)), tag(given, machine.shared.arm(key, 1))))
        if name in owner.passing:
            passed.append(Argument(given, None, name))
        else:
            attributes[name] = given
    more = any(keyword not in fields for keyword in arguments.keywords)
    if any(base.rpartition(".")[2] == _TYPED_DICT for one in set(fields.values()) for base in one.bases):
        there: dict[str | int, Value] = {key: attributes[key] for key in attributes if key in arguments.keywords}
        state.heap[item.data.number] = DictObject(there, open=arguments.open_keywords)
        return value
    shown = shows_attributes(machine, info)
    state.heap[item.data.number] = InstanceObject(info, attributes, open=more, shows_attributes=shown)
    for name in _AFTER:
        after = machine.class_member(info, name, item, state, frame)
        if after is not None:
            machine.call(after, Arguments(tuple(passed)), site, state, frame)
            state.alive = True
    return value


def _default(machine: Machine, owner: ClassInfo, name: str, site: Site, state: State, frame: Frame) -> Value:
    if name in owner.factories:
        made = machine.call(owner.factories[name], Arguments(), site, state, frame)
        known = [item for item in owner.factories[name] if isinstance(item.data, Function | Name)]
        return made if known else unknown("field")
    return owner.attributes.get(name, unknown("field"))


def as_mapping(obj: object) -> DictObject | None:
    """Give the attributes of an instance as a dict (`vars`, `asdict`, `_asdict`, `model_dump`), or None."""
    if not isinstance(obj, InstanceObject):
        return None
    items: dict[str | int, Value] = {}
    items.update(obj.attributes)
    return DictObject(items, obj.open)


def as_tuple(obj: object) -> ListObject | None:
    """Give the fields of a record in order (`astuple`), or None."""
    return ListObject(tuple(obj.attributes.values()), obj.open) if isinstance(obj, InstanceObject) else None


def changed(machine: Machine, obj: InstanceObject, arguments: Arguments, state: State) -> Value:
    """Give a copy of a record with other values (`dataclasses.replace`, `_replace`, `model_copy`)."""
    update = arguments.keywords.get("update")
    merged = state.only(update.value) if update is not None else None
    attributes = {name: argument.value for name, argument in arguments.keywords.items() if name in obj.attributes}
    if isinstance(merged, DictObject):
        attributes |= {str(name): value for name, value in merged.items.items()}
    is_open = obj.open or arguments.open_keywords or (update is not None and merged is None)
    return machine.new(replace(obj, attributes={**obj.attributes, **attributes}, open=is_open), state)


def record_class(machine: Machine, arguments: Arguments, state: State, frame: Frame) -> Value | None:
    """Make a class from a name and its fields: a text, a list of names, or a list of (name, type)."""
    if len(arguments.positional) < 2:
        return None
    name, fields = (_constant_text(argument.value) for argument in arguments.positional[:2])
    names = (
        fields.replace(",", " ").split() if fields is not None else _field_names(arguments.positional[1].value, state)
    )
    if name is None or not names:
        return None
    info = ClassInfo(name, machine.source.path, frame.chunk, ("NamedTuple",), (), {}, {}, fields=names, evaluated=True)
    defaults = arguments.keywords.get("defaults")
    known = state.only(defaults.value) if defaults is not None else None
    if isinstance(known, ListObject) and not known.open:
        info.attributes.update(zip(names[-len(known.items) :], known.items, strict=False))
    return (Item(Class(info)),)


def _constant_text(value: Value) -> str | None:
    only = value[0].data if len(value) == 1 else None
    return only.value if isinstance(only, Const) and isinstance(only.value, str) else None


def _field_names(value: Value, state: State) -> list[str]:
    names = []
    obj = state.only(value)
    for element in obj.items if isinstance(obj, ListObject) else ():
        pair = state.only(element)
        name = _constant_text(pair.items[0] if isinstance(pair, ListObject) and pair.items else element)
        if name is not None:
            names.append(name)
    return names
