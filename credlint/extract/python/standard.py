"""Calls of the standard library that the catalogue gives a meaning: environment, JSON, options, durations, loggers."""

from __future__ import annotations

from credlint.catalogue.callables import CallableEntry, CallableKind
from credlint.extract.python.builtin_calls import environment_with_default
from credlint.extract.python.domain import (
    MISSING,
    Answer,
    Argument,
    Const,
    InstanceObject,
    Item,
    MadeObject,
    Name,
    Ref,
    Store,
    Text,
    Value,
    constant,
    tag,
    text_of,
    union,
    unknown,
)
from credlint.extract.python.folding import whole_number
from credlint.extract.python.machine import Arguments, Frame, Machine, Site
from credlint.extract.python.notes import environment, keeping, output, profiles
from credlint.extract.python.state import State
from credlint.extract.python.transforms import as_text, coded, decoded
from credlint.model.records import replace


def call_standard(
    machine: Machine,
    entry: CallableEntry,
    receiver: Item | None,
    roles: dict[str, Argument],
    arguments: Arguments,
    site: Site,
    state: State,
    frame: Frame,
) -> Value:
    """Call a callable of the standard library that the catalogue gives a meaning."""
    match entry.kind:
        case CallableKind.ENVIRONMENT_READ:
            return _variable(machine, roles, site, state)
        case CallableKind.ENVIRONMENT_PUT | CallableKind.ENVIRONMENT_PATCH:
            return _set_variable(machine, entry, roles, site, state, frame)
        case CallableKind.JSON_LOAD:
            return _load_json(roles)
        case CallableKind.TEXT | CallableKind.ENCODE | CallableKind.DECODE | CallableKind.ENCODED_STORE:
            return _text(entry, roles, arguments, site)
        case CallableKind.SUBPROCESS:
            environment.child_environment(machine, roles.get("environment"), site, state, frame)
            if "environment" in roles and "ports" in roles:
                keeping.note_server(machine, roles["environment"], roles["ports"], state, frame)
            output.command_line(machine, roles, arguments, site, state, frame)
            return unknown("finished process")
        case CallableKind.INI_SET | CallableKind.INI_WRITE if receiver is not None:
            return _into_file(machine, entry, receiver, roles, state, frame)
        case CallableKind.OPTION:
            return _option(receiver, arguments, roles, state)
        case CallableKind.PARSED_OPTIONS:
            return _parsed_options(machine, receiver, site, state)
        case CallableKind.DURATION:
            return _duration(machine, entry, receiver, roles, site, state)
        case CallableKind.LOGGER | CallableKind.OPTION_PARSER | CallableKind.INI_FILE:
            given = {} if entry.kind is CallableKind.INI_FILE else roles
            made = MadeObject(entry, given, site.callee, entry.returns or entry.names[0])
            return machine.new(made, state)
        case CallableKind.DEBUG_LOG:
            _debug_log(machine, receiver, roles, site, state)
            return constant(None)
        case _:
            return unknown("harmless")


def _variable(machine: Machine, roles: dict[str, Argument], site: Site, state: State) -> Value:
    name = constant_text(roles.get("name"))
    default = roles["default"].value if "default" in roles else None
    if name is None:
        return unknown("variable whose name is not constant")
    return environment_with_default(machine, name, default, site, state)


def _set_variable(
    machine: Machine, entry: CallableEntry, roles: dict[str, Argument], site: Site, state: State, frame: Frame
) -> Value:
    """Set a variable behind the back of `os.environ`, or set or unset one for the length of a test."""
    name = constant_text(roles.get("name"))
    value = roles["value"].value if "value" in roles else MISSING
    if name is not None and entry.kind is CallableKind.ENVIRONMENT_PATCH:
        environment.patch(machine, {name: value}, site.callee, state)
    elif name is not None and value is not MISSING:
        environment.environment_write(machine, name, value, "putenv", site.callee, state, frame)
    return constant(None)


def _into_file(
    machine: Machine, entry: CallableEntry, receiver: Item, roles: dict[str, Argument], state: State, frame: Frame
) -> Value:
    """Set a setting of an INI file, or write the file."""
    if entry.kind is CallableKind.INI_SET:
        profiles.put(machine, receiver, roles, state)
    else:
        profiles.note_file(machine, receiver, state, frame)
    return constant(None)


