"""unchecked-startup-identity: a program works with data before it knows as whom."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.checks.words import sink_words
from credlint.model.facts import Client
from credlint.model.finding import Draft
from credlint.model.units import EntryUnit
from credlint.model.values import EnvironmentVariable, ProfileField


def check(unit: EntryUnit) -> Iterator[Draft]:
    """Draft one finding for a start that asks nowhere who it is, at the first client whose account nothing names."""
    if unit.entry.checked or unit.entry.anonymous or unit.names_a_role:
        return
    client = next((client for client in unit.clients if _is_of_any_account(client)), None)
    if client is not None:
        message = f"nothing checks, where the program starts, which account {sink_words(client)} works in"
        yield Draft("never-asked", message, client.location, client.location)


def _is_of_any_account(client: Client) -> bool:
    """Tell whether the credentials come from where another account's may stand: the chain, variables, a profile."""
    if client.default_chain:
        return True
    return any(
        isinstance(one.key_id.origin, EnvironmentVariable | ProfileField)
        or (one.profile.location is not None and not one.profile.is_missing())
        for one in client.credentials.alternatives
    )
