"""What is known of the elements of sequences, of comprehensions, and of numbers between bounds."""

from __future__ import annotations

import pytest

from tests.extract.python.values import values

SEQUENCES = [
    ("x = [n for n in (1, 2)]", ["[1, 2]"]),
    ("x = [n for n in (1, 2) if n > 1]", ["[2]"]),
    ("x = [n for n in (1, 2) if n > other()]", ["[1|2, ...]"]),
    ("x = [n for n in () if n > 1]", ["[?, ...]"]),
    ("x = [n for n in other() if n is None and n == 1]", ["[...]"]),
    ("x = [a + b for a in (1, 2) for b in (10, 20)]", ["[11, 21, 12, 22]"]),
    ("x = [n for n in range(20)]", ["[?, ...]"]),
    ("x = [n for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13)]", ["[?, ...]"]),
    ("x = [n for n in {'a': 1}]", ["['a']"]),
    ("x = {k: v for k, v in (('a', 1), ('b', 2))}", ["{a: 1, b: 2}"]),
    ("x = {k: v for k, v in {'a': 1}.items()}", ["{a: 1}"]),
    ("x = {name(): credentials for n in (1,)}[y]", ["AssumeRole.Credentials"]),
    ("x = {name(): credentials['AccessKeyId'] for n in (1,)}[y]", ["?"]),
    ("x = {name(): credentials for n in (1,)}['a']", ["?"]),
    ("x = {'a': credentials, 'b': answer}[y]", ["AssumeRole", "AssumeRole.Credentials"]),
    ("x = {'a': 1}[y]", ["?"]),
    ("x = y[z]", ["?"]),
    ("d = {}\nd[y] = credentials\nx = d[z]", ["AssumeRole.Credentials"]),
    ("d = {}\nd[y] = credentials\nx = d.get(z)", ["AssumeRole.Credentials"]),
    ("x = [1 for o.n in (1, 2)]", ["[1, 1]"]),
    ("x = dict(zip(('a', 'b'), (1, 2)))", ["{a: 1, b: 2}"]),
    ("x = dict([('a', 1), (y, 2)])", ["{a: 1, ...}"]),
    ("x = dict([('a', 1, 2)])", ["{...}"]),
    ("x = list(zip(('a', 'b'), other()))", ["[['a'|'b', ?], ...]"]),
    ("x = list(enumerate('a'))", ["[[?, ?], ...]"]),
    ("x = list(enumerate([1, 2]))", ["[[0, 1], [1, 2]]"]),
    ("x = list(reversed([1, 2]))", ["[2, 1]"]),
    ("x = list(reversed(other()))", ["[?, ...]"]),
    ("x = list(filter(None, [1, 2]))", ["[1|2, ...]"]),
    ("x = list(filter(None))", ["?"]),
    ("x = list(map(int, ['1', '2']))", ["[1, 2]"]),
    ("x = list(map(int, other()))", ["[?, ...]"]),
    ("x = sum([1, 2])", ["3"]),
    ("x = sum(other())", ["?"]),
    ("x = sum([1, other()])", ["?"]),
    ("x = abs(-3)", ["3"]),
    ("x = abs(*other())", ["?"]),
    ("x = round(2.0)", ["2"]),
    ("x = round(2.25, 1)", ["?"]),
    ("a, *x = 1, 2, 3", ["[2, 3]"]),
    ("*x, a = 1, 2, 3", ["[1, 2]"]),
    ("a, *x = other()", ["[?, ...]"]),
    ("x = [1, *[2, 3]]", ["[1, 2, 3]"]),
    ("l = [1]\nl.append(2)\nl.extend((3, 4))\nx = l", ["[1, 2, 3, 4]"]),
    ("l = [1]\nl.extend(other())\nx = l", ["[1, ?]"]),
    ("l = []\nfor n in other():\n    l.append(1)\nx = l", ["[1, ...]"]),
    ("l = []\nfor n in ('a', 'b'):\n    l.append(n)\nx = l", ["['a', 'b']"]),
    ("l = []\nfor n in ('a', 'b'):\n    if n == 'b':\n        break\n    l.append(n)\nx = l", ["['a', ...]"]),
    ("l = []\nfor n in ('a', 'b'):\n    l.append(n)\nelse:\n    l.append('c')\nx = l", ["['a', 'b', 'c']"]),
    ("l = [1, 2]\nx = l.pop()", ["1", "2"]),
    ("x = [].pop()", ["?"]),
    ("l = [1]\nm = l.copy()\nm.append(2)\nx = l", ["[1]"]),
]

NUMBERS = [
    ("x = min(y, 600)", ["None..600"]),
    ("x = max(y, 900)", ["900..None"]),
    ("x = max(900, min(y, 43200))", ["900..43200"]),
    ("x = min(max(y, 900), 43200)", ["900..43200"]),
    ("x = min(max(y, 900), 600)", ["600"]),
    ("x = max(y, z)", ["?"]),
    ("x = max(900)", ["?"]),
    ("x = max([900, 600])", ["900"]),
    ("x = max(900, *other())", ["?"]),
    ("x = max([900, 600], key=len)", ["?"]),
    ("x = max(True, y)", ["?"]),
    ("x = max(900, int(os.environ.get('N', '600')))", ["900", "900..None"]),
]

GETTERS = [
    ("import operator\nx = operator.itemgetter('a')({'a': 1})", ["1"]),
    ("import operator\nx = operator.itemgetter('a', 'b')({'a': 1, 'b': 2})", ["[1, 2]"]),
    ("import operator\nx = operator.itemgetter(1)([1, 2])", ["2"]),
    ("import operator\nx = operator.itemgetter(y)([1, 2])", ["?"]),
    ("import operator\nx = operator.itemgetter(1)", ["getter of 1"]),
    ("import operator\nx = operator.itemgetter(1)()", ["?"]),
    ("import operator\nclass A:\n    b = 1\nclass C:\n    a = A()\nx = operator.attrgetter('a.b')(C())", ["1"]),
]

SPANS = [
    ("x = timedelta(minutes=10) / timedelta(seconds=1)", ["600.0"]),
    ("x = timedelta(minutes=10) // timedelta(minutes=1)", ["10"]),
    ("x = (timedelta(minutes=10) + timedelta(hours=1)).total_seconds()", ["4200"]),
    ("x = (timedelta(minutes=10) * 2).seconds", ["1200"]),
    ("x = (2 * timedelta(minutes=10)).seconds", ["1200"]),
    ("x = (timedelta(minutes=10) / 7).seconds", ["?"]),
    ("x = timedelta(minutes=y) / timedelta(seconds=1)", ["?"]),
    ("x = timedelta(minutes=1) * y", ["?"]),
]


@pytest.mark.parametrize(("text", "expected"), [*SEQUENCES, *NUMBERS, *GETTERS], ids=str)
def test_sequence(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(("text", "expected"), SPANS, ids=str)
def test_span_of_time(text: str, expected: list[str]) -> None:
    assert values(f"from datetime import timedelta\n{text}") == expected
