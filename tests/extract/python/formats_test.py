"""Texts that formatting and joining make, part by part."""

from __future__ import annotations

import pytest

from credlint.extract.python.domain import Item, ListObject, Scalar, Text, Value, constant, text_of
from credlint.extract.python.formats import cut_short, joined, percent, shuffled, unescaped
from credlint.model.values import EnvironmentVariable

KEY: Value = (Item(Scalar(EnvironmentVariable("KEY"))),)
SECRET: Value = (Item(Scalar(EnvironmentVariable("SECRET"))),)


def test_percent_by_position_and_by_name() -> None:
    by_position = percent("key=%s;secret=%-10s'", [KEY, SECRET])
    assert by_position == [constant("key="), KEY, constant(";secret="), SECRET, constant("'")]
    assert percent("%(secret)s %(key)s", {"key": KEY, "secret": SECRET}) == [SECRET, constant(" "), KEY]
    assert percent("100 %%", []) == [constant("100 "), constant("%")]


@pytest.mark.parametrize(
    ("template", "given"),
    [("%s", []), ("%s", [KEY, SECRET]), ("%(key)s", [KEY]), ("%(key)s", {"secret": SECRET}), ("%s", {"key": KEY})],
)
def test_what_does_not_fit(template: str, given: list[Value] | dict[str, Value]) -> None:
    assert percent(template, given) is None


def test_a_few_characters_are_a_mask() -> None:
    shown = percent("%.4s and %.20s", [KEY, SECRET])
    assert shown is not None
    assert (KEY in shown, SECRET in shown) == (False, True)
    assert cut_short(KEY, ".8") != KEY
    assert cut_short(KEY, ".9") == KEY
    assert cut_short(KEY, ">20") == KEY


def test_joining_keeps_the_order_of_a_list_that_is_whole() -> None:
    comma = constant(", ")[0]
    assert joined(comma, ListObject((KEY, SECRET))) == text_of([KEY, (comma,), SECRET])
    (item,) = joined(comma, ListObject((KEY, SECRET), open=True))
    assert isinstance(item.data, Text)
    assert item.data.cut


def test_a_text_in_no_known_order() -> None:
    assert shuffled(KEY) == KEY
    (item,) = shuffled(text_of([KEY, SECRET]))
    assert isinstance(item.data, Text)
    assert item.data.cut


@pytest.mark.parametrize(
    ("text", "raw", "plain"),
    [
        (r"a\nb", False, "a\nb"),
        (r"a\nb", True, r"a\nb"),
        ("{{x}}", False, "{x}"),
        (r"say \"x\" and \\", False, 'say "x" and \\'),
        ("one \\\ntwo", False, "one two"),
        (r"\d", False, r"\d"),
    ],
)
def test_constant_text_of_an_f_string(text: str, raw: bool, plain: str) -> None:
    assert unescaped(text, raw=raw) == plain
