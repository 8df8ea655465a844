"""Sections of a file of profiles that a parser has read: its settings are parts of a profile."""

from __future__ import annotations

from credlint.extract.python.domain import DictObject, Item, MadeObject, Method, Name, Scalar, Value
from credlint.extract.python.machine import Machine
from credlint.model.span import Location
from credlint.model.values import Cloud, EnvironmentVariable, Parameter, ProfileField, Role, Step, Unknown

_PARTS = {Role.KEY_ID, Role.SECRET, Role.TOKEN}


def new_section(machine: Machine, made: MadeObject, keys: Value, name: str) -> DictObject:
    """Give a section of a parser: of one that has read a file, whatever is in it, a profile where that shows."""
    if not made.open:
        return DictObject({})
    shown = "" if name.startswith("\0") else name
    return DictObject({}, open=True, profile=shown if _is_profile(machine, keys, shown) else None)


def _is_profile(machine: Machine, keys: Value, name: str) -> bool:
    """Tell whether a section is a profile: it is called one, or the file at hand names the folder of such files."""
    forms = machine.catalogue.profiles
    if name:
        folders = [form.folder for form in forms if form.folder]
        return any(folder in line for line in machine.source.table.lines for folder in folders)
    words = [form.prefix.strip() for form in forms if form.prefix]
    return any(word in _called(machine, item) for item in keys for word in words)


def _called(machine: Machine, item: Item) -> str:
    """Give the last name of what says which section is read."""
    match item.data:
        case Method(dotted) | Name(dotted) | Scalar(Unknown(_, dotted)) | Scalar(Parameter(dotted)):
            return dotted.rpartition(".")[2].lower()
        case Scalar(EnvironmentVariable(variable)):
            entry = machine.catalogue.variable(variable)
            return entry.role.value if entry is not None else ""
        case _:
            return ""


def profile_part(machine: Machine, section: DictObject, key: str | int, place: Location) -> Value | None:
    """Give the part of a profile that a setting of a section is, or None of any other setting."""
    if section.profile is None or key in section.items:
        return None
    found = machine.catalogue.slot_names.get(str(key).lower())
    if found is None or found[0] not in _PARTS or found[1] is not Cloud.AWS:
        return None
    step = Step(place, f"{key} is read from a profile")
    return (Item(Scalar(ProfileField(section.profile or None, found[0])), steps=(step,)),)