def _text(entry: CallableEntry, roles: dict[str, Argument], arguments: Arguments, site: Site) -> Value:
    """Give the text of values, coded where the entry says so; with a second argument bytes are decoded."""
    if entry.kind is CallableKind.ENCODED_STORE:
        return (Item(Store(constant_text(roles.get("name")) or "")),)
    if entry.form is not None and "text" in roles:
        return coded(entry.kind, entry.form, roles["text"].value, site.callee)
    given = arguments.positional or tuple(roles[role] for role in ("text",) if role in roles)
    if len(given) > 1 and any(item.raw for item in given[0].value):
        return tuple(decoded(item) for item in given[0].value)
    return text_of(as_text(argument.value, argument.location) for argument in given)


def constant_text(argument: Argument | None) -> str | None:
    """Give the text of an argument that is one constant text, or None."""
    only = argument.value[0].data if argument and len(argument.value) == 1 else None
    return only.value if isinstance(only, Const) and isinstance(only.value, str) else None


def _load_json(roles: dict[str, Argument]) -> Value:
    results: list[Value] = []
    for item in roles["text"].value if "text" in roles else ():
        match item.data:
            case Answer():
                results.append((item,))
            case Text((only,)):
                results.append(tag(only, item.branches))
            case _:
                results.append(unknown("decoded JSON"))
    return union(results) if results else unknown("decoded JSON")


def option_of(arguments: Arguments) -> tuple[str, Value | None]:
    """Give the name under which an option's value is found, and its default where it has one."""
    names = [constant_text(argument) or "" for argument in arguments.positional]
    plain = next((name for name in names if name and not name.startswith("-")), "")
    longest = plain or next((name for name in names if name.startswith("--")), names[0] if names else "")
    name = constant_text(arguments.keywords.get("dest")) or longest.lstrip("-").replace("-", "_")
    default = arguments.keywords.get("default")
    return name, default.value if default else None


def _option(receiver: Item | None, arguments: Arguments, roles: dict[str, Argument], state: State) -> Value:
    destination, _ = option_of(arguments)
    number = receiver.data.number if receiver and isinstance(receiver.data, Ref) else -1
    parser = state.heap.get(number)
    if isinstance(parser, MadeObject) and destination:
        default = roles["default"].value if "default" in roles else constant(None)
        state.heap[number] = replace(parser, fields={**parser.fields, destination: default})
    return unknown("option")


def _parsed_options(machine: Machine, receiver: Item | None, site: Site, state: State) -> Value:
    number = receiver.data.number if receiver and isinstance(receiver.data, Ref) else -1
    parser = state.heap.get(number)
    attributes: dict[str, Value] = {}
    for name, default in (parser.fields if isinstance(parser, MadeObject) else {}).items():
        given = unknown("command-line option", f"option {name}")
        key = ("option", site.callee, name)
        attributes[name] = union((tag(given, machine.shared.arm(key, 0)), tag(default, machine.shared.arm(key, 1))))
    return machine.new(InstanceObject(None, attributes, open=True), state)


_SECONDS = {"weeks": 604800, "days": 86400, "hours": 3600, "minutes": 60, "seconds": 1}


def _duration(
    machine: Machine,
    entry: CallableEntry,
    receiver: Item | None,
    roles: dict[str, Argument],
    site: Site,
    state: State,
) -> Value:
    if receiver is not None:
        made = state.at(receiver)
        return made.fields.get("total", unknown("duration")) if isinstance(made, MadeObject) else unknown("duration")
    total: float | None = 0
    for role, argument in roles.items():
        only = argument.value[0].data if len(argument.value) == 1 else None
        number = only.value if isinstance(only, Const) and isinstance(only.value, int | float) else None
        total = None if number is None or total is None else total + number * _SECONDS.get(role, 0)
    seconds = whole_number(total)
    value = unknown("duration") if seconds is None else constant(seconds, site.callee)
    made = MadeObject(entry, {}, site.callee, entry.returns or entry.names[0])
    return machine.new(replace(made, fields={"total": value, "seconds": value}), state)


def _debug_log(machine: Machine, receiver: Item | None, roles: dict[str, Argument], site: Site, state: State) -> None:
    """Note a logger that is set to DEBUG: by its own name argument, or that of the logger object."""
    logger = state.at(receiver)
    name = constant_text(logger.roles.get("name") if isinstance(logger, MadeObject) else roles.get("name"))
    level = roles["level"].value[0].data if "level" in roles else None
    debug = level is None or (isinstance(level, Name) and level.dotted.endswith(".DEBUG"))
    debug = debug or (isinstance(level, Const) and level.value in {"DEBUG", 10})
    if name is not None and debug and (receiver is None or level is not None):
        output.note_debug(machine, name, site)
