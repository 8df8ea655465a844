"""Clients and calls whose service refuses the credentials that they are made with."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.catalogue.operations import Refusal
from credlint.catalogue.types import Catalogue
from credlint.link.preferences import foreign_service
from credlint.model.facts import FileFacts, Language
from credlint.model.records import replace
from credlint.model.sinks import EndpointKind
from credlint.model.units import CallUnit
from credlint.model.usage import Refused
from credlint.model.values import Absent, Alternative, CredentialSet, NoneValue, ResponseField


def call_units(facts: FileFacts, catalogue: Catalogue) -> Iterator[CallUnit]:
    """Give a unit per call of a file that its service refuses, or that another service should have got."""
    for call in facts.service_calls:
        refused = refusal(call.credentials, call.service, call.method, facts, catalogue)
        if refused is None and facts.language is Language.YAML:  # no client is told of there
            refused = refusal(call.credentials, call.service, "", facts, catalogue)
        foreign: tuple[str | None, ...] = ()
        if call.endpoint is EndpointKind.ABSENT:
            sets = call.credentials.alternatives
            foreign = tuple(foreign_service(one, call.cloud, facts, catalogue) for one in sets)
        if refused is not None or any(foreign):
            yield CallUnit(call, refused, foreign)


def refusal(
    credentials: CredentialSet, service: str | None, method: str, facts: FileFacts, catalogue: Catalogue
) -> Refused | None:
    """Tell why a service refuses credentials for a method of its client ("" for any), or give None."""
    found = [_refused(one, service, method, facts, catalogue) for one in credentials.alternatives]
    reasons = [one for one in found if one is not None]
    if not reasons:
        return None
    return replace(reasons[0], certain=len(reasons) == len(found) and credentials.complete)


def _refused(
    alternative: Alternative, service: str | None, method: str, facts: FileFacts, catalogue: Catalogue
) -> Refused | None:
    origin = alternative.key_id.origin
    operation = catalogue.operations.get(origin.operation) if isinstance(origin, ResponseField) else None
    if operation is None or not isinstance(origin, ResponseField):
        return None
    for rule in operation.refused:
        if rule.service == service and (method in rule.methods if rule.methods else not method):
            lacking = operation.parameter(rule.unless) if rule.unless else ""
            if rule.unless is None or _lacks(origin, rule, facts):
                return Refused(operation.name, origin.request, rule.service, lacking or "")
    return None


def _lacks(origin: ResponseField, rule: Refusal, facts: FileFacts) -> bool:
    """Tell whether the request certainly went without what would have lifted the refusal."""
    requests = [one for one in facts.requests if one.location == origin.request]
    given = [field for one in requests for field in one.fields if field.role == rule.unless]
    sure = bool(requests) and not any(one.open for one in requests)
    return sure and all(isinstance(field.origin, Absent | NoneValue) for field in given)
