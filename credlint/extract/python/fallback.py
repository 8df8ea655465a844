"""Facts of a text that is no Python: what can be read of it by statement, and by signs alone what cannot."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence

from credlint.catalogue.callables import CallableKind
from credlint.catalogue.types import Catalogue
from credlint.extract.python.comments import suppressions
from credlint.extract.python.lines import indentation
from credlint.extract.python.literals import bare_literals
from credlint.extract.python.mending import mend
from credlint.extract.python.screen import SyntaxProblem, Table
from credlint.model.environments import EnvironmentWrite, WriteKind
from credlint.model.facts import MODULE_FLOW, Embedded, FileFacts, Language
from credlint.model.problem import Problem, ProblemKind, ProblemSeverity
from credlint.model.project import Settings
from credlint.model.secret import SecretText
from credlint.model.span import Location, Span, split_lines
from credlint.model.values import Literal, Role


def unparsed(
    path: str, text: str, catalogue: Catalogue, settings: Settings, problem: SyntaxProblem, *, test_context: bool
) -> FileFacts:
    """Give the facts of a text that the parser rejected with `problem`; what can be read of it is embedded in them."""
    lines = tuple(split_lines(text))
    table = Table((), lines)
    mended = mend(lines)
    lost = mended.lost_lines
    writes = tuple(profile_writes(path, lines, lost, catalogue, test_context=test_context))
    whole = "\n".join(without(mended.lines, writes))
    shifts = tuple(enumerate(mended.shifts, 1))
    return FileFacts(
        path=path,
        language=Language.PYTHON,
        chunks=(1,),
        literals=bare_literals(path, table, lost, catalogue, settings, test_context=test_context),
        writes=writes,
        suppressions=suppressions(path, table),
        problems=(_problem(path, problem, lost),),
        doubtful=(Span(0, 0, 0, len(lines), 0),),
        embedded=(Embedded(whole, Language.PYTHON.value, shifts),),
    )


def _problem(path: str, problem: SyntaxProblem, lost: tuple[int, ...]) -> Problem:
    kind = ProblemKind.TOO_DEEP if problem.too_deep else ProblemKind.SYNTAX
    why = "nests too deep to be parsed" if problem.too_deep else "is not valid Python 3"
    count = f"{len(lost)} lines from here on" if len(lost) > 1 else "this line"
    rest = f"all but {count} was read" if lost else "it was read as Python 2"
    line = lost[0] if lost else problem.line
    return Problem(path, line, kind, ProblemSeverity.WARNING, f"{why}; {rest}")


def without(lines: Sequence[str], writes: Iterable[EnvironmentWrite]) -> list[str]:
    """Give mended lines without the assignments of something unknown that stand for writes that are known."""
    left = list(lines)
    for write in writes:
        row = write.location.span.line
        if row < len(left) and write.name in left[row]:
            left[row] = f"{indentation(left[row])}pass"
    return left


def profile_writes(
    path: str, lines: tuple[str, ...], numbers: Iterable[int], catalogue: Catalogue, *, test_context: bool
) -> Iterator[EnvironmentWrite]:
    """Give the lines that set a profile for the process to a text that stands there; `numbers` are 1-based."""
    pattern = _write_pattern(tuple(catalogue.objects), _putting(catalogue))
    for number in numbers:
        for found in pattern.finditer(lines[number - 1]):
            entry = catalogue.variable(found["name"])
            if entry is None or entry.role is not Role.PROFILE or "#" in lines[number - 1][: found.start()]:
                continue
            row = number - 1
            yield EnvironmentWrite(
                kind=_kind(found),
                role=entry.role,
                name=entry.name,
                value=Literal(SecretText(found["value"])),
                text=found["value"],
                location=Location(path, Span(0, row, found.start(), row, found.end())),
                flows=(MODULE_FLOW,),
                order=number,
                test_context=test_context,
            )


def _kind(found: re.Match[str]) -> WriteKind:
    if found["put"]:
        return WriteKind.PUTENV
    return WriteKind.SETDEFAULT if found["method"] == WriteKind.SETDEFAULT.value else WriteKind.ASSIGN


def _putting(catalogue: Catalogue) -> tuple[str, ...]:
    return tuple(
        sorted(name for name, entry in catalogue.callables.items() if entry.kind is CallableKind.ENVIRONMENT_PUT)
    )


@functools.cache
def _write_pattern(objects: tuple[str, ...], putting: tuple[str, ...]) -> re.Pattern[str]:
    """Match environ["NAME"] = "value", its setdefault and update with the name in quotes or as keyword, and putenv."""
    environment = "|".join(re.escape(name.rpartition(".")[2]) for name in objects)
    put = "|".join(re.escape(name.rpartition(".")[2]) for name in putting)
    return re.compile(
        rf"""
        (?: (?<![\w.])(?:\w+ \s* \. \s*)?(?:{environment}) \s*
            (?: \[ \s* | \. \s* (?P<method>setdefault|update) \s* \( \s* (?:\{{ \s*)? )
          | (?<![\w.])(?:\w+ \s* \. \s*)?(?P<put>{put}) \s* \( \s* )
        (?P<quote>["'])? (?P<name>[A-Z_]+) (?(quote)(?P=quote))
        (?: \s* \] \s* =(?!=) | \s* , | \s* : | \s* = ) \s*
        (?P<mark>["']) (?P<value>[^"'\\]+) (?P=mark)
        """,
        re.VERBOSE,
    )
