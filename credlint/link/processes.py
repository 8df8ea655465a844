"""Processes of deployment files with their effective environment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from credlint.catalogue.types import Catalogue
from credlint.model.facts import FileFacts
from credlint.model.units import ProcessUnit


def process_units(files: Sequence[FileFacts], catalogue: Catalogue) -> Iterator[ProcessUnit]:
    """Give a unit per process."""
    return iter(())
