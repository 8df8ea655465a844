"""Python of our own making, and any text at all: the answer is facts, the same ones each time, and no exception."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credlint.catalogue.load import load_catalogue
from credlint.checks import run_checks
from credlint.extract.python.read import extract, read_module
from credlint.link import link
from credlint.model.facts import FileFacts, Language
from credlint.model.problem import ProblemKind
from credlint.model.project import Project, Reads, Settings
from credlint.model.span import Location, absolute, split_lines
from credlint.model.values import CredentialSet
from tests.properties.programs import programs

pytestmark = pytest.mark.property

CATALOGUE = load_catalogue()
QUICK = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


class NoProject(Project):
    """A project without other files."""

    @property
    def root(self) -> str:
        return ""

    def read(self, path: str) -> bytes | None:
        return None

    def reads(self) -> Reads:
        return Reads((), ())


def read(text: str) -> FileFacts:
    return extract("a.py", text, CATALOGUE, NoProject(), Settings())


def is_python(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def places(facts: FileFacts) -> Iterator[Location]:
    def of_set(found: CredentialSet) -> Iterator[Location]:
        for alternative in found.alternatives:
            for part in (*alternative.parts(), alternative.profile):
                yield from (place for place in (part.location, part.written) if place)
                yield from (step.location for step in part.steps)

    for client in facts.clients:
        yield from (client.location, *client.calls)
        yield from of_set(client.credentials)
    for request in facts.requests:
        yield from (request.location, *request.calls)
        yield from (duration.location for duration in request.durations if duration.location)
        yield from of_set(request.caller)
    for exposure in facts.exposures:
        yield from (exposure.location, exposure.origin)
    yield from (literal.location for literal in facts.literals)
    yield from (write.location for write in facts.writes)
    yield from (order.location for order in facts.client_orders)
    yield from (suppression.location for suppression in facts.suppressions)


def hold(text: str) -> FileFacts:
    """Hold what must be true of any text."""
    facts = read(text)
    assert facts.language is Language.PYTHON
    assert facts == read(text)
    lines = split_lines(text)
    for place in places(facts):
        region = absolute(place, facts.chunks)
        assert region.path == "a.py"
        assert 1 <= region.line <= region.end_line <= len(lines)
        assert 0 <= region.column <= len(lines[region.line - 1])
        assert 0 <= region.end_column <= len(lines[region.end_line - 1])
    for span in facts.statements:
        assert 1 <= facts.chunks[span.chunk] + span.line <= facts.chunks[span.chunk] + span.end_line <= len(lines)
    list(run_checks(link([facts], CATALOGUE)))
    return facts


@QUICK
@given(programs())
def test_programs(text: str) -> None:
    facts = hold(text)
    kinds = {problem.kind for problem in facts.problems}
    if is_python(text):
        assert kinds <= {ProblemKind.BUDGET, ProblemKind.TOO_DEEP}
    else:
        assert kinds == {ProblemKind.SYNTAX}


@QUICK
@given(programs())
def test_the_screen_decides_nothing(text: str) -> None:
    one, all_ = (read_module("a.py", text, CATALOGUE, Settings(), everything=flag) for flag in (False, True))
    if not one.problems and not all_.problems:
        assert set(run_checks(link([one], CATALOGUE))) == set(run_checks(link([all_], CATALOGUE)))


@QUICK
@given(st.text())
def test_any_text(text: str) -> None:
    hold(text)


@QUICK
@given(st.text(alphabet=st.sampled_from("ab1 \n\r\t\f\"'\\()[]{}:=,.*@#;\u2028é")))
def test_any_text_of_signs(text: str) -> None:
    hold(f"import boto3\n{text}")
