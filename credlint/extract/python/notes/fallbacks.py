"""Sources of credentials that fail, and what the code takes in their place without telling anybody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import libcst as cst

from credlint.catalogue.callables import CallableKind
from credlint.extract.python.domain import Const, MadeObject, Missing, Value
from credlint.extract.python.emission import credential_set
from credlint.extract.python.failing import Source, Taken
from credlint.extract.python.machine import Frame, Machine, Site
from credlint.extract.python.notes import clients
from credlint.extract.python.standard import constant_text
from credlint.extract.python.state import State
from credlint.extract.python.uses import CARRIERS, use_of
from credlint.model.lasting import Fallback, FallbackKind
from credlint.model.sinks import SinkUse
from credlint.model.values import (
    Absent,
    Alternative,
    Blank,
    Branches,
    Lifetime,
    NoneValue,
    Origin,
    ResponseField,
    Unknown,
)

_OWN = ("key_id", "secret", "token", "profile")
_KINDS = frozenset({CallableKind.CLIENT, CallableKind.SESSION, CallableKind.CREDENTIALS, CallableKind.SIGNER})
# Errors of code that looks for a setting, a module or a key: that it is not there is what the handler is for.
_LOOKING = frozenset(
    {
        "KeyError", "IndexError", "AttributeError", "ImportError", "ModuleNotFoundError", "NameError", "LookupError",
        "NoSectionError", "NoOptionError",
    }
)  # fmt: skip


def note_made(machine: Machine, made: MadeObject, dotted: str, site: Site, state: State, frame: Frame) -> None:
    """Remember an object that works with credentials: as one of a named source, or in the place of one that failed."""
    use = use_of(machine.catalogue, made)
    note_use(machine, ((made.receiver,) if made.receiver is not None else ()), state)
    for role in CARRIERS:
        note_use(machine, made.roles[role].value if role in made.roles else (), state)
    if machine.shared.muted or machine.shared.test_context or use is SinkUse.IDENTITY or made.entry.kind not in _KINDS:
        return
    own = any(role in made.roles for role in _OWN)
    carriers = [] if own else list(clients.carriers(machine, made, state))
    holder = carriers[0].made if carriers else made
    sets = credential_set(holder.roles, state, machine.shared.exceptional, is_open=holder.open).alternatives
    requests = frozenset(origin.request for one in sets if (origin := _temporary(one)) is not None)
    profile = _given(holder, state)
    origins = requests or (frozenset({holder.location}) if profile is not None else frozenset())
    if profile is not None and holder is made and not requests:
        machine.shared.sources.append(Source(_profile_words(profile), made.location, profile=profile))
    default_chain = not own and not carriers and made.entry.default_chain and not made.open
    kind = None if requests else _kind(made, holder, profile, state, default_chain=default_chain)
    arms = [machine.shared.intended[arm] for arm in sorted(state.branches) if arm in machine.shared.intended]
    machine.shared.taken.append(
        Taken(
            likeness=(made.entry.kind, made.entry.cloud, made.service),
            kind=kind,
            sink=dotted,
            location=site.callee,
            origins=origins,
            flows=frame.flows,
            calls=frame.calls,
            sets=sets,
            profile=profile,
            failed=tuple(source for found in arms for source in found),
        )
    )


def note_use(machine: Machine, value: Value, state: State) -> None:
    """Remember that an object is used, returned or stored: it matters where its credentials come from."""
    for item in value:
        made = state.at(item)
        if isinstance(made, MadeObject):
            machine.shared.used.add(made.location)


def _temporary(one: Alternative) -> ResponseField | None:
    origin = one.key_id.origin
    return origin if isinstance(origin, ResponseField) and origin.lifetime is Lifetime.TEMPORARY else None


def _given(made: MadeObject, state: State) -> Value | None:
    """Give the profile that an object is given for certain, or None."""
    argument = made.roles.get("profile")
    value = state.visible(argument.value) if argument is not None else ()
    nothing = any(isinstance(i.data, Missing) or (isinstance(i.data, Const) and not i.data.value) for i in value)
    return value if value and not nothing else None


def _profile_words(profile: Value) -> str:
    only = profile[0].data if len(profile) == 1 else None
    return f"profile {only.value}" if isinstance(only, Const) and isinstance(only.value, str) else "a profile"


def _kind(
    made: MadeObject, holder: MadeObject, profile: Value | None, state: State, *, default_chain: bool
) -> FallbackKind | None:
    """Tell what an object takes in the place of another source, or None where it signs with nothing or is unclear."""
    if _is_anonymous(made, state):
        return None
    if "key_id" in holder.roles:
        return FallbackKind.KEYS
    if profile is not None:
        return FallbackKind.PROFILE
    return FallbackKind.DEFAULT_CHAIN if default_chain else None


def _is_anonymous(made: MadeObject, state: State) -> bool:
    """Tell whether an object signs nothing: that needs no credentials."""
    if "anonymous" in made.roles:
        return True
    for item in made.roles["options"].value if "options" in made.roles else ():
        options = state.at(item)
        version = options.roles.get("signature_version") if isinstance(options, MadeObject) else None
        if version is not None and constant_text(version) is None:
            return True
        if not isinstance(options, MadeObject) and not isinstance(item.data, Const):
            return True
    return False


def note_failure(
    machine: Machine,
    handler: cst.ExceptHandler | cst.ExceptStarHandler,
    branch: Branches,
    sources: Sequence[Source],
) -> None:
    """Remember which sources have failed where a handler runs, unless it is for something that is not there."""
    if sources and not _is_looking(handler):
        machine.shared.intended.update({arm: tuple(sources) for arm in branch})


def _is_looking(handler: cst.ExceptHandler | cst.ExceptStarHandler) -> bool:
    """Tell whether a handler catches only that a setting, a module or a key is not there."""
    match handler.type:
        case cst.Tuple(elements=elements):
            nodes = [element.value for element in elements]
        case None:
            return False
        case one:
            nodes = [one]
    names = {
        n.attr.value if isinstance(n, cst.Attribute) else n.value if isinstance(n, cst.Name) else "" for n in nodes
    }
    return names <= _LOOKING


def note_handled(
    machine: Machine,
    handler: cst.ExceptHandler | cst.ExceptStarHandler,
    states: tuple[State, State, State],
    sources: Sequence[Source],
    frame: Frame,
) -> None:
    """Note a handler that goes on with what stood there before the source was tried.

    `states` are those before the `try`, after its body, and after the handler.
    """
    before, tried, after = states
    if machine.shared.muted or machine.shared.test_context or not sources or not after.alive or _is_looking(handler):
        return
    for name, value in tried.names.items():
        old = before.names.get(name)
        stays = old is not None and old != value and _holds(after.names.get(name, ()), old)
        if not stays or old is None:
            continue
        default = next((one for one in _taken(machine, old, before) if one.kind is FallbackKind.DEFAULT_CHAIN), None)
        meant = next(_taken(machine, value, tried), None)
        source = _source_of(meant, sources) if meant is not None else None
        if default is None or meant is None or source is None or default.likeness != meant.likeness:
            continue
        place = machine.place(handler.type if handler.type is not None else handler, frame)
        fallback = Fallback(
            FallbackKind.DEFAULT_CHAIN, source.words, source.location, default.sink, place, frame.flows, frame.calls
        )
        machine.shared.facts.fallbacks.setdefault(place, fallback)


def _holds(value: Value, old: Value) -> bool:
    """Tell whether a value can still be all that another was, on whatever branches."""
    return {item.data for item in old} <= {item.data for item in value}


def _taken(machine: Machine, value: Value, state: State) -> Iterator[Taken]:
    """Give what is remembered of the one object that a value is."""
    made = state.only(value)
    if isinstance(made, MadeObject):
        yield from (one for one in machine.shared.taken if one.location == made.location)


def _source_of(meant: Taken, sources: Sequence[Source]) -> Source | None:
    return next((one for one in sources if one.location in meant.origins), None)


def settle(machine: Machine) -> None:
    """At the end of the module: note what stands in for something of a source that failed."""
    taken = machine.shared.taken
    for stand_in in taken:
        idle = stand_in.likeness[0] is CallableKind.SESSION and stand_in.location not in machine.shared.used
        if stand_in.kind is None or idle:
            continue
        for source in stand_in.failed:
            meant = [one for one in taken if source.location in one.origins and one.likeness == stand_in.likeness]
            same_run = [one for one in meant if not set(one.flows).isdisjoint(stand_in.flows)]
            if not same_run or stand_in.location == same_run[0].location or _is_same(stand_in, source):
                continue
            fallback = Fallback(
                kind=_kind_of(stand_in, source),
                intended=source.words,
                intended_at=source.location,
                sink=stand_in.sink,
                location=stand_in.location,
                flows=stand_in.flows,
                calls=stand_in.calls,
            )
            machine.shared.facts.fallbacks.setdefault(stand_in.location, fallback)


def _is_same(stand_in: Taken, source: Source) -> bool:
    """Tell whether the same profile is tried again."""
    return source.profile is not None and _plain(stand_in.profile or ()) == _plain(source.profile)


def _plain(profile: Value) -> list[object]:
    """Give what a profile can be, wherever it is written."""
    return [item.data.value if isinstance(item.data, Const) else item.data for item in profile]


def _kind_of(stand_in: Taken, source: Source) -> FallbackKind:
    assert stand_in.kind is not None
    asked = any(_are_equal(one, caller) for one in stand_in.sets for caller in source.callers)
    return FallbackKind.PARENT_KEY if asked and stand_in.kind is FallbackKind.KEYS else stand_in.kind


def _are_equal(one: Alternative, other: Alternative) -> bool:
    return all(
        _is_known(part.origin) and part.origin == same.origin
        for part, same in ((one.key_id, other.key_id), (one.secret, other.secret))
    )


def _is_known(origin: Origin) -> bool:
    match origin:
        case Unknown(_, identity):
            return bool(identity)
        case Absent() | NoneValue() | Blank():
            return False
        case _:
            return True
