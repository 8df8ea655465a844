"""credentials-in-command-line: a secret is an argument of a command, which every user of the machine can read."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.model.facts import ExposureKind
from credlint.model.finding import Confidence, Draft
from credlint.model.units import ExposureUnit
from credlint.model.values import Step

_CASES = {ExposureKind.COMMAND_LINE: "in-arguments", ExposureKind.CONFIGURATION: "configured-in-ci"}


def check(unit: ExposureUnit) -> Iterator[Draft]:
    """Draft a finding for a secret that is handed to a command as an argument."""
    exposure = unit.exposure
    case = _CASES.get(exposure.kind)
    if case is None:
        return
    end = Step(exposure.location, "handed to the command here")
    yield Draft(
        case=case,
        message=f"{exposure.what} stands on a command line, which the list of processes shows",
        location=exposure.location,
        subject=exposure.location,
        certainty=Confidence.HIGH if exposure.certain else Confidence.MEDIUM,
        related=(Step(exposure.origin, "it comes from here"),),
        trace=(*exposure.steps, end) if exposure.steps else (),
        calls=exposure.calls,
    )
