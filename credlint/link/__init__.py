"""Facts of the run joined into the units that checks see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from credlint.catalogue.types import Catalogue
from credlint.link.clients import client_units
from credlint.link.copies import copy_units
from credlint.link.endpoints import place_units
from credlint.link.entries import entry_units
from credlint.link.environments import environment_units, process_environment
from credlint.link.lasting import kept_units, lasting_units
from credlint.link.literals import literal_units
from credlint.link.patched import patched_documents
from credlint.link.preferences import given_to_folders
from credlint.link.processes import process_units
from credlint.link.profiles import profile_units
from credlint.link.requests import request_units, role_limits
from credlint.link.usage import call_units
from credlint.link.writes import write_units
from credlint.model.environments import RepeatedVariable
from credlint.model.facts import FileFacts
from credlint.model.span import Location
from credlint.model.units import (
    CorruptedUnit,
    ExposureUnit,
    GapUnit,
    InheritedKeyUnit,
    JobTimeUnit,
    MisnamedTokenUnit,
    RepeatUnit,
    SecretReadUnit,
    Unit,
)


def link(files: Sequence[FileFacts], catalogue: Catalogue) -> Iterator[Unit]:
    """Give every unit of the run; the order of files does not matter to what a unit holds."""
    limits = role_limits(files)
    patched = patched_documents(files)
    given = given_to_folders(files)
    for facts in files:
        yield from client_units(facts, catalogue, patched, given)
        yield from request_units(facts, catalogue, limits)
        yield from call_units(facts, catalogue)
        yield from place_units(facts, catalogue)
        yield from (ExposureUnit(exposure) for exposure in facts.exposures)
        yield from lasting_units(facts, catalogue)
        yield from literal_units(facts, catalogue)
        yield from write_units(facts)
        yield from environment_units(facts, catalogue)
        yield from (InheritedKeyUnit(key) for key in facts.inherited_keys)
        yield from (SecretReadUnit(read) for read in facts.secret_reads)
        yield from map(MisnamedTokenUnit, facts.misnamed)
        yield from (JobTimeUnit(job) for job in facts.job_times if job.seconds > job.session_seconds)
        yield from (CorruptedUnit(corrupted) for corrupted in facts.corruptions)
        yield from (RepeatUnit(repeated, _client_of(repeated, facts)) for repeated in facts.repeats)
        yield from (GapUnit(gap) for gap in facts.gaps)
        yield from entry_units(facts, catalogue)
    yield from profile_units(files, catalogue)
    yield from kept_units(files)
    yield from copy_units(files)
    for unit in process_units(files, catalogue):
        yield unit
        if any(one.role is not None for one in unit.variables):
            yield process_environment(unit, catalogue)


def _client_of(repeated: RepeatedVariable, facts: FileFacts) -> Location | None:
    """Give the sink that a part which stands there twice goes to."""
    for client in facts.clients:
        parts = (part for alternative in client.credentials.alternatives for part in alternative.parts())
        if any(part.name == repeated.name and part.location == repeated.location for part in parts):
            return client.location
    return None
