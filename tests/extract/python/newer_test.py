"""Python newer than the one that runs: read by LibCST, on every Python alike."""

from __future__ import annotations

import pytest

from credlint.catalogue.load import load_catalogue
from credlint.extract.python.newer import screen_newer
from credlint.extract.python.read import read_module
from credlint.extract.python.screen import SyntaxProblem
from credlint.model.facts import FileFacts
from credlint.model.problem import ProblemKind
from credlint.model.project import Settings

NESTED = 'names = {"a": 1}\nlabel = f"{names["a"]} and {\n    "x"}"\n'
GENERIC = """\
type Pair[T] = tuple[T, T]


def first[T](pair: Pair[T]) -> T:
    return pair[0]


class Box[T]:
    pass
"""
CLIENT = """\
import boto3
c = boto3.client("sts").assume_role(RoleArn="arn:aws:iam::123456789012:role/a", RoleSessionName="up")["Credentials"]
s3 = boto3.client("s3", aws_access_key_id=c["AccessKeyId"], aws_secret_access_key=c["SecretAccessKey"])
print(f"secret {c["SecretAccessKey"]}")
"""


def read(text: str) -> FileFacts:
    return read_module("main.py", text, load_catalogue(), Settings(), everything=False)


@pytest.mark.parametrize("newer", [NESTED, GENERIC], ids=["nested quotes", "type parameters"])
def test_newer_syntax_is_read_like_any_other(newer: str) -> None:
    facts = read(newer + CLIENT)
    assert facts.problems == ()
    assert [client.service for client in facts.clients] == ["sts", "s3"]
    lines = [facts.chunks[client.location.span.chunk] + client.location.span.line for client in facts.clients]
    assert lines == [newer.count("\n") + 2, newer.count("\n") + 3]
    assert len(facts.exposures) == 1


@pytest.mark.parametrize(
    "text",
    ["print 'a'\n", "x = " + "(" * 2000 + ")" * 2000 + "\nf'{a['b']}'\n", "x = " + "1+" * 5000 + "1\nprint 'a'\n"],
    ids=["Python 2", "deep brackets", "long sum"],
)
def test_what_nobody_reads_is_a_problem(text: str) -> None:
    facts = read(text)
    assert {problem.kind for problem in facts.problems} <= {ProblemKind.SYNTAX, ProblemKind.TOO_DEEP}
    assert len(facts.problems) == 1


def test_the_problem_of_ast_is_kept() -> None:
    with pytest.raises(SyntaxProblem) as caught:
        screen_newer("print 'a'\n", SyntaxProblem(1))
    assert caught.value.line == 1
    with pytest.raises(SyntaxProblem):
        screen_newer(NESTED, SyntaxProblem(0, too_deep=True))
