"""restricted-session-operation: credentials of a session are used for what such a session may not do."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.checks.words import trace_of
from credlint.model.finding import Confidence, Draft
from credlint.model.units import CallUnit, ClientUnit, RequestUnit
from credlint.model.usage import Refused
from credlint.model.values import Alternative, ResponseField, Step


def check_client(unit: ClientUnit) -> Iterator[Draft]:
    """Draft a finding for a client whose service refuses every request that these credentials sign."""
    client, refused = unit.client, unit.refused
    if refused is None:
        return
    worst = next(one for one in client.credentials.alternatives if _is_of(one, refused))
    yield Draft(
        case=_case(refused),
        message=f"{refused.service.upper()} refuses {_words(refused)}",
        location=client.location,
        subject=client.location,
        certainty=_certainty(refused),
        related=(_origin(refused),),
        trace=trace_of(worst, client, f"the client for {refused.service.upper()} is made here"),
        calls=client.calls,
    )


def check_call(unit: CallUnit) -> Iterator[Draft]:
    """Draft a finding for a call that its service refuses."""
    call, refused = unit.call, unit.refused
    if refused is None:
        return
    yield Draft(
        case=_case(refused),
        message=f"{refused.service.upper()} refuses {call.method} with {_words(refused)}",
        location=call.location,
        subject=call.location,
        certainty=_certainty(refused),
        related=(_origin(refused), Step(call.client, "the client is made here")),
        calls=call.calls,
    )


def check_request(unit: RequestUnit) -> Iterator[Draft]:
    """Draft a finding for a request that the role of a platform signs, where only an own key can."""
    request = unit.request
    if unit.long_lived_caller and request.by_platform:
        yield Draft(
            case="called-by-role",
            message=f"{request.name} takes the key of a user only; {request.platform_role} calls it",
            location=request.location,
            subject=request.location,
            certainty=Confidence.MEDIUM,
            calls=request.calls,
        )


def _is_of(alternative: Alternative, refused: Refused) -> bool:
    origin = alternative.key_id.origin
    return isinstance(origin, ResponseField) and origin.request == refused.request


def _case(refused: Refused) -> str:
    return "session-without-code" if refused.lacking else "federation-session"


def _words(refused: Refused) -> str:
    without = f" that came without {refused.lacking}" if refused.lacking else ""
    return f"the credentials of {refused.operation}{without}"


def _certainty(refused: Refused) -> Confidence:
    return Confidence.HIGH if refused.certain else Confidence.MEDIUM


def _origin(refused: Refused) -> Step:
    return Step(refused.request, f"{refused.operation} gives them")
