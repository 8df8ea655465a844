"""unscoped-role-session: whoever asks over the web is sent credentials with all that the role may do."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.model.finding import Draft
from credlint.model.units import RequestUnit
from credlint.model.values import Step


def check(unit: RequestUnit) -> Iterator[Draft]:
    """Draft a finding for a request without a session policy whose answer is sent to a user."""
    request = unit.request
    if unit.unscoped and request.served is not None:
        yield Draft(
            case="no-session-policy",
            message=f"{request.name} without a policy gives whoever asks all permissions of the role",
            location=request.location,
            subject=request.location,
            related=(Step(request.served, "the credentials are sent from here"),),
            calls=request.calls,
        )
