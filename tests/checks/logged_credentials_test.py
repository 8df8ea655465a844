"""logged-credentials on facts built by hand."""

from __future__ import annotations

import pytest

from credlint.checks.logged_credentials import check
from credlint.model.facts import ExposureKind
from credlint.model.finding import Confidence
from credlint.model.values import Step
from tests.checks.build import at, exposure_unit, only, silent

CASES = {
    ExposureKind.PRINT: "secret-logged",
    ExposureKind.LOG: "secret-logged",
    ExposureKind.COMMAND_OUTPUT: "command-output",
    ExposureKind.EXPORT: "export-statement",
    ExposureKind.DEBUG_LOG: "debug-log",
}


@pytest.mark.parametrize("kind", CASES)
def test_the_finding(kind: ExposureKind) -> None:
    draft = only(check(exposure_unit(kind, calls=(at(40),))))
    assert draft.case == CASES[kind]
    assert draft.message == "print shows the answer of AssumeRole"
    assert draft.location == draft.subject == at(9)
    assert draft.certainty is Confidence.HIGH
    assert draft.related == (Step(at(3), "it comes from here"),)
    assert draft.trace == ()
    assert draft.calls == (at(40),)


def test_what_is_shown_where_it_began_has_no_related_place() -> None:
    assert only(check(exposure_unit(origin=at(9)))).related == ()


def test_the_way_of_what_is_shown() -> None:
    steps = (Step(at(3), "asked for"), Step(at(5), "handed on"))
    assert only(check(exposure_unit(steps=steps))).trace == (*steps, Step(at(9), "shown here"))


def test_what_may_be_shown() -> None:
    assert only(check(exposure_unit(certain=False))).certainty is Confidence.MEDIUM


def test_a_command_line_is_no_output() -> None:
    assert silent(check(exposure_unit(ExposureKind.COMMAND_LINE)))
