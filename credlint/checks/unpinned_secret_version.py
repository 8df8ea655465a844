"""unpinned-secret-version: a process that runs on is given a key of a Secret, and nothing restarts it on a change."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.model.finding import Draft
from credlint.model.units import ProcessUnit
from credlint.model.values import Reference, ReferenceKind, Role


def check(unit: ProcessUnit) -> Iterator[Draft]:
    """Draft a finding per key id that a container takes from a Secret."""
    if not unit.scope.unpinned:
        return
    for variable in unit.scope.variables:
        value = variable.value
        stored = isinstance(value, Reference) and value.kind is ReferenceKind.KUBERNETES_SECRET
        if variable.role is Role.KEY_ID and stored and isinstance(value, Reference):
            yield Draft(
                case="secret-without-rollout",
                message=(
                    f"{variable.name} of {unit.scope.title} is read from Secret {value.name} once; nothing starts it "
                    "anew when that changes"
                ),
                location=variable.key_location,
                subject=variable.key_location,
            )
