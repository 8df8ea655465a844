"""Fingerprints stay when lines move and literals change."""

from __future__ import annotations

import pytest

from credlint.linter.fingerprint import fingerprint, masked

SAME = [
    ("f('a')", 'f("b")', False),
    ("f('a')", "f(b'a\\'c')", False),
    ("f('''a\nb''')", "f(r'x')", False),
    ("f(  1,\n  2)", "f( 1, 2)", False),
    ("f(1)  # why", "f(1)", False),
    ("f(1)  # credlint: ignore[logged-credentials]", "f(1)", False),
    ("value: 600", "value: 300", True),
    ('value: "600"', "value: 300", True),
    ("- name: A\n  value: one two", "- name: B\n  value: three # four", True),
    ("- one", "- two", True),
]
DIFFERENT = [
    ("f(1)", "f(2)", False),
    ("f('a')", "g('a')", False),
    ("f('a')", "f('a', 'b')", False),
    ("one: 1", "two: 1", True),
    ("value: *anchor", "value: 1", True),
]


@pytest.mark.parametrize(("one", "other", "yaml"), SAME)
def test_same(one: str, other: str, yaml: bool) -> None:
    assert masked(one, yaml=yaml) == masked(other, yaml=yaml)


@pytest.mark.parametrize(("one", "other", "yaml"), DIFFERENT)
def test_different(one: str, other: str, yaml: bool) -> None:
    assert masked(one, yaml=yaml) != masked(other, yaml=yaml)


def test_every_part_counts() -> None:
    parts = ("a.py", "rule", "case", "f(*)")
    known = {fingerprint(*parts, 0), fingerprint(*parts, 1)}
    for index in range(len(parts)):
        known.add(fingerprint(*(part + "x" if index == at else part for at, part in enumerate(parts)), 0))
    assert len(known) == 6
    assert {len(one) for one in known} == {32}


def test_a_path_that_is_not_utf_8_has_one() -> None:
    assert fingerprint("\udcff.py", "rule", "case", "", 0)
