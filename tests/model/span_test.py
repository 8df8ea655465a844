"""Lines as Python counts them, and places that an edit above does not move."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credlint.model.span import Location, Region, Span, absolute, split_lines

# What str.splitlines takes for the end of a line, Python does not.
NO_LINE_ENDS = ["\f", "\v", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("a", ["a"]),
        ("a\n", ["a", ""]),
        ("a\nb", ["a", "b"]),
        ("a\r\nb", ["a", "b"]),
        ("a\rb", ["a", "b"]),
        ("a\n\rb", ["a", "", "b"]),
        ("a\r\r\nb", ["a", "", "b"]),
        ("\n\n", ["", "", ""]),
    ],
)
def test_line_ends(text: str, lines: list[str]) -> None:
    assert split_lines(text) == lines


@pytest.mark.parametrize("character", NO_LINE_ENDS)
def test_other_characters_end_no_line(character: str) -> None:
    assert split_lines(f"a{character}b\nc") == [f"a{character}b", "c"]


def line_of_last(text: str) -> int:
    """Give the line on which Python sees the last statement."""
    return ast.parse(text).body[-1].lineno


@pytest.mark.parametrize("character", NO_LINE_ENDS)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_those_of_ast(character: str, end: str) -> None:
    for before in (f"# a{character}b", f"x = 'a{character}b'", f"'''a{end}{character}{end}b'''"):
        text = f"{before}{end}last = 1"
        assert len(split_lines(text)) == line_of_last(text)


def test_a_form_feed_before_a_statement_is_a_blank() -> None:
    text = "x = 1\n\f\n\fy = 2"
    assert len(split_lines(text)) == line_of_last(text) == 3


@pytest.mark.property
@given(st.text(alphabet=["a", " ", "\n", "\r", *NO_LINE_ENDS]))
def test_lines_of_any_comment_are_those_of_ast(body: str) -> None:
    commented = "\n".join(f"# {line}" for line in split_lines(body))
    text = commented + "\rlast = 1"
    assert len(split_lines(text)) == line_of_last(text)


@pytest.mark.property
@given(st.text(alphabet=["a", "é", "\n", "\r", *NO_LINE_ENDS]))
def test_lines_joined_are_the_text(text: str) -> None:
    assert "\n".join(split_lines(text)) == text.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.property
@given(st.lists(st.text(alphabet=["a", "é", *NO_LINE_ENDS]), min_size=1), st.sampled_from(["\n", "\r\n", "\r"]))
def test_split_undoes_join(lines: list[str], end: str) -> None:
    assert split_lines(end.join(lines)) == lines


def test_absolute() -> None:
    location = Location("a.py", Span(chunk=1, line=2, column=3, end_line=4, end_column=5))
    assert absolute(location, (1, 10)) == Region("a.py", 12, 3, 14, 5)


def test_an_edit_above_moves_the_region_and_leaves_the_span() -> None:
    location = Location("a.py", Span(0, 0, 3, 0, 5))
    assert absolute(location, (1,)) == Region("a.py", 1, 3, 1, 5)
    assert absolute(location, (7,)) == Region("a.py", 7, 3, 7, 5)


def test_places_have_the_order_of_the_text() -> None:
    places = [Span(0, 0, 5, 0, 6), Span(0, 1, 0, 1, 1), Span(1, 0, 0, 0, 1), Span(1, 0, 0, 0, 2)]
    backwards = places[::-1]
    assert sorted(backwards) == places
    assert Region("a.py", 2, 0, 2, 1) < Region("b.py", 1, 0, 1, 1)
    assert Location("a.py", places[3]) < Location("b.py", places[0])
