"""session-token-dropped: a pair that may be temporary is handed on explicitly without the token of its place."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.checks.words import origin_step, sink_words, source_words, trace_of
from credlint.model.facts import Client
from credlint.model.finding import Confidence, Draft
from credlint.model.sinks import EndpointKind, SinkUse, TokenFate, TokenSupport
from credlint.model.span import Location
from credlint.model.units import ClientUnit, Standard
from credlint.model.values import (
    Alternative,
    Cloud,
    EnvironmentVariable,
    Lifetime,
    Parameter,
    ProfileField,
    ProviderField,
    Role,
)


def check(unit: ClientUnit) -> Iterator[Draft]:
    """Draft a finding for a client that drops a token which its source may hold."""
    client = unit.client
    if client.indirect is not None or client.token_elsewhere or _is_control(unit):
        return
    if client.token_fate is TokenFate.ENVIRONMENT:
        return  # the SDK takes the token of the same place itself
    if client.endpoint in {EndpointKind.LOCAL, EndpointKind.OTHER}:
        return
    alternatives = client.credentials.alternatives
    passing = [one for one in alternatives if not one.token.is_missing()]
    for index, one in enumerate(alternatives):
        if any(not _is_profile(one) or _is_profile(other) for other in passing):
            # some path does pass a token: whoever wrote it knows of it
            case = "pair-of-callers" if _is_left_to_callers(unit, one) else None
        else:
            case = _case(unit, one, unit.lifetimes[index], unit.standard[index])
        if case is not None:
            yield _draft(unit, one, case)
            return


def _is_profile(alternative: Alternative) -> bool:
    """Tell whether a pair comes from a profile: what other sources on other paths have says nothing of it."""
    return isinstance(alternative.key_id.origin, ProfileField) and isinstance(alternative.secret.origin, ProfileField)


def _is_left_to_callers(unit: ClientUnit, alternative: Alternative) -> bool:
    """Tell whether callers decide about a pair and not about its token, which goes along where a role is taken."""
    key, secret = alternative.key_id.origin, alternative.secret.origin
    if not (isinstance(key, Parameter) and isinstance(secret, Parameter) and alternative.token.is_missing()):
        return False
    alternatives = unit.client.credentials.alternatives
    theirs = [one for one in alternatives if (one.key_id.origin, one.secret.origin) == (key, secret)]
    if alternative.token.location is None or not all(one.token.is_missing() for one in theirs):
        return False
    roles = zip(alternatives, unit.temporary, strict=True)
    return any(temporary and one.token.is_given() for one, temporary in roles)


def _is_control(unit: ClientUnit) -> bool:
    """Tell whether only STS, IAM and the like are called with the pair."""
    if unit.client.use in {SinkUse.IDENTITY, SinkUse.CONTROL}:
        return True
    made = [other for other in unit.siblings if other.indirect == unit.client.location]
    return bool(made) and all(other.use in {SinkUse.IDENTITY, SinkUse.CONTROL} for other in made)


def _is_data(unit: ClientUnit) -> bool:
    """Tell whether the pair signs data requests: itself, or by a session or holder whose clients do."""
    client = unit.client
    if client.use in {SinkUse.DATA, SinkUse.ENVIRONMENT}:
        return True
    made = [other for other in unit.siblings if other.indirect == client.location]
    return any(other.use is SinkUse.DATA and other.endpoint is not EndpointKind.OTHER for other in made)


def _case(
    unit: ClientUnit,
    alternative: Alternative,
    lifetimes: tuple[Lifetime, Lifetime, Lifetime],
    standard: Standard,
) -> str | None:
    client = unit.client
    key, secret = alternative.key_id.origin, alternative.secret.origin
    if isinstance(key, ProviderField) and isinstance(secret, ProviderField):
        if lifetimes[0] is not Lifetime.POSSIBLY_TEMPORARY or key.provider != secret.provider:
            return None
        known = any(isinstance(o, ProviderField) and o.role is Role.TOKEN for o in client.known_missing)
        return None if known else "provider-credentials"
    if _is_profile(alternative):
        return "provider-credentials" if client.endpoint in {EndpointKind.ABSENT, EndpointKind.CLOUD} else None
    if client.holder is not None and _is_data(unit) and client.token_support is not TokenSupport.NONE:
        return "holder-with-token"
    if standard is Standard.NO or unit.token_checked or not _is_data(unit):
        return None
    if standard is Standard.CALLERS:
        plain = client.endpoint in {EndpointKind.ABSENT, EndpointKind.CLOUD} and not client.test_context
        return "pair-of-callers" if plain and client.token_support is not TokenSupport.NONE else None
    if isinstance(key, EnvironmentVariable) and standard is Standard.CHAIN:
        plain = client.cloud is not Cloud.ALIBABA and client.endpoint in {EndpointKind.ABSENT, EndpointKind.CLOUD}
        return "standard-variables" if plain and client.use is not SinkUse.ENVIRONMENT else None
    elsewhere = client.cloud is Cloud.S3_COMPATIBLE or client.use is SinkUse.ENVIRONMENT
    if elsewhere and isinstance(key, EnvironmentVariable) and client.endpoint is EndpointKind.UNKNOWN:
        return None
    return "variables-with-evidence" if unit.evidence else "variables-without-evidence"


def _arm(client: Client, alternative: Alternative) -> Location | None:
    """Give where this path takes its key id, if the sink passes on the token that others have: there it is lacking.

    Where that is not known, it is where the token was said to be none.
    """
    first = origin_step(alternative.key_id)
    place = first.location if first is not None else alternative.token.written
    if place is None or alternative.token.location is None or place.path != client.location.path:
        return None
    passing = any(not one.token.is_missing() for one in client.credentials.alternatives)
    return place if passing else None


def _certainty(client: Client, *, everywhere: bool) -> Confidence:
    """Say how sure a finding is; a test may do without the token on purpose."""
    if client.test_context:
        return Confidence.LOW
    return Confidence.HIGH if everywhere else Confidence.MEDIUM


def _draft(unit: ClientUnit, alternative: Alternative, case: str) -> Draft:
    client = unit.client
    holder = client.holder if case == "holder-with-token" else None
    source = f"an object of {holder.title}" if holder else source_words(alternative.key_id.origin)
    first = origin_step(alternative.key_id)
    message = f"{sink_words(client)} gets key id and secret of {source} without the session token of the same place"
    if holder is not None:
        message += f", its {holder.token}"
    if case == "variables-with-evidence":
        message += f": {unit.evidence}"
    if case == "pair-of-callers":
        message = f"{sink_words(client)} gets key id and secret of its callers without their session token"
    everywhere = len(client.credentials.alternatives) == 1 and holder is None
    arm = _arm(client, alternative)
    return Draft(
        case=case,
        message=message,
        location=arm or client.written or client.location,
        subject=arm or client.location,
        certainty=_certainty(client, everywhere=everywhere),
        related=(first,) if first else (),
        trace=trace_of(alternative, client, "handed on here without the token"),
        calls=client.calls,
    )
