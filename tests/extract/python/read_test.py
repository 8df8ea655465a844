"""Facts of one Python file: what is told whatever the text, and how places and literals come together."""

from __future__ import annotations

import pytest

from credlint.catalogue.load import load_catalogue
from credlint.extract.python.read import is_test_context, logical_lines, read_module
from credlint.extract.python.screen import Table, screen
from credlint.model.facts import FileFacts, Language, LiteralContext
from credlint.model.problem import ProblemKind, ProblemSeverity
from credlint.model.project import Settings
from credlint.model.span import absolute, split_lines
from credlint.model.values import Role
from tests.markers import render

CATALOGUE = load_catalogue()
AWS = render("@@aws-key-id@@")
ALIBABA = render("@@alibaba-key-id@@")
SECRET = render("@@aws-secret@@")
CLIENT = "import boto3\nboto3.client('s3', aws_access_key_id=KEY, aws_secret_access_key=SECRET)\n"


def read(text: str, path: str = "a.py", settings: Settings | None = None) -> FileFacts:
    return read_module(path, text, CATALOGUE, settings or Settings(), everything=False)


def problems(text: str) -> list[tuple[ProblemKind, int]]:
    facts = read(text)
    assert all(problem.severity is ProblemSeverity.WARNING for problem in facts.problems)
    assert all(problem.path == "a.py" for problem in facts.problems)
    return [(problem.kind, problem.line) for problem in facts.problems]


# Whatever the text


def test_nothing() -> None:
    assert read("") == FileFacts("a.py", Language.PYTHON, (1,))


def test_chunks_end_with_an_entry_for_the_first_line() -> None:
    assert read("\n\nx = 1\n\ny = 2\n").chunks == (3, 5, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = 1\n", []),
        ("print 'x'\n", [(ProblemKind.SYNTAX, 1)]),
        ("x = 1\nif x\n    y\n", [(ProblemKind.SYNTAX, 2)]),
        ("x = '\0'\n", [(ProblemKind.SYNTAX, 0)]),
        ("x = '\ud800'\n", [(ProblemKind.SYNTAX, 0)]),
        ("-" * 20_000 + "1", [(ProblemKind.TOO_DEEP, 0)]),
        (f"import boto3\nboto3.client('s3', aws_access_key_id={'-' * 500}1)\n", [(ProblemKind.TOO_DEEP, 2)]),
        (f"x = 1\ny = {'-' * 500}1\n", []),  # of no matter, so it is not missed
    ],
)
def test_problems(text: str, expected: list[tuple[ProblemKind, int]]) -> None:
    found = problems(text)
    assert [kind for kind, _ in found] == [kind for kind, _ in expected]
    assert all(line in {wanted, 0} or wanted == 0 for (_, line), (_, wanted) in zip(found, expected, strict=True))


def test_a_problem_does_not_quote_the_text() -> None:
    for text, rest in (
        (f"print '{SECRET}'\n", "it was read as Python 2"),
        (f"key = '{SECRET}\n", "all but this line was read"),
        (f"x = 1\nkey = '{SECRET}\n)\n", "all but 2 lines from here on was read"),
        (f"{'-' * 20_000}1 # {SECRET}", "all but this line was read"),
    ):
        facts = read(text)
        assert SECRET not in repr(facts)
        why = "nests too deep to be parsed" if text.startswith("--") else "is not valid Python 3"
        assert facts.problems[0].message == f"{why}; {rest}"


def test_what_is_no_python_has_its_key_literals_and_comments() -> None:
    text = f"key = '{AWS}' '\n# credlint: ignore[a]\n"
    facts = read(text)
    assert facts.chunks == (1,)
    assert [literal.text.reveal() for literal in facts.literals] == [AWS]
    assert [absolute(one.location, facts.chunks).line for one in facts.suppressions] == [2]
    assert [secret.reveal() for secret in facts.secrets] == [AWS]
    assert [(span.line, span.end_column) for span in facts.statements] == [(0, 30)]
    (piece,) = facts.embedded
    assert (piece.text, piece.language, piece.lines) == (
        "key = _\n# credlint: ignore[a]\n",
        "python",
        ((1, 0), (2, 0), (3, 0)),
    )


