"""Ignore comments."""

from __future__ import annotations

import pytest

from credlint.extract.text.suppressions import find_ignore


@pytest.mark.parametrize(
    ("line", "rules", "whole"),
    [
        ("x: 1  # credlint: ignore[a-b] why", ("a-b",), False),
        ("# credlint: ignore[a, b]", ("a", "b"), False),
        ("#credlint:ignore-file[a]", ("a",), True),
        ("# credlint: ignore", (), False),
        ("# credlint: ignore[]", (), False),
    ],
)
def test_found(line: str, rules: tuple[str, ...], whole: bool) -> None:
    found = find_ignore(line)
    assert found is not None
    assert (found.rules, found.whole_file) == (rules, whole)
    assert line[found.start] == "#"


@pytest.mark.parametrize("line", ["", "credlint", "# credlint: ignored[a]", "credlint: ignore[a]"])
def test_not_found(line: str) -> None:
    assert find_ignore(line) is None
