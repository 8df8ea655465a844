"""Items, attributes and keys, read and stored, in modules that are evaluated."""

from __future__ import annotations

import pytest

from credlint.catalogue.load import load_catalogue
from credlint.extract.python.read import read_module
from credlint.model.project import Settings
from tests.extract.python.values import run, values

READS: list[tuple[str, list[str]]] = [
    # dicts
    ("x = {'a': 1}['a']", ["1"]),
    ("x = {'a': 1}['b']", ["?"]),
    ("x = {1: 'a'}[1]", ["'a'"]),
    ("d = {**os.environ, 'a': 1}\nx = d['a']", ["1"]),
    ("d = dict(os.environ)\nx = d['KEY']", ["$KEY"]),
    ("d = {'a': 1}\nx = d[other()]", ["?"]),
    ("k = 'a' if other() else 'b'\nx = {'a': 1, 'b': 2}[k]", ["1", "2"]),
    ("d = {}\nif other():\n    d['a'] = 1\nx = d['a']", ["1"]),
    ("x = None['a']", ["?"]),
    ("d = {'a': 1} if other() else None\nx = d['a']", ["1"]),
    ("d = {'b': 2}\nif other():\n    d['a'] = 1\nx = list(d.values())", ["[2, 1, ...]"]),
    ("d = {'b': 2}\nif other():\n    d['a'] = 1\nx = list(d.keys())", ["['b', 'a', ...]"]),
    ("d = {'b': 2}\nif other():\n    d['a'] = 1\nfor k, v in d.items():\n    x = v", ["1", "2"]),
    ("x = list({'a': 1, 'b': 2}.items())", ["[['a', 1], ['b', 2]]"]),
    ("x = list({'a': 1}.keys())", ["['a']"]),
    ("d = {}\nif other():\n    d['a'] = 1\ndef f(a=3):\n    return a\nx = f(**d)", ["1", "3"]),
    ("d = {}\nif other():\n    d['a'] = 1\ndef f(a):\n    return a\nx = f(**d)", ["1", "?"]),
    ("def f(a=3):\n    return a\nx = f(**other())", ["3", "?"]),
    # lists
    ("x = [1, 2, 3][1]", ["2"]),
    ("x = (1, 2, 3)[-1]", ["3"]),
    ("x = [1, 2][5]", ["?"]),
    ("x = [1, *other()][0]", ["1"]),
    ("l = []\nfor i in other():\n    l.append(1)\nx = l[0]", ["1"]),
    ("x = [1]['a']", ["?"]),
    # the environment
    ("x = os.environ['KEY']", ["$KEY"]),
    ("os.environ['KEY'] = 'a'\nx = os.environ['KEY']", ["'a'"]),
    ("if other():\n    os.environ['KEY'] = 'a'\nx = os.environ['KEY']", ["$KEY", "'a'"]),
    ("x = os.environ.get('KEY')", ["$KEY"]),
    ("x = os.environ[other()]", ["?"]),
    # answers
    ("x = answer", ["AssumeRole"]),
    ("x = answer['Credentials']", ["AssumeRole.Credentials"]),
    ("x = answer['Credentials']['AccessKeyId']", ["AssumeRole.key_id"]),
    ("x = answer['Credentials']['SecretAccessKey']", ["AssumeRole.secret"]),
    ("x = answer['Credentials']['SessionToken']", ["AssumeRole.token"]),
    ("x = answer['Credentials']['Expiration']", ["AssumeRole.expiration"]),
    ("x = answer['Credentials']['Other']", ["?"]),
    ("x = answer['AssumedRoleUser']['Arn']", ["?"]),
    ("x = answer[0]", ["?"]),
    ("x = answer.get('Credentials').get('AccessKeyId')", ["AssumeRole.key_id"]),
    ("x = answer.get('Credentials', {}).get('SessionToken', None)", ["AssumeRole.token"]),
    # credential objects
    ("c = boto3.Session().get_credentials()\nx = c.access_key", ["botocore credentials.key_id"]),
    ("c = boto3.Session().get_credentials()\nx = c.token", ["botocore credentials.token"]),
    ("c = boto3.Session().get_credentials().get_frozen_credentials()\nx = c[1]", ["frozen credentials.secret"]),
    ("c = boto3.Session().get_credentials().get_frozen_credentials()\nx = c[7]", ["?"]),
    # instances
    ("class A:\n    a = 1\nx = A().a", ["1"]),
    ("class A:\n    a = 1\nx = A.a", ["1"]),
    ("class A:\n    def __init__(self):\n        self.a = 1\nx = A().a", ["1"]),
    ("class A:\n    a = 1\nclass B(A):\n    pass\nx = B().a", ["1"]),
    ("class A:\n    pass\nx = A.b", ["?"]),
    ("class A:\n    pass\nx = A().b", ["?"]),
    ("class A:\n    pass\na = A()\na.b = 1\nx = a.b", ["1"]),
    ("class A:\n    pass\na = A()\nif other():\n    a.b = 1\nx = a.b", ["1"]),
    ("class A:\n    a = 1\na = A()\na.a = 2\nx = a.a", ["2"]),
    ("class A:\n    a = 1\na = A()\nif other():\n    a.a = 2\nx = a.a", ["1", "2"]),
    ("class A:\n    a = 1\nA.a = 2\nx = A.a", ["2"]),
    ("class A:\n    a = 1\nA.a = 2\nx = A().a", ["2"]),
    ("class A:\n    a = 1\nif other():\n    A.a = 2\nx = A.a", ["1", "2"]),
    ("class A:\n    a = 1\ndef f():\n    A.a = 2\nf()\nx = A.a", ["1", "2"]),
    ("class A:\n    a = 1\n    @classmethod\n    def f(cls):\n        cls.a = 2\nA.f()\nx = A.a", ["1", "2"]),
    ("class A:\n    a = None\nA.a = credentials['AccessKeyId']\nx = A.a", ["AssumeRole.key_id"]),
    ("from types import SimpleNamespace\na = SimpleNamespace(b=1)\nx = a.b", ["1"]),
    ("from collections import namedtuple\nA = namedtuple('A', 'b c')\na = A(1, 2)\nx = a[1]", ["2"]),
    ("from typing import NamedTuple\nclass A(NamedTuple):\n    b: int\n    c: int\na = A(1, 2)\nx = a[1]", ["2"]),
    ("from typing import NamedTuple\nclass A(NamedTuple):\n    b: int\na = A(1)\nx = a[4]", ["?"]),
    ("from types import SimpleNamespace\na = SimpleNamespace(b=1)\nx = a.c", ["?"]),
    ("from typing import TypedDict\nclass A(TypedDict):\n    a: int\nx = A(a=1)['a']", ["1"]),
    ("class A:\n    a = 1\nclass B(A):\n    def f(self): return super().a\nx = B().f()", ["1"]),
    ("class A: pass\nclass B(A):\n    def f(self): return super().a\nx = B().f()", ["?"]),
    # what a catalogued callable made
    ("from alibabacloud_tea_openapi.models import Config\nx = Config(access_key_id='a').access_key_id", ["'a'"]),
    ("from alibabacloud_tea_openapi.models import Config\nx = Config(access_key_id='a').security_token", ["?"]),
    (
        "from alibabacloud_tea_openapi.models import Config\nc = Config()\nc.access_key_id = 'a'\nx = c.access_key_id",
        ["'a'"],
    ),
    ("from alibabacloud_tea_openapi.models import Config\nc = Config()\nc.other = 'a'\nx = c.other", ["'a'"]),
    ("s = boto3.Session()\ns['a'] = 1\nx = s['a']", ["1"]),
    # names of other modules
    ("import settings\nx = settings.KEY", ["settings.KEY"]),
    ("import settings\nx = settings.KEYS['a']", ["?"]),
]