def test_work_has_a_bound() -> None:
    text = f"import boto3\nboto3.client('s3', aws_access_key_id=[{'1, ' * 21_000}])\nboto3.client('s3')\n"
    (problem,) = read(text).problems
    assert (problem.kind, problem.line) == (ProblemKind.BUDGET, 0)
    assert problem.message == "takes more work than one file may; read in part only"


def test_a_statement_that_libcst_does_not_take() -> None:
    joined = " ".join(["'a'"] * 5000)
    text = f"import boto3\nx = 1\nboto3.client('s3', aws_access_key_id=({joined}))\nboto3.client('s3')\n"
    facts = read(text)
    assert [(problem.kind, problem.line) for problem in facts.problems] == [(ProblemKind.SYNTAX, 3)]
    assert facts.problems[0].message == "statement is not understood; it was not read"
    assert len(facts.clients) == 1


def test_what_nests_deeper_than_it_can_be_followed() -> None:
    text = f"import boto3\nboto3.client('s3', aws_access_key_id={'1 - ' * 380}1)\n"
    assert problems(text) == [(ProblemKind.TOO_DEEP, 2)]
    assert read(text).problems[0].message == "nests deeper than can be followed"


def test_what_stands_beside_what_nests_too_deep_is_read() -> None:
    deep = f"{'1 - ' * 380}1"
    text = f"""\
import boto3

boto3.client("ec2", aws_access_key_id={deep})


def deep():
    return boto3.client("s3", aws_access_key_id={deep})


def other():
    deep()
    return boto3.client("sqs")


boto3.client("sns")
"""
    assert problems(text) == [(ProblemKind.TOO_DEEP, 3), (ProblemKind.TOO_DEEP, 6)]
    assert {client.service for client in read(text).clients} == {"sqs", "sns"}


# Tests


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("a.py", "x = 1", False),
        ("test_a.py", "", True),
        ("a_test.py", "", True),
        ("conftest.py", "", True),
        ("tests/a.py", "", True),
        ("Tests/a.py", "", True),
        ("src\\tests\\a.py", "", True),
        ("fixtures/deep/a.py", "", True),
        ("latest/a.py", "", False),
        ("contest.py", "", False),
        ("a.py", "import moto", True),
        ("a.py", "from moto import mock_aws", True),
        ("a.py", "from moto.server import x", True),
        ("a.py", "import pytest as p", True),
        ("a.py", "import motor", False),
        ("a.py", "if x:\n    import pytest", True),
        ("a.py", "def f():\n    import pytest", False),
    ],
)
def test_test_context(path: str, text: str, expected: bool) -> None:
    assert is_test_context(path, screen(text), CATALOGUE) is expected


def test_a_text_in_a_test_belongs_to_the_test() -> None:
    text = """
import os


def copied(cursor):
    key, secret = os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"]
    cursor.execute(f"COPY t FROM 's3://a' ACCESS_KEY_ID '{key}' SECRET_ACCESS_KEY '{secret}'")
"""
    assert [client.test_context for client in read(text).clients] == [False]
    assert [client.test_context for client in read(text, "tests/copy_test.py").clients] == [True]


# Literals


def test_a_literal_in_a_slot_is_not_told_again() -> None:
    facts = read(f"import boto3\nboto3.client('s3', aws_access_key_id='{AWS}', aws_secret_access_key='{SECRET}')\n")
    assert sorted((one.role.value, one.context.value) for one in facts.literals) == [
        ("key_id", "slot"),
        ("secret", "slot"),
    ]


def test_the_same_text_elsewhere_is_not_told_again() -> None:
    facts = read(f"import boto3\nKEY = '{AWS}'\nx = '{AWS}'\nboto3.client('s3', aws_access_key_id=KEY)\n")
    assert [(one.role, one.context) for one in facts.literals] == [(Role.KEY_ID, LiteralContext.SLOT)]


def test_other_literals_are_told() -> None:
    facts = read(f"import boto3\nx = '{ALIBABA}'\nboto3.client('s3', aws_access_key_id='{AWS}')\n")
    assert {one.text.reveal() for one in facts.literals} == {AWS, ALIBABA}
    assert {secret.reveal() for secret in facts.secrets} == {AWS, ALIBABA}


@pytest.mark.parametrize("comment", CATALOGUE.allow_comments)
def test_a_comment_of_a_scanner_counts_for_literals_in_slots_too(comment: str) -> None:
    facts = read(f"import boto3\nboto3.client('s3', aws_access_key_id='{AWS}')  # {comment}\n")
    assert [one.allowed for one in facts.literals] == [True]


