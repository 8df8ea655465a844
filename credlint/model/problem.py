"""What could not be read or parsed (a problem, not a finding), and the error that ends a run."""

from __future__ import annotations

from enum import Enum

from credlint.model.records import dataclass


class ProblemKind(Enum):
    """Why a file, or part of it, was not analysed."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    UNDECODABLE = "undecodable"
    SYNTAX = "syntax"
    TOO_LARGE = "too-large"
    TOO_DEEP = "too-deep"
    BUDGET = "budget"
    SUPPRESSION = "suppression"
    NOTICE = "notice"


class ProblemSeverity(Enum):
    """ERROR: a named input is not there; WARNING: something was not analysed; NOTICE: worth saying once."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something that was not analysed.

    `line` is 1-based, or 0 where the problem has no line; `cell` is the cell of a notebook in which lines are counted,
    0 elsewhere. `message` is written by us: never the text of an exception, since parser errors quote the source line.
    """

    path: str
    line: int
    kind: ProblemKind
    severity: ProblemSeverity
    message: str
    cell: int = 0

    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Order by path, cell, line, kind and message."""
        return self.path, self.cell, self.line, self.kind.value, self.message


class FatalError(Exception):
    """A user's mistake (usage, configuration, rule data) that ends the run with exit status 2.

    The message names the file and line where there is one, and what to do.
    """
