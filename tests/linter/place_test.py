"""Where a finding points when a helper is called by several and is wrong for some."""

from __future__ import annotations

from dataclasses import replace

import pytest

from credlint.linter.place import Chain, chains, place
from credlint.model.span import Location
from tests.linter.facts import at, client, read_file

SINK = at(2)
# Calls of the helper that holds the sink, and of a helper around that one.
FIRST, SECOND, OUTER, OTHER = at(10), at(20), at(30), at(40)

CASES: list[tuple[str, Chain, set[Chain], set[Chain], Location]] = [
    ("no helper", (), {()}, {()}, SINK),
    ("nothing known of others", (FIRST,), {(FIRST,)}, set(), SINK),
    ("its only caller is wrong", (FIRST,), {(FIRST,)}, {(FIRST,)}, SINK),
    ("all callers are wrong", (FIRST,), {(FIRST,), (SECOND,)}, {(FIRST,), (SECOND,)}, SINK),
    ("another caller is right", (FIRST,), {(FIRST,)}, {(FIRST,), (SECOND,)}, FIRST),
    ("the helper read by itself does not count", (FIRST,), {(FIRST,)}, {(), (FIRST,)}, SINK),
    ("it is wrong whoever calls", (FIRST,), {(), (FIRST,)}, {(), (FIRST,), (SECOND,)}, SINK),
    ("the outer call decides", (OUTER, FIRST), {(OUTER, FIRST)}, {(OUTER, FIRST), (OTHER, FIRST)}, OUTER),
    ("the inner call decides", (OUTER, FIRST), {(OUTER, FIRST)}, {(OUTER, FIRST), (OUTER, SECOND)}, FIRST),
    (
        "the inner call decides for all that pass it",
        (OUTER, FIRST),
        {(OUTER, FIRST), (OTHER, FIRST)},
        {(OUTER, FIRST), (OTHER, FIRST), (SECOND,)},
        FIRST,
    ),
    ("a shorter way is right", (OUTER, FIRST), {(OUTER, FIRST)}, {(OUTER, FIRST), (FIRST,)}, OUTER),
]


@pytest.mark.parametrize(
    ("calls", "wrong", "reached", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_place(calls: Chain, wrong: set[Chain], reached: set[Chain], expected: Location) -> None:
    assert place(SINK, calls, wrong, reached) == expected


def test_chains_are_known_for_sink_and_arguments() -> None:
    argument = at(3)
    facts = read_file("", clients=(client(SINK, FIRST, arg=argument), client(SINK, SECOND))).facts
    assert chains([facts]) == {SINK: {(FIRST,), (SECOND,)}, argument: {(FIRST,)}}


def test_arguments_belong_to_the_call_that_takes_them() -> None:
    argument = at(3)
    signer, bucket = client(SINK, FIRST, arg=argument), replace(client(OTHER, arg=argument), indirect=SINK)
    assert chains([read_file("", clients=(signer, bucket)).facts])[argument] == {(FIRST,)}


def test_what_a_test_hands_over_says_nothing_of_other_callers() -> None:
    called = replace(client(SINK, FIRST), test_context=True)
    facts = read_file("", clients=(called,)).facts
    assert chains([facts]) == {SINK: {(FIRST,)}}
    assert chains([replace(facts, path="tests/a_test.py")]) == {}
