"""Values that die with a session: temporary credentials, and objects that sign with them and cannot renew them."""

from __future__ import annotations

from credlint.catalogue.callables import CallableKind
from credlint.extract.python.domain import (
    Answer,
    Argument,
    Const,
    HeapObject,
    Item,
    MadeObject,
    Missing,
    Ref,
    Scalar,
    Typed,
    Value,
    contents,
)
from credlint.extract.python.machine import Machine
from credlint.extract.python.state import State
from credlint.extract.python.uses import CARRIERS
from credlint.model.records import dataclass
from credlint.model.sinks import TokenSupport
from credlint.model.span import Location
from credlint.model.values import Lifetime, Parameter, ProviderField, ResponseField, Role, Step, Unknown

_MAXIMUM_DEPTH = 6


@dataclass(frozen=True, slots=True)
class Perishable:
    """Why a value dies: where its credentials come from, and whether that is proven, for all alternatives.

    `copied` tells that they are parts read off a provider which would renew them. `made` is where the object stands
    that was given the parts, or None for the credentials themselves.
    """

    source: str
    origin: Location
    steps: tuple[Step, ...] = ()
    certain: bool = True
    proven: bool = True
    copied: bool = False
    made: Location | None = None


def perishable(machine: Machine, value: Value, state: State) -> Perishable | None:
    """Give why a value dies with a session, or None where nothing says that it does."""
    return _of_value(machine, value, state, {}, 0)


def _of_value(
    machine: Machine, value: Value, state: State, seen: dict[int, Perishable | None], depth: int
) -> Perishable | None:
    items = [item for item in state.visible(value) if not _is_nothing(item)]
    found = [_of_item(machine, item, state, seen, depth) for item in items] if depth < _MAXIMUM_DEPTH else []
    dying = [one for one in found if one is not None]
    if not dying:
        return None
    best = max(dying, key=lambda one: (one.proven, not one.copied))
    return best if len(dying) == len(items) else _doubtful(best)


def _doubtful(one: Perishable) -> Perishable:
    return Perishable(one.source, one.origin, one.steps, False, one.proven, one.copied, one.made)


def _is_nothing(item: Item) -> bool:
    return isinstance(item.data, Missing) or (isinstance(item.data, Const) and item.data.value is None)


def _of_item(
    machine: Machine, item: Item, state: State, seen: dict[int, Perishable | None], depth: int
) -> Perishable | None:
    match item.data:
        case Answer(request, _, title, shape, path) if (
            shape.lifetime is Lifetime.TEMPORARY and path == shape.path[: len(path)]
        ):
            return Perishable(title, request, item.steps)
        case Scalar(ResponseField(request, operation, Role.SECRET | Role.TOKEN, Lifetime.TEMPORARY)):
            return Perishable(operation.rpartition(".")[2], request, item.steps)
        case Typed(entry, provider, lifetime) if not entry.refreshable and entry.shape is not None:
            copied = lifetime is Lifetime.POSSIBLY_TEMPORARY
            return Perishable(entry.title, provider, item.steps, copied=copied)
        case _:
            return _of_reference(machine, item.data.number, state, seen, depth) if isinstance(item.data, Ref) else None


def _of_reference(
    machine: Machine, number: int, state: State, seen: dict[int, Perishable | None], depth: int
) -> Perishable | None:
    """Look at an object of the heap, once: what it holds may hold it."""
    if number not in seen:
        seen[number] = None
        seen[number] = _of_object(machine, state.heap.get(number), state, seen, depth)
    return seen[number]


def _of_object(
    machine: Machine, obj: HeapObject | None, state: State, seen: dict[int, Perishable | None], depth: int
) -> Perishable | None:
    if isinstance(obj, MadeObject):
        return _of_made(machine, obj, state, seen, depth)
    found = [_of_value(machine, value, state, seen, depth + 1) for value in contents(obj)]
    return next((one for one in found if one is not None), None)


def _of_made(
    machine: Machine, made: MadeObject, state: State, seen: dict[int, Perishable | None], depth: int
) -> Perishable | None:
    if "refresher" in made.roles or "role_arn" in made.roles or made.entry.kind is CallableKind.PROVIDER:
        return None
    own = [made.roles[role] for role in ("key_id", "secret", "token") if role in made.roles]
    if own:
        return _of_parts(made, own, state)
    carried = [made.roles[role].value for role in CARRIERS if role in made.roles]
    if not carried and made.receiver is not None:
        carried = [(made.receiver,)]
    found = [_of_value(machine, value, state, seen, depth + 1) for value in carried]
    return next((one for one in found if one is not None), None)


def of_token(value: Value, state: State) -> Perishable | None:
    """Give why a session token by itself dies, or None where nothing says that it does."""
    items = state.visible(value)
    for item in items:
        origin = item.data.origin if isinstance(item.data, Scalar) else None
        match origin:
            case ResponseField(request, operation, _, Lifetime.TEMPORARY):
                return Perishable(operation.rpartition(".")[2], request, item.steps, certain=len(items) == 1)
            case ProviderField(provider, name, _, lifetime) if lifetime is not Lifetime.LONG_LIVED:
                copied = lifetime is Lifetime.POSSIBLY_TEMPORARY
                return Perishable(name, provider, item.steps, certain=len(items) == 1, copied=copied)
            case _:
                pass
    return None


def _of_parts(made: MadeObject, parts: list[Argument], state: State) -> Perishable | None:
    """Tell why what was given parts dies: one of them is temporary, or its kind takes no others."""
    for part in parts:
        items = state.visible(part.value)
        for item in items:
            origin = item.data.origin if isinstance(item.data, Scalar) else None
            match origin:
                case ResponseField(request, operation, _, Lifetime.TEMPORARY):
                    title = operation.rpartition(".")[2]
                    return Perishable(title, request, item.steps, certain=len(items) == 1, made=made.location)
                case ProviderField(provider, name, _, lifetime) if lifetime is not Lifetime.LONG_LIVED:
                    copied = lifetime is Lifetime.POSSIBLY_TEMPORARY
                    return Perishable(name, provider, item.steps, len(items) == 1, copied=copied, made=made.location)
                case _:
                    pass
    token = made.roles.get("token")
    if made.entry.token is TokenSupport.REQUIRED and token is not None and _is_given(token, state):
        return Perishable(made.entry.names[-1], made.location, certain=False, proven=False, made=made.location)
    return None


def _is_given(token: Argument, state: State) -> bool:
    """Tell whether a token came from code that is not followed: not from a constant, a setting or a caller."""
    return all(
        isinstance(item.data, Scalar) and isinstance(item.data.origin, Unknown | Parameter)
        for item in state.visible(token.value)
    )
