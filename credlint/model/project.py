"""How a reader may look at other files of the project, so that what it looked at is known."""

from __future__ import annotations

from typing import Protocol

from credlint.model.records import dataclass


@dataclass(frozen=True, slots=True)
class Reads:
    """What was read, and what was looked for in vain: a change to either makes the result stale."""

    found: tuple[str, ...]
    missing: tuple[str, ...]


NOTHING_READ = Reads((), ())


class Project(Protocol):
    """The files around the one at hand. Paths are those of the run, `/` separated."""

    @property
    def root(self) -> str:
        """Give the folder of the project as a path of the run; "" for the working directory."""

    def read(self, path: str) -> bytes | None:
        """Give the bytes of a file inside the project, or None; either way the look is recorded."""

    def reads(self) -> Reads:
        """Give what was read and what was missed so far, sorted."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user's configuration tells the readers: hosts whose keys are dummies, values that are placeholders."""

    local_endpoints: frozenset[str] = frozenset()
    placeholders: frozenset[str] = frozenset()
