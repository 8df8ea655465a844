"""Answers of calls that are not followed: what they hold is told by the names under which code reads them.

An answer whose secret and token are read by the names that STS gives them holds temporary credentials. The reads may
come after the place that shows it: both are collected, and put together at the end of the module.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from credlint.extract.python.domain import Argument, Const, Item, Scalar, Text, Unnamed, Value
from credlint.extract.python.machine import Frame, Machine
from credlint.extract.python.state import State
from credlint.model.facts import Exposure, ExposureKind
from credlint.model.records import replace
from credlint.model.span import Location
from credlint.model.values import CredentialSet, Lifetime, Part, ProviderField, Role, Unknown

_PROOF = {Role.SECRET, Role.TOKEN}


def answered(value: Value, place: Location, frame: Frame) -> Value:
    """Say of what is not known which call gave it."""
    return _of(value, Unnamed(place, frame.calls, ()))


def _of(value: Value, unnamed: Unnamed) -> Value:
    return tuple(
        [
            # what `replace` does, at a third of its price
            Item(item.data, item.branches, item.steps, item.given, item.raw, item.damage, item.held, unnamed)
            if _is_unknown(item)
            else item
            for item in value
        ]
    )


def _is_unknown(item: Item) -> bool:
    return item.unnamed is None and isinstance(item.data, Scalar) and isinstance(item.data.origin, Unknown)


def read(machine: Machine, item: Item, name: str | int, value: Value) -> Value:
    """Note that a field of an answer is read, and say of the field where it stands."""
    unnamed = item.unnamed
    if unnamed is None or not isinstance(name, str):
        return value
    role = machine.shared.answer_roles.get(name)
    if role is not None and not machine.shared.muted:
        machine.shared.fields_read.setdefault(unnamed, set()).add(role)
    return _of(value, Unnamed(unnamed.call, unnamed.calls, (*unnamed.path, name)))


def read_by_method(machine: Machine, item: Item, method: str, given: tuple[Argument, ...], value: Value) -> Value:
    """Note a field that is read by `answer.get(name)`."""
    only = given[0].value[0].data if item.unnamed is not None and given and len(given[0].value) == 1 else None
    if method != _FIELD or not isinstance(only, Const) or not isinstance(only.value, str):
        return value
    return read(machine, item, only.value, tuple(replace(one, unnamed=None) for one in value))


_FIELD = "get"


def note_shown(
    machine: Machine, value: Value, kind: ExposureKind, sink: str, place: Location, state: State, frame: Frame
) -> None:
    """Note the answers that an output call shows."""
    for unnamed in dict.fromkeys(_shown(value, state, 0)):
        found = Exposure(
            kind=kind,
            what="",
            sink=sink,
            location=place,
            origin=unnamed.call,
            flows=frame.flows,
            calls=frame.calls,
            certain=False,
        )
        machine.shared.answers_shown.setdefault((place, unnamed), found)


def _shown(value: Value, state: State, depth: int) -> Iterator[Unnamed]:
    for item in state.visible(value):
        if item.unnamed is not None and item.damage is None:
            yield item.unnamed
        elif isinstance(item.data, Text) and depth < 4:
            for part in item.data.parts:
                yield from _shown(part, state, depth + 1)


def note_client(machine: Machine, key: object, roles: Mapping[str, Argument]) -> None:
    """Remember of which answer a client is given key id and secret, and whose token anything is given."""
    bases = [_bases(machine, roles.get(role.value), role) for role in (Role.KEY_ID, Role.SECRET, Role.TOKEN)]
    machine.shared.tokens_given.update(one for one in bases[2] if one is not None)
    if len(bases[0]) == 1 and bases[0] == bases[1] and bases[0][0] is not None and not machine.shared.test_context:
        machine.shared.answers_given[key] = bases[0][0]


def _bases(machine: Machine, argument: Argument | None, role: Role) -> list[Unnamed | None]:
    """Give, per alternative of an argument, the answer that it is this field of."""
    found: list[Unnamed | None] = []
    for item in argument.value if argument is not None else ():
        path = item.unnamed.path if item.unnamed is not None else ()
        known = item.unnamed is not None and path and machine.shared.answer_roles.get(path[-1]) is role
        found.append(replace(item.unnamed, path=path[:-1]) if item.unnamed is not None and known else None)
    return found


def _settle_clients(machine: Machine, proven: list[Unnamed]) -> None:
    """Tell of a pair whose token is read as well, and given to nothing, that it is temporary."""
    clients = machine.shared.facts.clients
    for key, unnamed in machine.shared.answers_given.items():
        client = clients.get(key)
        if client is not None and unnamed in proven and unnamed not in machine.shared.tokens_given:
            alternatives = tuple(
                replace(one, key_id=_temporary(one.key_id, unnamed), secret=_temporary(one.secret, unnamed))
                for one in client.credentials.alternatives
            )
            clients[key] = replace(client, credentials=CredentialSet(alternatives, complete=False))


def _temporary(part: Part, unnamed: Unnamed) -> Part:
    origin = ProviderField(unnamed.call, "an answer that holds a token", part.role, Lifetime.TEMPORARY)
    return replace(part, origin=origin)


def settle(machine: Machine) -> None:
    """At the end of the module: note the answers that hold credentials, where they are shown or used in part."""
    shared = machine.shared
    proven = [unnamed for unnamed, roles in shared.fields_read.items() if roles >= _PROOF]
    _settle_clients(machine, proven)
    for (place, unnamed), exposure in shared.answers_shown.items():
        what = _what(machine, unnamed, proven)
        if what is not None:
            shared.facts.exposures.setdefault((place, what), replace(exposure, what=what))


def _what(machine: Machine, unnamed: Unnamed, proven: list[Unnamed]) -> str | None:
    """Say what is shown: an answer around or at credentials, or a secret part of them."""
    for one in proven:
        if (one.call, one.calls) != (unnamed.call, unnamed.calls):
            continue
        if one.path[: len(unnamed.path)] == unnamed.path:
            return "an answer that holds a temporary key, with its secret and token"
        if unnamed.path[:-1] == one.path and machine.shared.answer_roles.get(unnamed.path[-1]) in _PROOF:
            return "a secret part of a temporary key"
    return None
