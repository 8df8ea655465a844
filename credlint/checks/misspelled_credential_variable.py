"""misspelled-credential-variable: half of a set stands under a name that no SDK reads."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.checks.words import role_words
from credlint.model.finding import Confidence, Draft
from credlint.model.units import EnvironmentUnit


def check(unit: EnvironmentUnit) -> Iterator[Draft]:
    """Draft a finding per variable with almost the name of a part that is lacking."""
    if unit.environment.test_context:
        return
    for one in unit.misspelled:
        variable = one.variable
        yield Draft(
            case="misspelled",
            message=(
                f"{variable.name} is no name that an SDK reads: the {role_words(one.role)} belongs in {one.right}, "
                f"which {unit.environment.title} is not given"
            ),
            location=variable.location,
            # In a deployment it is the key id of which other rules tell that something is lacking beside it.
            subject=(unit.declared and one.key) or unit.environment.location,
            certainty=Confidence.MEDIUM if variable.branches or unit.opaque else Confidence.HIGH,
            unless_read=variable.name if unit.declared else "",
        )
