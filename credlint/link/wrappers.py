"""Functions through which other modules hand credentials on: what calls them matters, whatever words it uses."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.model.facts import MODULE_FLOW, FileFacts
from credlint.model.values import CredentialSet, Parameter


def wrappers(facts: FileFacts) -> frozenset[str]:
    """Give the names of the functions and classes of a module that take parts of credentials, or answer with them."""
    return frozenset(flows[0].partition(".")[0] for flows in _flows(facts) if flows and flows[0] != MODULE_FLOW)


def _flows(facts: FileFacts) -> Iterator[tuple[str, ...]]:
    for client in facts.clients:
        if _takes_parts(client.credentials):
            yield client.flows
    for request in facts.requests:
        by_caller = any(duration.seconds is None for duration in request.durations)
        if request.escapes or by_caller or _takes_parts(request.caller):
            yield request.flows


def _takes_parts(credentials: CredentialSet) -> bool:
    return any(
        isinstance(part.origin, Parameter) for one in credentials.alternatives for part in (*one.parts(), one.profile)
    )
