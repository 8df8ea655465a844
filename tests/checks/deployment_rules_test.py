"""Checks that see what deployments declare: bindings of roles, files of profiles, values, jobs and rollouts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from credlint.checks import (
    corrupted_credential_value,
    credentials_file_shadows_role,
    damaged_by_transform,
    duplicate_credential_variable,
    incomplete_role_binding,
    job_outlives_session,
    profile_without_config_file,
    static_keys_where_role_possible,
    unpinned_secret_version,
)
from credlint.model.environments import (
    BindingGap,
    CorruptedValue,
    CorruptionKind,
    GapKind,
    JobTime,
    Mount,
    ProfileFiles,
    RepeatedVariable,
    RoleKind,
    Variable,
)
from credlint.model.facts import RoleWay
from credlint.model.finding import Confidence
from credlint.model.secret import SecretText
from credlint.model.sinks import EndpointKind
from credlint.model.units import CorruptedUnit, GapUnit, JobTimeUnit, RepeatUnit
from credlint.model.values import (
    NO_BRANCH,
    Absent,
    Blank,
    Cloud,
    Literal,
    NoneValue,
    Origin,
    Reference,
    ReferenceKind,
    Role,
    Unknown,
)
from tests.checks.build import (
    ONE_ARM,
    alternative,
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

STORED = Reference(ReferenceKind.CI_SECRET, "NAME")
TEXT = Literal(SecretText("sandbox"))
KEY = variable("AWS_ACCESS_KEY_ID", Role.KEY_ID, STORED, 10)
SECRET = variable("AWS_SECRET_ACCESS_KEY", Role.SECRET, STORED, 11)
PAIR = [("aws", process_set(KEY, SECRET))]
PROFILE = variable("AWS_PROFILE", Role.PROFILE, TEXT, 12)
ROLE = variable("AWS_ROLE_ARN", Role.ROLE_ARN, TEXT, 13)
TOKEN_FILE = variable("AWS_WEB_IDENTITY_TOKEN_FILE", Role.WEB_IDENTITY_FILE, TEXT, 14)
FOLDER = Mount("/root/.aws", "secret", "aws", at(30, path="deploy.yaml"), holds_profiles=True)


# -- incomplete-role-binding


@pytest.mark.parametrize("kind", list(GapKind))
def test_every_gap_has_its_case(kind: GapKind) -> None:
    draft = only(incomplete_role_binding.check_gap(GapUnit(BindingGap(kind, Cloud.AWS, "step one", "name", at(3)))))
    assert draft.location == at(3)
    assert draft.message


def container(*found: Variable, **changes: object) -> object:
    return scope(*found, image="registry.example/upload:3", **changes)


@pytest.mark.parametrize(
    ("found", "certainty"),
    [
        ([TOKEN_FILE], Confidence.HIGH),
        ([ROLE], Confidence.MEDIUM),
        ([replace(TOKEN_FILE, branches=ONE_ARM)], Confidence.MEDIUM),
    ],
)
def test_half_a_web_identity(found: list[Variable], certainty: Confidence) -> None:
    draft = only(incomplete_role_binding.check_process(process_unit(found, scope=container(*found))))
    assert (draft.case, draft.certainty) == ("half-web-identity", certainty)


@pytest.mark.parametrize(
    "unit",
    [
        process_unit([ROLE, TOKEN_FILE], scope=container(ROLE, TOKEN_FILE)),
        process_unit([TOKEN_FILE], opaque=True),
        process_unit([TOKEN_FILE], scope=scope(TOKEN_FILE, scripted=(ROLE,))),
        process_unit([TOKEN_FILE], endpoint=EndpointKind.LOCAL),
        process_unit([replace(TOKEN_FILE, value=Blank())]),
        process_unit([ROLE]),  # no container: an action may read it
        process_unit([ROLE, PROFILE], scope=container(ROLE, PROFILE)),
        process_unit([ROLE], scope=container(ROLE), mounts=(FOLDER,)),
        process_unit([KEY, SECRET, ROLE], PAIR, scope=container(ROLE)),
        process_unit([ROLE], scope=container(ROLE), roles=(role(RoleKind.TASK_ROLE),)),
        # From a ConfigMap: the webhook does not see it.
        process_unit([ROLE], own=[], roles=(role(RoleKind.IRSA),)),
        process_unit([replace(ROLE, family=None)]),
    ],
)
def test_bindings_that_are_complete_or_not_known(unit: object) -> None:
    assert silent(incomplete_role_binding.check_process(unit))  # type: ignore[arg-type]


@pytest.mark.parametrize("branches", [NO_BRANCH, ONE_ARM])
def test_injection_is_stopped(branches: object) -> None:
    one = replace(ROLE, branches=branches)
    draft = only(incomplete_role_binding.check_process(process_unit([one], roles=(role(RoleKind.IRSA),))))
    assert draft.case == "injection-stopped"
    assert draft.certainty is (Confidence.MEDIUM if branches else Confidence.HIGH)


def test_two_of_three_of_rrsa() -> None:
    names = [("ALIBABA_CLOUD_ROLE_ARN", Role.ROLE_ARN), ("ALIBABA_CLOUD_OIDC_TOKEN_FILE", Role.WEB_IDENTITY_FILE)]
    found = [variable(name, part, TEXT, 20 + line, Cloud.ALIBABA) for line, (name, part) in enumerate(names)]
    sure = only(incomplete_role_binding.check_process(process_unit(found)))
    assert (sure.case, sure.certainty) == ("partial-rrsa", Confidence.HIGH)
    injected = scope(*found, service_account="upload")
    doubtful = only(incomplete_role_binding.check_process(process_unit(found, scope=injected)))
    assert doubtful.certainty is Confidence.MEDIUM


@pytest.mark.parametrize(("account", "known", "sure"), [(None, False, True), ("a", True, True), ("a", False, False)])
def test_annotation_on_a_pod(account: str | None, known: bool, sure: bool) -> None:
    placed = scope(misplaced=(role(RoleKind.IRSA),), service_account=account)
    draft = only(incomplete_role_binding.check_process(process_unit([], scope=placed, account_known=known)))
    assert draft.case == "annotation-on-pod"
    assert draft.certainty is (Confidence.HIGH if sure else Confidence.MEDIUM)
    bound = process_unit([], scope=placed, roles=(role(RoleKind.IRSA, 91),))
    assert silent(incomplete_role_binding.check_process(bound))


def test_annotation_on_a_pod_in_an_arm_of_a_template() -> None:
    placed = scope(misplaced=(replace(role(RoleKind.IRSA), branches=ONE_ARM),))
    assert only(incomplete_role_binding.check_process(process_unit([], scope=placed))).certainty is Confidence.MEDIUM


@pytest.mark.parametrize(
    ("changes", "certainty"),
    [
        ({}, Confidence.HIGH),
        ({"branches": ONE_ARM}, Confidence.MEDIUM),
        ({"outranked": True}, Confidence.MEDIUM),
        ({"plain": "eyJhbGciOiJSUzI1NiJ9.e30.c2ln", "value": TEXT}, Confidence.HIGH),
    ],
)
def test_a_token_for_its_file(changes: dict[str, object], certainty: Confidence) -> None:
    token = Reference(ReferenceKind.IDENTITY_TOKEN, "TOKEN")
    one = replace(TOKEN_FILE, **{"value": token, **changes})
    draft = only(incomplete_role_binding.check_process(process_unit([one, ROLE])))
    assert (draft.case, draft.certainty) == ("token-for-file", certainty)


def test_a_role_of_a_job_completes_no_web_identity() -> None:
    draft = only(incomplete_role_binding.check_process(process_unit([TOKEN_FILE], roles=(role(RoleKind.OIDC),))))
    assert draft.case == "half-web-identity"


def test_injection_of_an_arm_is_stopped() -> None:
    bound = (replace(role(RoleKind.IRSA), branches=ONE_ARM),)
    draft = only(incomplete_role_binding.check_process(process_unit([ROLE], roles=bound)))
    assert (draft.case, draft.certainty) == ("injection-stopped", Confidence.MEDIUM)


# -- profile-without-config-file

HOST = replace(PROFILE, value=Reference(ReferenceKind.HOST_VARIABLE, "AWS_PROFILE"))
FUNCTION = (role(RoleKind.FUNCTION_ROLE),)


@pytest.mark.parametrize(
    ("unit", "case"),
    [
        (process_unit([PROFILE], roles=FUNCTION), "function-without-file"),
        (process_unit([PROFILE], scope=scope(PROFILE, profile_files=ProfileFiles.ABSENT)), "known-image"),
        (process_unit([PROFILE], scope=scope(PROFILE, profile_files=ProfileFiles.UNKNOWN)), "opaque-image"),
        (
            process_unit([HOST], scope=scope(HOST, profile_files=ProfileFiles.ABSENT), files_beside=at(5)),
            "file-of-a-sibling",
        ),
        (
            process_unit([HOST], scope=scope(HOST, profile_files=ProfileFiles.UNKNOWN), files_beside=at(5)),
            "opaque-image",
        ),
    ],
)
def test_a_profile_without_a_file(unit: object, case: str) -> None:
    draft = only(profile_without_config_file.check(unit))  # type: ignore[arg-type]
    assert (draft.case, draft.certainty) == (case, Confidence.HIGH)


@pytest.mark.parametrize(
    "unit",
    [
        process_unit([PROFILE]),
        process_unit([PROFILE], opaque=True, roles=FUNCTION),
        process_unit([PROFILE], endpoint=EndpointKind.LOCAL, roles=FUNCTION),
        process_unit([PROFILE, variable("AWS_CONFIG_FILE", Role.CONFIG_FILE, TEXT, 20)], roles=FUNCTION),
        process_unit([replace(PROFILE, cloud=Cloud.ALIBABA)], roles=FUNCTION),
        process_unit([replace(PROFILE, outranked=True)], roles=FUNCTION),
        process_unit([KEY, SECRET, PROFILE], PAIR, roles=FUNCTION),
        process_unit([HOST], roles=FUNCTION),
        process_unit([HOST], scope=scope(HOST, profile_files=ProfileFiles.BROUGHT), files_beside=at(5)),
        process_unit([PROFILE], scope=scope(PROFILE, profile_files=ProfileFiles.BROUGHT)),
        process_unit([PROFILE], scope=scope(PROFILE, profile_files=ProfileFiles.UNKNOWN), roles=(role(RoleKind.IRSA),)),
    ],
)
def test_a_profile_that_may_be_there(unit: object) -> None:
    assert silent(profile_without_config_file.check(unit))  # type: ignore[arg-type]


def test_a_profile_in_an_arm() -> None:
    unit = process_unit([replace(PROFILE, branches=ONE_ARM)], roles=FUNCTION)
    assert only(profile_without_config_file.check(unit)).certainty is Confidence.MEDIUM


# -- credentials-file-shadows-role

TASK = (role(RoleKind.TASK_ROLE),)
NAMED = variable("AWS_SHARED_CREDENTIALS_FILE", Role.CREDENTIALS_FILE, TEXT, 15)


def test_the_subject_is_the_strongest_source() -> None:
    found = credentials_file_shadows_role.check
    assert only(found(process_unit([], mounts=(FOLDER,), roles=TASK))).subject == FOLDER.location
    assert only(found(process_unit([NAMED], roles=TASK))).subject == NAMED.key_location
    assert only(found(process_unit([PROFILE], mounts=(FOLDER,), roles=TASK))).subject == PROFILE.key_location
    with_keys = process_unit([KEY, SECRET, PROFILE], PAIR, mounts=(FOLDER,), roles=TASK)
    assert only(found(with_keys)).subject == KEY.key_location
    in_an_arm = process_unit([NAMED], roles=(role(RoleKind.TASK_ROLE, branches=ONE_ARM),))
    assert only(found(in_an_arm)).certainty is Confidence.MEDIUM


@pytest.mark.parametrize(
    "unit",
    [
        process_unit([], mounts=(FOLDER,)),
        process_unit([], roles=TASK),
        process_unit([], mounts=(FOLDER,), roles=TASK, endpoint=EndpointKind.OTHER),
        process_unit([], mounts=(replace(FOLDER, holds_profiles=False),), roles=TASK),
        process_unit([], mounts=(FOLDER,), roles=TASK, files_seen=True),
        process_unit([], mounts=(FOLDER,), roles=(role(RoleKind.IRSA),)),
        process_unit([], mounts=(FOLDER,), roles=(role(RoleKind.RRSA, cloud=Cloud.ALIBABA),)),
        process_unit([replace(NAMED, value=Literal(SecretText("/dev/null")))], roles=TASK),
        process_unit([replace(NAMED, value=STORED)], roles=TASK),
    ],
)
def test_no_file_wins(unit: object) -> None:
    assert silent(credentials_file_shadows_role.check(unit))  # type: ignore[arg-type]


# -- values, jobs, rollouts, keys


@pytest.mark.parametrize("kind", list(CorruptionKind))
def test_every_corruption_is_told_by_one_rule(kind: CorruptionKind) -> None:
    unit = CorruptedUnit(CorruptedValue(kind, Role.SECRET, Cloud.AWS, "AWS_SECRET_ACCESS_KEY", at(4)))
    drafts = [*corrupted_credential_value.check(unit), *damaged_by_transform.check_value(unit)]
    assert [draft.location for draft in drafts] == [at(4)]


@pytest.mark.parametrize(
    ("one", "other", "case", "certainty"),
    [
        (TEXT, TEXT, "same-value", Confidence.HIGH),
        (TEXT, Literal(SecretText("other")), "different-values", Confidence.HIGH),
        (TEXT, STORED, "different-values", Confidence.MEDIUM),
        (TEXT, Unknown("template"), "same-value", Confidence.HIGH),
        (Unknown("template"), NoneValue(), "same-value", Confidence.HIGH),
    ],
)
def test_a_variable_twice(one: Origin, other: Origin, case: str, certainty: Confidence) -> None:
    repeated = RepeatedVariable("AWS_PROFILE", at(5), other, at(4), one)
    draft = only(duplicate_credential_variable.check(RepeatUnit(repeated)))
    assert (draft.case, draft.certainty, draft.location) == (case, certainty, at(5))


def test_a_job_over_its_session() -> None:
    draft = only(job_outlives_session.check(JobTimeUnit(JobTime("job a", 7200, at(3), 3600, at(8)))))
    assert "120 minutes" in draft.message
    assert "60" in draft.message


def test_keys_of_what_runs_on() -> None:
    stored = Reference(ReferenceKind.KUBERNETES_SECRET, "upload", "id")
    found = [replace(KEY, value=stored), replace(SECRET, value=stored), PROFILE]
    tied, loose = process_unit(found), process_unit(found, scope=scope(*found, unpinned=True))
    assert silent(unpinned_secret_version.check(tied))
    assert only(unpinned_secret_version.check(loose)).location == KEY.key_location
    assert silent(unpinned_secret_version.check(process_unit([KEY], scope=scope(KEY, unpinned=True))))


WAY = RoleWay("a job can assume a role", at(7))


@pytest.mark.parametrize(
    ("origins", "changes", "fires"),
    [
        ((STORED, STORED, Absent()), {}, True),
        ((STORED, Absent(), Absent()), {}, True),
        ((Reference(ReferenceKind.CI_VARIABLE, "ID"), STORED, Absent()), {}, True),
        ((Reference(ReferenceKind.TEMPLATE_VALUE, "key.id"), STORED, Absent()), {}, True),
        ((STORED, STORED, Absent()), {"role_way": None}, False),
        ((STORED, STORED, STORED), {}, False),
        ((STORED, Unknown("x"), Absent()), {}, False),
        ((TEXT, TEXT, Absent()), {}, False),
        ((STORED, STORED, Absent()), {"endpoint": EndpointKind.OTHER}, False),
        ((STORED, STORED, Absent()), {"endpoint": EndpointKind.UNKNOWN}, False),
        ((STORED, STORED, Absent()), {"endpoint": EndpointKind.UNKNOWN, "cloud": Cloud.ALIBABA}, True),
        ((Reference(ReferenceKind.INPUT, "ID"), STORED, Absent()), {}, False),
    ],
)
def test_long_lived_keys(origins: tuple[Origin, Origin, Origin], changes: dict[str, object], fires: bool) -> None:
    made = client(alternative(*origins), **{"role_way": WAY, "endpoint": EndpointKind.ABSENT, **changes})
    found = list(static_keys_where_role_possible.check(client_unit(made)))
    assert [draft.location for draft in found] == [at(7)] * fires


def test_long_lived_keys_are_told_once() -> None:
    pair = alternative(STORED, STORED)
    made = client(pair, pair, role_way=WAY, endpoint=EndpointKind.ABSENT)
    assert only(static_keys_where_role_possible.check(client_unit(made))).location == at(7)


def test_keys_of_another_service() -> None:
    made = client(alternative(STORED, STORED), role_way=WAY, endpoint=EndpointKind.ABSENT)
    assert silent(static_keys_where_role_possible.check(client_unit(made, foreign=("Cloudflare R2",))))
