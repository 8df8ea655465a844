"""incomplete-role-binding: a way to a role that lacks something, so that another identity signs, or none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from credlint.checks.static_pairs import given_pairs
from credlint.checks.words import role_step
from credlint.model.environments import GapKind, RoleBinding, RoleKind, Variable
from credlint.model.finding import Confidence, Draft
from credlint.model.sinks import EndpointKind
from credlint.model.units import GapUnit, ProcessUnit
from credlint.model.values import Cloud, Reference, ReferenceKind, Role, Step

_IDENTITY = (Role.ROLE_ARN, Role.WEB_IDENTITY_FILE, Role.IDENTITY_PROVIDER)
_SOURCES = frozenset({Role.PROFILE, Role.CONFIG_FILE, Role.CREDENTIALS_FILE, Role.CONTAINER_URI})
_WORDS = {
    Role.ROLE_ARN: "a role",
    Role.WEB_IDENTITY_FILE: "the file of a token",
    Role.IDENTITY_PROVIDER: "the provider of identities",
}
_ENCODED_OBJECT = "eyJ"
"""How a JWT begins: the Base64 of an object."""
_CASES = {
    GapKind.NO_PERMISSION: "oidc-without-permission",
    GapKind.NO_IDENTITY_TOKEN: "token-not-asked-for",
    GapKind.NO_PROVIDER: "role-without-provider",
    GapKind.OPTION_WITHOUT_ROLE: "option-without-role",
    GapKind.FALSE_IS_TRUE: "false-taken-for-true",
    GapKind.SECRETS_NOT_INHERITED: "secrets-not-inherited",
    GapKind.OTHER_CLOUD: "role-of-another-cloud",
    GapKind.NO_TEXT: "switch-not-quoted",
    GapKind.TOKEN_LIFETIME: "token-lifetime-replaced",
}
_REFUSED_CALL = "{title} assumes a role by OIDC, and its caller has no id-token: write, which it cannot grant itself"
"""A workflow that is called may have less than its caller, never more: GitHub refuses one that asks for it."""
_SENTENCES = {
    GapKind.NO_PERMISSION: "{title} assumes a role by OIDC, and nothing grants its job id-token: write",
    GapKind.NO_IDENTITY_TOKEN: "{title} uses the token of OIDC and does not ask for it: {name} is not true",
    GapKind.NO_PROVIDER: "{title} names a role and no {name}; the RAM role of the machine would have to assume it",
    GapKind.OPTION_WITHOUT_ROLE: "{name} of {title} does nothing: no role is named",
    GapKind.FALSE_IS_TRUE: "{name} of {title} says false, and any text switches it on",
    GapKind.OTHER_CLOUD: "{name} of {title} names a role that its webhook cannot give",
    GapKind.NO_TEXT: "{name} of {title} is a truth value to YAML, and Kubernetes takes only a text",
    GapKind.TOKEN_LIFETIME: "{name} of {title} is not what its webhook takes: {detail}",
    GapKind.SECRETS_NOT_INHERITED: "{title} calls a workflow that uses the secret {name}, blank as none is handed on",
}


def check_gap(unit: GapUnit) -> Iterator[Draft]:
    """Draft a finding for what a step, job or call lacks."""
    gap = unit.gap
    related = (Step(gap.other, "it is needed here"),) if gap.other is not None else ()
    called = gap.kind is GapKind.NO_PERMISSION and gap.other is not None
    sentence = _REFUSED_CALL if called else _SENTENCES[gap.kind]
    message = sentence.format(title=gap.title, name=gap.name, detail=gap.detail)
    yield Draft(_CASES[gap.kind], message, gap.location, gap.location, related=related)


def check_process(unit: ProcessUnit) -> Iterator[Draft]:
    """Draft a finding for annotations of a role on a Pod, and for a web identity of which a part is not given."""
    yield from _misplaced(unit)
    yield from _token_for_file(unit)
    if unit.opaque or unit.scope.scripted or unit.endpoint in {EndpointKind.LOCAL, EndpointKind.OTHER}:
        return
    families = {one.family for one in unit.variables if one.role in _IDENTITY}
    for family in sorted(name for name in families if name):
        given = _given(unit, family)
        needed = _IDENTITY if _is_alibaba(given) else _IDENTITY[:2]
        missing = [role for role in needed if role not in given]
        if given and missing:
            yield from _incomplete(unit, given, missing)


def _token_for_file(unit: ProcessUnit) -> Iterator[Draft]:
    """Draft a finding for a token that stands where the path of its file should."""
    files = (one for one in (*unit.variables, *unit.scope.scripted) if one.role is Role.WEB_IDENTITY_FILE)
    for one in dict.fromkeys(files):
        token = isinstance(one.value, Reference) and one.value.kind is ReferenceKind.IDENTITY_TOKEN
        if token or (one.plain or "").startswith(_ENCODED_OBJECT):
            yield Draft(
                case="token-for-file",
                message=(
                    f"{one.name} of {unit.scope.title} holds the token itself; the SDKs look for a file of that name"
                ),
                location=one.key_location,
                subject=one.key_location,
                certainty=Confidence.MEDIUM if one.branches or one.outranked else Confidence.HIGH,
            )


def _misplaced(unit: ProcessUnit) -> Iterator[Draft]:
    for role in unit.scope.misplaced:
        if any(one.kind is role.kind for one in unit.roles):
            continue
        known = unit.account_known or not unit.scope.service_account
        yield Draft(
            case="annotation-on-pod",
            message=(
                f"the annotation gives {unit.scope.title} no role: {role.kind.value} reads the annotations of the "
                "ServiceAccount, and those of a Pod never"
            ),
            location=role.location,
            subject=role.location,
            certainty=Confidence.HIGH if known and not role.branches else Confidence.MEDIUM,
        )


def _given(unit: ProcessUnit, family: str) -> dict[Role, Variable]:
    """Give the variables of a web identity that are there, or may be."""
    found = {}
    for one in unit.variables:
        if one.family == family and one.role in _IDENTITY and not one.part(one.role).is_missing():
            found[one.role] = one
    return found


def _is_alibaba(given: Mapping[Role, Variable]) -> bool:
    return any(one.cloud is Cloud.ALIBABA for one in given.values())


def _incomplete(unit: ProcessUnit, given: Mapping[Role, Variable], missing: list[Role]) -> Iterator[Draft]:
    first = next(given[role] for role in reversed(_IDENTITY) if role in given)
    injected = next((one for one in unit.roles if one.cloud is first.cloud and one.kind is not RoleKind.OIDC), None)
    lacking = " and ".join(_WORDS[role] for role in missing)
    if injected is not None:
        if injected.kind is RoleKind.IRSA and _is_own(unit, first):
            yield _stopped(unit, first, injected)
        return
    alone = set(given) == {Role.ROLE_ARN}
    if alone and (_has_other_source(unit, first) or unit.scope.image is None):
        return
    may_be_injected = unit.scope.service_account is not None and not unit.account_known
    if _is_alibaba(given):
        case, outcome = "partial-rrsa", "the SDKs pass over it and take the RAM role of the node"
    elif alone:
        case, outcome = "half-web-identity", "the SDKs pass over it and take the role of the machine"
    else:
        case, outcome = "half-web-identity", "boto3 and the AWS CLI stop there"
    given_words = _WORDS[first.role or Role.ROLE_ARN]
    yield Draft(
        case=case,
        message=f"{first.name} gives {unit.scope.title} {given_words} without {lacking}: {outcome}",
        location=first.key_location,
        subject=first.key_location,
        # An application may read a role by itself, and the webhook of RRSA may add the others.
        certainty=Confidence.MEDIUM if alone or may_be_injected or first.branches else Confidence.HIGH,
    )


def _is_own(unit: ProcessUnit, variable: Variable) -> bool:
    """Tell whether the container itself sets a variable: the webhook sees no other."""
    own = {(one.name, one.key_location) for one in unit.scope.variables}
    return (variable.name, variable.key_location) in own


def _stopped(unit: ProcessUnit, variable: Variable, role: RoleBinding) -> Draft:
    return Draft(
        case="injection-stopped",
        message=(
            f"{variable.name} is set by hand for {unit.scope.title}, so that the webhook of EKS injects neither it nor "
            "the other half of the web identity; the role of the ServiceAccount is not used"
        ),
        location=variable.key_location,
        subject=variable.key_location,
        certainty=Confidence.MEDIUM if variable.branches or role.branches else Confidence.HIGH,
        related=(role_step(role),),
    )


def _has_other_source(unit: ProcessUnit, variable: Variable) -> bool:
    """Tell whether the process has credentials with which an application may assume a role by itself."""
    pairs = any(pair.cloud is variable.cloud for pair in given_pairs(unit))
    named = any(one.role in _SOURCES and one.cloud is variable.cloud for one in unit.variables)
    return pairs or named or bool(unit.mounts)
