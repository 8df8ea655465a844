"""Files of profiles with their faults."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.catalogue.types import Catalogue
from credlint.credentials.profiles import faults
from credlint.model.facts import FileFacts
from credlint.model.units import ProfileUnit


def profile_units(facts: FileFacts, catalogue: Catalogue) -> Iterator[ProfileUnit]:
    """Give a unit per file of profiles that is written or stands as text in a file."""
    for text in facts.profiles:
        yield ProfileUnit(text, tuple(faults(text, catalogue.profiles)))
