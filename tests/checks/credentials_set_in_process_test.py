"""credentials-set-in-process on facts built by hand."""

from __future__ import annotations

from dataclasses import replace

from credlint.checks.credentials_set_in_process import check
from credlint.model.environments import InheritedKey
from credlint.model.finding import Confidence
from credlint.model.units import InheritedKeyUnit
from credlint.model.values import Step
from tests.checks.build import at, only, silent

KEY = InheritedKey("AWS_ACCESS_KEY_ID", at(8), "AssumeRole", at(9), ("a",))


def test_a_later_request() -> None:
    draft = only(check(InheritedKeyUnit(KEY)))
    assert draft.case == "later-request-as-the-role"
    assert draft.location == draft.subject == at(8)
    assert draft.certainty is Confidence.HIGH
    assert draft.related == (Step(at(9), "AssumeRole is asked for here"),)
    assert draft.message == (
        "AWS_ACCESS_KEY_ID is set for the whole process, and a later AssumeRole is signed as the role"
    )


def test_the_next_call_of_a_handler() -> None:
    draft = only(check(InheritedKeyUnit(replace(KEY, repeated=True, certain=False))))
    assert draft.case == "kept-for-the-next-call"
    assert draft.certainty is Confidence.MEDIUM
    assert draft.message == (
        "AWS_ACCESS_KEY_ID stays set when the handler ends: its next call asks for AssumeRole as the role"
    )


def test_tests_may() -> None:
    assert silent(check(InheritedKeyUnit(replace(KEY, test_context=True))))
