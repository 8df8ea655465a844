"""silent-credential-fallback: when the intended source of credentials fails, the code goes on with another one."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.model.finding import Confidence, Draft
from credlint.model.lasting import FallbackKind
from credlint.model.units import FallbackUnit
from credlint.model.values import Step


def check(unit: FallbackUnit) -> Iterator[Draft]:
    """Draft a finding for another source that stands in; the parent key has a rule of its own."""
    fallback = unit.fallback
    if fallback.kind is FallbackKind.PARENT_KEY:
        return
    yield Draft(
        case="other-source",
        message=f"{fallback.sink} takes {fallback.kind.value} when {fallback.intended} fails, and the program goes on",
        location=fallback.location,
        subject=fallback.location,
        certainty=Confidence.HIGH if fallback.certain else Confidence.MEDIUM,
        related=(Step(fallback.intended_at, f"{fallback.intended} is meant"),),
        trace=(
            Step(fallback.intended_at, f"{fallback.intended} is meant, and fails"),
            Step(fallback.location, f"{fallback.kind.value} stands in"),
        ),
    )
