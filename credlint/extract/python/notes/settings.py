"""Named arguments that are no credential: where a region, an endpoint, a role or the name of a session comes from."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from credlint.extract.python.domain import (
    Argument,
    Const,
    DictObject,
    Item,
    ListObject,
    MadeObject,
    Missing,
    Ref,
    Scalar,
    Text,
    Value,
)
from credlint.extract.python.emission import origin_of
from credlint.extract.python.machine import Machine
from credlint.extract.python.notes.names import beside_role
from credlint.extract.python.state import State
from credlint.model.facts import Setting
from credlint.model.secret import SecretText
from credlint.model.values import Literal, ResponseField, Role, Step

_OF_CLIENTS = ("region", "endpoint", "api_version", "account", "anonymous")
_ROLE_ARN, _SESSION_NAME = "role_arn", "session_name"
_THROUGH = ("configuration", "session")
_MAXIMUM_DEPTH = 6


def settings(
    machine: Machine, roles: Mapping[str, Argument], names: Iterable[str], state: State
) -> tuple[Setting, ...]:
    """Give every value of the arguments of these roles, as far as they are given."""
    return tuple(
        _setting(machine, role, argument, item, state, roles.get(_ROLE_ARN) if role == _SESSION_NAME else None)
        for role in names
        if (argument := roles.get(role)) is not None
        for item in state.visible(argument.value)
    )


def client_settings(machine: Machine, made: MadeObject, state: State) -> tuple[Setting, ...]:
    """Give what a client is set to: by itself, else by the session or the configuration that it is made from."""
    found: list[Setting] = []
    for role in _OF_CLIENTS:
        holder = _holder(made, role, state)
        if holder is not None:
            found += settings(machine, holder.roles, (role,), state)
    return tuple(found)


def _holder(made: MadeObject, role: str, state: State, depth: int = 0) -> MadeObject | None:
    """Give the object that is given an argument of a role, when one object alone decides."""
    if role in made.roles or depth > _MAXIMUM_DEPTH:
        return made if role in made.roles else None
    value = next((made.roles[through].value for through in _THROUGH if through in made.roles), None)
    if value is None and made.receiver is not None:
        value = (made.receiver,)
    inner = state.only(value) if value is not None else None
    return _holder(inner, role, state, depth + 1) if isinstance(inner, MadeObject) else None


def _setting(
    machine: Machine, role: str, argument: Argument, item: Item, state: State, arn: Argument | None = None
) -> Setting:
    origin = origin_of(item, Role.PROFILE)
    text = origin.text.reveal() if isinstance(origin, Literal) else None
    pieces = _pieces(item) if text is None else [text]  # bytes are a literal as well
    return Setting(
        role=role,
        name=argument.name,
        origin=origin,
        location=None if isinstance(item.data, Missing) else argument.location,
        plain=None if text is None else _plain(machine, role, text),
        pieces=tuple(SecretText(piece) for piece in pieces),
        whole=text is not None,
        length=_length((item,), state),
        branches=item.branches | state.branches,
        steps=_way(item, argument),
        beside_role=beside_role(item, arn.value) if arn is not None else None,
    )


def _way(item: Item, argument: Argument) -> tuple[Step, ...]:
    """Give the way of a value to its argument, from where its text stands if that is somewhere else."""
    place = item.data.location if isinstance(item.data, Const) else None
    place = item.data.place if isinstance(item.data, Text) else place
    if place is None or argument.location is None or argument.location.covers(place):
        return item.steps
    return (Step(place, "the text stands here"), *item.steps)


def _pieces(item: Item) -> list[str]:
    """Give the constant texts that an alternative certainly holds."""
    match item.data:
        case Const(str(text)) if text:
            return [text]
        case Text(parts, cut=False):
            return [piece for part in parts if len(part) == 1 for piece in _pieces(part[0])]
        case _:
            return []


def _plain(machine: Machine, role: str, text: str) -> str | None:
    """Give a text if it has a form that may be shown; of an endpoint its host."""
    if role == "endpoint":
        return _host(text)
    return text if any(form.fullmatch(text) for form in _forms(machine.catalogue.plain_forms.get(role, ()))) else None


@functools.cache
def _forms(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.ASCII) for pattern in patterns)


def _host(text: str) -> str | None:
    try:
        return urlsplit(text if "//" in text else f"//{text}").hostname
    except ValueError:  # a bracket that closes nothing, or a letter that no host has
        return None


def _length(value: Value, state: State, depth: int = 0) -> int | None:
    """Give the least number of characters of a value as text, for JSON without blanks; None if nothing is known."""
    if depth > _MAXIMUM_DEPTH:
        return 0
    known = [found for item in value if (found := _item_length(item, state, depth)) is not None]
    return min(known) if len(known) == len(value) else None


def _item_length(item: Item, state: State, depth: int) -> int | None:
    match item.data:
        case Const(str(text)):
            return len(text)
        case Const(bool(flag)):
            return len(str(flag))
        case Const(int(number)):
            return len(str(number))
        case Text(parts, cut=False):
            return sum(_length(part, state, depth + 1) or 0 for part in parts)
        case Ref(number):
            return _object_length(state.heap.get(number), state, depth)
        case Scalar(ResponseField()):
            return 1
        case _:
            return None


def _object_length(obj: object, state: State, depth: int) -> int | None:
    """Give the least length of a dict or list as JSON: quotes, separators and brackets, and what is known inside."""
    match obj:
        case DictObject(items):
            pairs = [len(str(key)) + 3 + _inner_length(value, state, depth) for key, value in items.items()]
        case ListObject(items):
            pairs = [_inner_length(value, state, depth) for value in items]
        case _:
            return None
    return 2 + sum(pairs) + max(len(pairs) - 1, 0)


def _inner_length(value: Value, state: State, depth: int) -> int:
    quotes = 2 if all(isinstance(item.data, Const) and isinstance(item.data.value, str) for item in value) else 0
    return quotes + (_length(value, state, depth + 1) or 0)
