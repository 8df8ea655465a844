"""Callables that are handed on, functions inside functions, decorators, context managers."""

from __future__ import annotations

import pytest

from tests.extract.python.values import values

FUNCTION = "def f(a=1, b=2):\n    return a + b\n"

HANDED = [
    ("x = other.submit(f, 2).result()", ["4"]),
    ("x = other.apply_async(f, (2,)).get()", ["4"]),
    ("x = other.apply_async(f, (2,), {'b': 5}).get()", ["7"]),
    ("x = other.apply_async(f, kwds={'b': 5}).get()", ["6"]),
    ("x = other.apply_async(f, y, z).get()", ["text['1|?', '2|?']"]),
    ("x = other.run_in_executor(None, f, 3)", ["5"]),
    ("x = other.run_in_executor(None, y, 3)", ["?"]),
    ("x = other.map(f, [1, 2])", ["[3, 4]"]),
    ("x = other.map(y, [1, 2])", ["?"]),
    ("x = other.enter_context(7)", ["7"]),
    ("x = other.run_until_complete(f())", ["?"]),
    ("x = other.run_until_complete(answer)", ["AssumeRole"]),
    ("x = other.run_until_complete(f)", ["3"]),
    ("x = other.retry(f, b=4)", ["5"]),
    ("x = other.Thread(target=f, args=(1,))", ["?"]),
    ("x = other.retry(fn=f)", ["?"]),
    ("import asyncio\nx = asyncio.gather(f(), f(5))", ["[3, 7]"]),
    ("import asyncio\nx = asyncio.create_task(f())", ["3"]),
    ("import functools\nx = functools.partial(f, 5)(b=6)", ["11"]),
    ("import functools\nx = functools.partial()", ["?"]),
    ("import operator\nx = other.map(operator.itemgetter('a'), [{'a': 1}])", ["[1]"]),
]

SCOPES = [
    (
        """
def o():
    boto3.client('s3')
    n = 1
    def i():
        nonlocal n
        n = 2
    i()
    return n
x = o()""",
        ["2"],
    ),
    (
        """
def o():
    n = None
    def i():
        nonlocal n
        n = 2
    other(callback=i)
    return n
x = o()""",
        ["?"],
    ),
    (
        """
def o():
    boto3.client('s3')
    def i():
        return n
    n = 2
    return i()
x = o()""",
        ["2"],
    ),
    (
        """
def o():
    n = 1
    def i():
        return n
    return i
x = o()()""",
        ["1"],
    ),
    (
        """
def o():
    n = 1
    class L:
        def m(self):
            return n
    return L
x = o()().m()""",
        ["1"],
    ),
    (
        """
def d(g):
    boto3.client('s3')
    def w(*a, **k):
        return g(*a, **k) + 10
    return w
@d
def h(n):
    return n
x = h(1)""",
        ["11"],
    ),
    (
        """
def d(g):
    boto3.client('s3')
    return g
@d
def h(n):
    return n
x = h(1)""",
        ["1"],
    ),
    (
        """
def d(g):
    boto3.client('s3')
    return other(g)
@d
def h(n=3):
    return n
x = h(1)""",
        ["1"],
    ),
    (
        """
class C:
    @property
    def p(self):
        return self.q
    @p.setter
    def p(self, v):
        self.q = v + 1
class D(C):
    pass
c = D()
c.p = 1
x = c.p""",
        ["2"],
    ),
    (
        """
class C:
    def __getitem__(self, n):
        return n
x = C()['a']""",
        ["'a'"],
    ),
    ("class C:\n    pass\nx = C()['a']", ["?"]),
]

ENVIRONMENT = [
    ("with patch.dict(os.environ, {'A': 'a'}):\n    x = os.environ['A']", ["'a'"]),
    ("with patch.dict('os.environ', A='a'):\n    x = os.environ['A']", ["'a'"]),
    ("with patch.dict(os.environ, {'A': 'a'}):\n    pass\nx = os.environ['A']", ["$A"]),
    ("with patch.dict(other, {'A': 'a'}):\n    x = os.environ['A']", ["$A"]),
    ("x = {'A': 1, **os.environ}['A']", ["1", "?"]),
    ("x = {'A': 1, **other()}['A']", ["1", "?"]),
    ("x = {'A': 1, **{'B': 2}}['A']", ["1"]),
    ("x = {**os.environ, 'A': 1}['A']", ["1"]),
    ("x = {'A': 1, **(None or {})}['A']", ["1"]),
]

PROCESSES = [
    ("x = subprocess.check_output(['aws', 'sts', 'get-session-token'])", ["GetSessionToken"]),
    ("x = subprocess.check_output(['/usr/bin/aws', *other(), 'sts', 'get-session-token'])", ["GetSessionToken"]),
    ("x = subprocess.check_output('aws sts get-session-token', shell=True)", ["GetSessionToken"]),
    ("x = subprocess.check_output('aws sts get-session-token | jq .', shell=True)", ["?"]),
    ("x = subprocess.check_output(['aws', 's3', 'ls'])", ["?"]),
    ("x = subprocess.check_output(['make', 'sts', 'get-session-token'])", ["?"]),
    ("x = subprocess.check_output(['aws', 'iam', 'create-role'])", ["?"]),
    ("x = subprocess.check_output(other())", ["?"]),
    ("x = subprocess.check_output()", ["?"]),
    ("x = subprocess.run(['aws', 'sts', 'get-session-token']).stdout", ["GetSessionToken"]),
    ("x = subprocess.Popen(['aws', 'sts', 'get-session-token']).communicate()[0]", ["GetSessionToken"]),
    ("x = subprocess.Popen(['aws', 'sts', 'get-session-token']).stdout.read()", ["GetSessionToken"]),
    (
        "x = subprocess.check_output(['aws', 'sts', 'get-session-token', '--query', 'Credentials'])",
        ["GetSessionToken.Credentials"],
    ),
    ("x = subprocess.check_output(['aws', 'sts', 'get-session-token', '--query=Credentials.SecretAccessKey'])", ["?"]),
    ("x = subprocess.check_output(['aws', 'sts', 'get-session-token', '--query', other()])", ["?"]),
    (
        "x = subprocess.check_output(['aws', 'sts', 'get-session-token', '--duration-seconds', '900'])",
        ["GetSessionToken"],
    ),
    ("x = subprocess.check_output(['aws', 'sts', 'get-session-token', '--duration-seconds', y])", ["GetSessionToken"]),
    ("x = asyncio.create_subprocess_exec('aws', 'sts', 'get-session-token').communicate()[0]", ["GetSessionToken"]),
]


@pytest.mark.parametrize(("text", "expected"), [*HANDED, *SCOPES], ids=str)
def test_handed(text: str, expected: list[str]) -> None:
    assert values(FUNCTION + text) == expected


@pytest.mark.parametrize(("text", "expected"), ENVIRONMENT, ids=str)
def test_environment(text: str, expected: list[str]) -> None:
    assert values(f"from unittest.mock import patch\n{text}") == expected


@pytest.mark.parametrize(("text", "expected"), PROCESSES, ids=str)
def test_command(text: str, expected: list[str]) -> None:
    assert values(f"import asyncio, subprocess\n{text}") == expected
