"""ignored-session-token: a token is there and is not used: under a name or in a place where nobody looks for it."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.checks.words import how_sure, origin_step, sink_words, source_words
from credlint.model.finding import Confidence, Draft
from credlint.model.sinks import EndpointKind, Handling, SinkUse, TokenFate
from credlint.model.span import Location
from credlint.model.units import ClientUnit, MisnamedTokenUnit, ProcessUnit
from credlint.model.values import Parameter, Part, Step


def check(unit: ClientUnit) -> Iterator[Draft]:
    """Draft a finding for a client whose token comes to nothing."""
    client = unit.client
    if client.indirect is not None or client.endpoint is EndpointKind.LOCAL or not client.credentials.alternatives:
        return
    alternatives = client.credentials.alternatives
    sink, token = sink_words(client), alternatives[0].token
    has_key = all(one.key_id.is_given() for one in alternatives)
    no_pair = all(one.key_id.is_missing() and one.secret.is_missing() for one in alternatives)
    certain = how_sure(client, everywhere=len(alternatives) == 1)
    no_token = all(one.token.is_missing() for one in alternatives)
    if client.unread_token is not None and no_token and _is_read_by_sdk(unit):
        name = client.unread_token.name
        message = f"the session token is put into {name}, which the SDK that reads this pair does not read"
        yield _draft(unit, "unread-variable", message, client.unread_token.location, certain)
    elif client.incomplete.token is Handling.IGNORED and no_pair and all(one.token.is_given() for one in alternatives):
        message = f"{sink} gets a session token without key id and secret, and ignores it"
        yield _draft(unit, "token-alone", message, token.location, certain, token)
    elif client.token_fate is TokenFate.DROPPED and all(_is_handed(one.token) for one in alternatives):
        message = f"{sink} gets a session token ({source_words(token.origin)}), which it drops for this type"
        known = all(one.token.is_given() for one in alternatives)
        sure = how_sure(client, everywhere=known and len(alternatives) == 1)
        yield _draft(unit, "type-without-token", message, token.location, sure, token)
    elif client.dropped is not None and has_key:
        message = f"{sink} gets a key id and {client.dropped.name}, and ignores the latter with the token that it holds"
        yield _draft(unit, "object-beside-keys", message, client.dropped.location, certain)
    elif unit.legacy is not None:
        message = f"{sink} gets its session token from {unit.legacy} alone, a name that is out of use"
        read = next(one.token for one in alternatives if source_words(one.token.origin) == unit.legacy)
        begun = origin_step(read)
        yield _draft(unit, "old-name-only", message, begun.location if begun else read.location, certain, read)


def check_process(unit: ProcessUnit) -> Iterator[Draft]:
    """Draft a finding per token that a deployment puts into a variable which the SDK of the pair does not read."""
    for unread in unit.unread:
        name = unread.variable.name
        yield Draft(
            case="unread-variable",
            message=f"{unit.scope.title} gets its session token in {name}; the SDK of this pair reads {unread.right}",
            location=unread.variable.key_location,
            subject=unread.key,
            certainty=Confidence.MEDIUM,  # an application of which no code is seen may read it by itself
            related=(Step(unread.key, "the pair that it is meant for"),),
            unless_read=name,
        )


def check_misnamed(unit: MisnamedTokenUnit) -> Iterator[Draft]:
    """Draft a finding for a token in a mapping under a name that the reader of the pair does not ask for."""
    token = unit.token
    yield Draft(
        case="unread-name",
        message=f"the session token is stored as {token.stored}; who reads the pair beside it asks for {token.asked}",
        location=token.location,
        subject=token.location,
        certainty=Confidence.MEDIUM,  # the mapping may hold something under that name
        related=(Step(token.pair[0], "the key id is stored here"), Step(token.read, "the token is asked for here")),
        trace=(
            Step(token.location, "stored here"),
            *(Step(call, "called here") for call in token.calls),
            Step(token.read, f"asked for as {token.asked}"),
        ),
    )


def _is_read_by_sdk(unit: ClientUnit) -> bool:
    """Tell whether an object of the SDK reads the variables of this pair by itself."""
    family = unit.client.reads
    return any(other.reads == family and other.use is not SinkUse.ENVIRONMENT for other in unit.siblings)


def _is_handed(token: Part) -> bool:
    return token.is_given() or isinstance(token.origin, Parameter)


def _draft(
    unit: ClientUnit, case: str, message: str, place: Location | None, certainty: Confidence, part: Part | None = None
) -> Draft:
    client = unit.client
    begun = origin_step(part) if part else None
    return Draft(
        case=case,
        message=message,
        location=place or client.location,
        subject=client.location,
        certainty=certainty,
        related=(begun,) if begun else (),
        trace=(*(part.steps if part else ()), Step(place or client.location, "not used here")),
        calls=client.calls,
    )
