"""Ignore comments of a Python module."""

from __future__ import annotations

import pytest

from credlint.extract.python.comments import chunk_at, suppressions
from credlint.extract.python.screen import Table, screen
from credlint.model.facts import Suppression
from credlint.model.span import Region, absolute, split_lines


def regions(text: str, table: Table | None = None) -> list[tuple[Region, Suppression]]:
    made = table or screen(text)
    starts = (*(chunk.first_line for chunk in made.chunks), 1)
    return [(absolute(one.location, starts), one) for one in suppressions("a.py", made)]


def only(text: str) -> tuple[Region, Suppression]:
    (found,) = regions(text)
    return found


@pytest.mark.parametrize(
    ("comment", "rules", "whole_file"),
    [
        ("# credlint: ignore[a]", ("a",), False),
        ("#credlint:ignore[a,b]", ("a", "b"), False),
        ("# credlint: ignore[ a , b ] because", ("a", "b"), False),
        ("# credlint: ignore", (), False),
        ("# credlint: ignore[]", (), False),
        ("# credlint: ignore-file[a]", ("a",), True),
        ("# credlint: ignore-file", (), True),
    ],
)
def test_comments_that_count(comment: str, rules: tuple[str, ...], whole_file: bool) -> None:
    region, found = only(f"a = 1\nb = 2  {comment}\n")
    assert region == Region("a.py", 2, 7, 2, 7 + len(comment))
    assert (found.rules, found.whole_file, found.alone) == (rules, whole_file, False)


@pytest.mark.parametrize(
    "text",
    [
        "a = '# credlint: ignore[a]'\n",
        "'''\n# credlint: ignore[a]\n'''\n",
        "a = 1  # credlint ignore[a]\n",
        "a = 1  # credlint: ignored[a]\n",
        "a = 1  # credlint: disable[a]\n",
        "credlint: ignore = 1\n",
        "",
    ],
)
def test_what_does_not_count(text: str) -> None:
    assert regions(text) == []


def test_a_comment_behind_another() -> None:
    region, found = only("a = 1  # noqa: E501  # credlint: ignore[a]\n")
    assert (region.line, region.column) == (1, 21)
    assert found.rules == ("a",)
    assert not found.alone
    assert only("# noqa  # credlint: ignore[a]\na = 1\n")[1].alone


@pytest.mark.parametrize(
    ("text", "line", "alone"),
    [
        ("# credlint: ignore[a]\nb = 1\n", 1, True),
        ("b = 1\n\n    # credlint: ignore[a]\n", 3, True),
        ("def f(\n    a,  # credlint: ignore[a]\n): pass\n", 2, False),
        ("class A:\n    # credlint: ignore[a]\n    a = 1\n", 2, True),
        ("class A:\n    a = 1\n    # credlint: ignore[a]\n", 3, True),
        ("a = '''\n'''  # credlint: ignore[a]\n", 2, False),
        ("# credlint: ignore[a]", 1, True),
        ("a = 'ü'  # credlint: ignore[a]\r\n", 1, False),
        ("a = '\u2028'\f# credlint: ignore[a]\n", 1, False),
    ],
)
def test_where_a_comment_stands(text: str, line: int, alone: bool) -> None:
    region, found = only(text)
    assert region.line == line
    assert found.alone is alone
    assert split_lines(text)[line - 1][region.column :] == "# credlint: ignore[a]"


def test_several_comments() -> None:
    found = regions("a = 1  # credlint: ignore[a]\nb = '# credlint: ignore[c]'\nc = 2  # credlint: ignore[b]\n")
    assert [(region.line, one.rules) for region, one in found] == [(1, ("a",)), (3, ("b",))]


@pytest.mark.parametrize("broken", ["b = (\n", "'''\n", "  c\n d\n"])
def test_a_text_without_tokens_has_its_lines_looked_at(broken: str) -> None:
    text = f"a = 1  # credlint: ignore[a]\nprint 'x'\n# credlint: ignore[b]\n{broken}"
    found = regions(text, Table((), tuple(split_lines(text))))
    assert [(region.line, region.column, one.rules, one.alone) for region, one in found] == [
        (1, 7, ("a",), False),
        (3, 0, ("b",), True),
    ]


@pytest.mark.parametrize(
    ("line", "place"),
    [
        (1, (4, 1)),  # before the first statement: relative to the entry that `read` adds
        (2, (0, 2)),
        (3, (0, 2)),
        (4, (1, 4)),
        (5, (2, 5)),
        (6, (2, 5)),
        (7, (3, 7)),
        (99, (3, 7)),
    ],
)
def test_the_chunk_of_a_line(line: int, place: tuple[int, int]) -> None:
    table = screen("\na = (\n)\nclass A:\n    b = 1\n\n    def f(self): pass\n")
    assert chunk_at(table, line) == place


def test_the_chunk_of_a_line_without_chunks() -> None:
    assert chunk_at(Table((), ("", "")), 2) == (0, 1)
