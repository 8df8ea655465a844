"""credentials-set-in-process: the keys of a role are set for the whole process, and something else asks with them."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.model.finding import Confidence, Draft
from credlint.model.units import InheritedKeyUnit
from credlint.model.values import Step


def check(unit: InheritedKeyUnit) -> Iterator[Draft]:
    """Draft a finding at the place where the key is set."""
    key = unit.key
    if key.test_context:
        return
    if key.repeated:
        case = "kept-for-the-next-call"
        message = f"{key.name} stays set when the handler ends: its next call asks for {key.operation} as the role"
    else:
        case = "later-request-as-the-role"
        message = f"{key.name} is set for the whole process, and a later {key.operation} is signed as the role"
    yield Draft(
        case=case,
        message=message,
        location=key.location,
        subject=key.location,
        certainty=Confidence.HIGH if key.certain else Confidence.MEDIUM,
        related=(Step(key.request, f"{key.operation} is asked for here"),),
    )
