"""mixed-credential-parts: key id, secret and token that were not issued together."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from credlint.catalogue.load import load_providers
from credlint.checks.static_pairs import static_pairs
from credlint.checks.words import origin_step, role_words, sink_words, source_words, trace_of
from credlint.model.finding import Confidence, Draft
from credlint.model.sinks import EndpointKind, SinkUse
from credlint.model.units import ClientUnit, ProcessUnit
from credlint.model.values import (
    Alternative,
    EnvironmentVariable,
    Lifetime,
    Literal,
    Part,
    ProviderField,
    Reference,
    ReferenceKind,
    ResponseField,
    Role,
    Step,
    Unknown,
)


def check(unit: ClientUnit) -> Iterator[Draft]:
    """Draft a finding for the first alternative whose parts cannot belong together."""
    client = unit.client
    if client.indirect is not None or client.endpoint is EndpointKind.LOCAL:
        return
    alternatives = client.credentials.alternatives
    for alternative, lifetimes in zip(alternatives, unit.lifetimes, strict=True):
        found = _mixed(unit, alternative, lifetimes)
        if found is None:
            continue
        case, part, other = found
        steps = [step for step in (origin_step(part), origin_step(other)) if step is not None]
        certain = len(alternatives) == 1 and client.credentials.complete
        yield Draft(
            case=case,
            message=_message(case, unit, part, other),
            location=part.location or client.location,
            subject=client.location,
            certainty=Confidence.HIGH if certain else Confidence.MEDIUM,
            related=tuple(dict.fromkeys(steps)),
            trace=trace_of(alternative, client, "put together here"),
            calls=client.calls,
        )
        return


def check_process(unit: ProcessUnit) -> Iterator[Draft]:
    """Draft a finding per static pair that is put beside the session token that an earlier step leaves with its key."""
    if unit.endpoint in {EndpointKind.LOCAL, EndpointKind.OTHER} or unit.scope.elsewhere:
        return  # what another service says to a token of a cloud is not known
    for pair in static_pairs(unit):
        token = pair.alternative.token
        if pair.is_input or not token.is_given():
            continue
        groups = [group for group in unit.left if any(one.location == token.location for one in group)]
        keys = [one for group in groups for one in group if one.role is Role.KEY_ID and one.family == pair.family]
        if keys and all(one.location != pair.variable.location for one in keys):
            yield Draft(
                case="beside-inherited-token",
                message=(
                    f"{pair.variable.name} stands beside {token.name} that an earlier step leaves with a key of its "
                    "own: the token belongs to that key"
                ),
                location=pair.place,
                subject=pair.place,
                certainty=Confidence.HIGH if pair.certain else Confidence.MEDIUM,
                related=(Step(keys[-1].key_location, "the key that the token belongs to"),),
            )


def _message(case: str, unit: ClientUnit, part: Part, other: Part) -> str:
    sink = sink_words(unit.client)
    if case == "beside-inherited-token":
        return (
            f"{sink} gets a key pair beside the session token that the platform put into the environment; "
            "the token belongs to another key"
        )
    if case == "refreshable-read-thrice":
        return f"{sink} gets three separate reads of {source_words(part.origin)}, which may be refreshed between them"
    one, other_one = source_words(part.origin), source_words(other.origin)
    second = f"another {one}" if one == other_one else other_one
    return (
        f"{sink} gets the {role_words(part.role)} from {one} and the {role_words(other.role)} "
        f"from {second}; they were not issued together"
    )


def _mixed(
    unit: ClientUnit, alternative: Alternative, lifetimes: tuple[Lifetime, Lifetime, Lifetime]
) -> tuple[str, Part, Part] | None:
    """Give (case, the part that does not belong, one that it does not belong to), or None."""
    return (
        _two_answers(alternative)
        or _two_lifetimes(alternative, lifetimes)
        or _beside_inherited(unit, alternative)
        or _two_providers(alternative)
        or _two_references(alternative)
    )


def _two_answers(alternative: Alternative) -> tuple[str, Part, Part] | None:
    answered = [part for part in alternative.parts() if isinstance(part.origin, ResponseField)]
    requests = [(part.origin.request, part.origin.calls) for part in answered if isinstance(part.origin, ResponseField)]
    if len(set(requests)) < 2:
        return None
    common = max(set(requests), key=lambda place: (requests.count(place), -requests.index(place)))
    odd = next(part for part, place in zip(answered, requests, strict=True) if place != common)
    even = next(part for part, place in zip(answered, requests, strict=True) if place == common)
    return "two-responses", odd, even


def _two_lifetimes(
    alternative: Alternative, lifetimes: tuple[Lifetime, Lifetime, Lifetime]
) -> tuple[str, Part, Part] | None:
    key, secret, token = alternative.parts()
    if lifetimes[0] is Lifetime.TEMPORARY and isinstance(key.origin, ResponseField) and _is_other(secret):
        return "two-lifetimes", secret, key
    if isinstance(token.origin, ResponseField) and token.origin.lifetime is Lifetime.TEMPORARY:
        if _is_other(key):
            return "two-lifetimes", token, key
        if _is_other(secret):
            return "two-lifetimes", secret, token
    return None


def _is_other(part: Part) -> bool:
    """Tell whether a part surely does not come from the answer that its siblings come from."""
    match part.origin:
        case EnvironmentVariable() | Literal() | ProviderField():
            return True
        case ResponseField(lifetime=Lifetime.LONG_LIVED):
            return True
        case Unknown(_, identity):
            return identity.startswith("parameter ")
        case _:
            return False


def _beside_inherited(unit: ClientUnit, alternative: Alternative) -> tuple[str, Part, Part] | None:
    """A handler that writes a pair, but no token, into an environment where the platform's token stands."""
    client = unit.client
    if client.use is not SinkUse.ENVIRONMENT or client.platform is None or client.inherited_token is None:
        return None
    if not alternative.token.is_missing() or not alternative.key_id.is_given():
        return None
    if isinstance(alternative.key_id.origin, ResponseField):
        return None
    return "beside-inherited-token", alternative.key_id, alternative.token


