"""unused-assumed-role: nobody uses what STS answered, and data is reached with other credentials."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.checks.words import sink_words
from credlint.model.facts import MODULE_FLOW, Client, SessionRequest
from credlint.model.finding import Confidence, Draft
from credlint.model.sinks import EndpointKind, SinkUse
from credlint.model.span import Location
from credlint.model.units import RequestUnit
from credlint.model.values import Alternative, ResponseField, Step, compatible


def check(unit: RequestUnit) -> Iterator[Draft]:
    """Draft a finding for a request whose answer is used by nobody, before a data client of something else."""
    request = unit.request
    if not unit.issues or request.deferred or request.used or request.escapes or request.test_context:
        return
    others = [client for client in unit.clients if _is_instead(client, request)]
    if not others:
        return
    # one that is given the caller's own key is what parent-key-for-data-access tells of
    client = next((one for one in others if not one.default_chain), others[0])
    source = "the SDK's default chain" if client.default_chain else "other credentials"
    yield Draft(
        case="answer-unused",
        message=f"nothing uses what {request.name} returns; {sink_words(client)} is built from {source}",
        location=request.location,
        subject=client.location,
        # another module may import what a module assigns
        certainty=Confidence.MEDIUM if request.flows == (MODULE_FLOW,) else Confidence.HIGH,
        related=(Step(client.location, f"{sink_words(client)} is built from {source}"),),
    )


def _is_instead(client: Client, request: SessionRequest) -> bool:
    """Tell whether a client reaches data after the request, in the same run, with what certainly is something else."""
    if client.use is not SinkUse.DATA or client.endpoint is EndpointKind.LOCAL or client.cloud is not request.cloud:
        return False
    if client.flows[0] != request.flows[0] or not compatible(client.branches, request.branches):
        return False
    own = all(_is_own(one) for one in client.credentials.alternatives)
    return _is_after(client, request) and not client.open and (client.default_chain or own)


def _is_own(alternative: Alternative) -> bool:
    """Tell whether a set certainly comes from elsewhere, and not from another role that is assumed."""
    if isinstance(alternative.key_id.origin, ResponseField):
        return False
    return alternative.key_id.is_given() or alternative.profile.is_given()


def _is_after(client: Client, request: SessionRequest) -> bool:
    return _begin(client.location, client.calls) > _begin(request.location, request.calls)


def _begin(location: Location, calls: tuple[Location, ...]) -> tuple[int, int, int]:
    """Give where, in the run itself, what leads to a place begins."""
    span = calls[0].span if calls else location.span
    return span.chunk, span.line, span.column
