"""Ignore comments: what they hold back, and what is said of those that hold back nothing."""

from __future__ import annotations

import pytest

from credlint.linter.suppress import RULE, Suppressions
from credlint.model.environments import EnvironmentScope
from credlint.model.facts import Suppression
from credlint.model.finding import Confidence
from credlint.model.problem import Problem, ProblemKind, ProblemSeverity
from credlint.model.values import Parameter
from tests.linter.facts import PATH, at, client, comment, read_file, span

TOKEN, KEY = "temporary-key-without-token", "hardcoded-access-key"
TEXT = """\
import boto3

# about the client
s3 = boto3.client(
    "s3",
    key,
)
other = 1
"""
STATEMENTS = (span(4, 0, 7, 1), span(8, 0, 8, 9))


def suppressions(*comments: Suppression, text: str = TEXT, **facts: object) -> Suppressions:
    return Suppressions(read_file(text, statements=STATEMENTS, suppressions=comments, **facts))


@pytest.mark.parametrize(
    ("held", "found", "holds"),
    [
        (comment(4, TOKEN), 4, True),
        (comment(7, TOKEN), 4, True),
        (comment(4, TOKEN), 6, True),
        (comment(6, KEY, TOKEN), 4, True),
        (comment(4, KEY), 4, False),
        (comment(8, TOKEN), 4, False),
        (comment(4, TOKEN), 8, False),
        (comment(2, TOKEN, alone=True), 4, True),
        (comment(2, TOKEN), 4, False),
        (comment(3, TOKEN, alone=True), 4, True),
        (comment(3, TOKEN), 4, False),
        (comment(1, TOKEN, alone=True), 4, False),
        (comment(5, TOKEN, alone=True), 4, True),
        (comment(7, TOKEN, alone=True), 8, True),
        (comment(1, TOKEN, whole_file=True), 8, True),
        (comment(1, KEY, whole_file=True), 8, False),
        (comment(4), 4, False),
        (comment(8, TOKEN, alone=True), 8, True),
    ],
)
def test_hold_back(held: Suppression, found: int, holds: bool) -> None:
    file = read_file(TEXT, statements=STATEMENTS)
    region = file.region(span(found, 0))
    assert suppressions(held).hold_back(TOKEN, region) is holds


def test_a_comment_that_was_met_is_not_idle() -> None:
    held = suppressions(comment(4, TOKEN, KEY), comment(1, TOKEN, whole_file=True))
    held.hold_back(TOKEN, read_file(TEXT).region(span(5)))
    (idle,) = held.unused(alone=False)
    assert idle.case == "unused"
    assert idle.message == f"this comment holds back nothing: there is no finding of {KEY} here"
    assert idle.location == at(4)


def test_what_names_no_rule_of_ours_is_told() -> None:
    held = suppressions(comment(4, "hardcoded-key", "no-such"), comment(1, KEY, whole_file=True))
    unknown, idle = held.unused(alone=False)
    assert unknown.case == "unknown-rule"
    assert unknown.message == "this comment names rules that credlint does not have: hardcoded-key, no-such"
    assert idle.message.endswith(f"no finding of {KEY} in this file")


def test_a_bare_comment_is_a_problem() -> None:
    held = suppressions(comment(4), comment(8, KEY))
    (problem,) = held.problems()
    assert (problem.path, problem.line, problem.kind) == (PATH, 4, ProblemKind.SUPPRESSION)
    assert len(list(held.unused(alone=False))) == 1


def test_nothing_is_idle_in_a_file_that_was_not_fully_read() -> None:
    problem = Problem(PATH, 9, ProblemKind.SYNTAX, ProblemSeverity.WARNING, "not Python")
    assert list(suppressions(comment(4, KEY), problems=(problem,)).unused(alone=False)) == []


def test_the_rule_about_comments_is_not_told_to_be_idle() -> None:
    assert list(suppressions(comment(4, RULE)).unused(alone=False)) == []


@pytest.mark.parametrize(
    ("facts", "alone", "certainty"),
    [
        ({}, True, Confidence.HIGH),
        ({"clients": (client(at(4)),)}, True, Confidence.HIGH),
        ({"clients": (client(at(4), secret=Parameter("secret")),)}, True, Confidence.LOW),
        ({"clients": (client(at(4), secret=Parameter("secret")),)}, False, Confidence.HIGH),
        ({"scopes": (EnvironmentScope(0, None, "k", True, "c", at(4), service_account="a"),)}, True, Confidence.LOW),
    ],
)
def test_a_file_that_leans_on_others_is_not_sure_alone(
    facts: dict[str, object], alone: bool, certainty: Confidence
) -> None:
    (idle,) = suppressions(comment(4, KEY), **facts).unused(alone=alone)
    assert idle.certainty is certainty
