"""INI text with its offsets."""

from __future__ import annotations

import pytest

from credlint.extract.text.ini import looks_like_ini, read_ini

TEXT = """\
top = 1
[default]
key = a b
# comment = no
; other = no
nested =
  inner = 2
not an entry
[profile x]
key:c
"""


def test_sections_and_entries() -> None:
    found = [(section.name, [(entry.key, entry.value) for entry in section.entries]) for section in read_ini(TEXT)]
    assert found == [
        ("", [("top", "1")]),
        ("default", [("key", "a b"), ("nested", ""), ("inner", "2")]),
        ("profile x", [("key", "c")]),
    ]


def test_offsets() -> None:
    default = read_ini(TEXT)[1]
    entry = default.get("key")
    assert entry is not None
    assert TEXT[entry.key_start : entry.key_end] == "key"
    assert TEXT[entry.value_start : entry.value_end] == "a b"
    assert default.get("missing") is None


@pytest.mark.parametrize(("text", "expected"), [(TEXT, True), ("a = b", False), ("[x]\n", False), ("[1, 2]", False)])
def test_what_looks_like_ini(text: str, expected: bool) -> None:
    assert looks_like_ini(text) is expected
