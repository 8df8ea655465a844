"""invalid-session-request: a field that the operation does not take, or a caller that may not call it."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.model.finding import Confidence, Draft
from credlint.model.span import Location
from credlint.model.units import RequestUnit
from credlint.model.usage import Breach, FieldFault
from credlint.model.values import Step

_CASES = {"role_arn": "role-arn", "policy": "policy-too-long", "token_code": "mfa-code", "serial": "mfa-code"}
_OTHER = "name-or-external-id"
_CROWDED = "name-with-role"


def check(unit: RequestUnit) -> Iterator[Draft]:
    """Draft a finding per field that the operation does not take, and for a caller that it does not."""
    request = unit.request
    for breach in unit.breaches:
        setting = breach.setting
        alone = sum(field.role == setting.role for field in request.fields) == 1
        yield Draft(
            case=_CROWDED if breach.fault is FieldFault.CROWDED else _CASES.get(setting.role, _OTHER),
            message=f"{setting.name} {_words(breach)}",
            location=_place(breach) or request.location,
            subject=request.location,
            certainty=Confidence.HIGH if alone else Confidence.MEDIUM,
            related=(*setting.steps[:1], Step(request.location, f"{request.name} is asked for here")),
            trace=(*setting.steps, Step(request.location, f"{request.name} is asked for here"))
            if setting.steps
            else (),
            calls=request.calls,
        )
    if unit.long_lived_caller and request.chained is not None:
        yield Draft(
            case="temporary-caller",
            message=f"{request.name} takes the key of a user only; temporary credentials call it",
            location=request.location,
            subject=request.location,
            related=(Step(request.chained, "the credentials that sign the request come from here"),),
            calls=request.calls,
        )


def _place(breach: Breach) -> Location | None:
    """Give where to mend a field: the argument, or the text that leaves too little room in a name."""
    setting = breach.setting
    first = setting.steps[0].location if setting.steps else None
    if breach.fault is FieldFault.CROWDED and first and setting.location and first.path == setting.location.path:
        return first
    return setting.location


def _words(breach: Breach) -> str:
    match breach.fault:
        case FieldFault.SHORT:
            return f"has fewer than {breach.limit} characters"
        case FieldFault.LONG:
            return f"has more than {breach.limit} characters"
        case FieldFault.CROWDED:
            return f"leaves {breach.limit} characters for the name of the role, which may have more"
        case FieldFault.CHARACTER:
            return f"holds {breach.character!r}, which is not allowed there"
        case FieldFault.CLOUD:
            return f"is one of {breach.foreign}, not of this cloud"
        case _:
            return "is not the ARN of a role"
