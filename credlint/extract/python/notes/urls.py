"""URLs that are signed for others: how long they live, and which credentials sign them."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.catalogue.presigning import Presigning
from credlint.extract.python.domain import Argument, Const, MadeObject, Value
from credlint.extract.python.emission import credential_set
from credlint.extract.python.folding import whole_number
from credlint.extract.python.machine import Arguments, Frame, Machine, Site
from credlint.extract.python.notes import clients
from credlint.extract.python.standard import constant_text
from credlint.extract.python.state import State
from credlint.extract.python.uses import CARRIERS
from credlint.model.lasting import SignedUrl
from credlint.model.span import Location
from credlint.model.values import Branches, CredentialSet, ResponseField, Step, compatible

_OWN = ("key_id", "secret", "token", "profile")


def note_method(
    machine: Machine, made: MadeObject, name: str, arguments: Arguments, site: Site, state: State, frame: Frame
) -> None:
    """Note a method of a service client when it signs a URL."""
    slot = machine.catalogue.presigning.methods.get(name)
    if slot is None:
        return
    position, keyword = slot
    given = arguments.keywords.get(keyword)
    if given is None and position is not None and position < len(arguments.positional):
        given = arguments.positional[position]
    if given is not None:
        note_url(machine, made, name, given, site, state, frame)


def note_url(
    machine: Machine, made: MadeObject, sink: str, lifetime: Argument, site: Site, state: State, frame: Frame
) -> None:
    """Note a URL that an object signs, once for each lifetime that it can be given."""
    if machine.shared.muted or machine.shared.test_context:
        return
    presigning = machine.catalogue.presigning
    own = any(role in made.roles for role in _OWN)
    carriers = [] if own else list(clients.carriers(machine, made, state))
    holder = carriers[0].made if carriers else made
    credentials = credential_set(holder.roles, state, machine.shared.exceptional, is_open=holder.open)
    default_chain = not own and not carriers and made.entry.default_chain and not made.open
    platform = _platform(machine, made, credentials, frame, default_chain=default_chain)
    for seconds, place, branches, steps in _lifetimes(lifetime, state):
        url = SignedUrl(
            sink=sink,
            cloud=made.entry.cloud,
            seconds=seconds,
            location=place or site.callee,
            credentials=credentials,
            flows=frame.flows,
            calls=frame.calls,
            branches=branches | state.branches,
            steps=steps,
            maximum=presigning.maximum if _is_version_4(presigning, made, state) else None,
            platform=platform,
            platform_seconds=presigning.platforms.get(platform or ""),
        )
        machine.shared.facts.urls.setdefault((url.location, seconds, frame.calls, frame.flows), url)


def _lifetimes(argument: Argument, state: State) -> Iterator[tuple[int, Location | None, Branches, tuple[Step, ...]]]:
    """Give the seconds that a lifetime can be: a number, or a span of time."""
    for item in state.visible(argument.value):
        obj = state.at(item)
        value: Value = obj.fields.get("seconds", ()) if isinstance(obj, MadeObject) else (item,)
        for one in value:
            seconds = whole_number(one.data.value) if isinstance(one.data, Const) else None
            if seconds is not None and compatible(one.branches, state.branches):
                yield seconds, argument.location, item.branches | one.branches, item.steps


def _platform(
    machine: Machine, made: MadeObject, credentials: CredentialSet, frame: Frame, *, default_chain: bool
) -> str | None:
    """Give the platform whose own credentials sign: by the default chain in its handler, or by what it hands over."""
    if default_chain:
        here = (h.platform for h in machine.catalogue.handlers if h.cloud is made.entry.cloud)
        return next((name for name in here if name in frame.platforms), None)
    origins = [one.key_id.origin for one in credentials.alternatives]
    names = {origin.operation if isinstance(origin, ResponseField) else "" for origin in origins}
    return next(iter(names)) if len(names) == 1 and names <= machine.catalogue.presigning.platforms.keys() else None


def _is_version_4(presigning: Presigning, made: MadeObject, state: State) -> bool:
    """Tell whether it is proven that signature version 4 signs."""
    objects = [made, *_carried(made, state)]
    settings = [one.roles["signature_version"] for one in objects if "signature_version" in one.roles]
    if settings:
        return constant_text(settings[0]) in presigning.versions
    if any(not presigning.objects.isdisjoint(one.entry.names) for one in objects):
        return True
    regions = [one.roles["region"] for one in objects if "region" in one.roles]
    plain = "endpoint" not in made.roles and not made.open and made.service in presigning.services
    return bool(regions) and plain and constant_text(regions[0]) in presigning.regions


def _carried(made: MadeObject, state: State, depth: int = 0) -> Iterator[MadeObject]:
    """Give the objects that an object was given, and the one whose method made it."""
    values = [made.roles[role].value for role in (*CARRIERS, "options") if role in made.roles]
    values += [(made.receiver,)] if made.receiver is not None else []
    for value in values if depth < 4 else ():
        for item in state.visible(value):
            obj = state.at(item)
            if isinstance(obj, MadeObject):
                yield obj
                yield from _carried(obj, state, depth + 1)
