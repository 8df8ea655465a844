"""Which attributes a chunk stores in what it calls self."""

from __future__ import annotations

import pytest

from credlint.extract.python.reach import attributes_stored
from credlint.extract.python.screen import screen
from credlint.extract.python.source import Source


@pytest.mark.parametrize(
    ("line", "stored"),
    [
        ("self.a = 1", {"a"}),
        ("self.a: int = 1", {"a"}),
        ("self.a += 1", {"a"}),
        ("self.a, self.b = pair", {"a", "b"}),
        ("self.a = self.b = 1", {"a", "b"}),
        ("self.a['k'] = 1", {"a"}),
        ("self.a.b = 1", {"a"}),
        ("if x: self.a = 1", {"a"}),
        ("return self.a == 1", set()),
        ("return self.a", set()),
        ("other.a = 1", set()),
        ("self.f(1, a=2)", set()),
        ("return self.a != 1", set()),
        ("return self.a >= 1", set()),
        ("self.a[f(b=1)] = 1", {"a"}),
    ],
)
def test_stored(line: str, stored: set[str]) -> None:
    source = Source("a.py", screen(f"class A:\n    def f(self):\n        {line}\n"))
    assert attributes_stored(source, 1) == stored