STORES: list[tuple[str, list[str]]] = [
    ("x = {}\nx['a'] = 1", ["{a: 1}"]),
    ("x = {'a': 1}\nx['a'] = 2", ["{a: 2}"]),
    ("x = {'a': 1}\nx[other()] = 2", ["{a: 1, ...}"]),
    ("x = {'a': 1}\nx[0] = 2", ["{a: 1, 0: 2}"]),
    ("x = {'a': 1}\ny = x\ny['b'] = 2", ["{a: 1, b: 2}"]),
    ("x = {}\nif other():\n    x['a'] = 1", ["{a: 1|missing}"]),
    ("x = {}\nif other():\n    x['a'] = 1\nelse:\n    x['b'] = 2", ["{a: 1|missing, b: 2|missing}"]),
    ("a, b = {}, {}\ny = a if other() else b\ny['k'] = 1\nx = a", ["{k: 1|missing}"]),
    ("x = {}\nk = 'a' if other() else 'b'\nx[k] = 1", ["{a: 1|missing, b: 1|missing}"]),
    ("x = [1, 2]\nx[0] = 3", ["[1, 2, 3, ...]"]),
    ("class A: pass\nx = A()\nx.a = 1", ["A(a=1)"]),
    ("class A: pass\nx = A()\nx.a = 1\nx.a = 2", ["A(a=2)"]),
    ("class A: pass\na, b = A(), A()\nc = a if other() else b\nc.k = 1\nx = a", ["A(k=1|missing)"]),
    ("x = {'a': 1}\ndel x['a']", ["{a: missing}"]),
    ("x = {'a': {}}\nx['a']['b'] = 1", ["{a: {b: 1}}"]),
    ("x = 1\nx.y = 2", ["1"]),
    ("credentials['SessionToken'] = None\nx = credentials['SessionToken']", ["None"]),
    ("answer['Credentials']['SessionToken'] = None\nx = answer['Credentials']['AccessKeyId']", ["AssumeRole.key_id"]),
    ("credentials.update(SessionToken='t')\nx = credentials['SessionToken']", ["'t'"]),
    ("def f(): pass\nf.y = 2\nx = f", ["def f"]),
]


