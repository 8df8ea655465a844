"""Mappings of our own YAML with a closed set of keys."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, TypeVar

from credlint.model.values import Role

if TYPE_CHECKING:
    from credlint.catalogue.yamlfile import Entry

_Built = TypeVar("_Built")
_Member = TypeVar("_Member", bound=Enum)
ROLES = frozenset(role.value for role in Role)
"""The names of all roles."""


class Fields:
    """The keys of one mapping, closed; missing ones read as empty."""

    def __init__(self, entry: Entry, allowed: str, required: str = "") -> None:
        self.entry = entry
        self.entries = entry.mapping(frozenset(allowed.split()), frozenset(required.split()))

    def text(self, key: str, default: str = "") -> str:
        """Read a text; the default where it is not given."""
        return self.entries[key].text() if key in self.entries else default

    def texts(self, key: str) -> tuple[str, ...]:
        """Read a list of texts."""
        return self.entries[key].texts() if key in self.entries else ()

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Read true or false."""
        return self.entries[key].boolean() if key in self.entries else default

    def number(self, key: str) -> int:
        """Read a whole number; 0 where it is not given."""
        return self.entries[key].integer() if key in self.entries else 0

    def mapping(self, key: str) -> dict[str, Entry]:
        """Read a mapping with any keys."""
        return self.entries[key].mapping() if key in self.entries else {}

    def each(self, key: str, build: Callable[[Entry], _Built]) -> tuple[_Built, ...]:
        """Read every item of a list."""
        return tuple(build(item) for item in self.entries[key].items()) if key in self.entries else ()

    def sub(self, key: str, allowed: str) -> Fields | None:
        """Read a mapping with its own closed set of keys, or None."""
        return Fields(self.entries[key], allowed) if key in self.entries else None


def member(fields: Fields, key: str, default: _Member) -> _Member:
    """Read the value of an enumeration; the default where it is not given."""
    return fields.entries[key].member(type(default)) if key in fields.entries else default


def roles(fields: Fields, key: str) -> tuple[tuple[Role, str], ...]:
    """Read a mapping of roles to names."""
    if key not in fields.entries:
        return ()
    return tuple((Role(role), name.text()) for role, name in fields.entries[key].mapping(ROLES).items())


def conditions(fields: Fields, key: str = "when") -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Read paths, each with the values or globs that are meant there."""
    return tuple((path, values.texts()) for path, values in fields.mapping(key).items())
