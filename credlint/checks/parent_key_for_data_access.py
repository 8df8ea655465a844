"""parent-key-for-data-access: the key that called STS signs data requests, where the one that STS issued belongs."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.checks.words import sink_words, source_words, trace_of
from credlint.model.facts import Client, SessionRequest
from credlint.model.finding import Confidence, Draft
from credlint.model.lasting import FallbackKind
from credlint.model.sinks import EndpointKind, SinkUse
from credlint.model.units import ClientUnit, FallbackUnit
from credlint.model.values import (
    Absent,
    Alternative,
    Cloud,
    EnvironmentVariable,
    Literal,
    Origin,
    Parameter,
    ProfileField,
    ProviderField,
    ResponseField,
    Step,
    Unknown,
    compatible,
)


def check(unit: ClientUnit) -> Iterator[Draft]:
    """Draft a finding for a data client that is built from the caller of an unused session request."""
    client = unit.client
    if client.use is not SinkUse.DATA or client.default_chain or client.endpoint is EndpointKind.LOCAL:
        return
    if any(other.location == client.indirect and other.use is SinkUse.DATA for other in unit.siblings):
        return  # the holder that was given the key is reported itself
    for request in unit.requests:
        if not _is_candidate(request, unit):
            continue
        alternatives = client.credentials.alternatives
        bad = [one for one in alternatives if _is_callers_key(one, request)]
        if not bad:
            continue
        worst = bad[0]
        location = client.location if client.indirect is not None else worst.key_id.location or client.location
        everywhere = len(bad) == len(alternatives) and client.credentials.complete
        yield Draft(
            case="parent-key",
            message=(
                f"{sink_words(client)} is built from the key that called {request.name} "
                f"({_source(worst)}), not from the one that it returned"
            ),
            location=location,
            subject=client.location,
            certainty=Confidence.HIGH if everywhere else Confidence.MEDIUM,
            related=(Step(request.location, f"{request.name} returns the key to use"),),
            trace=(
                *trace_of(worst, client, "the parent key is used here")[:-1],
                Step(request.location, f"{request.name} is called with the same key"),
                Step(client.location, "the parent key is used here"),
            ),
            calls=client.calls,
        )
        return


def check_fallback(unit: FallbackUnit) -> Iterator[Draft]:
    """Draft a finding for a client that gets the parent key when the request for a role fails."""
    fallback = unit.fallback
    if fallback.kind is FallbackKind.PARENT_KEY:
        yield Draft(
            case="parent-key-after-failure",
            message=f"{fallback.sink} is built from the key that called {fallback.intended} when that fails",
            location=fallback.location,
            subject=fallback.location,
            related=(Step(fallback.intended_at, f"{fallback.intended} may fail here"),),
            trace=(
                Step(fallback.intended_at, f"{fallback.intended} fails"),
                Step(fallback.location, "the parent key is used in its place"),
            ),
        )


def _source(alternative: Alternative) -> str:
    return "a profile" if isinstance(alternative.key_id.origin, Absent) else source_words(alternative.key_id.origin)


def _is_candidate(request: SessionRequest, unit: ClientUnit) -> bool:
    """Tell whether the answer of a request is used by nobody, so that it was meant for this client."""
    client = unit.client
    if not request.answers or request.escapes or not _same_cloud(request.cloud, client.cloud):
        return False
    if not compatible(request.branches, client.branches) or _is_before(client, request):
        return False
    return not any(_uses_answer(other, request) for other in (*unit.siblings, client))


def _same_cloud(one: Cloud, other: Cloud) -> bool:
    return one is other or (one is Cloud.AWS and other is Cloud.S3_COMPATIBLE)


def _is_before(client: Client, request: SessionRequest) -> bool:
    """Tell whether the client is made before the request in the same run; between methods order says nothing."""
    same_run = client.flows[0] == request.flows[0] and not client.calls and not request.calls
    one, other = client.location.span, request.location.span
    return same_run and one.chunk == other.chunk and (one.line, one.column) < (other.line, other.column)


def _uses_answer(client: Client, request: SessionRequest) -> bool:
    return any(
        isinstance(part.origin, ResponseField) and part.origin.request == request.location
        for one in client.credentials.alternatives
        for part in one.parts()
    )


def _is_callers_key(alternative: Alternative, request: SessionRequest) -> bool:
    """Tell whether a set's key id and secret are those that signed the request."""
    return any(
        _same_identity(alternative, caller) and compatible(alternative.branches, caller.branches)
        for caller in request.caller.alternatives
    )


def _same_identity(alternative: Alternative, caller: Alternative) -> bool:
    if isinstance(alternative.key_id.origin, Absent) and isinstance(caller.key_id.origin, Absent):
        return _same(alternative.profile.origin, caller.profile.origin)
    return _same(alternative.key_id.origin, caller.key_id.origin) and _same(
        alternative.secret.origin, caller.secret.origin
    )


def _same(one: Origin, other: Origin) -> bool:
    match one:
        case Unknown(_, identity):
            return bool(identity) and one == other
        case Literal() | Parameter() | ResponseField() | EnvironmentVariable() | ProviderField() | ProfileField():
            return one == other
        case _:
            return False
