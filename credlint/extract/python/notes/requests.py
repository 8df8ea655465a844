"""Session requests, and whether their answers are used by code that is not seen."""

from __future__ import annotations

from credlint.catalogue.operations import Operation
from credlint.extract.python.domain import Argument, MadeObject, Value
from credlint.extract.python.emission import credential_set, durations, requests_in
from credlint.extract.python.failing import Source
from credlint.extract.python.machine import Frame, Machine, Site
from credlint.extract.python.notes import clients, inheritance, misnamed, refreshers
from credlint.extract.python.notes.settings import client_settings, settings
from credlint.extract.python.state import State
from credlint.model.facts import (
    SessionRequest,
)
from credlint.model.span import Location
from credlint.model.values import (
    Cloud,
    CredentialSet,
    Lifetime,
    ResponseField,
)

_OWN = ("key_id", "secret", "token", "profile")
_DURATION = "duration"


def note_request(
    machine: Machine,
    operation: Operation,
    roles: dict[str, Argument],
    caller: MadeObject | None,
    site: Site,
    state: State,
    frame: Frame,
    *,
    is_open: bool = False,
    deferred: bool = False,
) -> None:
    """Note a request for temporary credentials, or one that limits them.

    `is_open` tells that it may have more arguments, `deferred` that a provider sends it by itself.
    """
    refreshers.watch_request(machine, operation, roles, caller, site, state, frame)
    if machine.shared.muted:
        return
    credentials, default_chain = caller_of(machine, caller, state)
    if caller is not None and default_chain:
        machine.shared.signers[site.callee] = caller.location
        inheritance.note_request(machine, operation, caller, site, frame)
    if operation.shape is not None:
        machine.shared.sources.append(Source(operation.name, site.callee, credentials.alternatives))
    chained = _temporary_caller(credentials)
    found = durations(roles["duration"], state, operation) if "duration" in roles else ()
    request = SessionRequest(
        operation=operation.id,
        name=operation.name,
        cloud=operation.cloud,
        location=site.callee,
        durations=found,
        minimum=operation.minimum,
        maximum=operation.maximum,
        chained_maximum=None if operation.unsigned else operation.chained_maximum,
        caller=credentials,
        flows=frame.flows,
        calls=frame.calls,
        branches=state.branches,
        chained=chained,
        by_platform=default_chain and chained is None and _on_platform(machine, operation.cloud, frame),
        answers=operation.shape is not None,
        fields=settings(machine, roles, [role for role, _ in operation.parameters if role != _DURATION], state),
        open=is_open,
        deferred=deferred,
        settings=client_settings(machine, caller, state) if caller is not None else (),
        test_context=machine.shared.test_context,
    )
    machine.shared.facts.requests.setdefault((site.callee, frame.calls, frame.flows), request)


def caller_of(machine: Machine, caller: MadeObject | None, state: State) -> tuple[CredentialSet, bool]:
    """Give the credentials that a client signs with, and tell whether it was given none and asks its SDK's chain."""
    if caller is None:
        return CredentialSet(), False
    own = any(role in caller.roles for role in _OWN)
    carriers = [] if own else list(clients.carriers(machine, caller, state))
    holder = caller if own or not carriers else carriers[0].made
    credentials = credential_set(holder.roles, state, machine.shared.exceptional, is_open=holder.open)
    return credentials, not own and not carriers and caller.entry.default_chain and not caller.open


def _on_platform(machine: Machine, cloud: Cloud, frame: Frame) -> bool:
    """Tell whether a handler of a platform of this cloud runs here, so that the default chain is its role."""
    return any(h.platform in frame.platforms and h.cloud is cloud for h in machine.catalogue.handlers)


def escape(machine: Machine, value: Value, state: State) -> None:
    """Note that a value leaves what is followed: its requests are used by code that is not seen."""
    misnamed.seen_whole(machine, value, state)
    if not machine.shared.muted:
        machine.shared.facts.escaped.update(requests_in(value, state))


def _temporary_caller(credentials: CredentialSet) -> Location | None:
    """Give the request that proves that temporary credentials sign, or None."""
    places = []
    for alternative in credentials.alternatives:
        origin = alternative.key_id.origin
        if isinstance(origin, ResponseField) and origin.lifetime is Lifetime.TEMPORARY:
            places.append(origin.request)
    return places[0] if places and len(places) == len(credentials.alternatives) else None
