"""Which code of a module is evaluated: what runs on import, and every function that somebody else may call."""

from __future__ import annotations

import textwrap

import pytest

from credlint.catalogue.load import load_catalogue
from credlint.extract.python.read import read_module
from credlint.model.facts import FileFacts
from credlint.model.project import Settings
from credlint.model.span import absolute

CLIENT = "boto3.client('s3')"


def read(text: str) -> FileFacts:
    facts = read_module("a.py", "import boto3\n" + text, load_catalogue(), Settings(), everything=False)
    assert facts.problems == ()
    return facts


def lines(text: str) -> set[int]:
    """Give the lines of a text on which a client is seen."""
    facts = read(text)
    return {absolute(client.location, facts.chunks).line - 1 for client in facts.clients}


@pytest.mark.parametrize(
    "text",
    [
        "@",
        "if other():\n    @",
        "try:\n    pass\nexcept E:\n    @",
        "for a in b:\n    @",
        "def f():\n    @",
        "async def f():\n    @",
        "class A:\n    @",
        "class A:\n    def f(self):\n        @",
        "class A:\n    @staticmethod\n    def f(a):\n        @".replace("@static", "\0static"),
        "def f():\n    def g():\n        @",
        "def f():\n    def g():\n        def h():\n            @",
        "def f():\n    @app.route\n    def g():\n        @".replace("@app", "\0app"),
        "def f():\n    def g():\n        @\n    return g",
        "def f():\n    def g():\n        @\n    g()",
        "class A:\n    def f(self):\n        def g():\n            @",
        "if other():\n    def f():\n        @",
        "f = lambda: @\nf()",
    ],
)
def test_it_is_seen(text: str) -> None:
    place = next(number for number, line in enumerate(text.split("\n"), 1) if "@" in line)
    assert lines(text.replace("@", CLIENT).replace("\0", "@")) == {place}


@pytest.mark.parametrize("text", ["f = lambda: @", "if False:\n    @", "def f():\n    return\n    @"])
def test_what_nobody_runs(text: str) -> None:
    assert lines(text.replace("@", CLIENT)) == set()


def test_functions_that_define_and_call_each_other_come_to_an_end() -> None:
    text = """
    def f():
        def g():
            f()
            boto3.client("s3")
        register(g)
    """
    assert lines(textwrap.dedent(text)) == {5}


def credentials(text: str) -> set[str]:
    """Give what the key id of the client for s3 can be."""
    clients = [client for client in read(textwrap.dedent(text)).clients if client.service == "s3"]
    return {type(one.key_id.origin).__name__ for client in clients for one in client.credentials.alternatives}


def test_a_nested_function_sees_what_is_around_it() -> None:
    text = """
    import os
    def f():
        key, table = os.environ["A"], {"secret": os.environ["B"]}
        def g():
            boto3.client("s3", aws_access_key_id=key, aws_secret_access_key=table["secret"])
        register(g)
    """
    assert credentials(text) == {"EnvironmentVariable"}


def test_a_nested_function_that_is_called_has_the_arguments_of_its_calls_only() -> None:
    text = """
    import os
    def f():
        def g(key):
            boto3.client("s3", aws_access_key_id=key, aws_secret_access_key=key)
        g(os.environ["A"])
    """
    assert credentials(text) == {"EnvironmentVariable"}
