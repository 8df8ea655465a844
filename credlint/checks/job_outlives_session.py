"""job-outlives-session: a job may run longer than the session that it works with."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.model.finding import Draft
from credlint.model.units import JobTimeUnit
from credlint.model.values import Step

_MINUTE = 60


def check(unit: JobTimeUnit) -> Iterator[Draft]:
    """Draft a finding for the time that a job declares."""
    job = unit.job
    yield Draft(
        case="time-over-session",
        message=(
            f"{job.title} may run {job.seconds // _MINUTE} minutes, and its session ends after "
            f"{job.session_seconds // _MINUTE}"
        ),
        location=job.location,
        subject=job.location,
        related=(Step(job.session, "the session is made here"),),
    )
