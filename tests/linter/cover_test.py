"""Source lines as shown hold no secret, and are as wide as they were."""

from __future__ import annotations

import pytest

from credlint.linter.cover import cover, cover_text, secret_lines
from credlint.model.secret import SecretText
from credlint.model.span import Location, Span
from tests.linter.facts import PATH, at, literal, read_file, span

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
def test_cover_text(text: str, secrets: list[str], shown: str) -> None:
    assert cover_text(text, secrets) == shown


def test_lines_are_those_of_the_file() -> None:
    file = read_file(f"x = 1\r\ny = '{SECRET}'\rz = '\N{LINE SEPARATOR}'\n", secrets=(SecretText(SECRET),))
    assert cover(file).lines == ("x = 1", f"y = '{'*' * len(SECRET)}'", "z = '\N{LINE SEPARATOR}'", "")


def test_a_secret_of_several_lines_is_covered_line_by_line() -> None:
    file = read_file(
        "token: |\n  first-half-of\n  the-secret\n", secrets=(SecretText("first-half-of\n\nthe-secret\n"),)
    )
    assert secret_lines(file) == ["first-half-of", "", "the-secret", ""]
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
