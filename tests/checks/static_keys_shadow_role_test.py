"""static-keys-shadow-role on processes built by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from credlint.checks.static_keys_shadow_role import check
from credlint.checks.words import role_step
from credlint.model.environments import RoleBinding, RoleKind, Variable
from credlint.model.finding import Confidence
from credlint.model.sinks import EndpointKind
from credlint.model.units import ProcessUnit
from credlint.model.values import NO_BRANCH, Branches, Cloud, Reference, ReferenceKind, Role, Step
from tests.checks.build import (
    ONE_ARM,
    OTHER_ARM,
    answer,
    at,
    only,
    process_set,
    process_unit,
    role,
    scope,
    silent,
    variable,
)

VALUE = Reference(ReferenceKind.CI_SECRET, "NAME")
KEY = variable("AWS_ACCESS_KEY_ID", Role.KEY_ID, VALUE, 10)
SECRET = variable("AWS_SECRET_ACCESS_KEY", Role.SECRET, VALUE, 11)
KEY_PLACE = at(10, 2, "deploy.yaml")
PLATFORM = [kind for kind in RoleKind if kind is not RoleKind.OIDC]


def unit(
    *roles: RoleBinding,
    pair: tuple[Variable, Variable] = (KEY, SECRET),
    own: bool = True,
    branches: Branches = NO_BRANCH,
    complete: bool = True,
    **changes: object,
) -> ProcessUnit:
    made = process_set(*pair, branches=branches, complete=complete)
    return process_unit(pair, [("aws", made)], own=pair if own else (), roles=roles, **changes)


@pytest.mark.parametrize("kind", PLATFORM)
@pytest.mark.parametrize("own", [False, True])
def test_keys_beside_the_role_of_a_platform(kind: RoleKind, own: bool) -> None:
    draft = only(check(unit(role(kind), own=own)))
    of_machine = kind is RoleKind.INSTANCE_ROLE
    assert draft.case == ("keys-beside-instance-role" if of_machine else "keys-beside-role")
    assert draft.message == f"AWS_ACCESS_KEY_ID wins over {kind.value} of container upload: the static key signs"
    assert draft.location == draft.subject == KEY_PLACE
    assert draft.certainty is Confidence.HIGH
    assert draft.related == (role_step(RoleBinding(kind, Cloud.AWS, at(90, path="deploy.yaml"))),)


def test_keys_that_settings_of_the_project_may_replace() -> None:
    key = replace(KEY, outranked=True)
    draft = only(check(unit(role(RoleKind.WEB_IDENTITY), pair=(key, SECRET), complete=False)))
    assert draft.case == "outranked-keys-beside-role"
    assert draft.message.startswith(
        "AWS_ACCESS_KEY_ID wins over the web identity of container upload, unless a variable of the project takes"
    )
    assert draft.certainty is Confidence.MEDIUM
    # a build has its role whatever else is there
    assert only(check(unit(role(RoleKind.BUILD_ROLE), pair=(key, SECRET)))).case == "keys-beside-role"


def test_keys_of_alibaba() -> None:
    key, secret = replace(KEY, cloud=Cloud.ALIBABA), replace(SECRET, cloud=Cloud.ALIBABA)
    draft = only(check(unit(role(RoleKind.RRSA, cloud=Cloud.ALIBABA), pair=(key, secret))))
    assert "wins over RRSA of container upload:" in draft.message
    assert silent(check(unit(role(RoleKind.RRSA), pair=(key, secret))))


def test_keys_of_another_service() -> None:
    key, secret = replace(KEY, cloud=Cloud.S3_COMPATIBLE), replace(SECRET, cloud=Cloud.S3_COMPATIBLE)
    draft = only(check(unit(role(RoleKind.OIDC, cloud=Cloud.S3_COMPATIBLE), pair=(key, secret))))
    assert "the static key signs" in draft.message


def test_keys_of_a_step_after_an_oidc_step() -> None:
    draft = only(check(unit(role(RoleKind.OIDC))))
    assert draft.case == "keys-after-oidc-step"
    assert draft.message == (
        "AWS_ACCESS_KEY_ID of this step wins over the role that an earlier step assumed by OIDC: the static key signs"
    )
    assert draft.location == draft.subject == KEY_PLACE


def test_inputs_of_another_action_are_read_by_it_alone() -> None:
    key, secret = replace(KEY, name="aws-access-key-id"), replace(SECRET, name="aws-secret-access-key")
    assert silent(check(unit(role(RoleKind.OIDC), pair=(key, secret))))


def test_keys_of_the_job_before_an_oidc_step() -> None:
    assert silent(check(unit(role(RoleKind.OIDC), own=False)))


def test_keys_that_are_inputs_of_the_step_that_assumes_the_role() -> None:
    oidc = role(RoleKind.OIDC)
    draft = only(check(unit(oidc, scope=scope(KEY, SECRET, roles=(oidc,), title="step aws"))))
    assert draft.case == "keys-disable-oidc"
    assert draft.message == (
        "AWS_ACCESS_KEY_ID makes step aws call AssumeRole with the keys; the OIDC token of the job stays unused"
    )
    inherited = unit(oidc, scope=scope(roles=(oidc,)))
    assert silent(check(inherited))
    instance = role(RoleKind.INSTANCE_ROLE)
    beside = unit(instance, scope=scope(KEY, SECRET, roles=(instance,)))
    assert only(check(beside)).case == "keys-beside-instance-role"


# A step that leaves a role to the steps after it


def exporting(*exports: Variable, own: tuple[Variable, ...] = (), kind: RoleKind = RoleKind.OIDC) -> ProcessUnit:
    made = scope(*own, exports=exports, role_exports=(role(kind),), title="step aws")
    return unit(scope=made)


def test_keys_of_the_job_until_the_step_exports_its_own() -> None:
    draft = only(check(exporting(variable("AWS_ACCESS_KEY_ID", Role.KEY_ID, answer()[0], 20))))
    assert draft.case == "keys-before-oidc-step"
    assert draft.message == (
        "AWS_ACCESS_KEY_ID is in force only until step aws exports the keys of its role; the steps before it sign "
        "with the static key"
    )
    assert draft.location == draft.subject == KEY_PLACE
    assert draft.related == (Step(at(90, path="deploy.yaml"), "the role that OIDC gives"),)


@pytest.mark.parametrize(
    "exports",
    [
        (),
        (variable("AWS_ACCESS_KEY_ID", Role.SECRET, VALUE, 20),),
        (variable("AWS_ACCESS_KEY", Role.KEY_ID, VALUE, 20),),
    ],
)
def test_keys_of_the_job_beside_a_profile_of_the_step(exports: tuple[Variable, ...]) -> None:
    draft = only(check(exporting(*exports)))
    assert draft.case == "profile-output-beside-keys"
    assert draft.message == (
        "AWS_ACCESS_KEY_ID wins over the role of step aws, which leaves the environment as it is: the static key signs "
        "unless the profile is named in the call"
    )


def test_an_exporting_step_with_keys_of_its_own() -> None:
    assert silent(check(exporting(own=(KEY, SECRET))))
    assert silent(check(exporting(kind=RoleKind.INSTANCE_ROLE)))
    other = scope(exports=(), role_exports=(role(RoleKind.OIDC, cloud=Cloud.ALIBABA),))
    assert silent(check(unit(scope=other)))


# Arms and certainty


def test_arms() -> None:
    for branches, found in ((ONE_ARM, True), (OTHER_ARM, False)):
        made = unit(role(RoleKind.IRSA, branches=ONE_ARM), branches=branches)
        assert silent(check(made)) is not found
    assert only(check(unit(role(RoleKind.IRSA, branches=ONE_ARM)))).certainty is Confidence.MEDIUM
    assert only(check(unit(role(RoleKind.IRSA), complete=False))).certainty is Confidence.MEDIUM


def test_the_first_role_that_meets_the_pair_is_told() -> None:
    roles = (
        role(RoleKind.RRSA, 91, Cloud.ALIBABA),
        role(RoleKind.IRSA, 92),
        role(RoleKind.INSTANCE_ROLE, 93),
    )
    assert only(check(unit(*roles))).related[0].location == at(92, path="deploy.yaml")
    passed_over = unit(role(RoleKind.OIDC, 91), role(RoleKind.IRSA, 92), own=False)
    assert only(check(passed_over)).related[0].location == at(92, path="deploy.yaml")


def test_every_pair_is_told() -> None:
    short_key = variable("AWS_ACCESS_KEY", Role.KEY_ID, VALUE, 12)
    short_secret = variable("AWS_SECRET_KEY", Role.SECRET, VALUE, 13)
    found = (KEY, SECRET, short_key, short_secret)
    sets = [("aws", process_set(KEY, SECRET)), ("aws-short", process_set(short_key, short_secret))]
    drafts = list(check(process_unit(found, sets, roles=(role(RoleKind.IRSA),))))
    assert [draft.location for draft in drafts] == [KEY_PLACE, at(12, 2, "deploy.yaml")]


@pytest.mark.parametrize("endpoint", list(EndpointKind))
def test_only_the_cloud_gives_roles(endpoint: EndpointKind) -> None:
    local = endpoint in {EndpointKind.LOCAL, EndpointKind.OTHER}
    assert silent(check(unit(role(RoleKind.IRSA), endpoint=endpoint))) is local


def test_silence() -> None:
    assert silent(check(unit()))
    assert silent(check(process_unit([], roles=(role(RoleKind.IRSA),))))
