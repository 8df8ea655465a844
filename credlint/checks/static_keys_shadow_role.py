"""static-keys-shadow-role: a static key pair wins over the role that the platform gives to the process."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.checks.sdk_words import all_sign_with, answers_of, other_places, who_signs
from credlint.checks.static_pairs import Pair, left_after_keys, static_pairs
from credlint.checks.words import role_step
from credlint.model.environments import RoleBinding, RoleKind, Variable
from credlint.model.finding import Confidence, Draft
from credlint.model.sinks import EndpointKind
from credlint.model.units import ProcessUnit
from credlint.model.values import Cloud, ResponseField, Role, compatible

_NAMES = {Cloud.AWS: "every AWS SDK", Cloud.ALIBABA: "the Alibaba Cloud SDKs", Cloud.S3_COMPATIBLE: "the SDK"}
_OF_ACCOUNTS = frozenset({RoleKind.IRSA, RoleKind.RRSA, RoleKind.POD_IDENTITY})
_SIGN = {Cloud.AWS: "signs", Cloud.ALIBABA: "sign", Cloud.S3_COMPATIBLE: "signs"}


def check(unit: ProcessUnit) -> Iterator[Draft]:
    """Draft a finding per pair that stands beside a role of its cloud."""
    if unit.endpoint in {EndpointKind.LOCAL, EndpointKind.OTHER} or unit.scope.elsewhere:
        return
    if unit.refused:
        yield _reserved(unit, min(unit.refused, key=lambda variable: variable.role is not Role.KEY_ID))
        return
    for pair in static_pairs(unit):
        found = _case(unit, pair)
        if found is None:
            continue
        case, role, message = found
        if unit.scope.test_context and case == "keys-beside-other-source":
            continue  # a manifest that has everything, to try its schema with
        certainty = Confidence.HIGH if pair.certain and not role.branches else Confidence.MEDIUM
        if case == "keys-beside-role-by-template" and _is_choice(unit, pair, role):
            certainty = Confidence.LOW
        answers = answers_of(unit, role.cloud, pair.alternative.branches, role.branches)
        yield Draft(
            case=case,
            message=message,
            location=pair.place,
            subject=pair.place,
            certainty=certainty,
            related=(role_step(role), *other_places(answers, (pair.place, role.location))),
        )


def _reserved(unit: ProcessUnit, variable: Variable) -> Draft:
    message = (
        f"{variable.name} is set for {unit.scope.title}; the platform sets it from the role itself, and refuses an "
        "environment that names it"
    )
    roles = (role_step(role) for role in unit.roles)
    return Draft(
        case="reserved-by-platform",
        message=message,
        location=variable.key_location,
        subject=variable.key_location,
        certainty=Confidence.MEDIUM if variable.branches else Confidence.HIGH,
        related=tuple(roles),
    )


def _case(unit: ProcessUnit, pair: Pair) -> tuple[str, RoleBinding, str] | None:
    name = pair.variable.name
    own = pair.variable in unit.scope.variables
    for role in unit.roles:
        if not _meets(role, pair):
            continue
        if role in unit.scope.roles and own and role.kind is RoleKind.OIDC:
            message = (
                f"{name} makes {unit.scope.title} call AssumeRole with the keys; the OIDC token of the job stays unused"
            )
            return "keys-disable-oidc", role, message
        if role.kind is RoleKind.WEB_IDENTITY and pair.variable.outranked:
            message = (
                f"{name} wins over the web identity of {unit.scope.title}, unless a variable of the project takes its "
                f"place: {_who_signs(unit, pair, role)}"
            )
            return "outranked-keys-beside-role", role, message
        if pair.is_input and role in unit.scope.roles:
            return "keys-beside-other-source", role, _beside_source(unit, pair, role)
        if _may_exclude(unit, pair, role):
            message = f"{_beside_role(unit, pair, role)}, where the template gives it both"
            return "keys-beside-role-by-template", role, message
        if role.kind is not RoleKind.OIDC:
            of_machine = role.kind is RoleKind.INSTANCE_ROLE
            case = "keys-beside-instance-role" if of_machine else "keys-beside-role"
            return case, role, _beside_role(unit, pair, role)
        if (own and not pair.is_input) or left_after_keys(unit, pair):
            return "keys-after-oidc-step", role, _after_oidc(unit, pair, role, own=own)
    for role in unit.scope.role_exports:
        if role.kind is RoleKind.OIDC and _meets(role, pair) and not own:
            return _beside_exports(unit, pair, role)
    return None


def _after_oidc(unit: ProcessUnit, pair: Pair, role: RoleBinding, *, own: bool) -> str:
    """Say what a pair does to a role of an earlier step: it signs, or nothing does where the role's token stays."""
    name, token = pair.variable.name, pair.alternative.token
    what = f"{name} of this step" if own else f"{name}, which this leaves for the steps that follow,"
    if isinstance(token.origin, ResponseField):
        return (
            f"{what} replaces the key of the role that an earlier step assumed by OIDC, but {token.name} of that role "
            "stays beside it: such requests are refused"
        )
    return f"{what} wins over the role that an earlier step assumed by OIDC: {_who_signs(unit, pair, role)}"


