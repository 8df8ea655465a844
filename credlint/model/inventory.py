"""The key ids of a run, as they may be shown: what each is, whose it is, and every place where it stands."""

from __future__ import annotations

from credlint.model.problem import Problem
from credlint.model.records import dataclass
from credlint.model.span import Region
from credlint.model.values import Cloud, Lifetime


@dataclass(frozen=True, slots=True)
class KeyPlace:
    """One place of a key id. `notes` say what is special there, in words for people ("in a comment").

    `test` tells that it stands in a test or a fixture, `encoded` that it is base64 there.
    """

    region: Region
    notes: tuple[str, ...] = ()
    test: bool = False
    encoded: bool = False


@dataclass(frozen=True, slots=True)
class InventoryKey:
    """One key id. `ends` are its last four characters, `account` what it carries, None where it carries none."""

    kind: str
    cloud: Cloud
    lifetime: Lifetime
    ends: str
    account: str | None
    places: tuple[KeyPlace, ...]


@dataclass(frozen=True, slots=True)
class Inventory:
    """All keys of a run in the order of their first places, and how many files were looked at."""

    keys: tuple[InventoryKey, ...]
    problems: tuple[Problem, ...]
    files: int
    not_read: tuple[tuple[str, int], ...] = ()
