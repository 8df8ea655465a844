from __future__ import annotations

import re
from dataclasses import replace

import pytest

from credlint.model.finding import Finding, Place, Report, Source, Summary
from credlint.model.span import Region, split_lines
from credlint.report import RenderOptions, render
from credlint.report.text import display_width
from tests.report.menagerie import CLEAN, MENAGERIE

BASE = replace(MENAGERIE.findings[0], related=(), trace=(), help="Do this.", message="What is wrong")
TEXT = "".join(f"line {number}\n" for number in range(1, 121))


def at(line: int, path: str = "a.py", column: int = 0, end_column: int = 4, end_line: int | None = None) -> Region:
    return Region(path, line, column, end_line or line, end_column)


def blocks(*findings: Finding, text: str = TEXT, options: RenderOptions | None = None) -> list[str]:
    """Give the lines of a quiet report about a.py and b.py, which hold the same text."""
    sources = tuple(Source(path, tuple(split_lines(text))) for path in ("a.py", "b.py"))
    report = Report(findings, (), Summary(1, 1, 0, len(findings), 0), sources, "/srv", None)
    return render("full", report, options or RenderOptions(quiet=True)).split("\n")[:-1]


def test_finding_alone() -> None:
    assert blocks(replace(BASE, region=at(2))) == [
        "error[static-keys-shadow-role]: What is wrong",
        " --> a.py:2:1",
        "  |",
        "2 | line 2",
        "  | ^^^^",
        "  |",
        "  = help: Do this.",
    ]


def test_gutter_is_as_wide_as_the_longest_line_number() -> None:
    finding = replace(BASE, region=at(9), related=(Place(at(100), "there"),))

    assert blocks(finding)[1:] == [
        "   --> a.py:9:1",
        "    |",
        "  9 | line 9",
        "    | ^^^^",
        "...",
        "100 | line 100",
        "    | ---- there",
        "    |",
        "    = help: Do this.",
    ]


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (3, ["2 | line 2", "  | ^^^^", "3 | line 3", "  | ---- there"]),
        (5, ["2 | line 2", "  | ^^^^", "3 | line 3", "4 | line 4", "5 | line 5", "  | ---- there"]),
        (6, ["2 | line 2", "  | ^^^^", "...", "6 | line 6", "  | ---- there"]),
        (1, ["1 | line 1", "  | ---- there", "2 | line 2", "  | ^^^^"]),
    ],
)
def test_lines_between_are_shown_when_they_are_few(other: int, expected: list[str]) -> None:
    assert blocks(replace(BASE, region=at(2), related=(Place(at(other), "there"),)))[3:-2] == expected


def test_related_place_on_the_same_region_lends_its_words() -> None:
    finding = replace(BASE, region=at(2), related=(Place(at(2), "first"), Place(at(2), "second")))

    assert blocks(finding)[3:-2] == ["2 | line 2", "  | ^^^^ first second"]


def test_places_of_other_files_come_below_theirs() -> None:
    related = (
        Place(at(7, "b.py", 5, 6), "seventh"),
        Place(at(1, "a.py", 5, 6), "first"),
        Place(at(5, "b.py"), "fifth"),
    )

    assert blocks(replace(BASE, region=at(2), related=related))[1:] == [
        " --> a.py:2:1",
        "  |",
        "1 | line 1",
        "  |      - first",
        "2 | line 2",
        "  | ^^^^",
        "  |",
        " ::: b.py:7:6",
        "  |",
        "5 | line 5",
        "  | ---- fifth",
        "6 | line 6",
        "7 | line 7",
        "  |      - seventh",
        "  |",
        "  = help: Do this.",
    ]


@pytest.mark.parametrize(
    ("message", "words"), [("", "(to line 9)"), ("handed over", "handed over (to line 9)")], ids=["bare", "with words"]
)
def test_region_of_several_lines_is_marked_to_the_end_of_its_first(message: str, words: str) -> None:
    region = at(2, column=2, end_line=9)
    related = (Place(region, message),) if message else ()

    assert blocks(replace(BASE, region=region, related=related), text="a\nb = (   \n")[3:-2] == [
        "2 | b = (",
        f"  |   ^^^ {words}",
    ]


