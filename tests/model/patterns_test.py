"""Patterns that are compiled late match as those that `re.compile` gives."""

from __future__ import annotations

import re

import pytest

from credlint.model.patterns import pattern


def test_a_pattern_is_compiled_when_it_is_used() -> None:
    broken = pattern("(")
    with pytest.raises(re.error):
        broken.search("x")


@pytest.mark.parametrize("name", ["match", "search", "fullmatch", "findall", "split"])
@pytest.mark.parametrize(("text", "flags"), [(r"[a-c]+", 0), (r"[a-c]+", re.IGNORECASE)])
def test_methods_are_those_of_the_compiled_one(name: str, text: str, flags: int) -> None:
    late, early = pattern(text, flags), re.compile(text, flags)
    for string in ("abc", "ABC", "xbx"):
        found, expected = getattr(late, name)(string), getattr(early, name)(string)
        assert found == expected or found.span() == expected.span()
    assert (late.pattern, late.flags, late.sub("-", "xbx")) == (early.pattern, early.flags, early.sub("-", "xbx"))


def test_bytes_have_patterns_too() -> None:
    assert pattern(rb"\w+").findall(b"a b") == [b"a", b"b"]
