from __future__ import annotations

import pytest

from credlint.report.text import Style, display_width, lay_out, one_line, paint, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain text, größe 鍵 \U0001f511 e\u0301", "plain text, größe 鍵 \U0001f511 e\u0301"),
        ("no-break\u00a0space", "no-break\u00a0space"),
        ("\x00\t\n\r\x1b[2J\x1f", "\u2400\u2409\u240a\u240d\u241b[2J\u241f"),
        ("\x7f", "\u2421"),
        ("\x85\x9b31m", "<U+0085><U+009B>31m"),
        ("a\u2028b\u2029c", "a<U+2028>b<U+2029>c"),
        ("\u202edesrever\u202c\u2066\u200b\ufeff", "<U+202E>desrever<U+202C><U+2066><U+200B><U+FEFF>"),
        ("\udcff", "<U+DCFF>"),
        ("\U000e0041", "<U+E0041>"),
    ],
)
def test_control_characters_are_shown_not_sent(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("abc", 3),
        ("größe", 5),
        ("鍵の", 4),
        ("\uff21", 2),
        ("\U0001f511", 2),
        ("e\u0301", 1),
        ("\u20dd", 0),
        ("\u1112\u1161\u11ab", 2),
        ("±", 1),
        ("\u241b", 1),
    ],
)
def test_width_is_in_terminal_columns(text: str, width: int) -> None:
    assert display_width(text) == width


@pytest.mark.parametrize(
    ("text", "shown", "edges"),
    [
        ("\ta", "    a", [0, 4, 5]),
        ("ab\tc\td", "ab  c   d", [0, 1, 2, 4, 5, 8, 9]),
        ("abcd\te", "abcd    e", [0, 1, 2, 3, 4, 8, 9]),
        ("鍵\tx", "鍵  x", [0, 2, 4, 5]),
        ("e\u0301\x0c\u2028", "e\u0301\u240c<U+2028>", [0, 1, 1, 2, 10]),
    ],
)
def test_layout_knows_the_column_of_each_code_point(text: str, shown: str, edges: list[int]) -> None:
    cells, columns = lay_out(text)

    assert ("".join(cells), columns) == (shown, edges)


def test_cure_comes_on_one_line() -> None:
    assert one_line(" Pass the\n  token.\n\nOr drop\tboth.\n") == "Pass the token. Or drop both."


def test_paint_is_off_without_colour_and_without_text() -> None:
    assert paint("x", Style.ERROR, color=True) == "\x1b[1;31mx\x1b[0m"
    assert paint("x", Style.ERROR, color=False) == "x"
    assert paint("", Style.ERROR, color=True) == ""
