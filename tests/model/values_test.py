"""Branches, parts and alternatives: what may stand together, what is missing and what is given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credlint.model.secret import SecretText
from credlint.model.span import Location, Span
from credlint.model.values import (
    NO_BRANCH,
    Absent,
    Alternative,
    Blank,
    Branches,
    CredentialSet,
    EnvironmentVariable,
    Lifetime,
    Literal,
    NoneValue,
    Origin,
    Parameter,
    Part,
    ProfileField,
    ProviderField,
    Reference,
    ReferenceKind,
    ResponseField,
    Role,
    Unknown,
    compatible,
)

PLACE = Location("a.py", Span(0, 0, 0, 0, 1))

MISSING: list[Origin] = [Absent(), NoneValue(), Blank()]
OPEN: list[Origin] = [Unknown("why"), Unknown("why", "settings.KEY"), Parameter("key")]
GIVEN: list[Origin] = [
    Literal(SecretText("x")),
    ResponseField(PLACE, "aws.sts.AssumeRole", Role.KEY_ID, Lifetime.TEMPORARY),
    EnvironmentVariable("NAME"),
    ProfileField(None, Role.KEY_ID),
    ProviderField(PLACE, "credentials", Role.KEY_ID, Lifetime.UNKNOWN),
    Reference(ReferenceKind.CI_SECRET, "NAME"),
]


def part(origin: Origin, role: Role = Role.KEY_ID) -> Part:
    return Part(role, origin, "name", None)


@pytest.mark.parametrize("origin", MISSING)
def test_missing(origin: Origin) -> None:
    assert part(origin).is_missing()
    assert not part(origin).is_given()


@pytest.mark.parametrize("origin", OPEN)
def test_unknown_is_neither_missing_nor_given(origin: Origin) -> None:
    assert not part(origin).is_missing()
    assert not part(origin).is_given()


@pytest.mark.parametrize("origin", GIVEN)
def test_given(origin: Origin) -> None:
    assert part(origin).is_given()
    assert not part(origin).is_missing()


def test_absent_none_blank_and_unknown_are_four_things() -> None:
    assert len({Absent(), NoneValue(), Blank(), Unknown("")}) == 4


def test_parts_stand_in_their_order() -> None:
    key, secret, token, profile = (part(Absent(), role) for role in list(Role)[:4])
    assert Alternative(key, secret, token, profile).parts() == (key, secret, token)
    assert Alternative(key, secret, token, profile).branches == NO_BRANCH


def test_an_empty_set_is_complete() -> None:
    assert CredentialSet() == CredentialSet((), complete=True)


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ([], [], True),
        ([], [(0, 1)], True),
        ([(0, 1)], [(0, 1)], True),
        ([(0, 1)], [(1, 0)], True),
        ([(0, 1), (1, 0)], [(1, 0), (2, 1)], True),
        ([(0, 1)], [(0, 0)], False),
        ([(0, 1), (1, 0)], [(2, 0), (1, 1)], False),
    ],
)
def test_compatible(one: list[tuple[int, int]], other: list[tuple[int, int]], together: bool) -> None:
    assert compatible(frozenset(one), frozenset(other)) is together
    assert compatible(frozenset(other), frozenset(one)) is together


# Decisions with one arm each, as evaluation takes them.
BRANCHES = st.dictionaries(st.integers(0, 3), st.integers(0, 2)).map(lambda arms: frozenset(arms.items()))


@pytest.mark.property
@given(BRANCHES, BRANCHES)
def test_compatible_means_that_one_world_has_both(one: Branches, other: Branches) -> None:
    both = one | other
    assert compatible(one, other) is (len(dict(both)) == len(both))
    assert compatible(one, other) is compatible(other, one)
    assert compatible(one, one)
    assert compatible(one, NO_BRANCH)
