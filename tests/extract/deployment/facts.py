"""Facts of YAML texts, and short words for them."""

from __future__ import annotations

from credlint.catalogue.load import load_catalogue
from credlint.extract.deployment.read import extract
from credlint.model.environments import Variable
from credlint.model.facts import Client, FileFacts
from credlint.model.project import Reads, Settings
from credlint.model.span import Location, absolute
from credlint.model.values import (
    BLANK_DEFAULT,
    Absent,
    Blank,
    Literal,
    NoneValue,
    Origin,
    Part,
    Reference,
    ResponseField,
    Unknown,
)
from tests.markers import render

WORKFLOW = ".github/workflows/publish.yml"


class Nothing:
    """A project without files."""

    @property
    def root(self) -> str:
        return ""

    def read(self, path: str) -> bytes | None:
        return None

    def reads(self) -> Reads:
        return Reads((), ())


def read(text: str, path: str = "deploy.yaml") -> FileFacts:
    """Read a text with its markers rendered."""
    return extract(path, render(text), load_catalogue(), Nothing(), Settings())


def words(origin: Origin) -> str:
    """Say an origin in a few words."""
    match origin:
        case Absent():
            return "absent"
        case Blank():
            return "blank"
        case NoneValue():
            return "none"
        case Literal():
            return "literal"
        case Reference(kind, name, field):
            return f"{kind.value} {name}" + (f".{field}" if field and field != BLANK_DEFAULT else "")
        case ResponseField(_, operation, role, _):
            return f"{operation.rpartition('.')[2]} {role.value}"
        case Unknown():
            return "unknown"
        case _:
            return type(origin).__name__


def parts(client: Client) -> list[str]:
    """Give key id, secret and token of every alternative in words."""
    return [
        " | ".join(words(part.origin) for part in alternative.parts())
        for alternative in client.credentials.alternatives
    ]


def clients(facts: FileFacts) -> dict[str, list[str]]:
    """Give the sinks with their parts."""
    found: dict[str, list[str]] = {}
    for client in facts.clients:
        found.setdefault(client.sink, []).extend(parts(client))
    return found


def line(facts: FileFacts, location: Location) -> int:
    """Give the 1-based line of a location."""
    return absolute(location, facts.chunks).line


def shown(facts: FileFacts, location: Location, text: str) -> str:
    """Give what stands at a location on one line."""
    region = absolute(location, facts.chunks)
    return render(text).split("\n")[region.line - 1][region.column : region.end_column]


def durations(facts: FileFacts) -> list[tuple[str, int | None]]:
    """Give the operations that are asked for with their durations."""
    return [(one.name, duration.seconds) for one in facts.requests for duration in one.durations]


def variables(facts: FileFacts) -> dict[str, dict[str, str]]:
    """Give the variables of every scope that declares some."""
    return {scope.title: _named(scope.variables) for scope in facts.scopes if scope.variables}


def _named(found: tuple[Variable, ...]) -> dict[str, str]:
    return {one.name: one.plain or words(one.value) for one in found}


def part_words(part: Part) -> str:
    """Say a part in a few words."""
    return words(part.origin)