@pytest.mark.parametrize(("text", "expected"), READS, ids=[text for text, _ in READS])
def test_read(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(("text", "expected"), STORES, ids=[text for text, _ in STORES])
def test_store(text: str, expected: list[str]) -> None:
    assert values(text) == expected


def test_attributes_that_one_function_sets_belong_together() -> None:
    text = """
class Config:
    key = secret = token = None

def load():
    Config.key = credentials["AccessKeyId"]
    Config.secret = credentials["SecretAccessKey"]
    Config.token = credentials["SessionToken"]

load()
x = (Config.key, Config.token)
s3 = boto3.client(
    "s3", aws_access_key_id=Config.key, aws_secret_access_key=Config.secret, aws_session_token=Config.token
)
"""
    assert values(text) == ["[AssumeRole.key_id|None, AssumeRole.token|None]"]
    (client,) = [one for one in run(text).shared.facts.clients.values() if one.service == "s3"]
    together = {tuple(type(part.origin).__name__ for part in one.parts()) for one in client.credentials.alternatives}
    assert together == {("NoneValue",) * 3, ("ResponseField",) * 3}


@pytest.mark.parametrize(
    "before", ["y = 1 if other() else os.getpid()", "for i in other():\n    os.getpid()", "while other(): os.getpid()"]
)
def test_a_name_first_used_in_an_arm_of_the_module_stays_bound(before: str) -> None:
    text = f"import os\n{before}\nos.environ['AWS_PROFILE'] = 'dev'\n"
    for everything in (False, True):
        facts = read_module("a.py", text, load_catalogue(), Settings(), everything=everything)
        assert [write.name for write in facts.writes] == ["AWS_PROFILE"]


def services(text: str) -> list[str | None]:
    return [client.service for client in run(text).shared.facts.clients.values() if client.service != "sts"]


@pytest.mark.parametrize(
    "body",
    [
        "a = boto3.client('s3')",
        "boto3.client('s3')",
        "a: object = boto3.client('s3')",
        "for b in other():\n        boto3.client('s3')",
        "if other():\n        a = boto3.client('s3')",
        "class B:\n        a = boto3.client('s3')",
    ],
)
def test_what_a_class_body_does_is_done_when_it_is_defined(body: str) -> None:
    assert services(f"class A:\n    {body}\n") == ["s3"]
    in_function = services(f"def f():\n    class A:\n        {body.replace(chr(10), chr(10) + '    ')}\nf()\n")
    assert set(in_function) == {"s3"}


CLASSES = [
    ("class A:\n    if other():\n        a = 1\n    else:\n        a = 2\nx = A.a", ["1", "2"]),
    ("class A:\n    a = 1\n    b = a\nx = A.b", ["1"]),
    ("class A:\n    class B:\n        a = 1\nx = A.B.a", ["1"]),
    ("class A:\n    a, b = 1, 2\nx = A.b", ["2"]),
    ("a = 1\nclass A:\n    a = a\nx = A.a", ["1"]),
    ("class A:\n    a = 1\n    def f(self): return a\na = 2\nx = A().f()", ["2"]),
    ("class A:\n    a: int = 1\nx = A.a", ["1"]),
    ("def f(a):\n    class A:\n        b = a\n    return A.b\nx = f(1)", ["1"]),
    ("class A:\n    a = {}\n    a['k'] = 1\nx = A.a", ["{k: 1}"]),
    ("class A:\n    if other():\n        def a(self): return 1\nx = 1", ["1"]),
    ("def f():\n    class A:\n        a = {'k': 1}\n        b = a\n    return A.b\nx = f()", ["{k: 1}"]),
]


@pytest.mark.parametrize(("text", "expected"), CLASSES, ids=[text for text, _ in CLASSES])
def test_class_body(text: str, expected: list[str]) -> None:
    assert values(text) == expected


def test_an_attribute_of_one_arm_and_the_default_of_the_class_do_not_mix() -> None:
    text = """
class Store:
    token = None

    def __init__(self, role):
        if role:
            self.key, self.secret = credentials["AccessKeyId"], credentials["SecretAccessKey"]
            self.token = credentials["SessionToken"]
        else:
            self.key, self.secret = os.environ["STORE_KEY"], os.environ["STORE_SECRET"]

    def client(self):
        return boto3.client(
            "s3", aws_access_key_id=self.key, aws_secret_access_key=self.secret, aws_session_token=self.token
        )
"""
    (client,) = [one for one in run(text).shared.facts.clients.values() if one.service == "s3"]
    together = {tuple(type(part.origin).__name__ for part in one.parts()) for one in client.credentials.alternatives}
    assert together == {("ResponseField",) * 3, ("EnvironmentVariable", "EnvironmentVariable", "NoneValue")}
