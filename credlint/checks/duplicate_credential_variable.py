"""duplicate-credential-variable: one place gives a credential variable twice."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.model.finding import Confidence, Draft
from credlint.model.units import RepeatUnit
from credlint.model.values import Literal, Origin, Step, Unknown


def check(unit: RepeatUnit) -> Iterator[Draft]:
    """Draft a finding for the last of the two, which counts."""
    repeated = unit.repeated
    differ, certainty = _differ(repeated.first_value, repeated.value)
    case, said = ("different-values", "to different values") if differ else ("same-value", "here")
    yield Draft(
        case=case,
        message=f"{repeated.name} is set twice {said}; the last one counts where the file is taken at all",
        location=repeated.location,
        # Parts that do not fit together, as the last value is that of another key, are the same defect.
        subject=unit.client or repeated.location,
        certainty=certainty,
        related=(Step(repeated.first, "set here first"),),
    )


def _differ(one: Origin, other: Origin) -> tuple[bool, Confidence]:
    """Tell whether two values differ, and how sure that is: two secrets may hold the same."""
    if one == other or isinstance(one, Unknown) or isinstance(other, Unknown):
        return False, Confidence.HIGH
    both = isinstance(one, Literal) and isinstance(other, Literal)
    return True, Confidence.HIGH if both else Confidence.MEDIUM
