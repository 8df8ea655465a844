"""stale-secret-version: a stored secret is read in a version that is no more, or not yet, in use."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.model.finding import Draft
from credlint.model.units import SecretReadUnit


def check(unit: SecretReadUnit) -> Iterator[Draft]:
    """Draft a finding for a stage that is not the current one, unless code rotates secrets or falls back."""
    read = unit.read
    if read.rotates or read.falls_back or read.test_context:
        return
    yield Draft(
        case="other-stage",
        message=f"{read.name} reads the version {read.stage}, which is not the one in use",
        location=read.location,
        subject=read.location,
        calls=read.calls,
    )
