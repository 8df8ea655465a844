"""Environments that code makes, with the names that are almost those of a part."""

from __future__ import annotations

import pytest

from credlint.catalogue.load import load_catalogue
from credlint.link.environments import environment_units
from credlint.model.environments import CodeEnvironment, Variable
from credlint.model.facts import FileFacts, Language
from credlint.model.units import EnvironmentUnit
from credlint.model.values import Cloud, Role, Unknown
from tests.checks.build import at


def misspelled(*names: str) -> list[tuple[str, str]]:
    given = tuple(Variable(name, Unknown("x"), at(1), at(1)) for name in names)
    environment = CodeEnvironment("the child process", at(1), given, True, ("a",))
    facts = FileFacts("a.py", Language.PYTHON, (1,), environments=(environment,))
    (unit,) = environment_units(facts, load_catalogue())
    assert [name for name in unit.profile_order if name.startswith("AWS_D") or name == "AWS_PROFILE"] == [
        "AWS_DEFAULT_PROFILE",
        "AWS_PROFILE",
    ]
    return [(one.variable.name, one.right) for one in unit.misspelled]


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (("AWS_ACCESS_KEY_ID", "AWS_SECRET_KEY_ID"), [("AWS_SECRET_KEY_ID", "AWS_SECRET_ACCESS_KEY")]),
        (("AWS_SECRET_KEY_ID",), []),
        (("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SECRET_KEY_ID"), []),
        (
            ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_TOKEN"),
            [("AWS_ACCESS_TOKEN", "AWS_SESSION_TOKEN")],
        ),
        (("AWS_ACCESS_KEY_ID", "AWS_ACCESS_TOKEN"), []),
        (("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SECURITY_TOKEN", "AWS_ACCESS_TOKEN"), []),
        (("AWS_ACCCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"), [("AWS_ACCCESS_KEY_ID", "AWS_ACCESS_KEY_ID")]),
        (("OSS_ACCESS_KEY_ID", "OSS_SECRET_ACCESS_KEY"), [("OSS_SECRET_ACCESS_KEY", "OSS_ACCESS_KEY_SECRET")]),
    ],
)
def test_names(names: tuple[str, ...], found: list[tuple[str, str]]) -> None:
    assert misspelled(*names) == found


# Which of several variables the SDKs read


def unit_of(*variables: Variable) -> EnvironmentUnit:
    environment = CodeEnvironment("the child process", at(1), variables, True, ("a",))
    (unit,) = environment_units(FileFacts("a.py", Language.PYTHON, (1,), environments=(environment,)), load_catalogue())
    return unit


def profile(name: str, plain: str | None) -> Variable:
    return Variable(name, Unknown("x"), at(1), at(1), "aws", Role.PROFILE, plain, cloud=Cloud.AWS)


def token(name: str, role: Role) -> Variable:
    return Variable(name, Unknown("x"), at(1), at(1), "aws", role, cloud=Cloud.AWS)


def test_which_profile_an_sdk_takes() -> None:
    unit = unit_of(profile("AWS_PROFILE", "one"), profile("AWS_DEFAULT_PROFILE", "two"))
    taken = {reader.title: reader.variable for reader in unit.profile_readers}
    assert taken["boto3"] == taken["AWS CLI v1"] == "AWS_DEFAULT_PROFILE"
    assert taken["AWS CLI v2"] == taken["the JavaScript SDK v3"] == "AWS_PROFILE"


@pytest.mark.parametrize("other", ["one", None])
def test_profiles_that_do_not_differ_have_no_readers(other: str | None) -> None:
    assert unit_of(profile("AWS_PROFILE", "one"), profile("AWS_DEFAULT_PROFILE", other)).profile_readers == ()


def test_which_token_an_sdk_takes() -> None:
    legacy = token("AWS_SECURITY_TOKEN", Role.LEGACY_TOKEN)
    alone = {reader.title: reader.variable for reader in unit_of(legacy).token_readers}
    assert (alone["boto3"], alone["the JavaScript SDK v3"]) == ("AWS_SECURITY_TOKEN", "")
    both = unit_of(legacy, token("AWS_SESSION_TOKEN", Role.TOKEN))
    taken = {reader.title: reader.variable for reader in both.token_readers}
    assert (taken["boto3"], taken["the JavaScript SDK v3"]) == ("AWS_SECURITY_TOKEN", "AWS_SESSION_TOKEN")
    assert unit_of(token("AWS_SESSION_TOKEN", Role.TOKEN)).token_readers == ()
