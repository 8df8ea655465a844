from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credlint.report.snippet import Mark, draw
from credlint.report.text import Style, display_width, visible


def drawn(line: str, *marks: Mark, room: int = 60) -> list[str]:
    rows: list[str] = []
    for drawing in draw(line, marks, room, Style.ERROR, color=False):
        rows += [drawing.source, *drawing.rows]
    return rows


def primary(start: int, end: int, label: str = "") -> Mark:
    return Mark(start, end, primary=True, label=label)


def related(start: int, end: int, label: str) -> Mark:
    return Mark(start, end, primary=False, label=label)


@pytest.mark.parametrize(
    ("line", "mark", "expected"),
    [
        ("key = value", primary(6, 11), ["key = value", "      ^^^^^"]),
        ("\tkey = value", primary(1, 4), ["    key = value", "    ^^^"]),
        ("a\tb = 1", primary(1, 3), ["a   b = 1", " ^^^^"]),
        ('"鍵" = value', primary(6, 11), ['"鍵" = value', "       ^^^^^"]),
        ('"鍵" = value', primary(1, 2), ['"鍵" = value', " ^^"]),
        ("e\u0301 = value", primary(5, 10), ["e\u0301 = value", "    ^^^^^"]),
        ("\x0ckey = 1", primary(1, 4), ["\u240ckey = 1", " ^^^"]),
        ('"\u2028" + key', primary(6, 9), ['"<U+2028>" + key', "             ^^^"]),
        ("key", primary(1, 1), ["key", " ^"]),
        ("key", primary(3, 3), ["key", "   ^"]),
        ("key", primary(9, 12), ["key", "   ^"]),
        ("", primary(0, 4), ["", "^"]),
        ("key = 1", primary(0, 3, "here"), ["key = 1", "^^^ here"]),
    ],
)
def test_carets_stand_under_the_region(line: str, mark: Mark, expected: list[str]) -> None:
    assert drawn(line, mark) == expected


def test_marks_share_a_row_until_one_has_words() -> None:
    assert drawn("f(a, b, c)", related(8, 9, "c"), primary(0, 1), related(2, 3, ""), related(5, 6, "b")) == [
        "f(a, b, c)",
        "^ -  - b",
        "        - c",
    ]


def test_overlapping_marks_get_rows_of_their_own() -> None:
    assert drawn("f(a, b)", primary(0, 7), related(2, 3, "a")) == ["f(a, b)", "^^^^^^^", "  - a"]


def test_words_that_do_not_fit_stand_below() -> None:
    assert drawn("some name = value", primary(12, 17, "twelve words"), room=20) == [
        "some name = value",
        "            ^^^^^",
        "        twelve words",
    ]
    assert drawn("x", primary(0, 1, "far too many words"), room=10)[1:] == ["^", "far too many words"]


@pytest.mark.parametrize(
    ("line", "mark", "expected"),
    [
        ("x" * 30, primary(0, 3), ["x" * 18 + "…", "^^^"]),
        ("x" * 30, primary(27, 30), ["…" + "x" * 18, " " * 16 + "^^^"]),
        ("a" * 30 + "bbb" + "a" * 30, primary(30, 33), ["…aaaaaaabbbaaaaaaaa…", "        ^^^"]),
        ("a" * 30 + "b" * 90, primary(30, 120), ["…" + "b" * 18 + "…", " " + "^" * 18]),
        ("鍵" * 30, primary(15, 16), ["…鍵鍵鍵鍵鍵鍵鍵鍵鍵…", " " * 9 + "^^"]),
        ("\t" * 30 + "key", primary(30, 33), ["…" + " " * 12 + "key", " " * 13 + "^^^"]),
    ],
)
def test_long_lines_are_cut_around_the_region(line: str, mark: Mark, expected: list[str]) -> None:
    assert drawn(line, mark, room=20) == expected


def test_marks_too_far_apart_get_a_view_each() -> None:
    line = "first" + "." * 100 + "last"

    assert drawn(line, primary(105, 109), related(0, 5, "here"), room=20) == [
        "first.............…",
        "----- here",
        "…..............last",
        "               ^^^^",
    ]


@pytest.mark.parametrize(("end", "views"), [(37, 1), (38, 1), (39, 2), (40, 2)])
def test_marks_share_a_view_only_when_both_are_whole_in_it(end: int, views: int) -> None:
    rows = drawn("x" * 99, primary(20, 21), primary(end - 1, end), room=20)

    assert sum(row.startswith("…") for row in rows) == views
    assert sum(row.count("^") for row in rows) == 2
    assert max(map(display_width, rows)) <= 20


def test_line_without_marks_is_cut_at_its_end() -> None:
    assert drawn("x" * 30, room=20) == ["x" * 18 + "…"]
    assert drawn("short  ", room=20) == ["short"]


def test_megabytes_in_one_line_cost_nothing() -> None:
    line = "0" * 20_000_000 + "key" + "鍵" * 1_000_000
    start = time.process_time()

    assert drawn(line, primary(20_000_000, 20_000_003), primary(0, 21_000_000), room=20) == [
        "0" * 18 + "…",
        "^" * 18,
        "…0000000key鍵鍵鍵鍵…",
        "        ^^^",
    ]
    assert time.process_time() - start < 1


LINES = st.text(st.sampled_from("ab \t鍵\u0301\U0001f511\x1b\u2028\x0c\u200d"), max_size=80)


@pytest.mark.property
@given(
    LINES, st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90), st.booleans()), max_size=4), st.integers(20, 60)
)
def test_any_line_stays_in_its_room(line: str, places: list[tuple[int, int, bool]], room: int) -> None:
    marks = [Mark(start, max(start, end), own, "") for start, end, own in places]

    rows = drawn(line, *marks, room=room)

    assert all(visible(row) == row for row in rows)
    # One column more: a mark at the very end of a line that fills the room.
    assert all(display_width(row) <= room + 1 for row in rows)
    assert sum(row.count("^") for row in rows) >= sum(mark.primary for mark in marks)
