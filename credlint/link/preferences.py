"""What else in a file decides about a client: variables that win over what it is given, and names that are not read."""

from __future__ import annotations

import re

from credlint.catalogue.types import Catalogue
from credlint.model.facts import Client, FileFacts, Language
from credlint.model.patterns import pattern
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


def preferred(client: Client, facts: FileFacts) -> Location | None:
    """Give where the variables are set or used that the SDK takes before the object that this client is given."""
    if client.environment_set is not None or not client.environment_wins:
        return client.environment_set
    used = {
        part.origin.name: part.location
        for other in facts.clients
        for alternative in other.credentials.alternatives
        for part in alternative.parts()
        if isinstance(part.origin, EnvironmentVariable) and part.location is not None
    }
    places = [used.get(name) for name in client.environment_wins]
    return places[0] if all(places) else None


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
