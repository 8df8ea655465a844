"""Facts of a script inside YAML are told in the places of the YAML file."""

from __future__ import annotations

from credlint.linter.embedded import lift
from credlint.model.facts import Embedded, FileFacts, Language
from credlint.model.problem import Problem, ProblemKind, ProblemSeverity
from credlint.model.secret import SecretText
from credlint.model.span import Location, Region, Span, absolute
from credlint.model.values import Literal
from tests.linter.facts import client, literal

PATH = "ci.yml"
# Lines 12 to 14 of the file, indented by 10; the second document begins at line 11.
PIECE = Embedded("import boto3\n\nboto3.client()\n", "python", ((12, 10), (13, 0), (14, 10)))
OUTER = FileFacts(PATH, Language.YAML, (1, 11), embedded=(PIECE,))


def inner(line: int, column: int, end_line: int, end_column: int) -> Location:
    """Give a place of the script, which has two chunks that begin at its lines 1 and 3."""
    return Location(PATH, Span(1, line - 3, column, end_line - 3, end_column))


def test_places_move_and_flows_are_told_apart() -> None:
    sink = inner(3, 0, 3, 12)
    secret = SecretText("a-secret-of-some-length")
    problem = Problem(PATH, 3, ProblemKind.BUDGET, ProblemSeverity.WARNING, "too much")
    found = FileFacts(
        PATH,
        Language.PYTHON,
        (1, 3),
        clients=(client(sink, inner(3, 1, 3, 2), secret=Literal(secret), arg=sink),),
        literals=(literal("a-secret-of-some-length", sink),),
        statements=(sink.span,),
        secrets=(secret,),
        problems=(problem, Problem(PATH, 0, ProblemKind.BUDGET, ProblemSeverity.WARNING, "too much")),
    )
    lifted = lift(found, PIECE, OUTER)
    (moved,) = lifted.clients
    region = Region(PATH, 14, 10, 14, 22)
    assert absolute(moved.location, lifted.chunks) == region
    assert absolute(moved.calls[0], lifted.chunks) == Region(PATH, 14, 11, 14, 12)
    (alternative,) = moved.credentials.alternatives
    assert alternative.key_id.location == moved.location
    assert alternative.secret == found.clients[0].credentials.alternatives[0].secret
    assert moved.flows == ("script of line 12: module",)
    assert absolute(lifted.literals[0].location, lifted.chunks) == region
    assert absolute(Location(PATH, lifted.statements[0]), lifted.chunks) == region
    assert lifted.secrets == (secret,)
    assert [each.line for each in lifted.problems] == [14, 0]
    assert (lifted.language, lifted.embedded, lifted.chunks) == (Language.YAML, (PIECE,), (1, 11))


def test_a_place_in_another_module_stays() -> None:
    elsewhere = Location("keys.py", Span(7, 3, 1, 3, 2))
    found = FileFacts(PATH, Language.PYTHON, (1, 3), literals=(literal("a-secret-of-some-length", elsewhere),))
    assert lift(found, PIECE, OUTER).literals[0].location == elsewhere


def test_code_that_stood_further_left_keeps_to_the_line() -> None:
    piece = Embedded("if a:\n        b\n", "python", ((12, 0), (13, -7)))
    found = FileFacts(PATH, Language.PYTHON, (1,), statements=(Span(0, 1, 8, 1, 9),), doubtful=(Span(0, 1, 0, 1, 9),))
    lifted = lift(found, piece, OUTER)
    assert absolute(Location(PATH, lifted.statements[0]), OUTER.chunks) == Region(PATH, 13, 1, 13, 2)
    assert absolute(Location(PATH, lifted.doubtful[0]), OUTER.chunks) == Region(PATH, 13, 0, 13, 2)


def test_a_place_behind_the_last_line_stays_on_it() -> None:
    found = FileFacts(PATH, Language.PYTHON, (1, 3), statements=(inner(4, 0, 4, 0).span,))
    (span,) = lift(found, PIECE, OUTER).statements
    assert absolute(Location(PATH, span), (1, 11)) == Region(PATH, 14, 10, 14, 10)


def test_an_empty_map_is_the_first_line() -> None:
    found = FileFacts(PATH, Language.PYTHON, (1,), statements=(Span(0, 0, 2, 0, 3),))
    (span,) = lift(found, Embedded("", "python", ()), OUTER).statements
    assert span == Span(0, 0, 2, 0, 3)
