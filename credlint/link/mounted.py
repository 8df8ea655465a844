"""The profiles that the files of a process hold, where the run shows all of them."""

from __future__ import annotations

from collections.abc import Iterable

from credlint.catalogue.types import Catalogue
from credlint.extract.text.ini import looks_like_ini, read_ini
from credlint.link.objects import Find
from credlint.model.environments import EnvironmentScope, Mount
from credlint.model.values import Literal, Origin, Unknown

_FILLED_IN = ("$", "{", "<", "%")
"""What stands in a name that is yet to be filled in."""


def mounted_profiles(
    mounts: Iterable[Mount], scope: EnvironmentScope, find: Find, catalogue: Catalogue
) -> tuple[str, ...] | None:
    """Give the names of the profiles in the folders that are mounted for them; None where some may be out of sight.

    A single file leaves the other one of the two to the image.
    """
    folders = [mount for mount in mounts if mount.holds_profiles]
    names: list[str] = []
    for mount in folders:
        objects = find(mount.source_kind, mount.source, scope)
        if mount.part or len(objects) != 1 or objects[0].opaque:
            return None
        for variable in objects[0].variables:
            text = _text(variable.value)
            if not looks_like_ini(text):
                return None
            names += [section.name for section in read_ini(text)]
    if not names or any(mark in name for name in names for mark in _FILLED_IN):
        return None
    prefixes = tuple(form.prefix for form in catalogue.profiles if form.prefix)
    return tuple(dict.fromkeys(_bare(name, prefixes) for name in names if name))


def _text(value: Origin) -> str:
    """Give the text of a file, though keys are yet to be filled in; "" where it is not in sight."""
    if isinstance(value, Literal):
        return value.text.reveal()
    return value.identity if isinstance(value, Unknown) else ""


def _bare(name: str, prefixes: Iterable[str]) -> str:
    for prefix in prefixes:
        name = name.removeprefix(prefix)
    return name.strip()