@pytest.mark.parametrize(
    ("stations", "shown"),
    [
        ((), False),
        ((2,), False),
        ((4, 2), False),
        ((1, 4, 2), True),
    ],
)
def test_trace_is_shown_when_it_adds_a_place(stations: tuple[int, ...], shown: bool) -> None:
    trace = tuple(Place(at(line), f"station {line}") for line in stations)
    finding = replace(BASE, region=at(2), related=(Place(at(4), "there"),), trace=trace)

    rows = [row for row in blocks(finding) if "station" in row]

    expected = ["  = trace: a.py:1:1: station 1", "           a.py:4:1: station 4", "           a.py:2:1: station 2"]
    assert rows == (expected if shown else [])


def test_lines_of_crlf_and_cr_files_show_no_line_ends() -> None:
    finding = replace(BASE, region=at(2, end_column=1), related=(Place(at(3, end_column=1), "there"),))

    assert blocks(finding, text="a\r\nb\rc\r\n")[3:-2] == ["2 | b", "  | ^", "3 | c", "  | - there"]


def test_place_whose_line_is_not_known_is_named_with_its_words() -> None:
    related = (Place(at(400), "in no line"), Place(at(3, "c.py"), "in no file"))

    assert blocks(replace(BASE, region=at(2), related=related))[1:] == [
        "   --> a.py:2:1",
        "    |",
        "  2 | line 2",
        "    | ^^^^",
        "    |",
        "    = note: a.py:400:1: in no line",
        "   ::: c.py:3:1",
        "    |",
        "    = note: c.py:3:1: in no file",
        "    = help: Do this.",
    ]


@pytest.mark.parametrize("width", [0, 40, 60, 80, 100, 200])
def test_source_rows_keep_to_the_width(width: int) -> None:
    text = render("full", MENAGERIE, RenderOptions(width=width))

    rows = [row for row in text.splitlines() if re.match(r" *\d+ \| ", row)]
    assert len(rows) >= 12
    assert max(display_width(row) for row in rows) <= max(width, 25)


def test_narrow_terminals_get_twenty_columns_of_source() -> None:
    finding = replace(BASE, region=at(1, column=30, end_column=34))

    narrow, least = (
        blocks(finding, text="x" * 60, options=RenderOptions(width=width, quiet=True)) for width in (0, 24)
    )
    assert narrow == least
    assert narrow[3] == "1 | …" + "x" * 18 + "…"


def test_colour_adds_sequences_and_changes_nothing_else() -> None:
    plain = render("full", MENAGERIE, RenderOptions())
    painted = render("full", MENAGERIE, RenderOptions(color=True))

    assert re.sub(r"\x1b\[[0-9;]+m", "", painted) == plain
    assert "\x1b[1;31merror[temporary-key-without-token]\x1b[0m" in painted
    assert "\x1b[1;33mwarning[session-duration-too-short]\x1b[0m" in painted
    assert "\x1b[1;36mnote[profile-set-in-process]\x1b[0m" in painted
    # The primary mark has the colour of its severity, a related one that of the frame.
    assert "\x1b[1;33m^^^\x1b[0m" in painted
    assert "\x1b[1;34m---------------\x1b[0m" in painted


def test_colours_end_on_their_line() -> None:
    for row in render("full", MENAGERIE, RenderOptions(color=True)).splitlines():
        assert row.count("\x1b[0m") * 2 == row.count("\x1b[")


def test_quiet_leaves_the_last_line_out() -> None:
    loud, quiet = (render("full", MENAGERIE, RenderOptions(quiet=quiet)) for quiet in (False, True))

    assert loud.startswith(quiet)
    assert loud.removeprefix(quiet).strip().startswith("7 findings in 5 of 41 files")
    assert render("full", CLEAN, RenderOptions(quiet=True)) == ""
