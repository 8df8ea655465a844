"""session-duration-too-short: a duration below the operation's minimum."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.model.facts import Duration, SessionRequest
from credlint.model.finding import Confidence, Draft
from credlint.model.units import RequestUnit
from credlint.model.values import Step


def check(unit: RequestUnit) -> Iterator[Draft]:
    """Draft a finding per duration that is below the minimum of its operation."""
    request = unit.request
    if request.minimum is None:
        return
    for duration in request.durations:
        if duration.seconds is None or duration.seconds >= request.minimum:
            continue
        case = "below-minimum" if request.answers else "role-maximum-below-hour"
        message = f"{duration.seconds} seconds are below the minimum of {request.minimum} for {request.name}"
        if duration.lenient:
            case, message = "taken-for-minimum", f"{message}, which is asked for instead"
        yield draft(request, duration, case, message, certainty(request))


def certainty(request: SessionRequest) -> Confidence:
    """Give HIGH where the duration has one value only, else MEDIUM."""
    return Confidence.HIGH if len(request.durations) == 1 else Confidence.MEDIUM


def draft(request: SessionRequest, duration: Duration, case: str, message: str, sure: Confidence) -> Draft:
    """Draft a finding at the number, or at the request and by its calls where the number has no place of its own."""
    location = duration.location or request.location
    here = location == request.location
    return Draft(
        case=case,
        message=message,
        location=location,
        subject=request.location,
        certainty=sure,
        related=() if here else (Step(request.location, f"{request.name} is asked for here"),),
        calls=request.calls if here else (),
    )
