"""region-endpoint-mismatch: region, endpoint and role of one client belong to different places."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.model.finding import Confidence, Draft
from credlint.model.span import Location
from credlint.model.units import PlaceUnit, ProcessUnit, RequestUnit
from credlint.model.usage import EndpointMismatch, Mismatch
from credlint.model.values import Step

_CASES = {
    Mismatch.PARTITION: "other-partition",
    Mismatch.SERVICE: "other-service",
    Mismatch.REGION: "other-region",
    Mismatch.FORM: "region-not-bare",
}


def check(unit: PlaceUnit) -> Iterator[Draft]:
    """Draft a finding per pair of settings of a client that do not go together."""
    client = unit.client
    for found in unit.mismatches:
        what = f"{client.sink}({client.service})" if client.service else client.sink
        yield _draft(found, what, client.location, client.calls)


def check_request(unit: RequestUnit) -> Iterator[Draft]:
    """Draft a finding per role that the partition of a request's region does not have."""
    request = unit.request
    for found in unit.mismatches:
        yield _draft(found, request.name, request.location, request.calls)


def check_process(unit: ProcessUnit) -> Iterator[Draft]:
    """Draft a finding per pair of variables of a process that do not go together."""
    for found in unit.mismatches:
        service = found.kind is Mismatch.SERVICE
        what = f"{found.setting.name} of {unit.scope.title}" if service else unit.scope.title
        yield _draft(found, what, found.setting.location or unit.scope.location, ())


def _draft(found: EndpointMismatch, what: str, place: Location, calls: tuple[Location, ...]) -> Draft:
    return Draft(
        case=_CASES[found.kind],
        message=_message(found, what),
        location=found.setting.location or place,
        subject=place,
        certainty=Confidence.HIGH if found.certain else Confidence.MEDIUM,
        related=(Step(found.other, f"{found.two} is set here"),) if found.other is not None else (),
        calls=calls,
    )


def _message(found: EndpointMismatch, what: str) -> str:
    match found.kind:
        case Mismatch.SERVICE:
            return f"{what} is for {found.one}, and the endpoint is one of {found.two}"
        case Mismatch.FORM:
            return f"{what} is given {found.one} as its region; the region is {found.two}"
        case _:
            return f"{what} is given {found.one} together with {found.two}"
