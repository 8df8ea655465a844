"""Where a finding points when a helper is called by several and is wrong for some (design: the call is primary)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from credlint.model.facts import FileFacts
from credlint.model.span import Location

Chain = tuple[Location, ...]
"""The calls that lead to a place, outermost first; empty where it is reached without any."""


def chains(files: Iterable[FileFacts]) -> dict[Location, set[Chain]]:
    """Give the call chains by which each place that a finding can point at is reached.

    That a test comes there with parts of its own says nothing about the others.
    """
    found: dict[Location, set[Chain]] = defaultdict(set)
    for facts in files:
        for client in facts.clients:
            if client.test_context and client.location.path != facts.path:
                continue
            found[client.location].add(client.calls)
            if client.indirect is not None:  # the session or credential object was given the parts, by calls of its own
                continue
            for alternative in client.credentials.alternatives:
                for part in (*alternative.parts(), alternative.profile):
                    if part.location is not None:
                        found[part.location].add(client.calls)
        for request in facts.requests:
            found[request.location].add(request.calls)
            for given in (*(one.location for one in request.durations), *(one.location for one in request.fields)):
                if given is not None:
                    found[given].add(request.calls)
        for client_place in facts.places:
            for setting in client_place.settings:
                if setting.location is not None:
                    found[setting.location].add(client_place.calls)
        for call in facts.service_calls:
            found[call.location].add(call.calls)
        for exposure in facts.exposures:
            found[exposure.location].add(exposure.calls)
    return found


def place(location: Location, calls: Chain, wrong: set[Chain], reached: set[Chain]) -> Location:
    """Give the innermost place at which all that pass it are wrong: the location itself, or one of its calls.

    `wrong` are the chains of all drafts of one case at the location, `reached` those of everything that comes there.
    """
    if () in wrong:  # it is wrong whoever calls
        return location
    others = {chain for chain in reached if chain} - wrong
    for depth in range(len(calls) + 1):
        shared = calls[len(calls) - depth :]
        if not any(chain[len(chain) - depth :] == shared for chain in others):
            return shared[0] if shared else location
    return calls[0] if calls else location
