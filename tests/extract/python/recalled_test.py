"""Calls that are not made twice: what they give and leave is that of the call at hand, and what matters is made."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from credlint.catalogue.examples import read_examples
from credlint.catalogue.load import load_catalogue, rule_names
from credlint.extract.python import recalled
from credlint.extract.python.read import read_module
from credlint.extract.python.shared import _ASIDE, Shared
from credlint.model.facts import Client, FileFacts
from credlint.model.project import Settings
from credlint.model.values import Parameter, ResponseField, Unknown
from tests.markers import render
from tests.specs_test import specs

CATALOGUE = load_catalogue()


@pytest.fixture
def remembered(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Give, per call that could be remembered, whether its like had been."""
    found: list[bool] = []
    recall = recalled.recall

    def noted(*given: object) -> object:
        value = recall(*given)  # type: ignore[arg-type]
        found.append(value is not None)
        return value

    monkeypatch.setattr(recalled, "recall", noted)
    return found


def read(text: str) -> FileFacts:
    return read_module("a.py", text, CATALOGUE, Settings(), everything=False)


def origins(client: Client) -> list[str]:
    named = []
    for alternative in client.credentials.alternatives:
        for part in (alternative.key_id, alternative.secret):
            origin = part.origin
            named.append(origin.name if isinstance(origin, Parameter) else type(origin).__name__)
    return named


SAME = """\
import boto3

def same(value):
    for _ in range(3):
        pass
    return value

def entry(one, other):
    {0}
    return boto3.client("s3", aws_access_key_id=key, aws_secret_access_key=secret)
"""


@pytest.mark.parametrize(
    ("calls", "expected"),
    [
        ("key = same(one); secret = same(other)", [False, True]),
        ("key = same(one); secret = same(value=other)", [False, True]),
        ("key = same(same(one)); secret = same(other)", [False, True, True]),
    ],
)
def test_what_is_handed_over_comes_back(calls: str, expected: list[bool], remembered: list[bool]) -> None:
    (client,) = read(SAME.format(calls)).clients
    assert origins(client) == ["one", "other"]
    assert remembered[: len(expected)] == expected


HOLDER = """\
import boto3

class Pair:
    def __init__(self, key, secret):
        self.key = key
        self.secret = secret
        self.tags = {"a": key}

def entry(one, other, third, fourth):
    first = Pair(one, other)
    second = Pair(third, fourth)
    first.tags["b"] = boto3
    boto3.client("s3", aws_access_key_id=first.key, aws_secret_access_key=first.secret)
    boto3.client("sqs", aws_access_key_id=second.tags["a"], aws_secret_access_key=second.secret)
"""


def test_objects_are_filled_with_their_own(remembered: list[bool]) -> None:
    clients = {client.service: client for client in read(HOLDER).clients}
    assert origins(clients["s3"]) == ["one", "other"]
    assert origins(clients["sqs"]) == ["third", "fourth"]
    assert remembered == [False, True]


def test_two_answers_are_two_objects(remembered: list[bool]) -> None:
    text = """\
import boto3

def empty():
    return {"pair": ["x"]}

def entry(key, secret):
    one = empty()
    other = empty()
    one["key"] = key
    other["key"] = 5
    other["secret"] = secret
    boto3.client("s3", aws_access_key_id=one["key"], aws_secret_access_key=other["secret"])
"""
    (client,) = read(text).clients
    assert origins(client) == ["key", "secret"]
    assert remembered == [False, True]


def test_a_call_that_hands_over_something_is_made(remembered: list[bool]) -> None:
    text = """\
import boto3

def make(answer):
    return boto3.client("s3", aws_access_key_id=answer["AccessKeyId"], aws_secret_access_key=answer["SecretAccessKey"])

def entry(answer):
    make(answer)
    make(boto3.client("sts").assume_role(RoleArn="a", RoleSessionName="b")["Credentials"])
"""
    kinds = {
        type(alternative.key_id.origin) for one in read(text).clients for alternative in one.credentials.alternatives
    }
    assert kinds >= {ResponseField, Unknown}
    assert remembered == [False]


def test_what_a_module_holds_may_have_changed(remembered: list[bool]) -> None:
    text = """\
import boto3

CACHE = {}

def pair():
    return CACHE.get("pair")

def entry():
    pair()
    CACHE["pair"] = boto3.client("sts").assume_role(RoleArn="a", RoleSessionName="b")["Credentials"]
    found = pair()
    boto3.client("s3", aws_access_key_id=found["AccessKeyId"], aws_secret_access_key=found["SecretAccessKey"])
"""
    client = next(one for one in read(text).clients if one.service == "s3")
    assert "ResponseField" in origins(client)
    assert remembered == [False, False]


def test_a_function_that_does_not_come_back(remembered: list[bool]) -> None:
    text = """\
import boto3

def fail(text):
    raise ValueError(text)

def entry(one, other, wrong):
    if wrong:
        fail("a")
    if one:
        fail("a")
    boto3.client("s3", aws_access_key_id=one, aws_secret_access_key=other)
    fail("a")
    boto3.client("sqs", aws_access_key_id=one, aws_secret_access_key=other)
"""
    assert [one.service for one in read(text).clients] == ["s3"]
    assert remembered == [False, True, True]


NOTING = """\
import boto3

def renew(name):
    for _ in range(3):
        pass
    boto3.client("sts").get_session_token(DurationSeconds=60)

def entry(one, other):
    renew(one)
    renew(other)
    renew(one)
"""


def test_a_call_that_notes_something_is_made_each_time(remembered: list[bool]) -> None:
    lines = {call.span.line for request in read(NOTING).requests for call in request.calls}
    assert len(lines) == 3
    assert not any(remembered)


def texts() -> Iterator[str]:
    """Give all Python of the examples and specs, file by file."""
    for rule in rule_names():
        for example in read_examples(rule):
            yield from (text for path, text in (*example.bad, *example.good) if path.endswith(".py"))
    for _, spec in specs():
        yield from (file.text for file in spec.files if file.path.endswith(".py"))


@pytest.mark.slow
def test_facts_are_those_of_calls_that_are_made_each_time(
    remembered: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [(text, read(text)) for text in map(render, texts())]
    assert any(remembered)
    monkeypatch.setattr(recalled, "question", lambda *_: None)
    assert [text for text, facts in found if read(text) != facts] == []


def test_what_is_set_aside_is_there() -> None:
    shared = Shared(CATALOGUE, Settings(), 1, test_context=False)
    assert {name for name in _ASIDE if not hasattr(shared, name) and not hasattr(shared.facts, name)} == set()
