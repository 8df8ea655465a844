"""profile-set-in-process on facts built by hand."""

from __future__ import annotations

import pytest

from credlint.checks.profile_set_in_process import check
from credlint.model.environments import WriteKind
from credlint.model.finding import Confidence
from credlint.model.values import Blank, NoneValue, Origin, Role, Step
from tests.checks.build import ONE_ARM, OTHER_ARM, at, only, silent, write, write_unit

DEV = write(8, "dev")


def test_a_profile_for_the_whole_process() -> None:
    draft = only(check(write_unit(DEV)))
    assert draft.case == "set-for-process"
    assert draft.message == ("AWS_PROFILE is set for the whole process: every later client of it changes identity")
    assert draft.location == draft.subject == at(8)
    assert draft.certainty is Confidence.HIGH
    assert draft.related == ()


@pytest.mark.parametrize("kind", [WriteKind.ASSIGN, WriteKind.SETDEFAULT])
def test_every_kind_of_write_changes_the_process(kind: WriteKind) -> None:
    assert only(check(write_unit(write(8, "dev", kind=kind)))).case == "set-for-process"


def test_putenv_changes_nothing_that_sdks_see() -> None:
    draft = only(check(write_unit(write(8, "dev", kind=WriteKind.PUTENV), others=(write(9, "prod"),), keys_set=at(2))))
    assert draft.case == "putenv"
    assert draft.message == "AWS_PROFILE is set by putenv, which SDKs in this process do not see"
    assert draft.related == ()


def test_two_values() -> None:
    draft = only(check(write_unit(DEV, others=(write(9, "prod"),))))
    assert draft.case == "two-values"
    assert draft.message == "AWS_PROFILE is set to dev for the whole process, and elsewhere to prod"
    assert draft.location == at(8)
    assert draft.related == (Step(at(9), "AWS_PROFILE is prod here"),)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (DEV, write(9, "dev")),
        (DEV, write(9, None)),
        (DEV, write(9, "prod", name="AWS_DEFAULT_PROFILE")),
        (write(8, None), write(9, "prod")),
        (DEV, write(9, "prod", kind=WriteKind.PUTENV)),
        (write(8, "dev", branches=ONE_ARM), write(9, "prod", branches=OTHER_ARM)),
    ],
)
def test_not_two_values(one: object, other: object) -> None:
    assert only(check(write_unit(one, others=(other,)))).case == "set-for-process"  # type: ignore[arg-type]


def test_two_values_of_arms_that_may_both_be_taken() -> None:
    one = write(8, "dev", branches=ONE_ARM)
    assert only(check(write_unit(one, others=(write(9, "prod", branches=ONE_ARM),)))).case == "two-values"
    third = write(10, "test", branches=OTHER_ARM)
    assert only(check(write_unit(one, others=(third, write(9, "prod"))))).related[0].location == at(9)


def test_beside_keys() -> None:
    draft = only(check(write_unit(DEV, keys_set=at(2), clients_before=(at(1),))))
    assert draft.case == "beside-environment-keys"
    assert draft.message == ("AWS_PROFILE is set beside environment keys, which win over it in boto3 and the AWS CLI")
    assert draft.related == (Step(at(2), "the keys that win are set here"),)
    assert only(check(write_unit(DEV, keys_set=at(2), others=(write(9, "prod"),)))).case == "two-values"


def test_after_the_first_client() -> None:
    draft = only(check(write_unit(write(8, "dev", from_option=True), clients_before=(at(1), at(2)))))
    assert draft.case == "after-first-client"
    assert draft.message == (
        "AWS_PROFILE is set after a client of the default session was made: its key stays, its region may change"
    )
    assert draft.related == (Step(at(1), "the default session is made here"),)


def test_an_option_of_the_program() -> None:
    draft = only(check(write_unit(write(8, None, from_option=True))))
    assert draft.case == "program-option"
    assert draft.message == "AWS_PROFILE is set for the whole process from an option of the program"


@pytest.mark.parametrize("value", [NoneValue(), Blank()])
def test_a_profile_that_is_taken_away(value: Origin) -> None:
    assert silent(check(write_unit(write(8, "", value=value))))


def test_a_profile_that_is_put_back() -> None:
    assert silent(check(write_unit(write(8, "dev", restores=True))))
    assert silent(check(write_unit(DEV, others=(write(9, None, restores=True),))))
    other = write(9, None, restores=True, name="AWS_DEFAULT_PROFILE")
    assert not silent(check(write_unit(DEV, others=(other,))))


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.PROFILE])
def test_other_variables_are_other_rules(role: Role) -> None:
    assert silent(check(write_unit(write(8, "dev", role=role))))


def test_tests_may() -> None:
    assert silent(check(write_unit(write(8, "dev", test_context=True))))
