"""profile-with-role: a profile is named for a process that has a role, or beside keys that win over it."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.checks.sdk_words import answers_of, of_cloud, other_places, who_signs, world_with
from credlint.checks.static_pairs import Pair, given_pairs, profile_variables
from credlint.checks.words import role_step
from credlint.model.environments import RoleBinding, Variable
from credlint.model.finding import Confidence, Draft
from credlint.model.sinks import EndpointKind
from credlint.model.span import Location
from credlint.model.units import ProcessUnit
from credlint.model.values import PROFILE_FILES, Cloud, Reference, ReferenceKind, Step, compatible


def check(unit: ProcessUnit) -> Iterator[Draft]:
    """Draft a finding per profile variable that stands beside a role, or for Alibaba beside keys."""
    if unit.endpoint is EndpointKind.LOCAL:
        return
    pairs = list(given_pairs(unit))
    for variable in profile_variables(unit):
        if isinstance(variable.value, Reference) and variable.value.kind is ReferenceKind.HOST_VARIABLE:
            continue  # whoever starts it decides
        if variable.plain in unit.profiles_written:
            continue  # what it holds is no accident
        if unit.scope.script and (unit.scope.opaque or any(one.role in PROFILE_FILES for one in unit.variables)):
            continue  # nor is it where the script takes a profile out of a file that is named or made for it
        yield from _beside(unit, variable, pairs)


def _beside(unit: ProcessUnit, variable: Variable, pairs: list[Pair]) -> Iterator[Draft]:
    cloud = variable.cloud
    same = [pair for pair in pairs if pair.cloud is cloud and compatible(pair.alternative.branches, variable.branches)]
    subject = same[0].place if same else variable.key_location
    for role in unit.roles:
        if role.cloud is cloud and compatible(role.branches, variable.branches):
            yield _with_role(unit, variable, role, subject)
            return
    if cloud is Cloud.ALIBABA:
        family = [pair for pair in same if pair.family == variable.family]
        for pair in family[:1]:
            answers = answers_of(unit, cloud, pair.alternative.branches, variable.branches)
            beside = f"{variable.name} is not read beside {pair.variable.name}"
            message = _told(beside, who_signs(answers, unit.scope.location.path) if answers else "")
            related = (Step(pair.place, "the keys that win"),)
            yield _draft("alibaba-profile-ignored", message, variable, variable.key_location, related)


def _with_role(unit: ProcessUnit, variable: Variable, role: RoleBinding, subject: Location) -> Draft:
    taken = variable.branches, role.branches
    related = (
        role_step(role),
        *other_places(answers_of(unit, role.cloud, *taken), (variable.key_location, role.location)),
    )
    said = _who_signs(unit, variable, role)
    of_role = f"the role that {role.kind.value} gives to {unit.scope.title}"
    if role.cloud is Cloud.ALIBABA:
        message = _told(f"{variable.name} is not read beside {of_role}", said)
        return _draft("alibaba-profile-ignored", message, variable, subject, related)
    message = _told(f"{variable.name} stands beside {of_role}", said)
    return _draft("aws-profile-with-role", message, variable, subject, related)


def _told(what: str, then: str) -> str:
    return f"{what}: {then}" if then else what


def _who_signs(unit: ProcessUnit, variable: Variable, role: RoleBinding) -> str:
    """Say what each SDK signs with: of a profile that no file shows, for keys in it, a role, and without it."""
    world = world_with(unit, variable.branches, role.branches)
    if world is None:
        return ""
    path = unit.scope.location.path
    if not world.with_keys:
        return who_signs(of_cloud(world.answers, role.cloud), path)
    supposed = (world.with_keys, world.with_role, world.without_profile)
    keys, other, absent = (who_signs(of_cloud(each, role.cloud), path) for each in supposed)
    said = keys if keys == other else f"if the profile holds keys, {keys}; if it holds a role, {other}"
    return said if absent in {keys, ""} else f"{said}; if no file holds it, {absent}"


def _draft(case: str, message: str, variable: Variable, subject: Location, related: tuple[Step, ...]) -> Draft:
    return Draft(
        case=case,
        message=message,
        location=variable.key_location,
        subject=subject,
        certainty=Confidence.MEDIUM if variable.branches else Confidence.HIGH,
        related=related,
    )
