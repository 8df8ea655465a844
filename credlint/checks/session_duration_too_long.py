"""session-duration-too-long: a duration above what the operation, or role chaining, allows."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.checks.session_duration_too_short import certainty, draft
from credlint.model.copies import Lasting
from credlint.model.facts import Duration, SessionRequest
from credlint.model.finding import Confidence, Draft
from credlint.model.records import replace
from credlint.model.units import RequestUnit
from credlint.model.values import Step


def check(unit: RequestUnit) -> Iterator[Draft]:
    """Draft a finding per duration that is above a maximum that holds for the request."""
    request = unit.request
    for duration in request.durations:
        if duration.seconds is None:
            continue
        if duration.by_default:
            message = (
                f"{request.name} is asked for {duration.seconds} seconds, as nothing else is said: more than a role "
                "gives whose maximum session duration was not raised"
            )
            yield draft(request, duration, "default-above-role-maximum", message, Confidence.MEDIUM)
            continue
        if request.maximum is not None and duration.seconds > request.maximum:
            case = "above-maximum" if request.answers else "role-maximum-too-long"
            message = f"{duration.seconds} seconds are above the maximum of {request.maximum} for {request.name}"
            if duration.lenient:
                case, message = "taken-for-minimum", f"{message}; the minimum of {request.minimum} is asked for instead"
            yield draft(request, duration, case, message, certainty(request))
        else:
            limit = request.chained_maximum
            chained = list(_chained(request, duration, limit)) if limit and duration.seconds > limit else []
            yield from chained
            if not chained and unit.role_lasts is not None and duration.seconds > unit.role_lasts.seconds:
                yield _above_role(request, duration, unit.role_lasts)


def _above_role(request: SessionRequest, duration: Duration, lasting: Lasting) -> Draft:
    message = (
        f"{duration.seconds} seconds are above the {lasting.seconds} that this role allows, as its declaration in "
        f"{lasting.location.path} has it"
    )
    made = draft(request, duration, "above-role-maximum", message, Confidence.MEDIUM)
    return replace(made, related=(Step(lasting.location, "the role and its maximum session duration"), *made.related))


def _chained(request: SessionRequest, duration: Duration, limit: int) -> Iterator[Draft]:
    message = f"{duration.seconds} seconds are above the {limit} that role chaining allows"
    if request.chained is not None:
        message += f": temporary keys call {request.name}"
        made = draft(request, duration, "above-chained-maximum", message, certainty(request))
        origin = Step(request.chained, "the temporary key that signs the request comes from here")
        yield replace(made, related=(origin, *made.related))
    elif request.by_platform:
        message += f": {request.platform_role} calls {request.name}"
        yield draft(request, duration, "above-chained-maximum-by-platform", message, Confidence.MEDIUM)
