"""Facts built by hand, for tests of what comes after the readers."""

from __future__ import annotations

from credlint.linter.files import ReadFile
from credlint.model.facts import Client, FileFacts, KeyLiteral, Language, LiteralContext, Suppression
from credlint.model.finding import Draft
from credlint.model.secret import SecretText
from credlint.model.sinks import EndpointKind, SinkUse, TokenSupport
from credlint.model.span import Location, Span
from credlint.model.values import Absent, Alternative, Cloud, CredentialSet, Origin, Part, Role

PATH = "upload.py"


def span(line: int, column: int = 0, end_line: int | None = None, end_column: int = 100) -> Span:
    """Give a span of the only chunk; `line` counts from 1."""
    return Span(0, line - 1, column, (end_line or line) - 1, end_column)


def at(line: int, column: int = 0, path: str = PATH) -> Location:
    return Location(path, span(line, column))


def part(role: Role, origin: Origin, location: Location | None = None) -> Part:
    return Part(role, origin, role.value, location)


def client(location: Location, *calls: Location, secret: Origin | None = None, arg: Location | None = None) -> Client:
    parts = CredentialSet(
        (
            Alternative(
                part(Role.KEY_ID, Absent(), arg),
                part(Role.SECRET, secret or Absent()),
                part(Role.TOKEN, Absent()),
                part(Role.PROFILE, Absent()),
            ),
        )
    )
    return Client(
        sink="boto3.client",
        cloud=Cloud.AWS,
        use=SinkUse.DATA,
        service="s3",
        location=location,
        credentials=parts,
        token_support=TokenSupport.OPTIONAL,
        endpoint=EndpointKind.ABSENT,
        flows=("module",),
        calls=calls,
    )


def literal(text: str, location: Location) -> KeyLiteral:
    return KeyLiteral(Role.SECRET, Cloud.AWS, SecretText(text), LiteralContext.SLOT, "secret", location)


def draft(location: Location, *calls: Location, case: str = "token-missing", subject: Location | None = None) -> Draft:
    return Draft(case, f"message of line {location.span.line + 1}", location, subject or location, calls=calls)


def comment(line: int, *rules: str, alone: bool = False, whole_file: bool = False) -> Suppression:
    return Suppression(at(line), rules, whole_file, alone)


def read_file(text: str, path: str = PATH, **facts: object) -> ReadFile:
    return ReadFile(path, text, FileFacts(path, Language.PYTHON, (1,), **facts))  # type: ignore[arg-type]
