"""Records as Python text that makes them again."""

from __future__ import annotations

from enum import Enum

import pytest

from credlint.catalogue.written import Writer
from credlint.model.records import dataclass, field


class Color(Enum):
    """Two."""

    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True)
class Box:
    """What is written."""

    name: str
    color: Color = Color.RED
    inside: tuple[Box, ...] = ()
    words: frozenset[str] = frozenset()
    sizes: dict[str, float] = field(default_factory=dict)
    data: bytes | None = None


@pytest.mark.parametrize(
    "box",
    [
        Box("a'\n"),
        Box("a", Color.BLUE, (Box("b"), Box("c", words=frozenset({"y", "x"}))), sizes={"x": 1.5, "y": -2}, data=b"\0"),
        Box("long" * 30, inside=(Box("x" * 100, inside=(Box("y" * 100),)),), sizes={"z" * 60: 1, "y" * 60: 2}),
    ],
)
def test_what_is_written_makes_the_same_again(box: Box) -> None:
    writer = Writer()
    text = writer.expression(box)
    assert eval(text, {"Box": Box, "Color": Color}) == box  # noqa: S307 - what was just written
    assert max(map(len, text.split("\n"))) < 130
    names = "Box, Color" if "Color" in text else "Box"
    assert writer.imports() == f"from {__name__} import {names}\n"


def test_what_a_record_has_by_itself_is_not_written() -> None:
    assert Writer().expression(Box("a", sizes={})) == "Box(name='a',)"


def test_words_stand_in_their_order() -> None:
    assert Writer().expression(frozenset({"b", "a"})) == "frozenset({'a', 'b'})"
    assert Writer().expression(frozenset()) == "frozenset()"
    assert Writer().expression(("a",)) == "('a',)"
