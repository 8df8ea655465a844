"""credentials-in-command-line on facts built by hand."""

from __future__ import annotations

import pytest

from credlint.checks.credentials_in_command_line import check
from credlint.model.facts import ExposureKind
from credlint.model.finding import Confidence
from credlint.model.values import Step
from tests.checks.build import at, exposure_unit, only, silent


def test_the_finding() -> None:
    draft = only(check(exposure_unit(ExposureKind.COMMAND_LINE, calls=(at(40),))))
    assert draft.case == "in-arguments"
    assert draft.message == "the answer of AssumeRole stands on a command line, which the list of processes shows"
    assert draft.location == draft.subject == at(9)
    assert draft.certainty is Confidence.HIGH
    assert draft.related == (Step(at(3), "it comes from here"),)
    assert draft.trace == ()
    assert draft.calls == (at(40),)


def test_the_way_of_the_secret() -> None:
    steps = (Step(at(3), "asked for"),)
    unit = exposure_unit(ExposureKind.COMMAND_LINE, steps=steps, certain=False)
    draft = only(check(unit))
    assert draft.trace == (*steps, Step(at(9), "handed to the command here"))
    assert draft.certainty is Confidence.MEDIUM


def test_a_configuring_command_is_a_case_of_its_own() -> None:
    assert only(check(exposure_unit(ExposureKind.CONFIGURATION))).case == "configured-in-ci"


TOLD = {ExposureKind.COMMAND_LINE, ExposureKind.CONFIGURATION}


@pytest.mark.parametrize("kind", [kind for kind in ExposureKind if kind not in TOLD])
def test_output_is_another_rule(kind: ExposureKind) -> None:
    assert silent(check(exposure_unit(kind)))
