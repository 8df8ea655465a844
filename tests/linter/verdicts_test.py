"""Drafts become verdicts: stamped by their case, placed, filtered, one per defect, merged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from credlint.catalogue.rules import Case, Rule
from credlint.config import Config
from credlint.linter.verdicts import Filter, Verdict, merge, place_all, settle, stamp
from credlint.model.finding import Confidence, Draft, Persona, Severity
from credlint.model.values import Step
from tests.linter.facts import PATH, at, draft


def rule(name: str, *wins_over: str, case: Case | None = None) -> Rule:
    case = case or Case("token-missing", Severity.ERROR, Confidence.HIGH, Persona.REGULAR, "It is missing.")
    return Rule(name, "It is wrong.", (), (), (case,), wins_over, "", "", ())


def verdict(rule: Rule, draft: Draft) -> Verdict:
    return stamp(rule, draft)


@pytest.mark.parametrize(
    ("ceiling", "claim", "severity", "persona", "confidence", "seen_by"),
    [
        ("high", "high", "error", "regular", "high", "regular"),
        ("high", "medium", "error", "regular", "medium", "regular"),
        ("medium", "high", "error", "regular", "medium", "regular"),
        ("high", "low", "error", "regular", "low", "pedantic"),
        ("low", "high", "error", "regular", "low", "pedantic"),
        ("high", "high", "note", "regular", "high", "pedantic"),
        ("high", "high", "warning", "pedantic", "high", "pedantic"),
        ("high", "low", "note", "auditor", "low", "auditor"),
    ],
)
def test_the_case_stamps(ceiling: str, claim: str, severity: str, persona: str, confidence: str, seen_by: str) -> None:
    case = Case("token-missing", Severity(severity), Confidence(ceiling), Persona(persona), "")
    stamped = stamp(rule("a", case=case), replace(draft(at(1)), certainty=Confidence(claim)))
    assert stamped.confidence is Confidence(confidence)
    assert stamped.persona is Persona(seen_by)


def test_a_draft_of_a_case_that_does_not_exist_is_our_defect() -> None:
    with pytest.raises(KeyError):
        stamp(rule("a"), draft(at(1), case="made-up"))


def test_a_helper_that_is_wrong_for_some_moves_the_finding_to_the_call() -> None:
    (placed,) = place_all([verdict(rule("a"), draft(at(2), at(10)))], {at(2): {(at(10),), (at(20),)}}, {"upload.py"})
    assert placed.place == at(10)
    sink = Step(at(2), "this is what the call leads to")
    assert placed.draft.related == (sink,)
    assert placed.draft.trace == (sink,)


def test_the_sink_stands_once_in_the_trace() -> None:
    traced = replace(draft(at(2), at(10)), trace=(Step(at(2), "the client"),))
    (placed,) = place_all([verdict(rule("a"), traced)], {at(2): {(at(10),), (at(20),)}}, {"upload.py"})
    assert placed.draft.trace == traced.trace


def test_a_helper_that_is_wrong_for_all_keeps_the_finding() -> None:
    drafts = [verdict(rule("a"), draft(at(2), at(10))), verdict(rule("a"), draft(at(2), at(20)))]
    assert place_all(drafts, {at(2): {(at(10),), (at(20),)}}, {"upload.py"}) == drafts


def test_one_defect_has_one_finding() -> None:
    strong, weak = rule("strong", "weak"), rule("weak")
    one = verdict(strong, draft(at(1), subject=at(9)))
    other = verdict(weak, draft(at(2), subject=at(9)))
    elsewhere = verdict(weak, draft(at(3), subject=at(8)))
    kept = settle([other, one, elsewhere])
    assert [(each.rule.name, each.place) for each in kept] == [("strong", at(1)), ("weak", at(3))]
    assert kept[0].draft.related == (Step(at(2), "weak: message of line 2"),)


def test_a_loser_on_the_same_spot_adds_nothing() -> None:
    (kept,) = settle([verdict(rule("strong", "weak"), draft(at(1))), verdict(rule("weak"), draft(at(1)))])
    assert kept.draft.related == ()


def test_what_is_beaten_still_beats() -> None:
    a, b, c = rule("a", "b"), rule("b", "c"), rule("c")
    assert [each.rule.name for each in settle([verdict(each, draft(at(1))) for each in (c, b, a)])] == ["a"]


@pytest.mark.parametrize(
    ("one", "other", "kept"),
    [((), (), 1), ((at(10),), (at(10),), 1), ((at(10),), (), 1), ((), (at(10),), 1), ((at(10),), (at(20),), 2)],
)
def test_two_runs_of_a_helper_do_not_compete(one: tuple[()], other: tuple[()], kept: int) -> None:
    strong = verdict(rule("strong", "weak"), draft(at(1), *one))
    weak = verdict(rule("weak"), draft(at(1), *other))
    assert len(settle([strong, weak])) == kept


def test_one_finding_for_rule_case_and_place() -> None:
    long = replace(draft(at(1), at(10)), trace=(Step(at(5), "a"), Step(at(6), "b")))
    short = replace(draft(at(1), at(20)), trace=(Step(at(7), "c"),))
    unsure = replace(draft(at(1), at(30)), certainty=Confidence.MEDIUM)
    (kept,) = merge([verdict(rule("a"), each) for each in (long, short, unsure)])
    assert kept.draft.trace == short.trace
    assert kept.draft.message == "message of line 1 (2 more paths lead here)"
    (kept,) = merge([verdict(rule("a"), each) for each in (long, short)])
    assert kept.draft.message.endswith("(1 more path leads here)")


def test_the_same_path_twice_is_not_counted() -> None:
    (kept,) = merge([verdict(rule("a"), draft(at(1))), verdict(rule("a"), draft(at(1)))])
    assert kept.draft.message == "message of line 1"


def test_other_places_rules_and_cases_are_other_findings() -> None:
    verdicts = [verdict(rule("a"), draft(at(1))), verdict(rule("b"), draft(at(1))), verdict(rule("a"), draft(at(2)))]
    assert merge(verdicts) == verdicts


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({}, True),
        ({"ignore": frozenset({"a"})}, False),
        ({"select": frozenset({"b"})}, False),
        ({"select": frozenset({"b"}), "extend_select": frozenset({"a"})}, True),
        ({"min_severity": Severity.WARNING}, True),
        ({"min_severity": Severity.ERROR}, False),
        ({"min_confidence": Confidence.MEDIUM}, True),
        ({"min_confidence": Confidence.HIGH}, False),
        ({"per_file_ignores": (("*.py", frozenset({"a"})),)}, False),
        ({"per_file_ignores": (("*.py", frozenset({"b"})), ("tests", frozenset({"a"})))}, True),
    ],
)
def test_the_configuration_of_the_file_filters(changes: dict[str, object], wanted: bool) -> None:
    case = Case("token-missing", Severity.WARNING, Confidence.MEDIUM, Persona.REGULAR, "")
    config = Config()._replace(**changes)  # type: ignore[arg-type]
    keep = Filter({PATH: config}, lambda path, _: path)
    assert keep.wants(verdict(rule("a", case=case), draft(at(1)))) is wanted


@pytest.mark.parametrize(("persona", "wanted"), [(None, False), (Persona.PEDANTIC, True), (Persona.AUDITOR, True)])
def test_the_persona_filters(persona: Persona | None, wanted: bool) -> None:
    note = verdict(rule("a"), replace(draft(at(1)), certainty=Confidence.LOW))
    assert Filter({PATH: Config(persona=persona)}, lambda path, _: path).wants(note) is wanted


def test_only_files_of_the_run_are_asked_for() -> None:
    keep = Filter({PATH: Config()}, lambda path, _: path)
    assert keep.asks_for(verdict(rule("a"), draft(at(1))))
    assert not keep.asks_for(verdict(rule("a"), draft(at(1, path="other.py"))))
