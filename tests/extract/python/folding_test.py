"""Constants fold: literals, arithmetic and truth."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable

import libcst as cst
import pytest
from hypothesis import given
from hypothesis import strategies as st

from credlint.extract.python.folding import arithmetic, literal_number, literal_string, whole_number
from tests.extract.python.values import values


def string(text: str) -> str | bytes | None:
    node = cst.parse_expression(text)
    assert isinstance(node, cst.SimpleString | cst.ConcatenatedString)
    return literal_string(node)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("'a'", "a"),
        ("''", ""),
        ("r'\\d'", "\\d"),
        ("'\\x41\\n'", "A\n"),
        ("u'a'", "a"),
        ("b'a'", b"a"),
        ("'''a\nb'''", "a\nb"),
        ("'a' 'b'", "ab"),
        ("'a' 'b' \"c\"", "abc"),
        ("b'a' b'b'", b"ab"),
        ("'a' f'{b}'", None),
        ("f'{a}' 'b'", None),
        ("'a' 'b' f'{c}'", None),
        ("'\\d'", "\\d"),
    ],
)
def test_strings(text: str, value: str | bytes | None) -> None:
    assert string(text) == value


def test_a_long_string_is_of_no_use() -> None:
    assert string(f"'{'a' * 19_998}'") == "a" * 19_998
    assert string(f"'{'a' * 19_999}'") is None


@pytest.mark.parametrize("text", ["'\\N{NO SUCH LETTER}'", "'\\x4'", "b'ü'"])
def test_strings_that_only_libcst_takes(text: str) -> None:
    assert literal_string(cst.SimpleString(text)) is None


def test_a_warning_of_python_is_nobodys_business() -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert string("'\\d'") == "\\d"
    assert caught == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("900", 900),
        ("1_000", 1000),
        ("0x10", 16),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        ("1e999", None),
        ("1j", None),
        ("0777", None),
        ("9" * 40, int("9" * 40)),
        ("9" * 41, None),
        ("", None),
        ("x", None),
    ],
)
def test_numbers(text: str, value: float | None) -> None:
    assert literal_number(text) == value


@pytest.mark.parametrize(
    ("value", "whole"),
    [
        (900, 900),
        (900.0, 900),
        (-1, -1),
        (1.5, None),
        (math.inf, None),
        (-math.inf, None),
        (math.nan, None),
        (True, None),
        (None, None),
        ("900", None),
        (10**400, 10**400),
    ],
)
def test_whole_numbers(value: object, whole: int | None) -> None:
    assert whole_number(value) == whole


OPERATIONS: dict[str, tuple[cst.BaseBinaryOp, Callable[[float, float], float]]] = {
    "+": (cst.Add(), lambda a, b: a + b),
    "-": (cst.Subtract(), lambda a, b: a - b),
    "*": (cst.Multiply(), lambda a, b: a * b),
    "/": (cst.Divide(), lambda a, b: a / b),
    "//": (cst.FloorDivide(), lambda a, b: a // b),
    "%": (cst.Modulo(), lambda a, b: a % b),
}


@pytest.mark.parametrize("sign", OPERATIONS)
def test_arithmetic(sign: str) -> None:
    node, function = OPERATIONS[sign]
    assert arithmetic(node, 7, 2) == function(7, 2)
    assert arithmetic(node, 7.5, -2) == function(7.5, -2)


@pytest.mark.parametrize("sign", ["/", "//", "%"])
def test_division_by_zero(sign: str) -> None:
    assert arithmetic(OPERATIONS[sign][0], 1, 0) is None
    assert arithmetic(OPERATIONS[sign][0], 1, 0.0) is None


@pytest.mark.parametrize(
    ("left", "right"), [(True, 1), (1, True), ("a", 1), (1, "a"), (None, 1), (10**16, 1), (1, -(10**16)), (b"a", b"b")]
)
def test_what_is_not_folded(left: object, right: object) -> None:
    for node, _ in OPERATIONS.values():
        assert arithmetic(node, left, right) is None
    assert arithmetic(cst.Power(), 2, 2) is None


NUMBERS = st.one_of(st.integers(), st.floats(), st.booleans(), st.text(max_size=2), st.none())


@pytest.mark.property
@given(st.sampled_from(sorted(OPERATIONS)), NUMBERS, NUMBERS)
def test_arithmetic_never_fails(sign: str, left: object, right: object) -> None:
    found = arithmetic(OPERATIONS[sign][0], left, right)
    assert found is None or isinstance(found, int | float)
    assert whole_number(found) is None or whole_number(found) == found


# In modules

EXPRESSIONS = [
    ("60 * 15", ["900"]),
    ("15 * MINUTE", ["900"]),
    ("-60", ["-60"]),
    ("+60", ["?"]),
    ("'a' 'b'", ["'ab'"]),
    ("int('900')", ["900"]),
    ("int(os.environ.get('TTL', '600'))", ["600", "?"]),
    ("int(os.environ.get('TTL', 600))", ["600", "?"]),
    ("float('1.5')", ["1.5"]),
    ("int(1.5)", ["1"]),
    ("int('x')", ["?"]),
    ("int(float('inf'))", ["?"]),
    ("max(900, 600)", ["900"]),
    ("min(900, 600)", ["600"]),
    ("max(900, other())", ["900..None"]),
    ("900 if True else 600", ["900"]),
    ("1e999 * 0", ["?"]),
    ("10 ** 400", ["?"]),
]


@pytest.mark.parametrize(("text", "expected"), EXPRESSIONS, ids=[text for text, _ in EXPRESSIONS])
def test_expression(text: str, expected: list[str]) -> None:
    assert values(f"MINUTE = 60\nx = {text}") == expected
