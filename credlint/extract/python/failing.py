"""What is remembered of sources of credentials that may fail, and of what is taken in their place."""

from __future__ import annotations

from credlint.extract.python.domain import Value
from credlint.model.lasting import FallbackKind
from credlint.model.records import dataclass
from credlint.model.span import Location
from credlint.model.values import Alternative


@dataclass(frozen=True, slots=True)
class Source:
    """A source that code names: a request for credentials, or a profile; `callers` are the sets that asked for it."""

    words: str
    location: Location
    callers: tuple[Alternative, ...] = ()
    profile: Value | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """An object that works with credentials: what it is like, and where it takes them from.

    `likeness` is equal for objects that can stand in for each other; `origins` are the requests and profiles that the
    credentials come from, `sets` the credentials themselves.
    """

    likeness: tuple[object, ...]
    kind: FallbackKind | None
    sink: str
    location: Location
    origins: frozenset[Location]
    flows: tuple[str, ...]
    calls: tuple[Location, ...]
    sets: tuple[Alternative, ...] = ()
    profile: Value | None = None
    failed: tuple[Source, ...] = ()
    certain: bool = True
