"""Writes to the environment of the process or of a child, and what an entry leaves behind."""

from __future__ import annotations

from collections.abc import Mapping

from credlint.catalogue.callables import CallableKind
from credlint.catalogue.types import Family
from credlint.extract.python.domain import (
    Argument,
    Const,
    DictObject,
    InstanceObject,
    Item,
    MadeObject,
    Missing,
    Scalar,
    Value,
)
from credlint.extract.python.emission import credential_set, origin_of
from credlint.extract.python.machine import Frame, Machine, Site
from credlint.extract.python.notes import clients, forms, inheritance, requests
from credlint.extract.python.notes.handling import unread_token
from credlint.extract.python.objects import is_environment, keys_of
from credlint.extract.python.state import State
from credlint.extract.python.uses import use_of
from credlint.model.environments import CodeEnvironment, EnvironmentWrite, Variable, WriteKind
from credlint.model.facts import Client
from credlint.model.sinks import NOT_KNOWN, EndpointKind, SinkUse, TokenSupport
from credlint.model.span import Location
from credlint.model.values import (
    EnvironmentVariable,
    Role,
    Unknown,
)

_OWN = ("key_id", "secret", "token", "profile")
_PART_ROLES = frozenset({Role.KEY_ID, Role.SECRET, Role.TOKEN, Role.LEGACY_TOKEN})


def stored(
    machine: Machine, holder: Value, keys: Value, value: Value, place: Location, state: State, frame: Frame
) -> None:
    """Note a store by item when it is a write to the environment."""
    if any(is_environment(machine.catalogue, item) for item in holder):
        for key in keys_of(keys) or ():
            environment_write(machine, str(key), value, "assign", place, state, frame)


def environment_write(
    machine: Machine, name: str, value: Value, kind: str, place: Location, state: State, frame: Frame
) -> None:
    """Note a write of a credential variable to the environment of the process."""
    entry = machine.catalogue.variable(name)
    if entry is None or machine.shared.muted:
        return
    given = state.visible(value)
    from_option = any(_is_option(item) for item in given)
    for item in given:
        text = item.data.value if isinstance(item.data, Const) and isinstance(item.data.value, str) else None
        secret = entry.role in _PART_ROLES
        origin = origin_of(item, entry.role)
        write = EnvironmentWrite(
            kind=WriteKind(kind),
            role=entry.role,
            name=name,
            value=origin,
            text=None if secret else text,
            location=place,
            flows=frame.flows,
            order=machine.shared.clock,
            from_option=from_option,
            test_context=machine.shared.test_context,
            branches=item.branches | state.branches,
            restores=isinstance(origin, EnvironmentVariable) and origin.name == name,
            certain=len(given) == 1,
            cloud=entry.cloud,
        )
        machine.shared.facts.writes.setdefault((place, text, frame.calls), write)


def patch(machine: Machine, items: Mapping[str, Value], place: Location, state: State) -> None:
    """Change the environment for the length of a block or test: what is read there is this, and nothing stays."""
    machine.shared.patched.add(place)
    state.environment = {**state.environment, **{name: (value, place) for name, value in items.items()}}


def finish(machine: Machine, state: State, frame: Frame) -> None:
    """At the end of an entry: what it left in the environment, and configurations that nobody consumed."""
    if machine.shared.muted:
        return
    written = {
        name: Argument(value, place, name)
        for name, (value, place) in state.environment.items()
        if place not in machine.shared.patched
    }
    for kept in written.values():
        requests.escape(machine, kept.value, state)
    _environment_client(machine, written, "os.environ", state, frame)
    _variables(machine, written, "this process", state, frame)
    inheritance.finish(machine, state, frame)
    forms.finish(machine, state, frame)
    for obj in state.heap.values():
        if (
            isinstance(obj, MadeObject)
            and obj.entry.kind is CallableKind.CONFIGURATION
            and obj.location not in machine.shared.consumed
            and any(role in obj.roles for role in _OWN)
        ):
            use = use_of(machine.catalogue, obj)
            clients.client_of(machine, obj, obj, obj.entry.names[0], use, obj.location, None, state, frame)
        if isinstance(obj, InstanceObject) and frame.owner is not None and obj.info is frame.owner:
            for value in obj.attributes.values():
                requests.escape(machine, value, state)


