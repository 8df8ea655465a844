"""Session requests with what their operation says about them, and the clients of their flow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from credlint.catalogue.operations import FieldRule, Operation
from credlint.catalogue.types import Catalogue
from credlint.credentials.account import role_of_arn
from credlint.credentials.endpoints import read_host
from credlint.credentials.grammar import is_placeholder
from credlint.link.accounts import key_accounts
from credlint.link.endpoints import request_mismatches
from credlint.model.copies import Lasting
from credlint.model.facts import FileFacts, SessionRequest, Setting
from credlint.model.project import Settings
from credlint.model.units import RequestUnit
from credlint.model.usage import Breach, FieldFault
from credlint.model.values import Absent, Blank, Lifetime, Literal, NoneValue, Parameter

_ROLE_ARN = "role_arn"

Limits = Mapping[tuple[str, str], Lasting]
"""How long sessions of the roles of a run may last, by cloud and name."""


def role_limits(files: Sequence[FileFacts]) -> Limits:
    """Give the limits of the roles of a run that one declaration makes; two of one name may be of two accounts."""
    found: dict[tuple[str, str], list[Lasting | None]] = {}
    for resource in (one for facts in files for one in facts.resources):
        cloud, _, kind = resource.kind.partition(" ")
        if kind and resource.name:
            found.setdefault((cloud, resource.name), []).append(None if resource.opaque else resource.lasting)
    return {role: lasting for role, (lasting, *others) in found.items() if lasting is not None and not others}


def request_units(facts: FileFacts, catalogue: Catalogue, limits: Limits | None = None) -> Iterator[RequestUnit]:
    """Give a unit per session request of a file; `limits` are those of the roles of the run."""
    for request in facts.requests:
        operation = catalogue.operation(request.operation)
        shape = operation.shape
        issues = shape is not None and shape.lifetime is Lifetime.TEMPORARY
        yield RequestUnit(
            request=request,
            accounts=key_accounts(request.caller, facts, catalogue),
            breaches=() if request.test_context else tuple(_breaches(request, operation, catalogue)),
            mismatches=tuple(request_mismatches(request, catalogue)),
            long_lived_caller=operation.long_lived_caller,
            unscoped=_is_unscoped(request, operation),
            issues=issues and operation.service in catalogue.identity_services,
            clients=tuple(one for one in facts.clients if not set(one.flows).isdisjoint(request.flows)),
            role_lasts=_role_lasts(request, limits or {}),
        )


def _role_lasts(request: SessionRequest, limits: Limits) -> Lasting | None:
    """Give the limit of the one role that a request is certainly for."""
    named = {field.plain for field in request.fields if field.role == _ROLE_ARN}
    arn = next(iter(named)) if len(named) == 1 else None
    name = role_of_arn(arn) if arn and request.answers and not request.test_context else None
    return limits.get((request.cloud.value, name)) if name else None


def _is_unscoped(request: SessionRequest, operation: Operation) -> bool:
    """Tell whether a request that can be narrowed certainly is not."""
    if not operation.scoped_by or request.open:
        return False
    scopes = [field for field in request.fields if field.role in operation.scoped_by]
    return all(isinstance(field.origin, Absent | NoneValue | Blank) for field in scopes)


def _breaches(request: SessionRequest, operation: Operation, catalogue: Catalogue) -> Iterator[Breach]:
    if _is_elsewhere(request, catalogue):
        return
    for role, rule in operation.fields:
        fields = [field for field in request.fields if field.role == role]
        # where a variable or an option may give it, an empty default only stands in for it
        alone = all(isinstance(field.origin, Blank | Parameter) for field in fields)
        for field in fields:
            breach = _breach(field, rule, operation, catalogue)
            if breach is not None and (alone or not isinstance(field.origin, Blank)):
                yield breach


def _is_elsewhere(request: SessionRequest, catalogue: Catalogue) -> bool:
    """Tell whether a request goes to a host that is none of the cloud's: what it takes there is not known."""
    return any(
        one.role == "endpoint" and (not one.plain or read_host(one.plain, catalogue) is None)
        for one in request.settings
    )


def _breach(field: Setting, rule: FieldRule, operation: Operation, catalogue: Catalogue) -> Breach | None:
    """Give what is wrong with a field; a stand-in is nothing to judge."""
    texts = [piece.reveal() for piece in field.pieces]
    if isinstance(field.origin, Blank):
        # a blank role is one to fill in
        return Breach(field, FieldFault.SHORT, rule.minimum) if rule.minimum and not rule.form else None
    foreign = _cloud_of(texts[0], operation, catalogue) if rule.form and isinstance(field.origin, Literal) else ""
    if foreign:
        return Breach(field, FieldFault.CLOUD, foreign=foreign)  # a stand-in of another cloud is not one to fill in
    if (rule.alphabet or rule.form) and any(_is_stand_in(text, catalogue) for text in texts):
        return None
    for text in texts:
        wrong = re.sub(f"[{rule.alphabet}]", "", text, flags=re.ASCII) if rule.alphabet else ""
        if wrong:
            return Breach(field, FieldFault.CHARACTER, character=wrong[0])
    if isinstance(field.origin, Literal) and rule.form and not re.fullmatch(rule.form, texts[0], re.ASCII):
        return Breach(field, FieldFault.FORM)
    if field.length is not None and rule.maximum is not None and field.length > rule.maximum:
        return Breach(field, FieldFault.LONG, rule.maximum)
    if field.beside_role is not None and rule.room is not None and rule.maximum is not None:
        left = rule.maximum - field.beside_role
        return Breach(field, FieldFault.CROWDED, left) if left < rule.room else None
    if field.whole and rule.minimum is not None and len(texts[0]) < rule.minimum:
        return Breach(field, FieldFault.SHORT, rule.minimum)
    return None


def _is_stand_in(text: str, catalogue: Catalogue) -> bool:
    """Tell whether a text is what somebody is meant to replace; a short word or an example's number is none here."""
    grammar = catalogue.grammar
    return len(text) >= 8 and is_placeholder(text, grammar, Settings())


def _cloud_of(text: str, operation: Operation, catalogue: Catalogue) -> str:
    """Give the other cloud whose identities a text names, or ""."""
    for one in catalogue.partitions:
        if one.cloud is not operation.cloud and text.startswith(one.arns):
            return one.name
    return ""
