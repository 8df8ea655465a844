"""foreign-key-without-endpoint: the key of another S3 service is sent to AWS, which does not know it."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.checks.words import origin_step, sink_words, trace_of
from credlint.model.facts import Client
from credlint.model.finding import Confidence, Draft
from credlint.model.sinks import EndpointKind, SinkUse
from credlint.model.units import CallUnit, ClientUnit
from credlint.model.values import Alternative, Cloud, Parameter, Step


def check(unit: ClientUnit) -> Iterator[Draft]:
    """Draft a finding for a client of AWS all of whose keys are of another service."""
    client = unit.client
    alternatives = client.credentials.alternatives
    if not alternatives or not _is_sent_to_aws(client) or not all(unit.foreign):
        return
    if not all(one.profile.is_missing() for one in alternatives):
        return  # a profile may name the endpoint
    first = alternatives[0]
    begun = origin_step(first.key_id)
    yield Draft(
        case="sent-to-aws",
        message=f"{sink_words(client)} gets a key of {unit.foreign[0]} and no endpoint, so that it is sent to AWS",
        location=client.location,
        subject=client.location,
        certainty=Confidence.LOW if any(_is_callers(one) for one in alternatives) else Confidence.HIGH,
        related=(begun,) if begun else (),
        trace=trace_of(first, client, "sent to AWS from here"),
        calls=client.calls,
    )


def check_call(unit: CallUnit) -> Iterator[Draft]:
    """Draft a finding for a command that sends data to AWS with keys all of which are of another service."""
    call = unit.call
    places = [one.key_id.location for one in call.credentials.alternatives]
    if not unit.foreign or not all(unit.foreign) or places[0] is None:
        return
    yield Draft(
        case="sent-to-aws",
        message=(
            f"{call.service} {call.method.replace('_', '-')} gets a key of {unit.foreign[0]} and no endpoint, "
            "so that it is sent to AWS"
        ),
        location=places[0],
        subject=places[0],
        certainty=Confidence.MEDIUM if call.branches else Confidence.HIGH,
        related=(Step(call.location, "sent to AWS from here"),),
        calls=call.calls,
    )


def _is_sent_to_aws(client: Client) -> bool:
    """Tell whether the requests of a client surely go to AWS: no other endpoint is given, here or elsewhere."""
    if client.use is not SinkUse.DATA or client.open or client.test_context or not client.takes_endpoint:
        return False
    return client.endpoint is EndpointKind.ABSENT or (
        client.endpoint is EndpointKind.CLOUD and client.cloud is Cloud.AWS
    )


def _is_callers(alternative: Alternative) -> bool:
    """Tell whether only a parameter is called so, which callers may fill with anything."""
    return isinstance(alternative.key_id.origin, Parameter)
