"""Whole numbers that a shell works out."""

from __future__ import annotations

import pytest

from credlint.extract.text.arithmetic import work_out

KNOWN = {"MINUTES": 10, "ZERO": 0}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10*60", 600),
        (" 15 * 60 ", 900),
        ("MINUTES * 60", 600),
        ("$MINUTES*60", 600),
        ("${MINUTES} * (60 + 1)", 610),
        ("2 + 3 * 4 - 1", 13),
        ("7 / 2", 3),
        ("7 % 4", 3),
        ("((3))", 3),
        ("OTHER * 60", None),
        ("7 / ZERO", None),
        ("7 % ZERO", None),
        ("", None),
        ("1 +", None),
        ("1 *", None),
        ("(1", None),
        ("1)", None),
        ("1 2", None),
        ("i++", None),
        ("i = 3", None),
        ("1 +" * 100 + "1", None),
    ],
)
def test_work_out(text: str, expected: int | None) -> None:
    assert work_out(text, KNOWN.get) == expected
