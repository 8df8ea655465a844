"""profile-with-explicit-keys: a profile and keys for one client, or in one environment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from credlint.checks.sdk_words import answers_of, other_places, who_signs
from credlint.checks.static_pairs import profile_variables, static_pairs
from credlint.checks.words import sink_words, source_words
from credlint.model.environments import Variable
from credlint.model.finding import Confidence, Draft
from credlint.model.sinks import EndpointKind
from credlint.model.sources import SdkAnswer
from credlint.model.units import ClientUnit, EnvironmentUnit, ProcessUnit, Standard
from credlint.model.values import (
    Alternative,
    Cloud,
    EnvironmentVariable,
    Origin,
    Parameter,
    Reference,
    ReferenceKind,
    Role,
    Step,
    compatible,
)


def check_client(unit: ClientUnit) -> Iterator[Draft]:
    """Draft a finding for a call that is given both, on one path and both for certain."""
    client = unit.client
    if client.indirect is not None or client.test_context:
        return
    alternatives = client.credentials.alternatives
    bad = [one for one in alternatives if _has_both(one)] or _asked_for(unit)
    if not bad:
        return
    worst = bad[0]
    if client.profile_raises:
        case, message = "sdk-raises", f"{sink_words(client)} gets a profile and keys, and raises"
    else:
        case = "profile-and-keys-in-call"
        message = (
            f"{sink_words(client)} gets keys ({source_words(worst.key_id.origin)}) and a profile: the keys sign, "
            "the profile must exist all the same and only gives the region"
        )
    yield Draft(
        case=case,
        message=message,
        location=worst.profile.location or client.location,
        subject=client.location,
        certainty=Confidence.HIGH if len(bad) == len(alternatives) and _has_both(worst) else Confidence.MEDIUM,
        related=worst.profile.steps[:1],
        calls=client.calls,
    )


def _has_both(alternative: Alternative) -> bool:
    return alternative.profile.is_given() and alternative.key_id.is_given()


def _asked_for(unit: ClientUnit) -> list[Alternative]:
    """Give the paths on which callers must name a profile, while the keys are those that the environment may hold."""
    client = unit.client
    alternatives = client.credentials.alternatives
    if client.calls or any(one.profile.is_missing() for one in alternatives):
        return []
    return [
        one
        for one, standard in zip(alternatives, unit.standard, strict=True)
        if standard is Standard.CHAIN
        and isinstance(one.key_id.origin, EnvironmentVariable)
        and isinstance(one.profile.origin, Parameter)
    ]


def check_process(unit: ProcessUnit) -> Iterator[Draft]:
    """Draft a finding per AWS key pair that stands in one environment with a profile."""
    if unit.endpoint is EndpointKind.LOCAL:
        return
    profiles = [variable for variable in profile_variables(unit) if variable.cloud is Cloud.AWS]
    for pair in static_pairs(unit):
        if pair.cloud is not Cloud.AWS or pair.variable.family not in {profile.family for profile in profiles}:
            continue
        key = pair.alternative.key_id.origin
        for profile in profiles:
            if compatible(profile.branches, pair.alternative.branches) and not _host_decides(profile, key):
                answers = answers_of(unit, Cloud.AWS, pair.alternative.branches, profile.branches)
                places = other_places(answers, (pair.place, profile.key_location))
                # Keys of a file that this one is laid over stand nowhere here: it is the profile that is too much.
                laid_over = pair.place == unit.scope.location and profile.location.path == pair.place.path
                yield Draft(
                    case="profile-beside-environment-keys",
                    message=_process_message(unit, profile, pair.variable, answers),
                    location=profile.key_location if laid_over else pair.place,
                    subject=pair.place,
                    certainty=Confidence.HIGH if pair.certain and not profile.branches else Confidence.MEDIUM,
                    related=(Step(profile.key_location, "the profile that stands beside the keys"), *places),
                )
                break


def check_environment(unit: EnvironmentUnit) -> Iterator[Draft]:
    """Draft a finding for a key id and a profile that code or a script sets for one process, with the secret."""
    environment = unit.environment
    if unit.declared or not environment.child or environment.test_context:
        return  # what a deployment declares is a process of its own
    known = [(one, one.role) for one in environment.variables if one.cloud is Cloud.AWS]
    given = [one for one, role in known if role is not None and one.part(role).is_given()]
    for key in (one for one in given if one.role is Role.KEY_ID):
        for profile in (one for one in given if one.role is Role.PROFILE and one.family == key.family):
            secrets = [one for one in given if one.role is Role.SECRET and one.family == key.family]
            beside = [one for one in secrets if compatible(one.branches, key.branches | profile.branches)]
            if beside and compatible(key.branches, profile.branches) and not _host_decides(profile, key.value):
                yield Draft(
                    case="profile-beside-environment-keys",
                    message=(
                        f"{key.name} and {profile.name} are set for {environment.title}: some SDKs sign with the keys, "
                        "others with the profile"
                    ),
                    location=key.location,
                    subject=key.location,
                    certainty=Confidence.MEDIUM if key.branches or profile.branches else Confidence.HIGH,
                    related=(Step(profile.location, "the profile that stands beside the keys"),),
                )
                break


def _host_decides(profile: Variable, key: Origin) -> bool:
    """Tell whether both are only passed on from the host, which has usually one of them."""
    return all(
        isinstance(origin, Reference) and origin.kind is ReferenceKind.HOST_VARIABLE for origin in (profile.value, key)
    )


def _process_message(unit: ProcessUnit, profile: Variable, key: Variable, answers: Sequence[SdkAnswer]) -> str:
    own = key in unit.scope.variables or profile in unit.scope.variables
    where = f"the environment of {unit.scope.title}" if own else "one environment"
    beside = f"{key.name} and {profile.name} stand in {where}"
    return f"{beside}: {who_signs(answers, unit.scope.location.path)}" if answers else beside
