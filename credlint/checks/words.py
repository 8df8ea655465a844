"""Sentences that several rules share."""

from __future__ import annotations

from credlint.model.environments import RoleBinding
from credlint.model.facts import Client
from credlint.model.finding import Confidence
from credlint.model.values import (
    BLANK_DEFAULT,
    Alternative,
    EnvironmentVariable,
    Literal,
    Origin,
    Part,
    ProfileField,
    ProviderField,
    Reference,
    ResponseField,
    Role,
    Step,
)

_ROLES = {Role.KEY_ID: "key id", Role.SECRET: "secret", Role.TOKEN: "session token"}


def role_words(role: Role) -> str:
    """Name a part in words."""
    return _ROLES.get(role, role.value)


def operation_words(operation: str) -> str:
    """Name an operation as people do, given its id: the last word ("AssumeRole")."""
    return operation.rpartition(".")[2]


def source_words(origin: Origin) -> str:
    """Say in a few words where a part comes from."""
    match origin:
        case ResponseField(_, operation, _, _):
            return operation_words(operation)
        case EnvironmentVariable(name):
            return name
        case ProviderField(_, name, _, _):
            return name
        case ProfileField(profile, _):
            return f"profile {profile}" if profile else "a profile"
        case Reference(kind, name, field):
            return f"{kind.value} {name}" + (f".{field}" if field and field != BLANK_DEFAULT else "")
        case Literal(text):
            return f"the literal that ends in {text.hint}" if text.hint else "a literal"
        case _:
            return "elsewhere"


def origin_step(part: Part) -> Step | None:
    """Give the place where a part began, in words, or None when it is not known."""
    match part.origin:
        case ResponseField(request, operation, _, _):
            return Step(request, f"the {role_words(part.role)} comes from {operation_words(operation)}")
        case ProviderField(provider, name, _, _):
            return Step(provider, f"the {role_words(part.role)} comes from {name}")
        case _:
            return part.steps[0] if part.steps else None


def role_step(role: RoleBinding) -> Step:
    """Give the place where a process gets a role, in words."""
    kind = role.kind.value
    return Step(role.location, f"the {kind}" if kind.endswith(" role") else f"the role that {kind} gives")


def trace_of(alternative: Alternative, client: Client, end: str) -> tuple[Step, ...]:
    """Give the way of the key id to the sink: where it began, its stations, the calls, the sink."""
    steps: list[Step] = []
    first = origin_step(alternative.key_id)
    if first is not None:
        steps.append(first)
    steps += alternative.key_id.steps
    steps += [Step(call, "called here") for call in client.calls]
    steps.append(Step(client.location, end))
    seen: dict[object, Step] = {}
    for step in steps:
        seen.setdefault(step.location, step)
    return tuple(seen.values())


def how_sure(client: Client, *, everywhere: bool) -> Confidence:
    """Say how sure a finding is, that holds on every path or not; a test may do what it does on purpose."""
    if client.test_context:
        return Confidence.LOW
    return Confidence.HIGH if everywhere and client.credentials.complete else Confidence.MEDIUM


def sink_words(client: Client) -> str:
    """Name a sink for a message, with its service where that is known."""
    return f"{client.sink}({client.service})" if client.service else client.sink
