"""The rules about environments that code makes, on facts built by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from credlint.checks import (
    blank_profile,
    conflicting_profiles,
    legacy_token_variable,
    misspelled_credential_variable,
    profile_with_explicit_keys,
)
from credlint.model.environments import Variable, WriteKind
from credlint.model.finding import Confidence
from credlint.model.secret import SecretText
from credlint.model.sources import Reader
from credlint.model.units import ImageSeen, Misspelling
from credlint.model.values import (
    BLANK_DEFAULT,
    NO_BRANCH,
    Absent,
    Blank,
    Branches,
    Cloud,
    Literal,
    NoneValue,
    Origin,
    Parameter,
    Reference,
    ReferenceKind,
    Role,
    Step,
    Unknown,
)
from tests.checks.build import (
    ONE_ARM,
    OTHER_ARM,
    answer,
    at,
    environment_unit,
    only,
    silent,
    variables,
    write,
    write_unit,
)


def variable(
    line: int,
    name: str,
    role: Role | None,
    value: Origin | None = None,
    plain: str | None = None,
    cloud: Cloud = Cloud.AWS,
    family: str = "aws",
    branches: Branches = NO_BRANCH,
) -> Variable:
    return Variable(name, value or Unknown("x"), at(line), at(line), family, role, plain, branches, cloud)


def profile(line: int, name: str, plain: str | None, branches: Branches = NO_BRANCH) -> Variable:
    return variable(line, name, Role.PROFILE, plain=plain, branches=branches)


ONE, TWO = profile(4, "AWS_PROFILE", "one"), profile(5, "AWS_DEFAULT_PROFILE", "two")


@pytest.mark.parametrize("pair", [(ONE, TWO), (TWO, ONE)])
def test_two_profiles(pair: tuple[Variable, Variable]) -> None:
    readers = Reader("boto3", TWO.name), Reader("AWS CLI v2", ONE.name), Reader("the JavaScript SDK v3", ONE.name)
    draft = only(conflicting_profiles.check(replace(environment_unit(*pair), profile_readers=readers)))
    assert draft.case == "different-profiles"
    assert draft.location == draft.subject == at(5)
    assert draft.message == (
        "AWS_DEFAULT_PROFILE is two and AWS_PROFILE is one for the child process: boto3 takes AWS_DEFAULT_PROFILE, "
        "AWS CLI v2 and the JavaScript SDK v3 take AWS_PROFILE"
    )
    assert draft.related == (Step(at(4), "AWS_PROFILE is one here"),)
    assert draft.certainty is Confidence.HIGH


def test_two_profiles_on_some_path() -> None:
    draft = only(conflicting_profiles.check(environment_unit(ONE, profile(5, "AWS_DEFAULT_PROFILE", "two", ONE_ARM))))
    assert draft.certainty is Confidence.MEDIUM


@pytest.mark.parametrize(
    "other",
    [
        profile(5, "AWS_DEFAULT_PROFILE", "one"),
        profile(5, "AWS_DEFAULT_PROFILE", None),
        profile(5, "AWS_PROFILE", "two"),
        variable(5, "AWS_S3_SESSION_PROFILE", Role.PROFILE, plain="two", family="django-storages"),
        variable(5, "ALIBABA_CLOUD_PROFILE", Role.PROFILE, plain="two", cloud=Cloud.ALIBABA, family="alibaba"),
        variable(5, "AWS_REGION", Role.REGION, plain="two"),
    ],
)
def test_no_two_profiles(other: Variable) -> None:
    assert silent(conflicting_profiles.check(environment_unit(ONE, other)))


def test_profiles_of_two_arms() -> None:
    given = (profile(4, "AWS_PROFILE", "one", ONE_ARM), profile(5, "AWS_DEFAULT_PROFILE", "two", OTHER_ARM))
    assert silent(conflicting_profiles.check(environment_unit(*given)))
    assert silent(conflicting_profiles.check(environment_unit(ONE, TWO, test=True)))


def blank(branches: Branches = NO_BRANCH, cloud: Cloud = Cloud.AWS) -> Variable:
    return variable(4, "AWS_PROFILE", Role.PROFILE, Blank(), "", cloud, branches=branches)


def test_a_blank_profile_for_a_child() -> None:
    draft = only(blank_profile.check(environment_unit(blank())))
    assert draft.case == "blank"
    assert draft.location == draft.subject == at(4)
    assert draft.message == (
        'AWS_PROFILE is set to "" for the child process: boto3 and the AWS CLI look for a profile of that name'
    )
    draft = only(blank_profile.check(environment_unit(blank(ONE_ARM))))
    assert draft.case == "may-be-blank"
    assert "may be set" in draft.message


def test_a_blank_profile_in_an_image() -> None:
    host = replace(blank(), value=Reference(ReferenceKind.HOST_VARIABLE, "AWS_PROFILE", BLANK_DEFAULT))
    unit = environment_unit(host)
    assert only(blank_profile.check(unit)).certainty is Confidence.HIGH
    assert only(blank_profile.check(replace(unit, image=ImageSeen.NO))).certainty is Confidence.LOW
    assert only(blank_profile.check(replace(environment_unit(blank()), image=ImageSeen.NO))).case == "blank"
    assert silent(blank_profile.check(replace(unit, image=ImageSeen.OTHER)))


def test_no_blank_profile_for_a_child() -> None:
    assert silent(blank_profile.check(environment_unit(blank(), child=False)))
    assert silent(blank_profile.check(environment_unit(blank(), test=True)))
    assert silent(blank_profile.check(environment_unit(blank(cloud=Cloud.ALIBABA))))
    assert silent(blank_profile.check(environment_unit(ONE, variable(4, "AWS_REGION", Role.REGION, Blank()))))


def test_a_blank_profile_is_written() -> None:
    draft = only(blank_profile.check_write(write_unit(write(8, "", value=Blank()))))
    assert (draft.case, draft.location) == ("blank", at(8))
    draft = only(blank_profile.check_write(write_unit(write(8, "", value=Blank(), certain=False))))
    assert draft.case == "may-be-blank"


def test_no_blank_profile_is_written() -> None:
    for one in (
        write(8, "dev"),
        write(8, "", value=Blank(), test_context=True),
        write(8, "", value=Blank(), kind=WriteKind.PUTENV),
        write(8, "", value=Blank(), cloud=Cloud.ALIBABA),
        write(8, "", value=Blank(), role=Role.KEY_ID),
    ):
        assert silent(blank_profile.check_write(write_unit(one)))


def test_a_misspelled_name() -> None:
    wrong = variable(4, "AWS_SECRET_KEY_ID", None)
    found = Misspelling(wrong, "AWS_SECRET_ACCESS_KEY", Role.SECRET)
    draft = only(misspelled_credential_variable.check(environment_unit(wrong, misspelled=(found,))))
    assert draft.case == "misspelled"
    assert (draft.location, draft.subject) == (at(4), at(1))
    assert draft.certainty is Confidence.HIGH
    assert draft.message == (
        "AWS_SECRET_KEY_ID is no name that an SDK reads: the secret belongs in AWS_SECRET_ACCESS_KEY, which the child "
        "process is not given"
    )
    assert silent(misspelled_credential_variable.check(environment_unit(wrong, misspelled=(found,), test=True)))
    assert silent(misspelled_credential_variable.check(environment_unit(wrong)))


def test_a_misspelled_name_on_some_path() -> None:
    wrong = variable(4, "AWS_SECRET_KEY_ID", None, branches=ONE_ARM)
    found = Misspelling(wrong, "AWS_SECRET_ACCESS_KEY", Role.SECRET)
    assert (
        only(misspelled_credential_variable.check(environment_unit(wrong, misspelled=(found,)))).certainty
        is Confidence.MEDIUM
    )


KEY, SECRET, TOKEN = answer()
OTHER = answer(7)[2]


def legacy(value: Origin, branches: Branches = NO_BRANCH) -> Variable:
    return variable(4, "AWS_SECURITY_TOKEN", Role.LEGACY_TOKEN, value, branches=branches)


def token(value: Origin, branches: Branches = NO_BRANCH) -> Variable:
    return variable(5, "AWS_SESSION_TOKEN", Role.TOKEN, value, branches=branches)


PAIR = variable(3, "AWS_ACCESS_KEY_ID", Role.KEY_ID, KEY)
READERS = (
    Reader("boto3", "AWS_SECURITY_TOKEN"),
    Reader("AWS CLI v2", "AWS_SECURITY_TOKEN"),
    Reader("the JavaScript SDK v3", "AWS_SESSION_TOKEN"),
)


def test_two_tokens() -> None:
    unit = replace(environment_unit(PAIR, legacy(TOKEN), token(variables("APP_TOKEN")[0])), token_readers=READERS)
    draft = only(legacy_token_variable.check(unit))
    assert draft.case == "two-tokens"
    assert draft.location == draft.subject == at(4)
    assert draft.certainty is Confidence.HIGH
    assert draft.related == (Step(at(5), "AWS_SESSION_TOKEN is set here"),)
    assert draft.message == (
        "AWS_SECURITY_TOKEN comes from AssumeRole, AWS_SESSION_TOKEN from APP_TOKEN: boto3 and AWS CLI v2 take "
        "AWS_SECURITY_TOKEN, the JavaScript SDK v3 takes AWS_SESSION_TOKEN"
    )


def test_the_old_name_alone() -> None:
    readers = tuple(replace(one, variable=one.variable.replace("AWS_SESSION_TOKEN", "")) for one in READERS)
    unit = replace(environment_unit(PAIR, legacy(TOKEN, ONE_ARM)), token_readers=readers)
    draft = only(legacy_token_variable.check(unit))
    assert draft.case == "legacy-alone"
    assert draft.certainty is Confidence.MEDIUM
    assert draft.message == (
        "the session token is only in AWS_SECURITY_TOKEN: boto3 and AWS CLI v2 read it, the JavaScript SDK v3 signs "
        "without it"
    )


@pytest.mark.parametrize(
    "given",
    [
        (PAIR, legacy(TOKEN), token(TOKEN)),
        (PAIR, legacy(TOKEN), token(Unknown("x"))),
        (PAIR, legacy(Parameter("t")), token(OTHER)),
        (PAIR, legacy(TOKEN, ONE_ARM), token(OTHER, OTHER_ARM)),
        (PAIR, legacy(Blank())),
        (PAIR, legacy(NoneValue())),
        (PAIR, legacy(Absent())),
        (PAIR, token(TOKEN)),
        (legacy(TOKEN),),
    ],
)
def test_no_legacy_token(given: tuple[Variable, ...]) -> None:
    assert silent(legacy_token_variable.check(environment_unit(*given)))


def test_tests_may_use_the_old_name() -> None:
    assert silent(legacy_token_variable.check(environment_unit(PAIR, legacy(TOKEN), test=True)))


# profile-with-explicit-keys


HOST = Reference(ReferenceKind.HOST_VARIABLE, "X")


def keys_and_profile(
    value: Origin = HOST, branches: Branches = NO_BRANCH, secret: Origin = HOST
) -> tuple[Variable, ...]:
    return (
        variable(3, "AWS_ACCESS_KEY_ID", Role.KEY_ID, value),
        variable(4, "AWS_SECRET_ACCESS_KEY", Role.SECRET, secret),
        variable(5, "AWS_PROFILE", Role.PROFILE, Literal(SecretText("p")), "p", branches=branches),
    )


@pytest.mark.parametrize(("branches", "sure"), [(NO_BRANCH, Confidence.HIGH), (ONE_ARM, Confidence.MEDIUM)])
def test_a_profile_beside_keys(branches: Branches, sure: Confidence) -> None:
    draft = only(profile_with_explicit_keys.check_environment(environment_unit(*keys_and_profile(branches=branches))))
    assert draft.case == "profile-beside-environment-keys"
    assert draft.message.startswith("AWS_ACCESS_KEY_ID and AWS_PROFILE are set for ")
    assert (draft.location, draft.subject, draft.certainty) == (at(3), at(3), sure)
    assert draft.related == (Step(at(5), "the profile that stands beside the keys"),)


def test_no_profile_beside_keys() -> None:
    check = profile_with_explicit_keys.check_environment
    both = keys_and_profile()
    assert silent(check(environment_unit(*both[:2])))
    assert silent(check(environment_unit(*both[1:])))
    assert silent(check(environment_unit(both[0], both[2])))
    assert silent(check(environment_unit(*keys_and_profile(value=Unknown("x")))))
    assert silent(check(environment_unit(*keys_and_profile(secret=Absent()))))
    assert silent(check(replace(environment_unit(*both), declared=True)))
    assert silent(check(environment_unit(*both, test=True)))
    assert silent(check(environment_unit(*both, child=False)))
    arms = (replace(both[0], branches=ONE_ARM), both[1], replace(both[2], branches=OTHER_ARM))
    assert silent(check(environment_unit(*arms)))
    passed_on = (*both[:2], replace(both[2], value=HOST, plain=None))
    assert silent(check(environment_unit(*passed_on)))
