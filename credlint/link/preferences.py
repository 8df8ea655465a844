"""What else in a file decides about a client: variables that win over what it is given, and names that are not read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from credlint.catalogue.types import Catalogue
from credlint.model.facts import Client, FileFacts, Language
from credlint.model.patterns import pattern
from credlint.model.records import dataclass
from credlint.model.span import Location
from credlint.model.values import (
    Alternative,
    Cloud,
    EnvironmentVariable,
    Literal,
    Origin,
    Parameter,
    Reference,
    Role,
    Unknown,
)

_WORDS = pattern(r"[A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class Given:
    """What a process is given whose programs stand in a folder: names of variables and where they are set."""

    folder: str
    places: dict[str, Location]

    def is_for(self, path: str) -> bool:
        """Tell whether the process may run a file."""
        return self.folder == "." or path.startswith(f"{self.folder}/")


def given_to_folders(files: Sequence[FileFacts]) -> tuple[Given, ...]:
    """Give what processes of the run are given whose folder of programs is named."""
    found = []
    for facts in files:
        for scope in facts.scopes:
            if scope.process and scope.code is not None:
                role_known = (one for one in scope.variables if one.role is not None and one.part(one.role).is_given())
                found.append(Given(scope.code, {one.name: one.key_location for one in role_known}))
    return tuple(one for one in found if one.places)


def preferred(client: Client, facts: FileFacts, given: Sequence[Given] = ()) -> Location | None:
    """Give where the variables are set or used that the SDK takes before the object that this client is given.

    That is in the file itself, or in the environment of a process that runs it.
    """
    if client.environment_set is not None or not client.environment_wins:
        return client.environment_set
    used = {
        part.origin.name: part.location
        for other in facts.clients
        for alternative in other.credentials.alternatives
        for part in alternative.parts()
        if isinstance(part.origin, EnvironmentVariable) and part.location is not None
    }
    for known in (used, *(one.places for one in given if one.is_for(facts.path))):
        places = [known.get(name) for name in client.environment_wins]
        if all(places):
            return places[0]
    return None


def legacy_name(client: Client, facts: FileFacts, catalogue: Catalogue) -> str | None:
    """Give the variable of an old name that a token is read from, in a file that never reads the new one."""
    for alternative in client.credentials.alternatives:
        origin, steps = alternative.token.origin, alternative.token.steps
        entry = catalogue.variable(origin.name) if isinstance(origin, EnvironmentVariable) else None
        if entry is None or entry.role is not Role.LEGACY_TOKEN or not steps or steps[0].location.path != facts.path:
            continue
        if set(catalogue.family(entry.family).names(Role.TOKEN)).isdisjoint(facts.variables):
            return entry.name
    return None


def foreign_service(alternative: Alternative, cloud: Cloud, facts: FileFacts, catalogue: Catalogue) -> str | None:
    """Give the service that a key id is of by its name or form; None for AWS, or where an endpoint is named."""
    named = facts.variables if facts.language is not Language.YAML else ()  # there each process has its own endpoint
    known = (catalogue.variable(name) for name in named)
    if any(entry and entry.role is Role.ENDPOINT and entry.cloud is not Cloud.ALIBABA for entry in known):
        return None
    origin = alternative.key_id.origin
    for service in catalogue.foreign_services if cloud is not Cloud.ALIBABA else ():
        if isinstance(origin, Literal):
            if any(re.search(form, origin.text.reveal(), re.ASCII) for form in service.key_ids):
                return service.title
        elif not set(service.stems).isdisjoint(_words_of(origin)):
            return service.title
    return None


def _words_of(origin: Origin) -> list[str]:
    """Give the words of the name of a variable, parameter or setting."""
    match origin:
        case EnvironmentVariable(name) | Parameter(name) | Unknown(identity=name):
            return [word.upper() for word in _WORDS.findall(name)]
        case Reference(name=name, field=field):
            return [word.upper() for word in _WORDS.findall(f"{name} {field}")]
        case _:
            return []
