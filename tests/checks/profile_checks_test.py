"""profile-with-explicit-keys and profile-with-role on facts built by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from credlint.checks import profile_with_explicit_keys, profile_with_role
from credlint.checks.words import role_step
from credlint.model.environments import RoleBinding, RoleKind, Variable
from credlint.model.finding import Confidence
from credlint.model.secret import SecretText
from credlint.model.sinks import EndpointKind
from credlint.model.units import ProcessUnit
from credlint.model.values import (
    NO_BRANCH,
    Absent,
    Blank,
    Branches,
    Cloud,
    CredentialSet,
    EnvironmentVariable,
    Literal,
    NoneValue,
    Origin,
    Parameter,
    Part,
    Reference,
    ReferenceKind,
    Role,
    Step,
    Unknown,
)
from tests.checks.build import (
    ONE_ARM,
    OTHER_ARM,
    SINK,
    alternative,
    answer,
    at,
    client,
    client_unit,
    only,
    process_set,
    process_unit,
    role,
    scope,
    silent,
    variable,
)

check_client = profile_with_explicit_keys.check_client
check_process = profile_with_explicit_keys.check_process
with_role = profile_with_role.check

DEV = Literal(SecretText("dev"))
KEY_ORIGIN, SECRET_ORIGIN = EnvironmentVariable("KEY"), EnvironmentVariable("SECRET")
BOTH = alternative(KEY_ORIGIN, SECRET_ORIGIN, None, DEV)

# One client


def test_a_call_with_both() -> None:
    draft = only(check_client(client_unit(client(BOTH, calls=(at(40),)))))
    assert draft.case == "profile-and-keys-in-call"
    assert draft.message == (
        "boto3.client(s3) gets keys (KEY) and a profile: the keys sign, the profile must exist all the same and only "
        "gives the region"
    )
    assert draft.location == at(50, 40)
    assert draft.subject == SINK
    assert draft.certainty is Confidence.HIGH
    assert draft.calls == (at(40),)


def test_an_sdk_that_raises() -> None:
    draft = only(check_client(client_unit(client(BOTH, profile_raises=True))))
    assert draft.case == "sdk-raises"
    assert draft.message == "boto3.client(s3) gets a profile and keys, and raises"
    assert draft.location == at(50, 40)


def test_a_profile_without_a_place_is_told_at_the_sink() -> None:
    made = replace(BOTH, profile=Part(Role.PROFILE, DEV, "profile", None))
    assert only(check_client(client_unit(client(made)))).location == SINK


@pytest.mark.parametrize("origin", [Absent(), NoneValue(), Blank(), Unknown("why"), Parameter("p")])
def test_both_must_be_given_for_certain(origin: Origin) -> None:
    assert silent(check_client(client_unit(client(alternative(KEY_ORIGIN, SECRET_ORIGIN, None, origin)))))
    assert silent(check_client(client_unit(client(alternative(origin, SECRET_ORIGIN, None, DEV)))))


def test_on_some_path_it_is_possible() -> None:
    keys = alternative(KEY_ORIGIN, SECRET_ORIGIN)
    for alternatives in ((BOTH, keys), (keys, BOTH)):
        assert only(check_client(client_unit(client(*alternatives)))).certainty is Confidence.MEDIUM
    assert only(check_client(client_unit(client(BOTH, BOTH)))).certainty is Confidence.HIGH


def test_silence_of_clients() -> None:
    assert silent(check_client(client_unit(client(BOTH, indirect=at(2)))))
    assert silent(check_client(client_unit(client())))


# One process

VALUE = Reference(ReferenceKind.CI_SECRET, "NAME")
HOST = Reference(ReferenceKind.HOST_VARIABLE, "NAME")
KEY = variable("AWS_ACCESS_KEY_ID", Role.KEY_ID, VALUE, 10)
SECRET = variable("AWS_SECRET_ACCESS_KEY", Role.SECRET, VALUE, 11)
PROFILE = variable("AWS_PROFILE", Role.PROFILE, DEV, 12)
PROFILE_PLACE = at(12, 2, "deploy.yaml")
KEY_PLACE = at(10, 2, "deploy.yaml")


def unit(
    *profiles: Variable,
    pair: tuple[Variable, Variable] = (KEY, SECRET),
    own: tuple[Variable, ...] | None = None,
    branches: Branches = NO_BRANCH,
    complete: bool = True,
    family: str = "aws",
    **changes: object,
) -> ProcessUnit:
    made = process_set(*pair, branches=branches, complete=complete)
    return process_unit((*pair, *profiles), [(family, made)], own=own, **changes)


def test_a_profile_beside_keys() -> None:
    draft = only(check_process(unit(PROFILE)))
    assert draft.case == "profile-beside-environment-keys"
    assert draft.message == "AWS_ACCESS_KEY_ID and AWS_PROFILE stand in the environment of container upload"
    assert draft.location == draft.subject == KEY_PLACE
    assert draft.certainty is Confidence.HIGH
    assert draft.related == (Step(PROFILE_PLACE, "the profile that stands beside the keys"),)


@pytest.mark.parametrize(("own", "named"), [((KEY, SECRET), True), ((PROFILE,), True), ((SECRET,), False), ((), False)])
def test_the_process_is_named_where_one_of_both_is_its_own(own: tuple[Variable, ...], named: bool) -> None:
    message = only(check_process(unit(PROFILE, own=own))).message
    assert ("stand in the environment of container upload" in message) is named
    assert ("stand in one environment" in message) is not named


def test_one_finding_per_pair() -> None:
    other = variable("AWS_DEFAULT_PROFILE", Role.PROFILE, DEV, 13)
    assert only(check_process(unit(PROFILE, other))).related[0].location == PROFILE_PLACE
    incompatible = replace(PROFILE, branches=OTHER_ARM)
    assert only(check_process(unit(incompatible, other, branches=ONE_ARM))).related[0].location == at(
        13, 2, "deploy.yaml"
    )


def test_arms_and_certainty() -> None:
    in_arm = replace(PROFILE, branches=ONE_ARM)
    assert silent(check_process(unit(in_arm, branches=OTHER_ARM)))
    assert only(check_process(unit(in_arm, branches=ONE_ARM))).certainty is Confidence.MEDIUM
    assert only(check_process(unit(PROFILE, complete=False))).certainty is Confidence.MEDIUM


@pytest.mark.parametrize(("profile", "key", "found"), [(HOST, HOST, False), (HOST, VALUE, True), (DEV, HOST, True)])
def test_what_is_only_passed_on_is_the_hosts_matter(profile: Origin, key: Origin, found: bool) -> None:
    pair = (replace(KEY, value=key), SECRET)
    assert silent(check_process(unit(replace(PROFILE, value=profile), pair=pair))) is not found


def test_other_clouds_and_families_do_not_meet() -> None:
    alibaba = (replace(KEY, cloud=Cloud.ALIBABA), replace(SECRET, cloud=Cloud.ALIBABA))
    assert silent(check_process(unit(PROFILE, pair=alibaba)))
    assert silent(check_process(unit(replace(PROFILE, cloud=Cloud.ALIBABA))))
    assert silent(check_process(unit(replace(PROFILE, family="django-storages"))))
    assert silent(check_process(unit(replace(PROFILE, value=Blank()))))
    assert silent(check_process(unit()))


@pytest.mark.parametrize("endpoint", list(EndpointKind))
def test_a_local_stand_in_takes_any_key(endpoint: EndpointKind) -> None:
    assert silent(check_process(unit(PROFILE, endpoint=endpoint))) is (endpoint is EndpointKind.LOCAL)


# A profile beside a role


def beside(*roles: RoleBinding, **changes: object) -> ProcessUnit:
    return process_unit([PROFILE], roles=roles, **changes)


@pytest.mark.parametrize("kind", list(RoleKind))
def test_a_profile_beside_a_role(kind: RoleKind) -> None:
    draft = only(with_role(beside(role(kind))))
    assert draft.case == "aws-profile-with-role"
    assert draft.message == f"AWS_PROFILE stands beside the role that {kind.value} gives to container upload"
    assert draft.location == draft.subject == PROFILE_PLACE
    assert draft.certainty is Confidence.HIGH
    assert draft.related == (role_step(RoleBinding(kind, Cloud.AWS, at(90, path="deploy.yaml"))),)


def test_keys_beside_both_are_the_subject() -> None:
    made = unit(PROFILE, roles=(role(RoleKind.IRSA),))
    draft = only(with_role(made))
    assert draft.location == PROFILE_PLACE
    assert draft.subject == KEY_PLACE
    answered = (replace(KEY, value=answer()[0]), replace(SECRET, value=answer()[1]))
    assert only(with_role(unit(PROFILE, pair=answered, roles=(role(RoleKind.OIDC),)))).subject == KEY_PLACE
    other_cloud = (replace(KEY, cloud=Cloud.ALIBABA), SECRET)
    assert only(with_role(unit(PROFILE, pair=other_cloud, roles=(role(RoleKind.IRSA),)))).subject == PROFILE_PLACE


ALIBABA_PROFILE = variable("ALIBABA_CLOUD_PROFILE", Role.PROFILE, DEV, 12, Cloud.ALIBABA)
ALIBABA_PAIR = (
    variable("ALIBABA_CLOUD_ACCESS_KEY_ID", Role.KEY_ID, VALUE, 10, Cloud.ALIBABA),
    variable("ALIBABA_CLOUD_ACCESS_KEY_SECRET", Role.SECRET, VALUE, 11, Cloud.ALIBABA),
)


def alibaba(*profiles: Variable, **changes: object) -> ProcessUnit:
    return unit(*profiles, **{"pair": ALIBABA_PAIR, "family": "alibaba", **changes})  # type: ignore[arg-type]


def test_a_profile_of_alibaba_beside_a_role() -> None:
    made = process_unit([ALIBABA_PROFILE], roles=(role(RoleKind.RRSA, cloud=Cloud.ALIBABA),))
    draft = only(with_role(made))
    assert draft.case == "alibaba-profile-ignored"
    assert draft.message == "ALIBABA_CLOUD_PROFILE is not read beside the role that RRSA gives to container upload"
    assert draft.location == draft.subject == PROFILE_PLACE
    assert draft.related == (Step(at(90, path="deploy.yaml"), "the role that RRSA gives"),)


def test_a_profile_of_alibaba_beside_keys() -> None:
    draft = only(with_role(alibaba(ALIBABA_PROFILE)))
    assert draft.case == "alibaba-profile-ignored"
    assert draft.message == "ALIBABA_CLOUD_PROFILE is not read beside ALIBABA_CLOUD_ACCESS_KEY_ID"
    assert draft.location == draft.subject == PROFILE_PLACE
    assert draft.related == (Step(KEY_PLACE, "the keys that win"),)


def test_a_profile_of_alibaba_beside_keys_and_a_role_is_told_once() -> None:
    draft = only(with_role(alibaba(ALIBABA_PROFILE, roles=(role(RoleKind.RRSA, cloud=Cloud.ALIBABA),))))
    assert "RRSA" in draft.message
    assert draft.subject == KEY_PLACE


def test_several_pairs_beside_a_profile_of_alibaba_are_told_once() -> None:
    pair = process_set(*ALIBABA_PAIR).alternatives
    both = CredentialSet((*pair, *pair))
    made = process_unit((*ALIBABA_PAIR, ALIBABA_PROFILE), [("alibaba", both)])
    assert len(list(with_role(made))) == 1


def test_a_profile_of_aws_beside_keys_is_another_rule() -> None:
    assert silent(with_role(unit(PROFILE)))
    assert silent(with_role(alibaba(replace(ALIBABA_PROFILE, family="oss"))))
    assert silent(with_role(alibaba(ALIBABA_PROFILE, family="oss")))


def test_arms_of_profiles_and_roles() -> None:
    in_arm = replace(PROFILE, branches=ONE_ARM)
    assert only(with_role(process_unit([in_arm], roles=(role(RoleKind.IRSA),)))).certainty is Confidence.MEDIUM
    assert silent(with_role(process_unit([in_arm], roles=(role(RoleKind.IRSA, branches=OTHER_ARM),))))
    assert silent(with_role(alibaba(replace(ALIBABA_PROFILE, branches=ONE_ARM), branches=OTHER_ARM)))
    assert only(with_role(alibaba(replace(ALIBABA_PROFILE, branches=ONE_ARM)))).certainty is Confidence.MEDIUM


def test_the_first_role_of_the_cloud_is_told() -> None:
    roles = (role(RoleKind.RRSA, 91, Cloud.ALIBABA), role(RoleKind.IRSA, 92), role(RoleKind.OIDC, 93))
    assert only(with_role(beside(*roles))).related[0].location == at(92, path="deploy.yaml")


def test_every_profile_is_told() -> None:
    other = variable("AWS_DEFAULT_PROFILE", Role.PROFILE, DEV, 13)
    made = process_unit([PROFILE, other], roles=(role(RoleKind.IRSA),))
    assert [draft.location for draft in with_role(made)] == [PROFILE_PLACE, at(13, 2, "deploy.yaml")]


def test_a_profile_of_the_host_is_the_hosts_matter() -> None:
    host = process_unit([replace(PROFILE, value=HOST)], roles=(role(RoleKind.IRSA),))
    assert silent(with_role(host))
    ci = process_unit([replace(PROFILE, value=VALUE)], roles=(role(RoleKind.IRSA),))
    assert not silent(with_role(ci))


def test_a_profile_that_the_job_itself_writes() -> None:
    written = replace(PROFILE, plain="dev")
    made = process_unit([written], roles=(role(RoleKind.IRSA),))
    assert silent(with_role(replace(made, profiles_written=frozenset({"dev"}))))
    assert not silent(with_role(replace(made, profiles_written=frozenset({"other"}))))


def test_silence_of_roles() -> None:
    assert silent(with_role(beside()))
    assert silent(with_role(beside(role(RoleKind.RRSA, cloud=Cloud.ALIBABA))))
    assert silent(with_role(beside(role(RoleKind.IRSA), endpoint=EndpointKind.LOCAL)))
    assert not silent(with_role(beside(role(RoleKind.IRSA), endpoint=EndpointKind.OTHER)))
    assert silent(with_role(process_unit([], roles=(role(RoleKind.IRSA),))))


def test_titles_are_those_of_the_scope() -> None:
    made = beside(role(RoleKind.IRSA), scope=scope(PROFILE, title="step deploy"))
    assert "gives to step deploy" in only(with_role(made)).message
