"""broken-profile: a profile of a credentials or config file that no SDK can use."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.model.finding import Draft
from credlint.model.profiles import ProfileFaultKind
from credlint.model.units import ProfileUnit
from credlint.model.values import Step

# Not a profile that is nowhere: it may stand in the other file.
_CASES = {
    ProfileFaultKind.ROLE_WITHOUT_SOURCE: "role-without-source",
    ProfileFaultKind.ROLE_WITH_TWO_SOURCES: "role-with-two-sources",
    ProfileFaultKind.WRONG_CASE: "wrong-case",
    ProfileFaultKind.UNKNOWN_CREDENTIAL_SOURCE: "unknown-credential-source",
    ProfileFaultKind.LOOP: "loop",
    ProfileFaultKind.UNKNOWN_TYPE: "unknown-type",
    ProfileFaultKind.HALF_PAIR: "half-pair",
    ProfileFaultKind.IGNORED_DURATION: "ignored-duration",
    ProfileFaultKind.FOREIGN_HEADER: "foreign-header",
}


def check(unit: ProfileUnit) -> Iterator[Draft]:
    """Draft a finding per fault that a text shows by itself."""
    for fault in () if unit.text.test_context else unit.faults:
        if fault.kind in _CASES:
            yield Draft(
                case=_CASES[fault.kind],
                message=fault.message,
                location=fault.location,
                subject=fault.location,
                related=(Step(fault.other, "and this stands in its way"),) if fault.other else (),
            )
