"""partial-credentials: half a pair, two blank texts, or a token alone, where the SDK makes nothing good of it."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.checks.words import origin_step, role_words, sink_words, trace_of
from credlint.model.finding import Confidence, Draft
from credlint.model.sinks import EndpointKind, Handling, SinkUse
from credlint.model.units import ClientUnit, ProcessUnit
from credlint.model.values import (
    Absent,
    Alternative,
    Blank,
    EnvironmentVariable,
    Parameter,
    Part,
    Role,
    Step,
    Unknown,
)

_HALF = {
    Handling.REFUSED: ("half-pair", "which it refuses"),
    Handling.KEPT: ("half-pair", "which it takes as complete, and looks no further"),
    Handling.IGNORED: ("half-ignored", "and goes on as if nothing was given"),
    Handling.ENVIRONMENT: ("half-from-environment", "and takes the other half from the environment, if there is one"),
}

_IN_ENVIRONMENT = {
    Handling.REFUSED: "at which boto3 and the AWS CLI stop with PartialCredentialsError, while other SDKs look further",
    Handling.IGNORED: "and the SDK that runs there falls through to a profile or to the role of the machine",
}


def check(unit: ClientUnit) -> Iterator[Draft]:
    """Draft a finding for the first alternative that lacks a half, or is blank, or is a token alone."""
    client = unit.client
    if client.indirect is not None or client.endpoint is EndpointKind.LOCAL or client.test_context:
        return
    for alternative in client.credentials.alternatives:
        key, secret, token = alternative.parts()
        handling = client.incomplete
        if _is_alone(unit, key, secret) and handling.key_id is not None:
            yield _half(unit, alternative, key, secret, handling.key_id)
        elif _is_alone(unit, secret, key) and handling.secret is not None:
            yield _half(unit, alternative, secret, key, handling.secret)
        elif handling.token is Handling.KEPT and _is_token_alone(unit, token):
            message = (
                f"{sink_words(client)} gets a session token alone; it takes that as its credentials and signs with None"
            )
            yield _draft(unit, alternative, "token-only", message, token)
        elif handling.blank is Handling.KEPT and _is_blank_pair(unit, alternative):
            message = (
                f"{sink_words(client)} gets an empty key id and an empty secret{_when(unit)}; "
                "it takes them as credentials and never looks for others"
            )
            yield _draft(unit, alternative, "blank-pair", message, key)
        else:
            continue
        return


def check_process(unit: ProcessUnit) -> Iterator[Draft]:
    """Draft a finding per part that stands alone in the environment of a process, wherever it comes from."""
    if unit.scope.test_context or unit.endpoint in {EndpointKind.LOCAL, EndpointKind.OTHER}:
        return
    for half in unit.halves:
        variable, whole = half.variable, half.variable.role is Role.KEY_ID
        case, what = _HALF[half.handling]
        lacking = " and a ".join(role_words(role) for role in half.missing)
        yield Draft(
            case=case,
            message=(
                f"{unit.scope.title} gets a {role_words(variable.role or Role.KEY_ID)} without a {lacking}, "
                f"{_IN_ENVIRONMENT.get(half.handling, what)}"
            ),
            location=variable.key_location,
            subject=variable.key_location,
            # An application may read a secret or a token by itself.
            certainty=Confidence.HIGH if whole and not variable.branches else Confidence.MEDIUM,
        )


def _is_alone(unit: ClientUnit, part: Part, other: Part) -> bool:
    """Tell whether a part is there and its other half is missing wherever this part is what it is."""
    if not other.is_missing() or _is_to_be_filled_in(other):
        return False
    alternatives = unit.client.credentials.alternatives
    if not part.is_given():
        # what is not known may be None, but nobody hands it over alone for that
        handed = part.location is not None and not part.is_missing()
        if not handed or not all(isinstance(_same(one, other).origin, Absent) for one in alternatives):
            return False
    same = [one for one in alternatives if _same(one, part) == part]
    return all(_same(one, other).is_missing() for one in same)


def _is_to_be_filled_in(part: Part) -> bool:
    """Tell whether a blank text is a constant of its own, in which people write what they have."""
    return isinstance(part.origin, Blank) and part.written is not None and part.written != part.location


def _same(alternative: Alternative, part: Part) -> Part:
    """Give the part of the same role in another alternative."""
    return next(one for one in alternative.parts() if one.role is part.role)


def _is_token_alone(unit: ClientUnit, token: Part) -> bool:
    pairs = [part for one in unit.client.credentials.alternatives for part in (one.key_id, one.secret)]
    return token.is_given() and all(part.is_missing() for part in pairs)


def _is_blank_pair(unit: ClientUnit, alternative: Alternative) -> bool:
    """Tell whether both halves are blank where a role of AWS could have been found, had they been left out."""
    client = unit.client
    if client.endpoint not in {EndpointKind.ABSENT, EndpointKind.CLOUD} or client.configured:
        return False
    return isinstance(alternative.key_id.origin, Blank) and isinstance(alternative.secret.origin, Blank)


def _when(unit: ClientUnit) -> str:
    """Say which variable stands in the same slot where it is set, so that the blank is what stands for it."""
    origins = [one.key_id.origin for one in unit.client.credentials.alternatives]
    names = {origin.name: None for origin in origins if isinstance(origin, EnvironmentVariable)}
    return f" where {' or '.join(names)} is not set" if names else ""


def _begin(part: Part) -> Step | None:
    """Give where a part began; of an empty text where it stands, if not in the argument itself."""
    step = origin_step(part)
    if step is not None or part.written is None or part.location is None or part.location.covers(part.written):
        return step
    return Step(part.written, f"the empty {role_words(part.role)} stands here")


def _half(unit: ClientUnit, alternative: Alternative, part: Part, other: Part, handling: Handling) -> Draft:
    case, what = _HALF[handling]
    if unit.client.use is SinkUse.ENVIRONMENT:
        what = _IN_ENVIRONMENT.get(handling, what)
    message = f"{sink_words(unit.client)} gets a {role_words(part.role)} without a {role_words(other.role)}, {what}"
    return _draft(unit, alternative, case, message, part)


def _draft(unit: ClientUnit, alternative: Alternative, case: str, message: str, part: Part) -> Draft:
    client = unit.client
    begun = _begin(part)
    origins = {type(_same(one, part).origin) for one in client.credentials.alternatives}
    guarded = case == "blank-pair" and bool(client.branches)  # a condition that is not followed may ask for the keys
    if guarded or (_is_to_be_filled_in(part) and origins <= {Blank, Unknown}):
        certainty = Confidence.LOW
    else:
        alone = len(client.credentials.alternatives) == 1 and not isinstance(part.origin, Parameter | Unknown)
        certainty = Confidence.HIGH if alone else Confidence.MEDIUM
    return Draft(
        case=case,
        message=message,
        location=client.location,
        subject=client.location,
        certainty=certainty,
        related=(begun,) if begun else (),
        trace=trace_of(alternative, client, "not complete here"),
        calls=client.calls,
    )
