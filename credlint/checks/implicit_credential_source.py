"""implicit-credential-source: a program leaves it to the machine which credentials its clients find."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.checks.words import sink_words
from credlint.model.facts import EntryKind
from credlint.model.finding import Draft
from credlint.model.units import EntryUnit


def check(unit: EntryUnit) -> Iterator[Draft]:
    """Draft a finding per client that takes what the chain finds; a platform gives its functions one source only."""
    if EntryKind.HANDLER in unit.entry.kinds or unit.names_a_source or unit.entry.anonymous:
        return
    start = "an application" if EntryKind.APPLICATION in unit.entry.kinds else "a script"
    for client in unit.clients:
        if client.default_chain:
            message = f"{sink_words(client)} of {start} takes the first credentials that the default chain finds"
            yield Draft("default-chain", message, client.location, client.location)
