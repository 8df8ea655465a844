"""What reaches a log or print call, and loggers that show whole answers."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from credlint.catalogue.callables import CallableKind
from credlint.extract.python.domain import (
    Argument,
    Const,
    DictObject,
    Function,
    Method,
    Ref,
    Scalar,
    Text,
    Value,
    union,
)
from credlint.extract.python.emission import leaks
from credlint.extract.python.holders import part_role
from credlint.extract.python.machine import Arguments, Frame, Machine, Site
from credlint.extract.python.notes import shapes
from credlint.extract.python.operators import named_parts
from credlint.extract.python.state import State
from credlint.model.facts import (
    Exposure,
    ExposureKind,
)
from credlint.model.span import Location
from credlint.model.values import Parameter, Role

_OUTPUT = {CallableKind.PRINT: ExposureKind.PRINT, CallableKind.LOG: ExposureKind.LOG}


def expose(
    machine: Machine, kind: CallableKind, dotted: str, arguments: Arguments, site: Site, state: State, frame: Frame
) -> None:
    """Note the secrets that reach an output call, but for masks, exporters and the credential_process protocol."""
    if machine.shared.muted:
        return
    given = (*arguments.positional, *arguments.keywords.values())
    for argument in given:
        texts = list(_constant_texts(argument.value, state))
        if any(word in text.lower() for text in texts for word in machine.catalogue.masking_words):
            return
        if _is_process_protocol(argument.value, state):
            return
        exports = _is_export(machine, "".join(texts))
        shown_value = argument.value
        if argument is not given[0]:
            named = named_parts(given[0].value, argument.value)
            shown_value = union(named) if named is not None else argument.value
        shapes.note_shown(
            machine,
            shown_value,
            ExposureKind.EXPORT if exports else _OUTPUT[kind],
            dotted,
            argument.location or site.callee,
            state,
            frame,
        )
        _suspect(machine, shown_value, kind, dotted, argument.location or site.callee, state, frame)
        for leak in leaks(shown_value, state, machine.shared.secret_variables):
            shown = ExposureKind.EXPORT if exports else _OUTPUT[kind]
            machine.shared.facts.exposures.setdefault(
                (argument.location, leak.what),
                Exposure(
                    kind=shown,
                    what=leak.what,
                    sink=dotted,
                    location=argument.location or site.callee,
                    origin=leak.origin,
                    flows=frame.flows,
                    calls=frame.calls,
                    certain=not leak.branches - state.branches,
                    steps=leak.steps,
                ),
            )


def _suspect(
    machine: Machine, value: Value, kind: CallableKind, sink: str, place: Location, state: State, frame: Frame
) -> None:
    """Note what is not known but called like a secret: a parameter, or a field of something that is not followed."""
    if machine.shared.test_context:
        return
    for name in _called(value, state, 0):
        part = part_role(machine, name)
        if part is not None and part[0] is not Role.KEY_ID:
            machine.shared.facts.exposures.setdefault(
                (place, "suspected", name),
                Exposure(
                    kind=_OUTPUT[kind],
                    what=f"{name}, which is called like a secret",
                    sink=sink,
                    location=place,
                    origin=place,
                    flows=frame.flows,
                    calls=frame.calls,
                    suspected=True,
                ),
            )


def _called(value: Value, state: State, depth: int) -> Iterator[str]:
    for item in state.visible(value):
        match item.data:
            case Scalar(Parameter(name)) if item.damage is None:
                yield name
            case Method(dotted) if item.damage is None:
                yield dotted.rpartition(".")[2]
            case Text(parts) if depth < 4:
                for part in parts:
                    yield from _called(part, state, depth + 1)
            case _:
                pass


def is_own_logger(machine: Machine, function: Function, site: Site) -> bool:
    """Recognise a call of a logger that the project has written, by the names; one that masks is followed instead."""
    info = function.info
    if info.owner is None or info.node_name() not in machine.catalogue.log_methods or site.call is None:
        return False
    match site.call.func:
        case cst.Attribute(value=cst.Name(value=name) | cst.Attribute(attr=cst.Name(value=name))):
            pass
        case _:
            return False
    if name.lower() not in machine.catalogue.logger_names:
        return False
    lines = machine.home(info.path).source.table.lines
    return not any(word in line.lower() for line in lines for word in machine.catalogue.masking_words)


def command_line(
    machine: Machine, roles: dict[str, Argument], arguments: Arguments, site: Site, state: State, frame: Frame
) -> None:
    """Note the secrets among the arguments of a command; what stands in its environment nobody else sees."""
    if machine.shared.muted:
        return
    given = [roles["arguments"]] if "arguments" in roles else []
    given += [one for one in arguments.positional if one is not roles.get("environment")]
    for argument in given:
        for leak in leaks(argument.value, state, machine.shared.secret_variables):
            place = argument.location or site.callee
            machine.shared.facts.exposures.setdefault(
                (place, "command", leak.what),
                Exposure(
                    kind=ExposureKind.COMMAND_LINE,
                    what=leak.what,
                    sink="a command",
                    location=place,
                    origin=leak.origin,
                    flows=frame.flows,
                    calls=frame.calls,
                    certain=not leak.branches - state.branches,
                    steps=leak.steps,
                ),
            )


def _is_export(machine: Machine, text: str) -> bool:
    """Recognise a text that hands credentials on by design: assignments of variables, or JSON with their fields."""
    if any(f"{name}=" in text for name in machine.shared.secret_variables):
        return True
    return sum(f'"{name}"' in text for name in machine.shared.answer_fields) > 1


def note_debug(machine: Machine, logger: str, site: Site) -> None:
    """Note that a logger is set to DEBUG; whether it shows secrets is known at the end."""
    if not logger or logger.partition(".")[0] in machine.catalogue.debug_loggers:
        machine.shared.debug_loggers.setdefault(site.callee, logger)


def settle(machine: Machine) -> None:
    """At the end of the module: note answers that turn out to hold credentials, loggers at DEBUG that show such."""
    shapes.settle(machine)
    request = next((one for one in machine.shared.facts.requests.values() if one.answers), None)
    for place, logger in machine.shared.debug_loggers.items() if request is not None else ():
        machine.shared.facts.exposures[place] = Exposure(
            kind=ExposureKind.DEBUG_LOG,
            what=f"the whole answer of {request.name} at level DEBUG" if request else "",
            sink=f"logger {logger}" if logger else "the root logger",
            location=place,
            origin=request.location if request else place,
            flows=(),
        )


def _constant_texts(value: Value, state: State, depth: int = 0) -> Iterator[str]:
    for item in value:
        match item.data:
            case Const(str(text)):
                yield text
            case Text(parts) if depth < 4:
                for part in parts:
                    yield from _constant_texts(part, state, depth + 1)
            case _:
                pass


def _is_process_protocol(value: Value, state: State, depth: int = 0) -> bool:
    """Recognise the answer of a credential_process: a JSON object with Version 1.

    https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
    """
    for item in value:
        match item.data:
            case Text((only,)) if depth < 3:
                return _is_process_protocol(only, state, depth + 1)
            case Ref(number):
                obj = state.heap.get(number)
                if isinstance(obj, DictObject) and "Version" in obj.items:
                    version = obj.items["Version"]
                    return len(version) == 1 and isinstance(version[0].data, Const) and version[0].data.value == 1
            case _:
                pass
    return False
