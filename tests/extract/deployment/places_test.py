"""Where the characters of a scalar stand."""

from __future__ import annotations

import pytest

from credlint.extract.deployment.events import parse, readable
from credlint.extract.deployment.places import Places, value_extent
from credlint.extract.deployment.tree import Extent, Mark, Scalar
from credlint.model.span import split_lines


def value(text: str) -> tuple[Scalar, Places]:
    parsed = parse(text)
    places = Places("f", split_lines(readable(text)), parsed.documents)
    return parsed.documents[-1].scalars[-1], places


@pytest.mark.parametrize(
    "text",
    [
        "k: plain text",
        "k: plain\n  over\n\n  lines",
        "k: 'it''s\n  folded'",
        'k: "a \\x41\\u0042 \\"q\\" \\t \\z \\\n   joined\n   folded\n\n   para"',
        "k: |\n  one\n   two\n\n  three\n",
        "k: |2\n   one\n  two\n",
        "k: >-\n  one\n  two\n    more\n\n  three\n",
        "k:\n  - |+\n    x\n\n",
        "k: |\r\n  one\r\n  two\r\n",
        "k: 'é ü 😀 z'",
        'k: "a \\U0001F600 b \\xZZ"',
        'k: "a \\"',
        "a: 1\n---\nk: |\n  deep\n",
    ],
)
def test_every_character_is_found(text: str) -> None:
    scalar, places = value(text)
    text_map = places.text_map(scalar)
    for offset, character in enumerate(scalar.text):
        if character.isspace() or character in 'AB"z':
            continue
        mark = text_map.mark(offset)
        assert places.lines[mark.line][mark.column] in {character, "\\"}
    assert text_map.length == len(scalar.text)


def test_an_extent_in_the_text() -> None:
    scalar, places = value("k: |\n  one two\n  three\n")
    text_map = places.text_map(scalar)
    assert places.raw(text_map.extent(4, 7)) == "two"
    assert places.raw(text_map.extent(4, 13)) == "two\n  three"
    assert places.raw(text_map.extent(4, 4)) == ""
    assert places.text_map(scalar) is text_map


def test_locations_are_relative_to_their_document() -> None:
    scalar, places = value("a: 1\n---\nb: 2\nc: 'x'\n")
    location = places.location(value_extent(scalar))
    assert (location.span.chunk, location.span.line, location.span.column, location.span.end_column) == (1, 2, 4, 5)
    assert places.line_of(location) == 3


def test_the_value_of_a_block_is_its_header() -> None:
    scalar, places = value("k: |-\n  x\n")
    assert places.raw(value_extent(scalar)) == "|"


def test_an_empty_text_stands_where_it_begins() -> None:
    scalar, places = value("k: ''")
    assert places.text_map(scalar).mark(0) == Mark(0, 4)


def test_places_outside_are_empty() -> None:
    _, places = value("k: v")
    assert places.raw(Extent(Mark(9, 0), Mark(9, 1))) == ""
    assert places.raw(Extent(Mark(0, 3), Mark(9, 1))) == "v"
