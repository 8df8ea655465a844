"""Problems that arise before a file is understood. The model is imported only when there is one to tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from credlint.model.problem import Problem


def reason(error: OSError) -> str:
    """Give the operating system's words for an error, without the path that it names."""
    return (error.strerror or type(error).__name__).lower()


def missing(path: str) -> Problem:
    """Tell that a named path is not there."""
    from credlint.model.problem import Problem, ProblemKind, ProblemSeverity

    return Problem(path, 0, ProblemKind.MISSING, ProblemSeverity.ERROR, "there is no such file or folder")


def unreadable(path: str, why: str) -> Problem:
    """Tell that a file or folder could not be opened."""
    from credlint.model.problem import Problem, ProblemKind, ProblemSeverity

    return Problem(path, 0, ProblemKind.UNREADABLE, ProblemSeverity.WARNING, f"not read: {why}")


def undecodable(path: str, line: int, why: str) -> Problem:
    """Tell that the bytes of a file are not the text that they should be."""
    from credlint.model.problem import Problem, ProblemKind, ProblemSeverity

    return Problem(path, line, ProblemKind.UNDECODABLE, ProblemSeverity.WARNING, f"not read: {why}")


def too_large(path: str, why: str) -> Problem:
    """Tell that a file is beyond the bound."""
    from credlint.model.problem import Problem, ProblemKind, ProblemSeverity

    return Problem(path, 0, ProblemKind.TOO_LARGE, ProblemSeverity.WARNING, f"not read: {why}")


def notice(path: str, message: str) -> Problem:
    """Say something once that no file is to blame for."""
    from credlint.model.problem import Problem, ProblemKind, ProblemSeverity

    return Problem(path, 0, ProblemKind.NOTICE, ProblemSeverity.NOTICE, message)
