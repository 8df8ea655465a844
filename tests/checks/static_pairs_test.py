"""The key pairs and profiles of a process."""

from __future__ import annotations

from dataclasses import replace

import pytest

from credlint.checks.static_pairs import given_pairs, profile_variables, static_pairs
from credlint.model.values import (
    Absent,
    Blank,
    Cloud,
    CredentialSet,
    NoneValue,
    Origin,
    Reference,
    ReferenceKind,
    Role,
    Unknown,
)
from tests.checks.build import OTHER_ARM, answer, at, process_set, process_unit, variable

SECRET_NAME = Reference(ReferenceKind.CI_SECRET, "NAME")


KEY = variable("AWS_ACCESS_KEY_ID", Role.KEY_ID, SECRET_NAME, 10)
SECRET = variable("AWS_SECRET_ACCESS_KEY", Role.SECRET, SECRET_NAME, 11)
SET = process_set(KEY, SECRET)


def test_a_pair() -> None:
    (pair,) = static_pairs(process_unit([KEY, SECRET], [("aws", SET)]))
    assert pair.family == "aws"
    assert pair.variable is KEY
    assert pair.cloud is Cloud.AWS
    assert pair.place == at(10, 2, "deploy.yaml")
    assert pair.alternative is SET.alternatives[0]
    assert pair.certain


@pytest.mark.parametrize("missing", [Absent(), Blank(), NoneValue(), Unknown("why")])
def test_half_a_pair_is_none(missing: Origin) -> None:
    for made in ((replace(KEY, value=missing), SECRET), (KEY, replace(SECRET, value=missing))):
        assert list(given_pairs(process_unit(made, [("aws", process_set(*made))]))) == []


def test_a_pair_whose_variable_is_only_in_its_scope() -> None:
    (pair,) = given_pairs(process_unit([], [("action", SET)], own=[KEY, SECRET]))
    assert pair.variable is KEY


def test_a_pair_whose_variable_is_not_there() -> None:
    assert list(given_pairs(process_unit([SECRET], [("aws", SET)]))) == []
    other_place = variable("AWS_ACCESS_KEY_ID", Role.KEY_ID, SECRET_NAME, 99)
    assert list(given_pairs(process_unit([other_place, SECRET], [("aws", SET)]))) == []
    other_name = replace(KEY, name="AWS_ACCESS_KEY")
    assert list(given_pairs(process_unit([other_name, SECRET], [("aws", SET)]))) == []


def test_the_answer_of_a_request_is_no_static_pair() -> None:
    made = (replace(KEY, value=answer()[0]), SECRET)
    unit = process_unit(made, [("aws", process_set(*made))])
    assert len(list(given_pairs(unit))) == 1
    assert list(static_pairs(unit)) == []


def test_pairs_of_several_sets_and_alternatives() -> None:
    other = process_set(KEY, SECRET, branches=OTHER_ARM).alternatives
    both = CredentialSet((*SET.alternatives, *other))
    pairs = list(given_pairs(process_unit([KEY, SECRET], [("aws", both), ("other", SET)])))
    assert [(pair.family, pair.certain) for pair in pairs] == [("aws", False), ("aws", False), ("other", True)]


def test_what_was_cut_is_not_certain() -> None:
    (pair,) = given_pairs(process_unit([KEY, SECRET], [("aws", replace(SET, complete=False))]))
    assert not pair.certain


def test_profiles() -> None:
    profile = variable("AWS_PROFILE", Role.PROFILE, Reference(ReferenceKind.CI_SECRET, "P"), 12)
    found = process_unit(
        [
            profile,
            replace(profile, name="aws-profile"),  # the input of an action is no variable
            replace(profile, role=Role.REGION),
            replace(profile, role=None),
            replace(profile, value=Blank()),
            replace(profile, value=NoneValue()),
            replace(profile, value=Unknown("why")),
        ]
    )
    assert list(profile_variables(found)) == [profile]
