"""The table of processes and the sources that SDKs take in them, as it is shown."""

from __future__ import annotations

from credlint.model.problem import Problem
from credlint.model.records import dataclass
from credlint.model.sources import SourceForm
from credlint.model.span import Region
from credlint.model.verdict import Verdict


@dataclass(frozen=True, slots=True)
class PlacedSource:
    """A source as it is shown: its kind, in words, its place in a file, and where a variable names it."""

    kind: SourceForm
    words: str
    region: Region | None
    named: Region | None = None


@dataclass(frozen=True, slots=True)
class SdkRow:
    """What one SDK does in a process, as it is shown (see SdkAnswer)."""

    sdk: str
    title: str
    verdict: Verdict
    ends: tuple[PlacedSource, ...]
    errors: tuple[str, ...]
    shadowed: tuple[PlacedSource, ...]
    why: str
    read: bool


@dataclass(frozen=True, slots=True)
class ProcessRows:
    """One process with a row for each SDK that may be meant."""

    title: str
    region: Region
    rows: tuple[SdkRow, ...]


@dataclass(frozen=True, slots=True)
class SourceTable:
    """All processes of a run that have anything of a cloud, and how many have not."""

    processes: tuple[ProcessRows, ...]
    without: int
    problems: tuple[Problem, ...]
    files: int
    not_read: tuple[tuple[str, int], ...] = ()
