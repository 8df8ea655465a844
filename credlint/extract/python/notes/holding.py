"""Pairs that are read off one object of the project whose class has a token too, and go without it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from credlint.extract.python.domain import Argument, Held, Item
from credlint.extract.python.holders import holder, is_of, looks_at, pair_of
from credlint.extract.python.machine import Machine
from credlint.model.facts import Client, Holder
from credlint.model.records import replace
from credlint.model.sinks import EndpointKind
from credlint.model.values import Cloud

_CLOUD = {EndpointKind.ABSENT, EndpointKind.CLOUD}


def held_by(
    machine: Machine,
    client: Client,
    roles: Mapping[str, Argument],
    endpoint_of: Callable[[Machine, Item], EndpointKind],
) -> Client:
    """Give the client with the object that its pair comes from, if nothing in the file looks at that one's token."""
    if "key_id" not in roles or "secret" not in roles or machine.shared.test_context:
        return client
    held = pair_of(roles["key_id"].value, roles["secret"].value)
    if held is None or not _is_cloud(machine, client, held, roles.get("endpoint"), endpoint_of):
        return client
    tokens = holder(machine, held.info)
    if not tokens or looks_at(machine, tokens, held.info, client.location):
        return client
    return replace(client, holder=Holder(held.info.name, min(tokens)))


def _is_cloud(
    machine: Machine,
    client: Client,
    held: Held,
    endpoint: Argument | None,
    endpoint_of: Callable[[Machine, Item], EndpointKind],
) -> bool:
    """Tell whether the requests go to the cloud: always, on some path, or if the same object names no other place."""
    if endpoint is None:
        return client.endpoint in _CLOUD
    if any(endpoint_of(machine, item) in _CLOUD for item in endpoint.value):
        return True
    if client.cloud is Cloud.S3_COMPATIBLE or client.endpoint is not EndpointKind.UNKNOWN:
        return False
    return any(is_of(item, held.owner) for item in endpoint.value)
