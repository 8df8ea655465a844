"""What is known about URLs that are signed for others: how they are made, how long they live, which version signs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from credlint.model.records import dataclass, field, names

if TYPE_CHECKING:
    from credlint.catalogue.yamlfile import Entry


@dataclass(frozen=True, slots=True)
class Presigning:
    """The entries of `presigning` in rules/providers.

    `methods` are those of service clients that sign, with the position (None: keyword only) and name of the lifetime.
    `maximum` is the longest lifetime in seconds that signature version 4 allows; `versions` are its names in settings,
    `objects` the callables that sign with it, `services` those whose clients sign with it in `regions`.
    `platforms` gives the seconds that the credentials of a platform last at most.
    """

    maximum: int | None = None
    methods: dict[str, tuple[int | None, str]] = field(default_factory=dict)
    versions: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    platforms: dict[str, int] = field(default_factory=dict)


_KEYS = frozenset(names(Presigning))


def build_presigning(entries: Iterable[Entry]) -> Presigning:
    """Put the `presigning` parts of several files together."""
    given = [entry.mapping(_KEYS) for entry in entries]

    def words(key: str) -> frozenset[str]:
        return frozenset(word for fields in given if key in fields for word in fields[key].texts())

    maxima = [fields["maximum"].integer() for fields in given if "maximum" in fields]
    return Presigning(
        maximum=min(maxima, default=None),
        methods={
            name: _slot(slot)
            for fields in given
            if "methods" in fields
            for name, slot in fields["methods"].mapping().items()
        },
        versions=words("versions"),
        objects=words("objects"),
        services=words("services"),
        regions=words("regions"),
        platforms={
            name: seconds.integer()
            for fields in given
            if "platforms" in fields
            for name, seconds in fields["platforms"].mapping().items()
        },
    )


def _slot(entry: Entry) -> tuple[int | None, str]:
    first, (name, *_) = entry.headed("[position, keyword]")
    return None if first.is_null() else first.integer(), name.text()
