"""Which arms of a match are taken, and what their names are bound to."""

from __future__ import annotations

import pytest

from tests.extract.python.values import values

CLASSES = """
from dataclasses import dataclass
from typing import NamedTuple
@dataclass
class A:
    one: int
    two: int
class B(A):
    pass
class C:
    pass
class T(NamedTuple):
    one: int
    two: int
class E(other.Base):
    pass
x = "none"
"""

PATTERNS = [
    ("{'a': 1}", "{'a': y}", "y", ["1"]),
    ("{'a': 1}", "{'b': y}", "y", ["'none'"]),
    ("{'a': 1, **other()}", "{'b': y}", "y", ["'none'", "?"]),
    ("answer", "{'Credentials': {'AccessKeyId': y}}", "y", ["AssumeRole.key_id"]),
    ("answer", "{'Other': y}", "y", ["'none'", "?"]),
    ("answer", "{'Credentials': _, **rest}", "rest", ["?"]),
    ("answer", "{other.KEY: y}", "y", ["'none'", "?"]),
    ("3", "{'a': y}", "y", ["'none'"]),
    ("other()", "{'a': y}", "y", ["'none'", "?"]),
    ("(1, 2)", "(1, y)", "y", ["2"]),
    ("(1, 2)", "[3, y]", "y", ["'none'"]),
    ("(1, 2)", "[y]", "y", ["'none'"]),
    ("(1, 2, 3)", "[1, *y]", "y", ["[2, 3]"]),
    ("(1, 2, 3)", "[*_, y]", "y", ["3"]),
    ("(1, 2, 3)", "[1, 2, 3, 4, *y]", "y", ["'none'"]),
    ("other()", "[1, *y]", "y", ["'none'", "[...]"]),
    ("T(1, 2)", "(one, two)", "two", ["2"]),
    ("'ab'", "(one, two)", "two", ["'none'"]),
    ("C()", "(one, two)", "two", ["'none'"]),
    ("1", "1 as y", "y", ["1"]),
    ("1", "2 | 1 as y", "y", ["1"]),
    ("1", "2 | 3 as y", "y", ["'none'"]),
    ("other()", "2 | 3 as y", "y", ["'none'", "?"]),
    ("None", "None as y", "y", ["None"]),
    ("True", "True as y", "y", ["True"]),
    ("answer", "None as y", "y", ["'none'"]),
    ("A(1, 2)", "A(y, two=2)", "y", ["1"]),
    ("A(1, 2)", "A(y, two=3)", "y", ["'none'"]),
    ("A(1, 2)", "A(1, 2, y)", "y", ["?"]),
    ("B(1, 2)", "A(one=y)", "y", ["1"]),
    ("C()", "A(one=y)", "y", ["'none'"]),
    ("E()", "C() as y", "y", ["'none'", "E(...)"]),
    ("1", "C() as y", "y", ["'none'"]),
    ("other()", "C() as y", "y", ["'none'", "?"]),
    ("1", "int(y)", "y", ["1"]),
    ("'a'", "int() as y", "y", ["'none'"]),
    ("answer", "str() as y", "y", ["'none'"]),
    ("other()", "str() as y", "y", ["'none'", "?"]),
    ("answer", "dict() as y", "y", ["AssumeRole"]),
    ("[1]", "dict() as y", "y", ["'none'"]),
    ("[1]", "list() as y", "y", ["'none'", "[1]"]),
    ("[1]", "other.Kind() as y", "y", ["'none'", "[1]"]),
    ("[1]", "y if other()", "y", ["'none'", "[1]"]),
    ("1", "True as y", "y", ["'none'"]),
]


@pytest.mark.parametrize(("subject", "pattern", "name", "expected"), PATTERNS, ids=str)
def test_pattern(subject: str, pattern: str, name: str, expected: list[str]) -> None:
    text = f"{CLASSES}match {subject}:\n    case {pattern}:\n        x = {name}\n"
    assert values(text) == expected


def test_what_a_pattern_takes_for_sure_is_left_to_no_other() -> None:
    arms = ["case 1:\n        x = s", "case 2:\n        x = s", "case _:\n        x = 3"]
    text = "\n    ".join(["s = 1 if y else 2\nmatch s:", *arms])
    assert values(text) == ["1", "2"]
