"""session-duration-too-short: a duration below the operation's minimum."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.model.facts import SessionRequest
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
        yield Draft(
            case="below-minimum" if request.answers else "role-maximum-below-hour",
            message=f"{duration.seconds} seconds are below the minimum of {request.minimum} for {request.name}",
            location=duration.location or request.location,
            subject=request.location,
            certainty=certainty(request),
            related=related(request, duration.location),
            calls=() if duration.location and duration.location != request.location else request.calls,
        )


def certainty(request: SessionRequest) -> Confidence:
    """Give HIGH where the duration has one value only, else MEDIUM."""
    return Confidence.HIGH if len(request.durations) == 1 else Confidence.MEDIUM


def related(request: SessionRequest, place: object) -> tuple[Step, ...]:
    """Give the place of the request when the number stands elsewhere."""
    return (Step(request.location, f"{request.name} is asked for here"),) if place != request.location else ()
