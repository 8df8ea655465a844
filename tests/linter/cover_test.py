"""Source lines as shown hold no secret, and are as wide as they were."""

from __future__ import annotations

import pytest

from credlint.catalogue.load import load_catalogue
from credlint.linter.cover import Veil, cover
from credlint.model.secret import SecretText
from credlint.model.span import Location, Span
from tests.linter.facts import PATH, at, literal, read_file, span
from tests.markers import render

SECRET = "canary" + "0123456789" * 3


@pytest.mark.parametrize(
    ("text", "secrets", "shown"),
    [
        (f'key = "{SECRET}"', [SECRET], f'key = "{"*" * len(SECRET)}"'),
        (f"{SECRET}{SECRET}", [SECRET], "*" * len(SECRET) * 2),
        ("test = 'test'; testing", ["test"], "**** = '****'; testing"),
        ("secretsecret", ["secretse", "secretsecret"], "*" * 12),
        ("nothing", [], "nothing"),
        ("nothing", [""], "nothing"),
    ],
)
def test_known_secrets(text: str, secrets: list[str], shown: str) -> None:
    assert Veil(secrets, load_catalogue().grammar).over(text) == shown


@pytest.mark.parametrize(
    ("marker", "covered"),
    [
        ("@@aws-key-id@@", True),
        ("@@aws-temporary-key-id@@", True),
        ("@@aws-secret@@", True),
        ("@@aws-session-token@@", True),
        ("@@alibaba-key-id@@", True),
        ("@@alibaba-temporary-key-id@@", True),
        ("@@alibaba-secret@@", True),
        ("@@alibaba-security-token@@", True),
        ("0123456789abcdef0123456789abcdef01234567", False),
        ("credlint/extract/deployment/resourcesof", False),
        ("AKIA", False),
    ],
)
def test_what_has_the_form_of_a_secret(marker: str, covered: bool) -> None:
    text = render(marker)
    hidden = Veil((), load_catalogue().grammar).over(f'X="{text}:')
    assert hidden == f'X="{"*" * len(text) if covered else text}:'


def test_a_message_may_use_the_words_that_are_secrets_elsewhere() -> None:
    veil = Veil(["test", SECRET], load_catalogue().grammar)
    assert veil.over_message(f"the test of {SECRET}") == f"the test of {'*' * len(SECRET)}"


def test_a_message_keeps_usual_names_of_which_a_value_is_a_piece() -> None:
    veil = Veil(["aws_secret_acces", SECRET], load_catalogue().grammar, load_catalogue().slot_names)
    text = f"aws_secret_access_key ends with {SECRET}"
    assert veil.over_message(text) == f"aws_secret_access_key ends with {'*' * len(SECRET)}"
    assert veil.over("aws_secret_acces") == "*" * 16


def test_lines_are_those_of_the_file() -> None:
    file = read_file(f"x = 1\r\ny = '{SECRET}'\rz = '\N{LINE SEPARATOR}'\n", secrets=(SecretText(SECRET),))
    assert cover(file).lines == ("x = 1", f"y = '{'*' * len(SECRET)}'", "z = '\N{LINE SEPARATOR}'", "")


def test_a_secret_of_several_lines_is_covered_line_by_line() -> None:
    file = read_file(
        "token: |\n  first-half-of\n  the-secret\n", secrets=(SecretText("first-half-of\n\nthe-secret\n"),)
    )
    assert cover(file).lines == ("token: |", "  *************", "  **********", "")


@pytest.mark.parametrize(
    ("text", "place", "shown"),
    [
        ('key("cana" "\\x72y", "cana")', span(1, 4, 1, 20), 'key("****" "*****", "cana")'),
        ("key('it\\'s')", span(1, 4, 1, 11), "key('*****')"),
        ("key = canary", span(1, 6, 1, 12), "key = canary"),
        ('("cana"\n  f"ry{1}")', span(1, 1, 2, 9), '("****"\n  *"*****")'),
        ('key = """cana\nry"""  # end', span(1, 6, 2, 5), 'key = """****\n**"""  # end'),
    ],
)
def test_a_literal_in_pieces_or_with_escapes_is_covered_where_it_stands(text: str, place: Span, shown: str) -> None:
    file = read_file(text, literals=(literal("what it means", Location(PATH, place)),))
    assert "\n".join(cover(file).lines) == shown


def test_a_literal_that_stands_in_another_file_covers_nothing_here() -> None:
    file = read_file("key('a')", literals=(literal("a-secret", at(1, path="other.py")),))
    assert cover(file).lines == ("key('a')",)
