"""Records: their fields and defaults, what they become as mappings and tuples."""

from __future__ import annotations

import pytest

from tests.extract.python.values import values

PRELUDE = """
import attr, dataclasses, types
from dataclasses import dataclass, field, InitVar
from collections import namedtuple
from typing import ClassVar, NamedTuple, TypedDict
from pydantic import BaseModel, Field
from pydantic_settings import BaseSettings
@dataclass
class A:
    one: int
    two: int = 2
    three: ClassVar[int] = 3
    def half(self):
        return self.one
@dataclass
class B(A):
    four: int = 4
"""

RECORDS = [
    ("x = A(1)", ["A(one=1, two=2)"]),
    ("x = A(1).three", ["3"]),
    ("x = B(1, four=5)", ["B(one=1, two=2, four=5)"]),
    ("x = B(1, 5, 6)", ["B(one=1, two=5, four=6)"]),
    ("x = A()", ["A(one=?, two=2)"]),
    ("x = A(**other())", ["A(one=?, two=?)"]),
    ("x = A(1, five=5)", ["A(one=1, two=2, ...)"]),
    ("@dataclass\nclass D:\n    a: list = field(default_factory=list)\nx = D()", ["D(a=[])"]),
    ("@dataclass\nclass D:\n    a: int = field(default=1, repr=False)\nx = D()", ["D(a=1)"]),
    ("@dataclass\nclass D:\n    a: int = field(default_factory=other.make)\nx = D()", ["D(a=?)"]),
    ("@dataclass\nclass D:\n    a: int = field(default_factory=make)\nx = D()", ["D(a=?)"]),
    ("@dataclass\nclass D:\n    a: int = field(init=False)\n    b: int = 1\nx = D(2)", ["D(a=?, b=2)"]),
    ("@dataclass\nclass D:\n    a: int = other()\nx = D()", ["D(a=?)"]),
    (
        "@dataclass\nclass D:\n    a: InitVar[int]\n    b: int\n    def __post_init__(self, a): self.b = a\nx = D(7)",
        ["D(b=7)"],
    ),
    ("@dataclass\nclass D:\n    a: int\n    def __init__(self):\n        self.a = 5\nx = D()", ["D(a=5)"]),
    ("@attr.s\nclass D:\n    a = attr.ib()\n    b = attr.ib(default=2)\n    c = other()\nx = D(1)", ["D(a=1, b=2)"]),
    ("class D(BaseModel):\n    a: int = Field(1)\n    b: int = Field(...)\nx = D(b=2)", ["D(a=1, b=2)"]),
    ("class D(BaseSettings):\n    a: int = 1\nx = D().a", ["1", "?"]),
    ("class D(TypedDict):\n    a: int\n    b: int\nx = D(a=1)", ["{a: 1}"]),
    ("class D(TypedDict):\n    a: int\nx = D(**other())", ["{...}"]),
    ("D = namedtuple('D', ['a', 'b'], defaults=[2])\nx = D(1)", ["D(a=1, b=2)"]),
    ("D = NamedTuple('D', [('a', int)])\nx = D(1)", ["D(a=1)"]),
    ("D = namedtuple('D', other())\nx = D", ["?"]),
    ("D = namedtuple(other(), 'a')\nx = D", ["?"]),
    ("D = namedtuple('D')\nx = D", ["?"]),
    ("class D(NamedTuple):\n    a: int\n    b: int\na, x = D(1, 2)", ["2"]),
    ("class D(NamedTuple):\n    a: int\n    b: int\nx = [*D(1, 2)]", ["[1, 2]"]),
    ("x = dataclasses.asdict(A(1))", ["{one: 1, two: 2}"]),
    ("x = dataclasses.astuple(A(1))", ["[1, 2]"]),
    ("x = dataclasses.astuple(other())", ["?"]),
    ("x = vars(A(1))", ["{one: 1, two: 2}"]),
    ("x = A(1).__dict__", ["{one: 1, two: 2}"]),
    ("x = vars(y)", ["?"]),
    ("x = A(1)._asdict()", ["{one: 1, two: 2}"]),
    ("x = A(1).model_copy(update={'one': 3})", ["A(one=3, two=2)"]),
    ("x = A(1).model_copy(update=other())", ["A(one=1, two=2, ...)"]),
    ("x = dataclasses.replace(A(1), two=5, six=6)", ["A(one=1, two=5)"]),
    ("x = dataclasses.replace(other(), two=5)", ["?"]),
    ("x = {**types.SimpleNamespace(a=1).__dict__, 'b': 2}", ["{a: 1, b: 2}"]),
    ("a = A(1)\nsetattr(a, 'one', 9)\nx = a.one", ["9"]),
    ("a = A(1)\nsetattr(a, y, 9)\nx = a.one", ["1"]),
    ("x = getattr(A(1), 'one')", ["1"]),
    ("x = getattr(A(1), 'none', 7)", ["7"]),
    ("x = getattr(A(1), 'half', 7)", ["def A.half"]),
    ("x = getattr(A(1), y, 7)", ["?"]),
    ("x = getattr(types.SimpleNamespace(a=1), 'b', 7)", ["7"]),
    ("x = getattr()", ["?"]),
    ("x = super()", ["?"]),
    ("class C:\n    def m(self):\n        return super()\nx = C().m()", ["?"]),
    ("class C(A):\n    def m(self):\n        return super().two\nx = C(1, 5).m()", ["2"]),
    ("@dataclass\nclass D:\n    a: 'int | None' = 1\n    b: types.Kind | None = 2\nx = D()", ["D(a=1, b=2)"]),
    ("@dataclass\nclass D:\n    a: SecretStr = field(default=1)\nx = D()", ["D(a=1)"]),
]


@pytest.mark.parametrize(("text", "expected"), RECORDS, ids=str)
def test_record(text: str, expected: list[str]) -> None:
    assert values(PRELUDE + text) == expected
