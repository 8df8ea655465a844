"""logged-credentials: a secret, or an object whose text holds one, reaches a log or the output."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.model.facts import ExposureKind
from credlint.model.finding import Confidence, Draft
from credlint.model.units import ExposureUnit
from credlint.model.values import Step

_CASES = {
    ExposureKind.PRINT: "secret-logged",
    ExposureKind.LOG: "secret-logged",
    ExposureKind.COMMAND_OUTPUT: "command-output",
    ExposureKind.EXPORT: "export-statement",
    ExposureKind.DEBUG_LOG: "debug-log",
}


def check(unit: ExposureUnit) -> Iterator[Draft]:
    """Draft a finding for an exposure that is output; a command line is another rule's."""
    exposure = unit.exposure
    if exposure.kind not in _CASES:
        return
    certainty = Confidence.HIGH if exposure.certain else Confidence.MEDIUM
    related = (Step(exposure.origin, "it comes from here"),) if exposure.origin != exposure.location else ()
    yield Draft(
        case=_CASES[exposure.kind],
        message=f"{exposure.sink} shows {exposure.what}",
        location=exposure.location,
        subject=exposure.location,
        certainty=Confidence.LOW if exposure.suspected else certainty,
        related=related,
        trace=(*exposure.steps, Step(exposure.location, "shown here")) if exposure.steps else (),
        calls=exposure.calls,
    )
