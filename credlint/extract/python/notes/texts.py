"""Texts that carry credentials: statements of SQL, addresses, shell assignments, profiles.

What one function hands to calls of one name is read as one text, so that parts written one after the other meet.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping

from credlint.catalogue.callables import CallableKind
from credlint.catalogue.types import Family, TextForm
from credlint.extract.python.domain import Argument, Const, Item, ListObject, Text, Value, constant, tag
from credlint.extract.python.emission import credential_set
from credlint.extract.python.machine import Arguments, Frame, Machine, Site
from credlint.extract.python.notes import clients, profiles
from credlint.extract.python.notes.holding import held_by
from credlint.extract.python.readings import Piece, Reading, readings
from credlint.extract.python.shared import TextGroup
from credlint.extract.python.state import State
from credlint.model.facts import Client
from credlint.model.records import dataclass
from credlint.model.sinks import EndpointKind, SinkUse, TokenSupport
from credlint.model.span import Location
from credlint.model.values import Cloud, Role

_MAXIMUM_PIECES = 60
"""So many calls of one name are read as one text."""
_MAXIMUM_VISITS = 4
"""One call adds so many different texts."""
_QUIET = frozenset(
    {
        CallableKind.LOG,
        CallableKind.LOGGER,
        CallableKind.TEXT,
        CallableKind.HARMLESS,
        CallableKind.JSON_LOAD,
        CallableKind.OPTION,
        CallableKind.OPTION_PARSER,
    }
)
_KEY, _SECRET, _TOKEN = Role.KEY_ID.value, Role.SECRET.value, Role.TOKEN.value
_SLOTS = {Role.LEGACY_TOKEN: _TOKEN}


def collect(machine: Machine, dotted: str, arguments: Arguments, site: Site, state: State, frame: Frame) -> None:
    """Keep the texts that a call is handed, to be read at the end; constants only of calls that write."""
    method = dotted.rpartition(".")[2]
    writes = method in machine.catalogue.write_methods
    for argument in (*arguments.positional, *arguments.keywords.values()):
        if any(isinstance(item.data, Text) or (writes and _is_text(item.data)) for item in argument.value):
            end = constant("" if writes else ";\n")
            _keep(machine, method, [argument.value, end], [argument], site, state, frame, shown=False)


def collect_entry(
    machine: Machine, kind: CallableKind, dotted: str, arguments: Arguments, site: Site, state: State, frame: Frame
) -> None:
    """Keep the texts that a catalogued callable is handed: the lines of a print, the words of a command, any other."""
    if kind is CallableKind.PRINT:
        words = [part for argument in arguments.positional for part in (argument.value, constant(" "))]
        _keep(machine, dotted, [*words, constant("\n")], arguments.positional, site, state, frame, shown=True)
    elif kind not in _QUIET:
        for argument in arguments.positional:
            obj = state.only(argument.value) if kind is CallableKind.SUBPROCESS else None
            if isinstance(obj, ListObject):
                words = [part for value in obj.items for part in (value, constant(" "))]
                _keep(machine, dotted, [*words, constant(";\n")], [argument], site, state, frame, shown=False)
        collect(machine, dotted, arguments, site, state, frame)


def _is_text(data: object) -> bool:
    return isinstance(data, Const) and isinstance(data.value, str)


def _keep(
    machine: Machine,
    method: str,
    values: list[Value],
    given: Iterable[Argument],
    site: Site,
    state: State,
    frame: Frame,
    *,
    shown: bool,
) -> None:
    if machine.shared.muted or (shown and all(isinstance(item.data, Const) for value in values for item in value)):
        return
    parts: list[Value] = []
    cut = False
    for value in values:
        parts.append(tag(tuple(item for item in value if not isinstance(item.data, Text)), state.branches))
        for item in value:
            if isinstance(item.data, Text):
                parts += [tag(part, item.branches | state.branches) for part in item.data.parts]
                cut |= item.data.cut
    pieces = machine.shared.texts.setdefault((method, shown, frame.function, frame.calls, frame.flows), {})
    if len(pieces) < _MAXIMUM_PIECES:
        missing = tuple(sorted(state.falsy, key=repr))
        kept = tuple(part for part in parts if part)
        handed = tuple(argument.location for argument in given if argument.location is not None)
        piece = Piece(kept, site.callee, handed, cut, frame.flows, frame.calls, missing)
        for visit in range(_MAXIMUM_VISITS):  # the second round of a loop says the same, or more
            if pieces.setdefault((site.callee, visit), piece).parts == kept:
                break


@dataclass(frozen=True, slots=True)
class _Found:
    """A stretch that carries parts: per slot the value's text, its offset, and what the slot is called there."""

    reading: Reading
    slots: dict[str, tuple[str, int, str]]
    sink: str
    cloud: Cloud
    use: SinkUse
    token: TokenSupport
    endpoint: EndpointKind = EndpointKind.ABSENT

    def place(self) -> tuple[Location, str]:
        """Give where the key id is handed over, and to what."""
        return self.reading.piece(self.slots[_KEY][1]).callee, self.sink


