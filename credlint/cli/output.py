"""What the command writes, where, and in which encoding."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from credlint.model.problem import Problem


def complain(line: str) -> None:
    """Write a line to stderr; when even that is impossible, the exit status must do."""
    try:
        _put(sys.stderr, line + "\n", None)
    except (OSError, ValueError):
        return


def write(text: str, encoding: str | None = None) -> None:
    """Write to stdout, in its own encoding or a given one; characters that it lacks are escaped."""
    try:
        _put(sys.stdout, text, encoding)
    except BrokenPipeError:
        # The reader has seen enough. Python flushes once more when it ends, and would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        from credlint.model.problem import FatalError

        raise FatalError(f"the output could not be written: {(error.strerror or '').lower()}") from None


def _put(stream: TextIO | None, text: str, encoding: str | None) -> None:
    if stream is None:
        return
    data = text.encode(encoding or stream.encoding or "utf-8", "backslashreplace")
    stream.flush()
    stream.buffer.write(data)
    stream.buffer.flush()


def tell(line: str) -> None:
    """Write a line that may hold text of the user's, such as a path, to stderr."""
    from credlint.report.text import visible

    complain(visible(line))


def show_problems(problems: Iterable[Problem], *, quiet: bool) -> None:
    """Write problems to stderr, one a line; `quiet` leaves notices out."""
    for problem in problems:
        if not quiet or problem.severity.value != "notice":
            cell = f":cell {problem.cell}" if problem.cell else ""
            place = f"{problem.path}{cell}:{problem.line}" if problem.line else problem.path
            tell(f"{problem.severity.value}: {place}: {problem.message}")


def wants_color(choice: str) -> bool:
    """Decide about colour: the option, NO_COLOR (https://no-color.org), FORCE_COLOR, then whether people look."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in {"", "0"}:
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def width() -> int:
    """Give the columns that a report for people may use."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns) > 0:
        return int(columns)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or 100
    except (OSError, ValueError):
        return 100
