"""Variables that one place gives twice: the last one counts, and nobody says so."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.catalogue.deployment_sources import EnvironmentSource
from credlint.catalogue.deployments import Dialect
from credlint.extract.deployment.environments import Named, variables_at
from credlint.extract.deployment.functions import node_origin
from credlint.extract.deployment.reading import Reading
from credlint.extract.deployment.tree import Mapping, Node, reach, resolve, scalar
from credlint.model.environments import RepeatedVariable
from credlint.model.values import NoneValue, Origin, Role, Unknown, compatible

_OTHERS = frozenset({Role.REGION, Role.ENDPOINT, Role.DURATION})


def note_repeats(node: Node, source: EnvironmentSource, dialect: Dialect, reading: Reading) -> None:
    """Note the credential variables that stand twice at the place of a source, unless arms of a template exclude it."""
    for reached in reach(node, source.at):
        found = resolve(reached.node)
        if isinstance(found, Mapping):
            note_repeated_keys(found, dialect, reading)
        else:
            _note_repeated(variables_at(reached.node, source, dialect, reading), reading)


def note_repeated_keys(node: Node, dialect: Dialect, reading: Reading) -> None:
    """Note the credential variables that are twice a key of a mapping; what it merges is overridden on purpose."""
    found = resolve(node)
    if isinstance(found, Mapping):
        _note_repeated(_of_map(found, dialect, reading), reading)


def _note_repeated(each: Iterator[Named], reading: Reading) -> None:
    first: dict[str, Named] = {}
    for named in each:
        before = first.get(named.name)
        entry = reading.catalogue.variable(named.name)
        if entry is None or entry.role in _OTHERS:
            continue
        if before is not None and compatible(reading.branches(before.extent), reading.branches(named.extent)):
            reading.found.repeats[before.key_location] = RepeatedVariable(
                named.name, named.key_location, named.origin, before.key_location, before.origin
            )
        else:
            first[named.name] = named


def _of_map(mapping: Mapping, dialect: Dialect, reading: Reading) -> Iterator[Named]:
    """Give the entries of a mapping that the catalogue knows, as they stand, equal keys included."""
    for entry in mapping.entries:
        if reading.catalogue.variable(entry.key.text) is None:
            continue
        place = reading.location(entry.key.extent, entry.extent)
        value = scalar(entry.value)
        origin: Origin = Unknown("value that is no scalar")
        if value is not None:
            origin = NoneValue() if value.is_null() else node_origin(entry.value, dialect)
        yield Named(entry.key.text, origin, place, place, entry.extent)
