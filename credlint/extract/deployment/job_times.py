"""How long a job may run, and how long the session lasts that its steps work with."""

from __future__ import annotations

from credlint.catalogue.deployment_shapes import Shape
from credlint.extract.deployment.durations import duration_of
from credlint.extract.deployment.reading import Reading
from credlint.extract.deployment.tree import Node, scalar, value_at
from credlint.model.environments import JobTime
from credlint.model.facts import SessionRequest
from credlint.model.span import Location

_SECONDS_PER_MINUTE = 60


def note_job_time(
    node: Node, shape: Shape, title: str, before: tuple[tuple[Location, str], ...], reading: Reading
) -> None:
    """Note the time of a job, when it makes one session: who makes several makes them anew on the way.

    `before` are the requests that were there before its steps were read.
    """
    limit = scalar(value_at(node, shape.minutes))
    minutes = duration_of(limit.text) if limit is not None and not limit.templated else None
    known = frozenset(before)
    requests = [one for key, one in reading.found.requests.items() if key not in known and one.answers]
    if limit is None or minutes is None or len(requests) != 1:
        return
    seconds = _lasts(requests[0], reading)
    if seconds is not None:
        place = reading.value_location(limit)
        made = JobTime(title, minutes * _SECONDS_PER_MINUTE, place, seconds, requests[0].location)
        reading.found.job_times.setdefault(place, made)


def _lasts(request: SessionRequest, reading: Reading) -> int | None:
    """Give how long the session of a request lasts, None where that is not known."""
    if not request.durations:
        return reading.catalogue.operation(request.operation).default
    return request.durations[0].seconds if len(request.durations) == 1 else None
