"""Globs mean what they mean for `fnmatch`."""

from __future__ import annotations

from fnmatch import fnmatchcase
from itertools import product

import pytest

from credlint.model.globs import fits

TEXTS = ["".join(one) for length in range(5) for one in product("ab", repeat=length)]
GLOBS = ["".join(one) for length in range(5) for one in product("ab*", repeat=length)]


@pytest.mark.parametrize("glob", [*GLOBS, "[ab]*", "?", "[!a]b", "*\n*"])
def test_they_are_those_of_fnmatch(glob: str) -> None:
    for text in (*TEXTS, "a\nb", "*"):
        assert fits(text, glob) is fnmatchcase(text, glob), (text, glob)
