"""Copies of stored secrets that an operator makes in a cluster, and how often it makes them anew."""

from __future__ import annotations

from credlint.model.records import dataclass
from credlint.model.span import Location


@dataclass(frozen=True, slots=True)
class Lasting:
    """How long what an object makes lasts, in seconds, and where that is said."""

    seconds: int
    location: Location


@dataclass(frozen=True, slots=True)
class SecretCopy:
    """A copy of credentials. `interval` are the seconds after which it is made anew, 0 for never, None if not known.

    `location` is where that is said. `maker` is (kind, name) of the object that makes the credentials, if one does.
    """

    title: str
    location: Location
    interval: int | None
    namespace: str | None
    maker: tuple[str, str] | None = None
    test_context: bool = False