def child_environment(machine: Machine, argument: Argument | None, site: Site, state: State, frame: Frame) -> None:
    """Note the credentials in the environment that a child process is given."""
    if argument is not None:
        requests.escape(machine, argument.value, state)
    for item in argument.value if argument else ():
        obj = state.at(item)
        if isinstance(obj, DictObject) and not (obj.open and not obj.environment):
            given = {
                str(key): Argument(value, obj.places.get(key, argument.location if argument else None), str(key))
                for key, value in obj.items.items()
            }
            closed = not obj.open and not obj.environment
            title = "environment of the child process"
            _environment_client(machine, given, title, state, frame, site.callee, closed=closed)
            _variables(machine, given, "the child process", state, frame, site.callee)


def _variables(
    machine: Machine,
    given: dict[str, Argument],
    title: str,
    state: State,
    frame: Frame,
    callee: Location | None = None,
) -> None:
    """Note the variables of an environment that belong to a cloud by the first words of their names.

    `callee` is the call that starts a child process with them.
    """
    found = []
    for name, argument in given.items():
        if argument.location is None or not name.startswith(machine.catalogue.vendors):
            continue
        entry = machine.catalogue.variable(name)
        role = entry.role if entry else None
        for item in state.visible(argument.value):
            if not isinstance(item.data, Missing):
                text = item.data.value if isinstance(item.data, Const) and isinstance(item.data.value, str) else None
                found.append(
                    Variable(
                        name=name,
                        value=origin_of(item, role or Role.PROFILE),
                        location=argument.location,
                        key_location=argument.location,
                        family=entry.family if entry else None,
                        role=role,
                        plain=text if role is Role.PROFILE else None,
                        branches=item.branches - state.branches,
                        cloud=entry.cloud if entry else None,
                    )
                )
    if found:
        place = next((one.location for one in found if one.role is Role.KEY_ID), found[0].location)
        environment = CodeEnvironment(
            title=title,
            location=callee or place,
            variables=tuple(found),
            child=callee is not None,
            flows=frame.flows,
            test_context=machine.shared.test_context,
        )
        machine.shared.facts.environments.setdefault((title, environment.variables), environment)


def _inherited_token(machine: Machine, family: Family, given: dict[str, Argument], frame: Frame) -> str | None:
    """Give the variable that holds the platform's own token, unless the code sets or removes it."""
    for handler in machine.catalogue.handlers:
        if handler.platform in frame.platforms and handler.cloud is family.cloud:
            return next((name for name in family.names(Role.TOKEN) if name not in given), None)
    return None


def _environment_client(
    machine: Machine,
    given: dict[str, Argument],
    sink: str,
    state: State,
    frame: Frame,
    callee: Location | None = None,
    *,
    closed: bool = False,
) -> None:
    for family in machine.catalogue.families:
        roles: dict[str, Argument] = {}
        for role, names in family.variables:
            if role in _PART_ROLES:
                slot = "token" if role is Role.LEGACY_TOKEN else role.value
                for name in names:
                    if name in given and slot not in roles:
                        roles[slot] = given[name]
        place = callee or (roles["key_id"].location if "key_id" in roles else None)
        if place is None or machine.shared.muted or not _is_set(roles, closed=closed):
            continue
        client = Client(
            sink=sink,
            cloud=family.cloud,
            use=SinkUse.ENVIRONMENT,
            service=None,
            location=place,
            credentials=credential_set(roles, state, machine.shared.exceptional, is_open=False),
            token_support=TokenSupport.OPTIONAL,
            endpoint=EndpointKind.UNKNOWN,
            flows=frame.flows,
            calls=frame.calls,
            branches=state.branches,
            known_missing=tuple(sorted(state.falsy, key=repr)),
            platform=next(iter(frame.platforms), None),
            inherited_token=_inherited_token(machine, family, given, frame),
            incomplete=family.incomplete if closed else NOT_KNOWN,
            unread_token=unread_token(machine, family, given, state),
            test_context=machine.shared.test_context,
            reads=family.name,
        )
        machine.shared.facts.clients.setdefault((place, frame.calls, sink, frame.flows), client)
        clients.literals_of(machine, client)


def _is_set(roles: dict[str, Argument], *, closed: bool) -> bool:
    """Tell whether these are credentials: a key id and a secret, or one of them where nothing else is there."""
    there = [role for role in ("key_id", "secret") if role in roles and _is_there(roles[role])]
    return len(there) == 2 or (closed and len(there) == 1)


def _is_there(argument: Argument) -> bool:
    return not all(isinstance(item.data, Missing) for item in argument.value)


def _is_option(item: Item) -> bool:
    match item.data:
        case Scalar(Unknown(_, identity)):
            return identity.startswith("option ")
        case _:
            return False
