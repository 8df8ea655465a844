"""temporary-key-without-token: a key id that is temporary by proof reaches a sink that gets no token."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.checks.words import origin_step, sink_words, source_words, trace_of
from credlint.model.finding import Confidence, Draft
from credlint.model.sinks import EndpointKind, TokenSupport
from credlint.model.units import ClientUnit
from credlint.model.values import Alternative, Blank, ResponseField


def check(unit: ClientUnit) -> Iterator[Draft]:
    """Draft a finding for a client whose temporary key goes without its token on some alternative."""
    client = unit.client
    if client.indirect is not None or client.token_elsewhere or client.endpoint is EndpointKind.LOCAL:
        return
    alternatives = client.credentials.alternatives
    bad = [
        one
        for one, temporary in zip(alternatives, unit.temporary, strict=True)
        if temporary and not one.secret.is_missing() and one.token.is_missing() and _is_one_source(one)
    ]
    if not bad:
        return
    worst = bad[0]
    first = origin_step(worst.key_id)
    source = source_words(worst.key_id.origin)
    if client.token_support is TokenSupport.NONE:
        case = "sink-without-token"
        message = f"{sink_words(client)} gets the temporary key from {source} and has no way to carry its session token"
    elif isinstance(worst.token.origin, Blank):
        case = "token-blank"
        message = f"{sink_words(client)} gets the temporary key from {source} with a blank session token"
    else:
        case = "token-missing"
        message = f"{sink_words(client)} gets the temporary key from {source} without its session token"
    everywhere = len(bad) == len(alternatives) and client.credentials.complete
    yield Draft(
        case=case,
        message=message,
        location=client.written or client.location,
        subject=client.location,
        certainty=Confidence.HIGH if everywhere else Confidence.MEDIUM,
        related=(first,) if first else (),
        trace=trace_of(worst, client, "used here without the token"),
        calls=client.calls,
    )


def _is_one_source(alternative: Alternative) -> bool:
    """A secret of another answer is mixed-credential-parts, not a missing token."""
    key, secret = alternative.key_id.origin, alternative.secret.origin
    return not (isinstance(key, ResponseField) and isinstance(secret, ResponseField) and key.request != secret.request)