def _two_providers(alternative: Alternative) -> tuple[str, Part, Part] | None:
    key, secret, token = alternative.parts()
    first, second, third = key.origin, secret.origin, token.origin
    if not isinstance(first, ProviderField) or not isinstance(second, ProviderField):
        return None
    refreshable = first.refreshable and second.refreshable
    if refreshable and isinstance(third, ProviderField) and first.provider == second.provider == third.provider:
        return "refreshable-read-thrice", key, secret
    if first.provider != second.provider:
        return "two-calls", secret, key
    return None


def _two_references(alternative: Alternative) -> tuple[str, Part, Part] | None:
    """Id and secret from two Kubernetes Secrets, or from two secrets or settings of a CI whose names have two stems."""
    key, secret, _ = alternative.parts()
    one, other = key.origin, secret.origin
    if not isinstance(one, Reference) or not isinstance(other, Reference) or one.kind is not other.kind:
        return None
    if one.kind is ReferenceKind.KUBERNETES_SECRET:
        return ("two-secrets", secret, key) if _are_two_owners(one.name, other.name) else None
    if one.kind in {ReferenceKind.CI_SECRET, ReferenceKind.CI_VARIABLE}:
        first, second = _stem(one.name, key.name), _stem(other.name, secret.name)
        return ("two-secrets", secret, key) if first and second and first != second else None
    return None


def _are_two_owners(one: str, other: str) -> bool:
    """Tell whether the names of two Secrets differ in more than the part that each holds (`app-id`, `app-secret`)."""
    first, second = _owner(one), _owner(other)
    return bool(first and second and first != second)


def _owner(name: str) -> tuple[str, ...]:
    """Give the words of a name that are not those of a part ("app" in app-aws-access-key-id)."""
    words = re.split(r"[^a-z0-9]+", name.lower())
    return tuple(word for word in words if word and word not in _part_words())


@functools.cache
def _part_words() -> frozenset[str]:
    """Give the words of which the usual names of parts are made."""
    return frozenset(word for name in load_providers().slot_names for word in name.split("_"))


def _stem(name: str, variable: str) -> str:
    """Give what stands before the variable's own name in the name of a CI secret (STAGING in STAGING_AWS_…)."""
    upper, own = name.upper().replace("-", "_"), variable.upper().replace("-", "_")
    return upper[: -len(own)].strip("_") if upper.endswith(own) else ""
