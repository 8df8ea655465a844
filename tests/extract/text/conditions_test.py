"""Conditions as branches."""

from __future__ import annotations

import pytest

from credlint.extract.text.conditions import Conditions
from credlint.model.values import NO_BRANCH, compatible


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (".Values.a", ".Values.a", True),
        (".Values.a", "not .Values.a", False),
        (".Values.a", "(not .Values.a)", False),
        ("a", "b", True),
        ('eq .mode "x"', 'eq .mode "y"', False),
        ('eq .mode "x"', 'ne .mode "x"', False),
        ('ne .mode "x"', 'ne .mode "y"', True),
        ("${{ inputs.a == 'x' }}", "inputs.a == 'y'", False),
        ("inputs.a == 'true'", "!inputs.a", False),
        ("inputs.a == 'true'", "inputs.a", True),
        ("inputs.a != 'true'", "inputs.a", False),
        ("a && b", "!a", False),
        ("and .a .b", "not .b", False),
        ("a && b", "c", True),
        ("a || b", "!a", True),
    ],
)
def test_whether_two_conditions_can_hold_together(one: str, other: str, expected: bool) -> None:
    conditions = Conditions()
    assert compatible(conditions.true(one), conditions.true(other)) is expected


@pytest.mark.parametrize("condition", ["a", "not a", 'eq .x "y"', "a && b", "a == 'x'", "x || y"])
def test_a_condition_excludes_its_opposite(condition: str) -> None:
    conditions = Conditions()
    assert not compatible(conditions.true(condition), conditions.false(condition))


def test_no_condition_is_no_branch() -> None:
    assert Conditions().true(" ") == Conditions().false("") == NO_BRANCH
