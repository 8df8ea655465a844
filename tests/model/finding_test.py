"""Ranks and orders of what a run publishes."""

from __future__ import annotations

from credlint.model.finding import Confidence, Draft, Finding, Persona, Severity
from credlint.model.problem import FatalError, Problem, ProblemKind, ProblemSeverity
from credlint.model.span import Location, Region, Span


def test_ranks_count_up() -> None:
    assert [one.rank for one in (Severity.NOTE, Severity.WARNING, Severity.ERROR)] == [0, 1, 2]
    assert [one.rank for one in (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)] == [0, 1, 2]
    assert [one.rank for one in (Persona.REGULAR, Persona.PEDANTIC, Persona.AUDITOR)] == [0, 1, 2]
    for ranked in (Severity, Confidence, Persona):
        assert sorted(one.rank for one in ranked) == [0, 1, 2]


def finding(path: str, line: int, column: int, rule: str, case: str) -> Finding:
    return Finding(
        rule=rule,
        case=case,
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        persona=Persona.REGULAR,
        message="",
        help="",
        url="",
        region=Region(path, line, column, line, column + 1),
        related=(),
        trace=(),
        fixes=(),
        fingerprint="",
    )


def test_findings_are_ordered_by_place_then_rule_and_case() -> None:
    ordered = [
        finding("a.py", 1, 9, "z", "z"),
        finding("a.py", 2, 0, "b", "a"),
        finding("a.py", 2, 1, "a", "b"),
        finding("a.py", 2, 1, "b", "a"),
        finding("a.py", 2, 1, "b", "b"),
        finding("a.py", 10, 0, "a", "a"),
        finding("b.py", 1, 0, "a", "a"),
    ]
    backwards = ordered[::-1]
    assert sorted(backwards, key=Finding.sort_key) == ordered


def test_problems_are_ordered_by_place_then_kind_and_message() -> None:
    def problem(path: str, line: int, kind: ProblemKind, message: str) -> Problem:
        return Problem(path, line, kind, ProblemSeverity.WARNING, message)

    ordered = [
        problem("a.py", 0, ProblemKind.SYNTAX, "a"),
        problem("a.py", 2, ProblemKind.BUDGET, "z"),
        problem("a.py", 2, ProblemKind.SYNTAX, "a"),
        problem("a.py", 2, ProblemKind.SYNTAX, "b"),
        problem("b.py", 0, ProblemKind.MISSING, "a"),
    ]
    backwards = ordered[::-1]
    assert sorted(backwards, key=Problem.sort_key) == ordered


def test_a_draft_claims_certainty_unless_it_says_otherwise() -> None:
    place = Location("a.py", Span(0, 0, 0, 0, 1))
    draft = Draft("case", "message", place, place)
    assert draft.certainty is Confidence.HIGH
    assert (draft.related, draft.trace, draft.calls) == ((), (), ())


def test_a_fatal_error_says_what_it_was_given() -> None:
    assert str(FatalError("credlint.toml:3: not valid TOML")) == "credlint.toml:3: not valid TOML"
