"""Calls of built-in functions, and of what is as good as built in: collections, functools, asyncio, os.environ."""

from __future__ import annotations

from collections.abc import Sequence

from credlint.extract.python.builtin_methods import are_keys, text_argument
from credlint.extract.python.domain import (
    MISSING,
    Const,
    DictObject,
    Getter,
    InstanceObject,
    Item,
    ListObject,
    Partial,
    Value,
    constant,
    present,
    tag,
    union,
    unknown,
)
from credlint.extract.python.holders import cast_to
from credlint.extract.python.machine import Arguments, Frame, Machine, Site
from credlint.extract.python.mappings import splat
from credlint.extract.python.notes import environment
from credlint.extract.python.objects import (
    keys_of,
    read_environment,
)
from credlint.extract.python.records import record_class
from credlint.extract.python.reflection import call_reflection
from credlint.extract.python.sequences import call_sequence, elements_of, extreme, iterate, mapping_of, pairs_of
from credlint.extract.python.state import State
from credlint.model.span import Location
from credlint.model.values import EnvironmentVariable

_PASSING = frozenset(
    {
        "asyncio.run",
        "asyncio.create_task",
        "asyncio.ensure_future",
        "asyncio.shield",
        "asyncio.wait_for",
        "asyncio.run_coroutine_threadsafe",
        "asgiref.sync.async_to_sync",
        "asgiref.sync.sync_to_async",
        "concurrent.futures.as_completed",
        "contextlib.closing",
        "contextlib.nullcontext",
        "copy.copy",
        "copy.deepcopy",
        "functools.cache",
        "iter",
        "set",
        "sorted",
        "types.MappingProxyType",
    }
)
_TYPES = frozenset(
    {
        "dict",
        "list",
        "tuple",
        "int",
        "float",
        "collections.namedtuple",
        "typing.NamedTuple",
        "types.SimpleNamespace",
    }
)


def call_builtin(
    machine: Machine, dotted: str, arguments: Arguments, site: Site, state: State, frame: Frame
) -> Value | None:
    """Call a built-in or well-known function of the standard library by name; None for any other."""
    environment = _environment_method(machine, dotted, arguments, site, state, frame)
    if environment is not None:
        return environment
    first = arguments.positional[0].value if arguments.positional else None
    match dotted:
        case "list" | "tuple" | "set" | "sorted" | "iter" if first is not None and are_keys(first):
            return unknown("names of the fields of an answer")
        case _ if dotted in _TYPES:
            return _make(machine, dotted, arguments, state, frame)
        case "max" | "min":
            return _extreme(dotted, arguments, site, state)
        case "operator.itemgetter" | "operator.attrgetter":
            return _getter(dotted, arguments)
        case "functools.partial" | "functools.partialmethod":
            return _partial(arguments)
        case "asyncio.gather":
            return machine.new(ListObject(tuple(one.value for one in arguments.positional)), state)
        case "next" | "anext" if first is not None:
            return iterate(machine, first, state)
        case "typing.cast" if len(arguments.positional) > 1:
            return cast_to(machine, arguments.positional[0].value, arguments.positional[1].value, state, frame)
        case _ if dotted in _PASSING and arguments.positional:
            return arguments.positional[0].value
        case _:
            sequence = call_sequence(machine, dotted, arguments, site, state, frame)
            return call_reflection(machine, dotted, arguments, site, state, frame) if sequence is None else sequence


def _make(machine: Machine, dotted: str, arguments: Arguments, state: State, frame: Frame) -> Value | None:
    """Make an object of a type of the standard library, one of _TYPES."""
    first = arguments.positional[0].value if arguments.positional else None
    match dotted:
        case "dict":
            return _make_dict(machine, arguments, state, frame)
        case "list" | "tuple":
            return first if first is not None else machine.new(ListObject(()), state)
        case "int" | "float":
            return _number(dotted, first)
        case "types.SimpleNamespace":
            attributes = {name: argument.value for name, argument in arguments.keywords.items()}
            obj = InstanceObject(None, attributes, open=arguments.open_keywords, shows_attributes=True)
            return machine.new(obj, state)
        case _:
            return record_class(machine, arguments, state, frame)