def _beside_source(unit: ProcessUnit, pair: Pair, role: RoleBinding) -> str:
    what = "the provider chain" if role.kind is RoleKind.OWN_CHAIN else role.kind.value
    return (
        f"{pair.variable.name} gives {unit.scope.title} static keys, and beside them it is told to use {what}: only "
        "one of the two signs"
    )


def _may_exclude(unit: ProcessUnit, pair: Pair, role: RoleBinding) -> bool:
    """Tell whether a template puts role and keys under conditions of which one may hold without the other."""
    if role.kind not in _OF_ACCOUNTS:
        return False
    around = unit.scope.branches
    return role.branches - around != pair.variable.branches - around


def _is_choice(unit: ProcessUnit, pair: Pair, role: RoleBinding) -> bool:
    """Tell whether role and keys stand under a condition each: a chart that lets its user choose."""
    around = unit.scope.branches
    return bool(role.branches - around) and bool(pair.variable.branches - around)


def _beside_role(unit: ProcessUnit, pair: Pair, role: RoleBinding) -> str:
    name, token = pair.variable.name, pair.alternative.token
    if unit.scope.injected and token.name in unit.scope.injected and token.is_missing():
        return (
            f"{name} takes the place of the key that {role.kind.value} gives {unit.scope.title}, beside {token.name} "
            "of the role: the two do not belong together"
        )
    return f"{name} wins over {role.kind.value} of {unit.scope.title}: {_who_signs(unit, pair, role)}"


def _who_signs(unit: ProcessUnit, pair: Pair, role: RoleBinding) -> str:
    """Say which SDKs sign with what, in short where all of them sign with the pair."""
    answers = answers_of(unit, role.cloud, pair.alternative.branches, role.branches)
    if not answers:
        return "the static key signs"
    if all_sign_with(answers, pair.variable.name):
        return f"{_NAMES[role.cloud]} {_SIGN[role.cloud]} with the static key"
    return who_signs(answers, unit.scope.location.path)


def _meets(role: RoleBinding, pair: Pair) -> bool:
    """Tell whether role and pair are of one cloud and can be there together."""
    return pair.cloud is role.cloud and compatible(role.branches, pair.alternative.branches)


def _beside_exports(unit: ProcessUnit, pair: Pair, role: RoleBinding) -> tuple[str, RoleBinding, str]:
    """Name the case of a pair of an outer scope beside a step that assumes a role."""
    name = pair.variable.name
    exported = {variable.name for variable in unit.scope.exports if variable.role is Role.KEY_ID}
    if name in exported:
        message = (
            f"{name} is in force only until {unit.scope.title} exports the keys of its role; the steps before it sign "
            "with the static key"
        )
        return "keys-before-oidc-step", role, message
    message = (
        f"{name} wins over the role of {unit.scope.title}, which leaves the environment as it is: the static key signs "
        "unless the profile is named in the call"
    )
    return "profile-output-beside-keys", role, message
