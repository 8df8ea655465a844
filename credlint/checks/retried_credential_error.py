"""retried-credential-error: the same call is made again after an error that only new credentials cure."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.model.finding import Draft
from credlint.model.units import RetriedErrorUnit
from credlint.model.values import Step


def check(unit: RetriedErrorUnit) -> Iterator[Draft]:
    """Draft a finding for an error that is retried."""
    retried = unit.retried
    yield Draft(
        case="same-client",
        message=f"{retried.code} is retried with the same credentials, which it rejects every time",
        location=retried.location,
        subject=retried.location,
        related=(Step(retried.loop, "the call is made again here"),),
    )