def settle(machine: Machine) -> None:
    """At the end of the module: read the texts that were kept."""
    for (_, shown, _, _, _), pieces in machine.shared.texts.items():
        carries, told = _what_is_told(machine, pieces, shown=shown)
        if not told:
            continue
        kept = list(pieces.values())
        found: list[_Found] = []
        for reading in readings(kept, Item.may_be_part):
            found += _assignments(machine, reading)
            if not shown:
                found += _profiles(machine, reading)
                found += (one for form in machine.catalogue.texts for one in _forms(form, reading))
        whole = [one for one in found if carries and {_KEY, _SECRET} <= one.slots.keys()]
        with_token = {one.place() for one in whole if _TOKEN in one.slots}
        for one in whole:
            # a token that is added where there is one says that it may be lacking, not that it is
            if _TOKEN in one.slots or one.place() not in with_token:
                _note(machine, one)


def tells(machine: Machine, group: TextGroup, pieces: Mapping[object, Piece]) -> bool:
    """Tell whether texts that were kept say anything of credentials."""
    return _what_is_told(machine, pieces, shown=group[1])[1]


def _what_is_told(machine: Machine, pieces: Mapping[object, Piece], *, shown: bool) -> tuple[bool, bool]:
    """Tell whether texts carry parts of credentials, and whether they are worth reading."""
    items = [item for piece in pieces.values() for part in piece.parts for item in part]
    carries = any(item.may_be_part() for item in items)
    return carries, carries or (not shown and any(profiles.is_setting(machine, item.data) for item in items))


def _forms(form: TextForm, reading: Reading) -> Iterator[_Found]:
    """Give each stretch of a text that has a form of the catalogue."""
    for stretch in _pattern(form.within).finditer(reading.text):
        slots: dict[str, tuple[str, int, str]] = {}
        for role, patterns in form.parts:
            for pattern in patterns:
                match = _pattern(pattern).search(stretch[0])
                if match is not None:
                    slot = _SLOTS.get(role, role.value)
                    slots.setdefault(slot, (match[1], stretch.start() + match.start(1), slot))
        endpoint = EndpointKind.UNKNOWN if Role.ENDPOINT.value in slots else EndpointKind.ABSENT
        yield _Found(reading, slots, form.name, form.cloud, form.use, form.token, endpoint)


def _assignments(machine: Machine, reading: Reading) -> Iterator[_Found]:
    """Give the variables of each family that a shell, or a reader of such lines, is given."""
    for family in machine.catalogue.families:
        slots: dict[str, tuple[str, int, str]] = {}
        for role, name in _parts_of(family):
            match = _assignment(name).search(reading.text) if name in reading.text else None
            if match is not None:
                slots.setdefault(_SLOTS.get(role, role.value), (match["value"], match.start("value"), name))
        yield _Found(
            reading,
            slots,
            "a shell text that sets variables",
            family.cloud,
            SinkUse.ENVIRONMENT,
            TokenSupport.OPTIONAL,
        )


def _profiles(machine: Machine, reading: Reading) -> Iterator[_Found]:
    """Give the profiles of a credentials file."""
    for cloud, slots in profiles.in_text(machine, reading):
        yield _Found(
            reading,
            slots,
            profiles.SINK,
            cloud,
            SinkUse.ENVIRONMENT,
            TokenSupport.OPTIONAL,
            EndpointKind.UNKNOWN,
        )


def _parts_of(family: Family) -> Iterator[tuple[Role, str]]:
    for role in (Role.KEY_ID, Role.SECRET, Role.TOKEN, Role.LEGACY_TOKEN):
        yield from ((role, name) for name in family.names(role))


@functools.cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)


@functools.cache
def _assignment(name: str) -> re.Pattern[str]:
    # export NAME="value", -e NAME=value
    return re.compile(rf"(?<!\w){name}=(?P<quote>[\"']?)(?P<value>[^\"'\s;&]*)(?P=quote)")


def _written(key_id: Value, piece: Piece) -> Location | None:
    """Give where a key id was put into the text, in the file of the call and before it; None where that says more."""
    places = {item.put_into_text for item in key_id}
    place = places.pop() if len(places) == 1 else None
    if place is None or place.path != piece.callee.path or any(one.covers(place) for one in piece.handed):
        return None
    return place


def _note(machine: Machine, found: _Found) -> None:
    """Note what a text gives to whoever reads it."""
    reading = found.reading
    state = State()
    state.branches = reading.branches
    piece = reading.piece(found.slots[_KEY][1])
    roles = {
        slot: Argument(reading.value(text), reading.piece(offset).callee, name)
        for slot, (text, offset, name) in found.slots.items()
    }
    client = Client(
        sink=found.sink,
        cloud=found.cloud,
        use=found.use,
        service=None,
        location=piece.callee,
        credentials=credential_set(roles, state, machine.shared.exceptional, is_open=False),
        token_support=found.token,
        endpoint=found.endpoint,
        flows=piece.flows,
        calls=piece.calls,
        branches=reading.branches,
        known_missing=piece.falsy,
        test_context=machine.shared.test_context,
        written=_written(roles[_KEY].value, piece),
    )
    client = held_by(machine, client, roles, clients.endpoint_of)
    key = (piece.callee, piece.calls, found.sink, piece.flows)
    known = machine.shared.facts.clients.get(key)
    machine.shared.facts.clients[key] = client if known is None else clients.merge_clients(known, client)