def test_placeholders_of_the_user() -> None:
    settings = Settings(placeholders=frozenset({AWS}))
    facts = read(f"import boto3\nboto3.client('s3', aws_access_key_id='{AWS}')\nx = '{ALIBABA}'\n", settings=settings)
    assert {one.text.reveal(): one.placeholder for one in facts.literals} == {AWS: True, ALIBABA: False}


def test_every_literal_of_a_slot_is_covered_but_a_profile() -> None:
    facts = read(
        "import boto3\nboto3.Session('hunter2', 'hunter3', 'hunter4', profile_name='dev')\n"
        "boto3.client('s3', aws_access_key_id='hunter2')\n"
    )
    texts = [secret.reveal() for secret in facts.secrets]
    assert sorted(texts) == ["hunter2", "hunter3", "hunter4"]


# What is mentioned


def test_variables_and_platforms() -> None:
    facts = read(
        "import os, boto3\ndef lambda_handler(event, context):\n    os.environ['AWS_PROFILE']\n    AWS_REGION\n"
        "    boto3.client('s3')\n    os.environ['OTHER']\n"
    )
    assert facts.variables == ("AWS_PROFILE", "AWS_REGION")
    assert facts.platforms == ("function-compute", "lambda")  # which of them, the name does not tell


def test_an_answer_that_is_returned_escapes() -> None:
    def escapes(end: str) -> list[bool]:
        body = f"    answer = boto3.client('sts').assume_role(RoleArn='a', RoleSessionName='up')\n    {end}\n"
        return [one.escapes for one in read(f"import boto3\ndef f():\n{body}").requests]

    assert escapes("return answer") == [True]
    assert escapes("other(answer)") == [True]
    assert escapes("return None") == [False]


# Statements


def statements(text: str) -> list[tuple[int, int, int, int]]:
    facts = read(text)
    found = []
    for span in facts.statements:
        base = facts.chunks[span.chunk]
        found.append((base + span.line, span.column, base + span.end_line, span.end_column))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import boto3\nboto3.client('s3')\n", [(2, 0, 2, 18)]),
        ("import boto3\nboto3.client(\n    's3',\n    None,\n)\n", [(2, 0, 5, 1)]),
        ("import boto3\nx = 1; y = boto3.client('s3')\n", [(2, 0, 2, 29)]),
        ("import boto3\ndef f():\n    if a:\n        boto3.client('s3')\n", [(4, 0, 4, 26)]),
        ("import boto3\nwith (\n    boto3.client('s3')\n) as a:\n    b\n", [(2, 0, 4, 7)]),
        ("import boto3\nx = boto3 \\\n    .client('s3')\n", [(2, 0, 3, 17)]),
        ("import boto3\nclass A:\n    a = boto3.client(\n        's3')\n", [(3, 0, 4, 13)]),
        ("import boto3\nx = '''\n''' + boto3.client('s3')\n", [(2, 0, 3, 24)]),
        ("import boto3\n# c\nboto3.client('s3')  # c\n", [(3, 0, 3, 23)]),
        ("x = 1\n", []),
    ],
)
def test_the_statement_around_a_place(text: str, expected: list[tuple[int, int, int, int]]) -> None:
    assert statements(text) == expected


def test_a_statement_of_several_places_is_told_once() -> None:
    assert len(statements(CLIENT)) == 1
    assert len(statements(CLIENT + "boto3.client('s3')\n")) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("a\n\nb = (\n1\n)\n# c\nd", [(1, 1), (3, 5), (7, 7)]),
        ("if a:\n    b\n    c\nd\n", [(1, 1), (2, 2), (3, 3), (4, 4)]),
        ("a = '''\n'''\n", [(1, 2)]),
        ("a \\\n  b\n", [(1, 2)]),
        ("a\n(\n", [(1, 1)]),
        ("  a\n b\n", [(1, 1)]),
    ],
)
def test_logical_lines(text: str, expected: list[tuple[int, int]]) -> None:
    assert logical_lines(tuple(split_lines(text))) == expected


def test_a_place_outside_every_logical_line_is_a_line() -> None:
    facts = read(f"(\nx = '{AWS}' (\n")
    assert [(span.line, span.end_line) for span in facts.statements] == [(1, 1)]
    assert isinstance(screen(""), Table)
