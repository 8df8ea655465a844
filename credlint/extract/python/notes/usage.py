"""What is done with clients and with answers: methods called, credentials shown, or sent to whoever asked."""

from __future__ import annotations

import libcst as cst

from credlint.catalogue.callables import CallableKind
from credlint.extract.python.domain import (
    Answer,
    DictObject,
    FunctionInfo,
    Item,
    MadeObject,
    Ref,
    Scalar,
    Text,
    Value,
    contents,
    present,
)
from credlint.extract.python.emission import requests_in
from credlint.extract.python.machine import Arguments, Frame, Machine, Site
from credlint.extract.python.notes.requests import caller_of, escape
from credlint.extract.python.notes.settings import client_settings
from credlint.extract.python.state import State
from credlint.extract.python.uses import use_of
from credlint.model.facts import ClientPlace, ServiceCall
from credlint.model.span import Location
from credlint.model.values import ResponseField, Role

_MAXIMUM_DEPTH = 5
_FIELD = "get"
"""The method of a dict that goes through nothing but one field."""

Sent = tuple[Location, tuple[Location, ...]]
"""A request and the calls that led to it."""


def note_call(machine: Machine, made: MadeObject, name: str, site: Site, state: State, frame: Frame) -> None:
    """Note a method called on the client of an identity or control service."""
    shared, catalogue = machine.shared, machine.catalogue
    service = made.service or ""
    if shared.muted or service not in catalogue.identity_services | catalogue.control_services:
        return
    credentials, default_chain = caller_of(machine, made, state)
    shared.facts.service_calls.setdefault(
        (site.callee, frame.calls, frame.flows),
        ServiceCall(
            service=service,
            method=name,
            cloud=made.entry.cloud,
            location=site.callee,
            client=made.location,
            credentials=credentials,
            flows=frame.flows,
            calls=frame.calls,
            branches=state.branches,
            default_chain=default_chain,
        ),
    )


def note_place(machine: Machine, made: MadeObject, dotted: str, site: Site, state: State, frame: Frame) -> None:
    """Note where a client sends its requests, if it is told."""
    if machine.shared.muted or made.entry.kind is not CallableKind.CLIENT:
        return
    if not machine.catalogue.anonymous_words.isdisjoint(machine.source.table.chunks[frame.chunk].mentions):
        return  # what is not signed is not signed for a region
    settings = client_settings(machine, made, state)
    if any(setting.plain for setting in settings):
        machine.shared.facts.places.setdefault(
            (site.callee, frame.calls, frame.flows),
            ClientPlace(
                sink=dotted,
                cloud=made.entry.cloud,
                use=use_of(machine.catalogue, made),
                service=made.service,
                location=site.callee,
                settings=settings,
                calls=frame.calls,
            ),
        )


def note_shown(machine: Machine, arguments: Arguments, state: State) -> None:
    """Note whose answers are shown: some other program, or a person, reads them."""
    for argument in (*arguments.positional, *arguments.keywords.values()):
        machine.shared.facts.used.update(requests_in(argument.value, state))


def note_method(
    machine: Machine, receiver: Item, name: str, arguments: Arguments, result: Value | None, state: State
) -> None:
    """Note the parts that a method gives, and the answers that it is given or whose parts it goes through."""
    for argument in (*arguments.positional, *arguments.keywords.values()):
        machine.shared.keep(argument.value)
    machine.shared.read(result or ())
    if isinstance(receiver.data, Answer) and name != _FIELD:
        machine.shared.keep((receiver,))
        escape(machine, (receiver,), state)  # all of its parts, and not one by one


def note_response(machine: Machine, dotted: str, arguments: Arguments, site: Site, state: State) -> None:
    """Note the credentials that a response of the web is made of."""
    if dotted.rpartition(".")[2] in machine.catalogue.response_callables and not machine.shared.muted:
        for argument in (*arguments.positional, *arguments.keywords.values()):
            _serve(machine, argument.value, argument.location or site.callee, state)


def note_returned(machine: Machine, info: FunctionInfo, frame: Frame) -> None:
    """Note the credentials that a handler of the web, or of a platform, answers with."""
    routed = any(name.rpartition(".")[2] in machine.catalogue.route_decorators for name in info.decorators)
    if not (routed or frame.platforms) or not isinstance(info.node, cst.FunctionDef):
        return
    place = machine.place(info.node.name, frame)
    for value, state in frame.returns:
        if routed:
            _serve(machine, value, place, state)
            continue
        for item in value:
            obj = state.at(item)
            if isinstance(obj, DictObject):
                for key in machine.catalogue.response_keys:
                    _serve(machine, obj.items.get(key, ()), place, state)


def _serve(machine: Machine, value: Value, place: Location, state: State) -> None:
    for request in _issued(value, state, 0):
        machine.shared.facts.served.setdefault(request, place)


def _issued(value: Value, state: State, depth: int) -> set[Sent]:
    """Give the requests whose secret or token a value holds, each with the calls that led to it."""
    found: set[Sent] = set()
    if depth > _MAXIMUM_DEPTH:
        return found
    inner: list[Value] = []
    for item in present(value):
        match item.data:
            case Answer(request, _, _, shape, path, calls) if path == shape.path[: len(path)]:
                found.add((request, calls))
            case Scalar(ResponseField(request, _, Role.SECRET | Role.TOKEN, _, calls)):
                found.add((request, calls))
            case Text(parts):
                inner += parts
            case Ref(number):
                inner += contents(state.heap.get(number))
            case _:
                pass
    return found.union(*(_issued(one, state, depth + 1) for one in inner))
