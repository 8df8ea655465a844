"""From what the evaluator knows to the facts of the model: parts, alternatives, durations, exposures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from credlint.catalogue.operations import Operation
from credlint.extract.python.domain import (
    Answer,
    Argument,
    Bounded,
    Const,
    DictObject,
    HeapObject,
    InstanceObject,
    Item,
    ListObject,
    MadeObject,
    Missing,
    Ref,
    Scalar,
    Text,
    Typed,
    Value,
    contents,
)
from credlint.extract.python.folding import whole_number
from credlint.extract.python.objects import describe
from credlint.extract.python.state import State
from credlint.extract.python.transforms import framed, is_mask
from credlint.model.facts import Duration
from credlint.model.records import dataclass
from credlint.model.secret import SecretText
from credlint.model.span import Location
from credlint.model.values import (
    NO_BRANCH,
    Absent,
    Alternative,
    Blank,
    Branches,
    CredentialSet,
    Damage,
    EnvironmentVariable,
    Lifetime,
    Literal,
    NoneValue,
    Origin,
    Part,
    ProviderField,
    ResponseField,
    Role,
    Step,
    Unknown,
    compatible,
)

_MAXIMUM_SET = 48
_SLOTS = {Role.KEY_ID: "key_id", Role.SECRET: "secret", Role.TOKEN: "token", Role.PROFILE: "profile"}


def origin_of(item: Item, role: Role) -> Origin:
    """Give the origin of an alternative that stands in a credential slot."""
    match item.data:
        case Const(None):
            return NoneValue()
        case Const(str(text)):
            return Literal(SecretText(text, key_id=role is Role.KEY_ID)) if text else Blank()
        case Const(bytes(raw)):
            return Literal(SecretText(raw.decode("latin-1"), key_id=role is Role.KEY_ID)) if raw else Blank()
        case Missing():
            return Absent()
        case Scalar(origin):
            return origin
        case Text() as text:
            found = framed(text)
            return found[0].data.origin if found and isinstance(found[0].data, Scalar) else Unknown("built text")
        case _:
            return Unknown("value of another kind", describe(item))


def _parts(role: Role, argument: Argument | None, *, is_open: bool) -> list[tuple[Part, Branches]]:
    if argument is None:
        origin: Origin = Unknown("may be given by **") if is_open else Absent()
        return [(Part(role, origin, "", None), NO_BRANCH)]
    return [
        (
            Part(
                role,
                origin_of(item, role),
                argument.name,
                None if isinstance(item.data, Missing) else argument.location,
                item.steps,
                item.data.location if isinstance(item.data, Const) else None,
                _damage_of(item),
            ),
            item.branches,
        )
        for item in argument.value
    ]


def _damage_of(item: Item) -> Damage | None:
    found = framed(item.data) if isinstance(item.data, Text) else None
    return found[1] if found else item.damage


def credential_set(
    roles: Mapping[str, Argument], state: State, exceptional: Branches, *, is_open: bool
) -> CredentialSet:
    """Put the parts together: each alternative is a choice of parts that can stand together on the branches taken.

    Alternatives that only exist after an exception (`exceptional` arms, unless this itself stands in such an arm) are
    left out beside others: nothing says that the exception can happen.
    """
    chosen: list[tuple[dict[Role, Part], Branches]] = [({}, state.branches)]
    complete = True
    for role, slot in _SLOTS.items():
        longer: list[tuple[dict[Role, Part], Branches]] = []
        for part, branches in _parts(role, roles.get(slot), is_open=is_open):
            for parts, taken in chosen:
                if compatible(taken, branches):
                    longer.append(({**parts, role: part}, taken | branches))
        if len(longer) > _MAXIMUM_SET:
            longer, complete = longer[:_MAXIMUM_SET], False
        chosen = longer
    chosen = [(parts, taken) for parts, taken in chosen if state.allows(taken)]
    usual = [(parts, taken) for parts, taken in chosen if not (taken - state.branches) & exceptional]
    chosen = usual or chosen
    alternatives = tuple(
        dict.fromkeys(
            Alternative(parts[Role.KEY_ID], parts[Role.SECRET], parts[Role.TOKEN], parts[Role.PROFILE], taken)
            for parts, taken in chosen
        )
    )
    return CredentialSet(alternatives, complete)


def durations(argument: Argument, state: State, operation: Operation) -> tuple[Duration, ...]:
    """Give the values that a duration argument can have, in seconds; of a bounded one, what breaks a limit for sure."""
    found = []
    for item in state.visible(argument.value):
        value = item.data.value if isinstance(item.data, Const) else _breaking(item, operation)
        own = item.data.location if isinstance(item.data, Const | Bounded) else None
        if isinstance(item.data, Missing) or (isinstance(item.data, Const) and value is None):
            continue
        place = own or argument.location
        found.append(Duration(whole_number(value), place, item.branches | state.branches, item.steps))
    return tuple(found)


def _breaking(item: Item, operation: Operation) -> float | None:
    match item.data:
        case Bounded(high=float() | int() as high) if operation.minimum is not None and high < operation.minimum:
            return high
        case Bounded(low=float() | int() as low) if operation.maximum is not None and low > operation.maximum:
            return low
        case _:
            return None


@dataclass(frozen=True, slots=True)
class Leak:
    """A secret found in a value that is shown: what it is, where it came from, by which steps."""

    what: str
    origin: Location
    steps: tuple[Step, ...]
    branches: Branches


def leaks(value: Value, state: State, secret_variables: Mapping[str, str], depth: int = 0) -> Iterator[Leak]:
    """Find the secrets that the text of a value shows. `secret_variables` maps variable names to what they hold."""
    if depth > 5:
        return
    for item in state.visible(value):
        if is_mask(item):
            continue
        match item.data:
            case Answer(request, _, title, shape, path) if path == shape.path[: len(path)] and not shape.objects:
                yield Leak(_words_of_answer(title, shape.lifetime), request, item.steps, item.branches)
            case Scalar(ResponseField(request, title, Role.SECRET | Role.TOKEN as role, lifetime)):
                whose = _KEYS.get(lifetime, title)
                yield Leak(f"the {_words(role)} of {whose}", request, item.steps, item.branches)
            case Scalar(ProviderField(provider, name, Role.SECRET | Role.TOKEN as role, _)):
                yield Leak(f"the {_words(role)} of {name}", provider, item.steps, item.branches)
            case Scalar(EnvironmentVariable(name)) if name in secret_variables and item.steps:
                yield Leak(f"{name}, {secret_variables[name]}", item.steps[0].location, item.steps, item.branches)
            case Typed(entry, provider, _) if entry.shows_secrets:
                yield Leak(f"{entry.title}, whose text shows secret and token", provider, item.steps, item.branches)
            case Text(parts):
                for part in parts:
                    yield from leaks(part, state, secret_variables, depth + 1)
            case Ref(number):
                yield from _object_leaks(state.heap.get(number), state, secret_variables, depth)
            case _:
                pass


def _object_leaks(obj: object, state: State, secret_variables: Mapping[str, str], depth: int) -> Iterator[Leak]:
    values: list[Value] = []
    match obj:
        case DictObject(items):
            values = list(items.values())
        case ListObject(items):
            values = list(items)
        case InstanceObject(info, attributes, shows_attributes=True):
            hidden = info.hidden if info else set()
            values = [value for name, value in attributes.items() if name not in hidden]
        case _:
            return
    for value in values:
        yield from leaks(value, state, secret_variables, depth + 1)


_KEYS = {Lifetime.TEMPORARY: "a temporary key", Lifetime.LONG_LIVED: "a long-lived key"}


def _words_of_answer(title: str, lifetime: Lifetime) -> str:
    parts = {Lifetime.LONG_LIVED: "secret", Lifetime.UNKNOWN: "password"}.get(lifetime, "secret and token")
    return f"the answer of {title}, with its {parts}"


def _words(role: Role) -> str:
    return "session token" if role is Role.TOKEN else "secret"


def requests_in(value: Value, state: State) -> set[Location]:
    """Give the requests whose answers, or parts of them, a value holds."""
    found: set[Location] = set()
    seen: set[int] = set()
    waiting = [value]
    while waiting:
        for item in waiting.pop():
            match item.data:
                case Answer(request) | Scalar(ResponseField(request)):
                    found.add(request)
                case Text(parts):
                    waiting += parts
                case Ref(number) if number not in seen:
                    seen.add(number)
                    waiting += _contents(state.heap.get(number))
                case _:
                    pass
    return found


def _contents(obj: HeapObject | None) -> list[Value]:
    return [argument.value for argument in obj.roles.values()] if isinstance(obj, MadeObject) else contents(obj)
