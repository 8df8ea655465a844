"""Files of profiles with their faults."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from credlint.catalogue.types import Catalogue
from credlint.credentials.profiles import faults
from credlint.model.facts import FileFacts
from credlint.model.records import replace
from credlint.model.units import ProfileUnit
from credlint.model.values import PROFILE_FILES, Literal, Role


def profile_units(files: Sequence[FileFacts], catalogue: Catalogue) -> Iterator[ProfileUnit]:
    """Give a unit per file of profiles that is written or stands as text in a file.

    A variable that names a file as the other one of the two says what its headers have to be.
    """
    prefixed = {name for form in catalogue.profiles for name in form.prefixed}
    named = {
        (variable.role, variable.value.text.reveal().rpartition("/")[2])
        for facts in files
        for scope in facts.scopes
        for variable in scope.variables
        if variable.role in PROFILE_FILES and isinstance(variable.value, Literal)
    }
    others = {name for role, name in named if (role is Role.CONFIG_FILE) is not (name in prefixed)}
    for text in (text for facts in files for text in facts.profiles):
        known = replace(text, file=None) if text.file in others else text
        yield ProfileUnit(text, tuple(faults(known, catalogue.profiles)))
