"""Key ids that stand as string literals in a module."""

from __future__ import annotations

import pytest

from credlint.catalogue.load import load_catalogue
from credlint.extract.python.literals import is_allowed, key_literals, prose_literals
from credlint.extract.python.screen import Table, screen
from credlint.model.facts import KeyLiteral, LiteralContext
from credlint.model.project import Settings
from credlint.model.span import absolute
from credlint.model.values import Cloud, Role
from tests.markers import render

CATALOGUE = load_catalogue()
AWS = render("@@aws-key-id@@")
ALIBABA = render("@@alibaba-key-id@@")
DOCUMENTED = render("@@aws-documented-key-id@@")


def found(text: str, settings: Settings | None = None, *, test_context: bool = False) -> list[KeyLiteral]:
    table = screen(text)
    return list(key_literals("a.py", table, CATALOGUE, settings or Settings(), test_context=test_context))


def only(text: str) -> KeyLiteral:
    (literal,) = found(text)
    return literal


@pytest.mark.parametrize(
    "text",
    [
        f"x = '{AWS}'",
        f'x = "{AWS}"',
        f"f('{AWS}')",
        f"x = ['{AWS}']",
        f"x = 'a' + '{AWS}'",
        f"x = f('''a''', '{AWS}')",
        f"x = ' {AWS} '",
        f"x = '{AWS[:12]}'",  # too short, which is for the checks to say
        f"# x = '{AWS}'",
        f"'''\nx = '{AWS}'\n'''",
    ],
)
def test_a_string_that_is_a_key_id(text: str) -> None:
    literal = only(text)
    assert literal.role is Role.KEY_ID
    assert literal.cloud is Cloud.AWS
    assert literal.text.reveal().strip() in AWS


@pytest.mark.parametrize(
    "text",
    [
        f"x = 'key {AWS}'",
        f"x = '{AWS}/{AWS}'",
        f"x = '{AWS[:4]}'",
        f"x = '{AWS[:11]}'",
        f"x = 'x{AWS}'",
        f"x = '{AWS}-'",
        f"{AWS} = 1",
        "x = 'hunter2'",
        f"x = '{AWS}\"",
        "",
    ],
)
def test_what_is_none(text: str) -> None:
    table = Table((), tuple(text.split("\n")))
    assert key_literals("a.py", table, CATALOGUE, Settings(), test_context=False) == ()


def test_clouds() -> None:
    assert [literal.cloud for literal in found(f"x = ('{AWS}', '{ALIBABA}')")] == [Cloud.AWS, Cloud.ALIBABA]


def test_places_cover_the_string_with_its_quotes() -> None:
    text = f"a = 1\n\nclass A:\n    ü = '{AWS}'\n"
    starts = (*(chunk.first_line for chunk in screen(text).chunks), 1)
    region = absolute(only(text).location, starts)
    assert (region.line, region.column, region.end_line, region.end_column) == (4, 8, 4, 30)
    assert only(text).location.path == "a.py"


def test_the_end_of_a_key_id_may_be_shown() -> None:
    assert only(f"x = '{AWS}'").text.hint == AWS[-4:]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("key = '@'", "key"),
        ("a.key = '@'", "key"),
        ("f(key='@')", "key"),
        ("x = {'key': '@'}", "key"),
        ("x['key'] = '@'", "key"),
        ("key('@')", "key"),
        ("key: str = '@'", "str"),
        ("x = ('@', 1)", ""),
        ("x = a + '@'", ""),
        ("'@'", ""),
    ],
)
def test_names(text: str, name: str) -> None:
    assert only(text.replace("@", AWS)).name == name


SECRET = "aws_secret_access_key"
BETWEEN = "pass\n" * 5


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("AWS_ACCESS_KEY_ID = '@'", LiteralContext.ASSIGNED),
        ("x['AWS_ACCESS_KEY_ID'] = '@'", LiteralContext.ASSIGNED),
        ("access_key = '@'", LiteralContext.TEXT),
        (f"access_key = '@'\n{SECRET} = f()", LiteralContext.ASSIGNED),
        (f"x = {SECRET}\naccess_key = '@'", LiteralContext.ASSIGNED),
        (f"Access_Key = '@'\n{SECRET.upper()} = f()", LiteralContext.ASSIGNED),
        (f"access_key = '@'\n{BETWEEN}{SECRET} = f()", LiteralContext.ASSIGNED),
        (f"access_key = '@'\npass\n{BETWEEN}{SECRET} = f()", LiteralContext.TEXT),
        (f"{SECRET} = f()\n{BETWEEN}access_key = '@'", LiteralContext.ASSIGNED),
        (f"{SECRET} = f()\npass\n{BETWEEN}access_key = '@'", LiteralContext.TEXT),
        (f"name = '@'\n{SECRET} = f()", LiteralContext.TEXT),
        (f"{SECRET} = '@'", LiteralContext.TEXT),
        ("# AWS_ACCESS_KEY_ID = '@'", LiteralContext.COMMENT),
        ("    # AWS_ACCESS_KEY_ID = '@'", LiteralContext.COMMENT),
        ("f('@')  # key", LiteralContext.TEXT),
    ],
)
def test_context(text: str, context: LiteralContext) -> None:
    assert only(text.replace("@", AWS)).context is context


def test_placeholders() -> None:
    assert only(f"x = '{DOCUMENTED}'").placeholder
    assert not only(f"x = '{AWS}'").placeholder
    (own,) = found(f"x = '{AWS}'", Settings(placeholders=frozenset({AWS})))
    assert own.placeholder


@pytest.mark.parametrize("comment", CATALOGUE.allow_comments)
def test_comments_of_scanners(comment: str) -> None:
    text = f"x = '{AWS}'  # {comment}\ny = '{ALIBABA}'"
    assert [literal.allowed for literal in found(text)] == [True, False]
    assert [is_allowed(screen(text), line, CATALOGUE) for line in range(4)] == [False, True, False, False]


def test_tests() -> None:
    assert [literal.test_context for literal in found(f"x = '{AWS}'", test_context=True)] == [True]
    assert not only(f"x = '{AWS}'").test_context


def test_key_ids_among_other_words() -> None:
    text = f"# see {AWS}, and '{ALIBABA}'\nx = 'key {AWS}'  # AKIA\n"
    table = screen(text)
    literals = list(prose_literals("a.py", table, CATALOGUE, Settings(), test_context=False))
    assert [literal.text.reveal() for literal in literals] == [AWS, ALIBABA, AWS]
    assert {literal.context for literal in literals} == {LiteralContext.COMMENT}
