"""Credentials and config files that code writes: as text, or through a parser of INI files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from credlint.catalogue.types import Catalogue
from credlint.extract.python.domain import Argument, Const, DictObject, Item, MadeObject, Ref, Value, present
from credlint.extract.python.emission import credential_set
from credlint.extract.python.machine import Frame, Machine
from credlint.extract.python.objects import ini_section
from credlint.extract.python.readings import Reading
from credlint.extract.python.state import State
from credlint.extract.text.ini import IniEntry, IniSection, read_ini
from credlint.model.facts import Client
from credlint.model.profiles import ProfileSection, ProfileSetting, ProfileText
from credlint.model.records import replace
from credlint.model.sinks import EndpointKind, SinkUse, TokenSupport
from credlint.model.span import Location
from credlint.model.values import Cloud, Role

_PARTS = (Role.KEY_ID, Role.SECRET, Role.TOKEN)
SINK = "a profile"
"""What a section of a credentials file is called in messages."""


def is_setting(machine: Machine, data: object) -> bool:
    """Tell whether a constant text names a setting by which a profile is known."""
    if not isinstance(data, Const) or not isinstance(data.value, str):
        return False
    text = data.value
    return any(name in text for form in machine.catalogue.profiles for name in form.names())


def in_text(machine: Machine, reading: Reading) -> Iterator[tuple[Cloud, dict[str, tuple[str, int, str]]]]:
    """Give the parts in each profile of a text that is written, and note the profiles."""
    sections = []
    for section in read_ini(reading.text) if "[" in reading.text else ():
        if not section.name or not section.entries:
            continue
        sections.append(_section_of(machine, reading, section))
        slots: dict[str, tuple[str, int, str]] = {}
        cloud: Cloud | None = None
        for entry in section.entries:
            role, of = _role(machine.catalogue, entry.key)
            if role is not None:
                cloud = cloud or of
                slots.setdefault(role.value, (entry.value, entry.value_start, entry.key))
        if cloud is not None:
            yield cloud, slots
    if sections:
        _note_reading(machine, reading, tuple(sections))


def _note_reading(machine: Machine, reading: Reading, sections: tuple[ProfileSection, ...]) -> None:
    """Note the profiles of a text; where it can read in several ways, what is the same in all of them."""
    piece = reading.pieces[0]
    text = ProfileText(None, sections, False, piece.flows, machine.shared.test_context)
    key = (piece.callee, piece.calls, sections if reading.only else reading.pieces)
    known = machine.shared.facts.profiles.get(key)
    if known is not None:
        text = replace(text, sections=_common(known.sections, sections))
    machine.shared.facts.profiles[key] = text


def _common(some: tuple[ProfileSection, ...], others: tuple[ProfileSection, ...]) -> tuple[ProfileSection, ...]:
    """Give sections with the texts that agree; none where sections or settings are not the same ones."""
    if [_names(one) for one in some] != [_names(one) for one in others]:
        return ()
    return tuple(
        replace(
            one,
            settings=tuple(
                this if this.text == that.text else replace(this, text=None)
                for this, that in zip(one.settings, other.settings, strict=True)
            ),
        )
        for one, other in zip(some, others, strict=True)
    )


def _names(section: ProfileSection) -> tuple[str | None, ...]:
    return (section.name, *(setting.name for setting in section.settings))


def _note_client(
    machine: Machine,
    roles: dict[str, Argument],
    cloud: Cloud,
    place: Location,
    flows: tuple[str, ...],
    calls: tuple[Location, ...],
    state: State,
    *,
    is_open: bool,
) -> None:
    client = Client(
        sink=SINK,
        cloud=cloud,
        use=SinkUse.ENVIRONMENT,
        service=None,
        location=place,
        credentials=credential_set(roles, state, machine.shared.exceptional, is_open=is_open),
        token_support=TokenSupport.OPTIONAL,
        endpoint=EndpointKind.UNKNOWN,
        flows=flows,
        calls=calls,
        branches=state.branches,
        known_missing=tuple(sorted(state.falsy, key=repr)),
    )
    machine.shared.facts.clients.setdefault((place, calls, SINK, flows, client.credentials), client)


def _role(catalogue: Catalogue, name: str) -> tuple[Role | None, Cloud | None]:
    """Give the part that a setting holds, and the cloud if it is the name of one only."""
    role, cloud = catalogue.slot_names.get(name.lower(), (None, None))
    return role, None if cloud is Cloud.S3_COMPATIBLE else cloud


def _section_of(machine: Machine, reading: Reading, section: IniSection) -> ProfileSection:
    def setting(entry: IniEntry) -> ProfileSetting:
        place = reading.piece(entry.key_start).callee
        return _setting(machine, entry.key, reading.value(entry.value), place)

    name = None if "\0" in section.name else section.name
    place = reading.piece(section.start).callee
    return ProfileSection(name, place, tuple(setting(entry) for entry in section.entries))


def _setting(machine: Machine, name: str, value: Value, place: Location) -> ProfileSetting:
    role, cloud = _role(machine.catalogue, name)
    only = value[0].data if len(value) == 1 else None
    text = only.value if isinstance(only, Const) and isinstance(only.value, str) else None
    return ProfileSetting(
        name=name,
        text=None if role in _PARTS else text,
        location=place,
        role=role,
        cloud=cloud,
    )


# Parsers of INI files (configparser): each section is a dict of the heap.


def note_file(machine: Machine, item: Item, state: State, frame: Frame) -> None:
    """Note the profiles that a parser writes."""
    made = state.at(item)
    if not isinstance(made, MadeObject) or machine.shared.muted:
        return
    sections = []
    for name, value in made.fields.items():
        for obj in filter(None, (state.at(one) for one in value)):
            if isinstance(obj, DictObject) and obj.items:
                _note_dict(machine, obj, state, frame, is_open=obj.open)
                sections.append(_section_of_dict(machine, name, obj, is_open=obj.open or made.open))
    if sections:
        text = ProfileText(None, tuple(sections), False, frame.flows, machine.shared.test_context)
        machine.shared.facts.profiles.setdefault((made.location, frame.calls, text.sections), text)


def _places(obj: DictObject) -> Iterator[tuple[str, Value, Location]]:
    for key, value in obj.items.items():
        if key in obj.places and present(value):
            yield str(key), value, obj.places[key]


def _note_dict(machine: Machine, obj: DictObject, state: State, frame: Frame, *, is_open: bool) -> None:
    roles: dict[str, Argument] = {}
    cloud: Cloud | None = None
    for name, value, place in _places(obj):
        role, of = _role(machine.catalogue, name)
        if role is not None:
            cloud = cloud or of
            roles.setdefault(role.value, Argument(value, place, name))
    key = roles.get(Role.KEY_ID.value)
    if cloud is not None and key is not None and key.location is not None and Role.SECRET.value in roles:
        _note_client(machine, roles, cloud, key.location, frame.flows, frame.calls, state, is_open=is_open)


def _section_of_dict(machine: Machine, name: str, obj: DictObject, *, is_open: bool) -> ProfileSection:
    settings = tuple(_setting(machine, key, present(value), place) for key, value, place in _places(obj))
    place = settings[0].location if settings else next(iter(obj.places.values()))
    return ProfileSection(None if name.startswith("\0") else name, place, settings, open=is_open)


def put(machine: Machine, item: Item, roles: dict[str, Argument], state: State) -> None:
    """Set one setting: `parser.set(section, name, value)`; a file that is read may set any."""
    made = state.at(item)
    if not {"name", "value", "section"} <= roles.keys():
        if isinstance(made, MadeObject) and isinstance(item.data, Ref):
            state.heap[item.data.number] = replace(made, open=True)
        return
    holder = ini_section(machine, item, roles["section"].value, state)
    for one in holder or ():
        obj = state.at(one)
        if isinstance(obj, DictObject) and isinstance(one.data, Ref):
            state.heap[one.data.number] = _with(obj, roles["name"].value, roles["value"])


def _with(obj: DictObject, keys: Value, given: Argument) -> DictObject:
    names: Iterable[object] = [item.data.value if isinstance(item.data, Const) else None for item in keys]
    known = [name for name in names if isinstance(name, str)]
    if len(known) != 1 or len(keys) != 1:
        return DictObject(obj.items, True, obj.environment, obj.places)
    places = {**obj.places, known[0]: given.location} if given.location is not None else obj.places
    return DictObject({**obj.items, known[0]: given.value}, obj.open, obj.environment, places)
