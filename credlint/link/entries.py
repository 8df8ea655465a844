"""Modules where a program starts, with the clients that it makes of what the machine happens to hold."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.catalogue.types import Catalogue
from credlint.model.facts import MODULE_FLOW, Client, EntryKind, FileFacts
from credlint.model.sinks import EndpointKind, SinkUse
from credlint.model.units import EntryUnit
from credlint.model.values import Role

_OTHER_ROLES = frozenset({Role.REGION, Role.ENDPOINT, Role.DURATION, Role.SESSION_NAME})
_OF_THE_CLOUD = frozenset({EndpointKind.ABSENT, EndpointKind.CLOUD})


def entry_units(facts: FileFacts, catalogue: Catalogue) -> Iterator[EntryUnit]:
    """Give the unit of a file in which a program starts and makes clients for data."""
    entry = facts.entry
    if entry is None:
        return
    clients = [client for client in facts.clients if _is_met(client, facts)]
    if clients:
        yield EntryUnit(
            entry=entry,
            clients=tuple(sorted(clients, key=lambda client: (client.location.span.chunk, client.location.span.line))),
            names_a_role=bool(facts.requests),
            names_a_source=bool(facts.writes or facts.profiles)
            or any(_is_source(name, catalogue) for name in facts.variables),
        )


def _is_source(name: str, catalogue: Catalogue) -> bool:
    """Tell whether a variable decides which credentials are found."""
    entry = catalogue.variable(name)
    return entry is not None and entry.role not in _OTHER_ROLES


def _is_met(client: Client, facts: FileFacts) -> bool:
    """Tell whether the start leads to a client of the cloud itself, made in this file."""
    assert facts.entry is not None
    kinds = facts.entry.kinds
    if client.location.path != facts.path or client.use is not SinkUse.DATA or client.endpoint not in _OF_THE_CLOUD:
        return False
    # A handler's module is imported before its first call.
    return EntryKind.APPLICATION in kinds or MODULE_FLOW in client.flows or client.platform is not None
