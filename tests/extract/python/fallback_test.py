"""What signs alone tell of lines that hold no Python."""

from __future__ import annotations

import pytest

from credlint.catalogue.load import load_catalogue
from credlint.extract.python.fallback import profile_writes, unparsed
from credlint.extract.python.literals import bare_literals
from credlint.extract.python.screen import SyntaxProblem, Table
from credlint.model.environments import WriteKind
from credlint.model.facts import LiteralContext
from credlint.model.problem import ProblemKind
from credlint.model.project import Settings
from tests.markers import render

CATALOGUE = load_catalogue()
KEY_ID, SECRET = render("@@aws-key-id@@"), render("@@aws-secret@@")


def writes(line: str) -> list[tuple[WriteKind, str, str | None, str]]:
    found = profile_writes("a.py", ("", line), [2], CATALOGUE, test_context=False)
    return [
        (each.kind, each.name, each.text, line[each.location.span.column : each.location.span.end_column])
        for each in found
    ]


@pytest.mark.parametrize(
    ("before", "place", "behind", "kind", "name"),
    [
        ("", 'os.environ["AWS_PROFILE"] = "a"', " +", WriteKind.ASSIGN, "AWS_PROFILE"),
        ("  ", "environ [ 'AWS_PROFILE' ]='a'", "", WriteKind.ASSIGN, "AWS_PROFILE"),
        ("", "os.environ.setdefault('ALIBABA_CLOUD_PROFILE', 'a'", ")", WriteKind.SETDEFAULT, "ALIBABA_CLOUD_PROFILE"),
        ("", "os.environ.update({'AWS_PROFILE': 'a'", "", WriteKind.ASSIGN, "AWS_PROFILE"),
        ("", "os.environ.update(AWS_PROFILE='a'", ")", WriteKind.ASSIGN, "AWS_PROFILE"),
        ("x = = ", "os.putenv('AWS_DEFAULT_PROFILE', 'a'", ")", WriteKind.PUTENV, "AWS_DEFAULT_PROFILE"),
    ],
)
def test_profile_is_set(before: str, place: str, behind: str, kind: WriteKind, name: str) -> None:
    assert writes(before + place + behind) == [(kind, name, "a", place)]


@pytest.mark.parametrize(
    "line",
    [
        "os.environ['AWS_PROFILE'] == 'a'",
        "os.environ['AWS_PROFILE']",
        "os.environ['AWS_PROFILE'] = profile",
        "os.environ['AWS_PROFILE'] = ''",
        "os.environ.get('AWS_PROFILE', 'a')",
        "os.environ['AWS_REGION'] = 'a'",
        "os.environ['PROFILE'] = 'a'",
        "# os.environ['AWS_PROFILE'] = 'a'",
        "my_environ['AWS_PROFILE'] = 'a'",
        "computenv('AWS_PROFILE', 'a')",
        "env = {'AWS_PROFILE': 'a'}",
        "AWS_PROFILE = 'a'",
    ],
)
def test_profile_is_not_set(line: str) -> None:
    assert writes(line) == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (f"aws_access_key_id={KEY_ID},", f"{KEY_ID}"),
        (f"aws_access_key_id='{KEY_ID},", f"'{KEY_ID}"),
        (f'aws_access_key_id={KEY_ID}"', f'{KEY_ID}"'),
        (f"print 'key: {KEY_ID}'", f"{KEY_ID}'"),
        (f"path/{KEY_ID}", None),
        (f"{KEY_ID}=", None),
        (f"a{KEY_ID}", None),
        ("AKIA", None),
    ],
)
def test_key_ids_in_any_quotes(line: str, found: str | None) -> None:
    literals = bare_literals("a.py", Table((), ("x", line)), [2], CATALOGUE, Settings(), test_context=False)
    places = [line[each.location.span.column : each.location.span.end_column] for each in literals]
    assert places == ([] if found is None else [found])


def test_a_key_id_without_quotes_is_kept_for_use_beside_a_secret() -> None:
    lines = ("f(", f"    aws_access_key_id={KEY_ID},", f"    aws_secret_access_key={SECRET})")
    facts = unparsed("a.py", "\n".join(lines), CATALOGUE, Settings(), SyntaxProblem(2), test_context=True)
    (literal,) = facts.literals
    assert (literal.context, literal.name) == (LiteralContext.ASSIGNED, "aws_access_key_id")
    assert literal.test_context
    assert [(each.kind, each.line) for each in facts.problems] == [(ProblemKind.SYNTAX, 1)]


def test_lines_that_stand_too_far_right_are_scanned() -> None:
    text = f"  a = '{KEY_ID}'\nb = '{KEY_ID}'"
    facts = unparsed("a.py", text, CATALOGUE, Settings(), SyntaxProblem(1), test_context=False)
    assert [literal.text.reveal() for literal in facts.literals] == [KEY_ID]
    assert [piece.text for piece in facts.embedded] == [f"\nb = '{KEY_ID}'"]
    assert facts.problems[0].message == "is not valid Python 3; all but this line was read"