def _environment_method(
    machine: Machine, dotted: str, arguments: Arguments, site: Site, state: State, frame: Frame
) -> Value | None:
    """`os.environ.get`, `.pop`, `.setdefault`, `.update`, `.copy`."""
    owner, _, method = dotted.rpartition(".")
    if machine.catalogue.objects.get(owner) != "environment":
        return None
    name = text_argument(arguments, 0)
    default = arguments.positional[1].value if len(arguments.positional) > 1 else None
    match method:
        case "get" | "pop" | "__getitem__" if name is not None:
            value = environment_with_default(machine, name, default, site, state)
            if method == "pop":
                state.environment[name] = (MISSING, site.callee)
            return value
        case "pop" if arguments.positional:  # one of several names, in a loop over them
            for key in keys_of(arguments.positional[0].value) or ():
                state.environment[str(key)] = (MISSING, site.callee)
            return unknown("variable whose name is not constant")
        case "setdefault" if name is not None and default is not None:
            environment.environment_write(
                machine, name, default, "setdefault", _place(arguments, 1, site), state, frame
            )
            return environment_with_default(machine, name, default, site, state)
        case "update":
            mappings = [argument.value for argument in arguments.positional]
            mappings.append(_keyword_mapping(machine, arguments, state))
            update_environment(machine, mappings, site.callee, state, frame)
            return constant(None)
        case "copy":
            items: dict[str | int, Value] = {key: value for key, (value, _) in state.environment.items()}
            return machine.new(DictObject(items, open=True, environment=True), state)
        case _:
            return unknown("environment")


def environment_with_default(machine: Machine, name: str, default: Value | None, site: Site, state: State) -> Value:
    """Read a variable with a default: the default is an alternative of its own, the same one at every read."""
    read = read_environment(name, site.callee, state, default)
    if default is None or (len(default) == 1 and isinstance(default[0].data, Const) and default[0].data.value is None):
        return read
    if name in state.environment or EnvironmentVariable(name) in state.falsy:
        return read
    key = ("environment", name)
    return union((tag(read, machine.shared.arm(key, 0)), tag(default, machine.shared.arm(key, 1))))


def update_environment(
    machine: Machine, mappings: Sequence[Value], place: Location, state: State, frame: Frame
) -> None:
    """`os.environ.update(mapping)` and `os.environ |= mapping`: every key is written."""
    items: dict[str | int, Value] = {}
    places: dict[str | int, Location] = {}
    for value in mappings:
        splat(machine, value, items, state, frame)
        for item in value:
            obj = state.at(item)
            if isinstance(obj, DictObject):
                places.update(obj.places)
    for key, value in items.items():
        there = present(value)
        if there:
            where = places.get(key, place)
            state.environment[str(key)] = (value, where)
            environment.environment_write(machine, str(key), there, "assign", where, state, frame)


def _keyword_mapping(machine: Machine, arguments: Arguments, state: State) -> Value:
    items: dict[str | int, Value] = {}
    places: dict[str | int, Location] = {}
    for name, argument in arguments.keywords.items():
        items[name] = argument.value
        if argument.location is not None:
            places[name] = argument.location
    return machine.new(DictObject(items, places=places), state)


def _place(arguments: Arguments, index: int, site: Site) -> Location:
    place = arguments.positional[index].location if len(arguments.positional) > index else None
    return place or site.callee


def _make_dict(machine: Machine, arguments: Arguments, state: State, frame: Frame) -> Value:
    items: dict[str | int, Value] = {}
    is_open = arguments.open_keywords
    environment = False
    for argument in arguments.positional:
        pairs = pairs_of(argument.value, state)
        if pairs is not None:
            made = mapping_of(pairs, whole=True)
            items.update(made.items)
            is_open |= made.open
            continue
        opened, began = splat(machine, argument.value, items, state, frame)
        is_open |= opened
        environment |= began
    items.update({name: argument.value for name, argument in arguments.keywords.items()})
    places: dict[str | int, Location] = {}
    places.update({name: a.location for name, a in arguments.keywords.items() if a.location is not None})
    return machine.new(DictObject(items, is_open, environment, places), state)


def _number(kind: str, value: Value | None) -> Value:
    if value is None:
        return constant(0)
    results: list[Value] = []
    for item in value:
        raw = item.data.value if isinstance(item.data, Const) else None
        try:
            number = (int if kind == "int" else float)(raw) if isinstance(raw, str | int | float) else None
        except (ValueError, OverflowError):
            number = None
        place = item.data.location if isinstance(item.data, Const) else None
        result = constant(number, place) if number is not None else unknown("number")
        results.append(tag(result, item.branches))
    return union(results)


def _extreme(kind: str, arguments: Arguments, site: Site, state: State) -> Value:
    values = [argument.value for argument in arguments.positional]
    if len(values) == 1:
        values = list(elements_of(values[0], state) or ())
    return unknown("extreme") if arguments.open_positional or arguments.keywords else extreme(kind, values, site)


def _getter(dotted: str, arguments: Arguments) -> Value | None:
    names: list[str | int] = []
    for argument in arguments.positional:
        only = argument.value[0].data if len(argument.value) == 1 else None
        if not isinstance(only, Const) or not isinstance(only.value, str | int):
            return None
        names.append(only.value)
    return (Item(Getter(tuple(names), attributes=dotted.endswith("attrgetter"))),) if names else None


def _partial(arguments: Arguments) -> Value | None:
    if not arguments.positional:
        return None
    keywords = tuple((name, argument.value) for name, argument in arguments.keywords.items())
    rest = tuple(argument.value for argument in arguments.positional[1:])
    return (Item(Partial(arguments.positional[0].value, rest, keywords)),)
