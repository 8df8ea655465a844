"""broken-profile on facts built by hand."""

from __future__ import annotations

import pytest

from credlint.checks.broken_profile import check
from credlint.model.profiles import ProfileFault, ProfileFaultKind, ProfileText
from credlint.model.span import Location
from credlint.model.units import ProfileUnit
from credlint.model.values import Step
from tests.checks.build import at, only, silent

OF_BOTH_FILES = {ProfileFaultKind.UNKNOWN_PROFILE}


def unit(kind: ProfileFaultKind, other: Location | None = None, *, test: bool = False) -> ProfileUnit:
    text = ProfileText(None, (), False, ("a",), test)
    return ProfileUnit(text, (ProfileFault(kind, "what is wrong", at(8), other),))


@pytest.mark.parametrize("kind", [kind for kind in ProfileFaultKind if kind not in OF_BOTH_FILES])
def test_every_fault_has_a_case(kind: ProfileFaultKind) -> None:
    draft = only(check(unit(kind)))
    assert draft.case == kind.value
    assert draft.message == "what is wrong"
    assert draft.location == draft.subject == at(8)
    assert draft.related == ()


def test_a_second_place() -> None:
    draft = only(check(unit(ProfileFaultKind.LOOP, at(4))))
    assert draft.related == (Step(at(4), "and this stands in its way"),)


@pytest.mark.parametrize("kind", OF_BOTH_FILES)
def test_what_the_text_alone_does_not_show(kind: ProfileFaultKind) -> None:
    assert silent(check(unit(kind)))


def test_tests_write_what_they_like() -> None:
    assert silent(check(unit(ProfileFaultKind.LOOP, test=True)))
