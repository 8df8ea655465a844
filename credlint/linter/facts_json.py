"""The facts of one file as JSON values: places absolute and counted from 1, secrets as their length and ending."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import TypeAlias

from credlint.linter.cover import veil
from credlint.linter.files import Files, ReadFile
from credlint.linter.gather import RunRequest, gather
from credlint.linter.project import Disk
from credlint.model.facts import FileFacts, Language
from credlint.model.problem import FatalError, Problem
from credlint.model.secret import SecretText
from credlint.model.span import Location, Region, Span
from credlint.model.values import Origin

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | bool | None"


def facts_of(request: RunRequest) -> tuple[Json, tuple[Problem, ...]]:
    """Give what is known about the one file of the request, and the problems of reading it.

    Raises FatalError when the request names no single file that can be read.
    """
    gathered = gather(request)
    if len(gathered.sources) != 1 or gathered.skipped:
        problems = "; ".join(problem.message for problem in gathered.problems)
        why = problems or "it is not one Python file, notebook or YAML file"
        raise FatalError(f"{', '.join(request.paths)}: {why}")
    files = Files(Disk())
    source = gathered.sources[0]
    if not gathered.relevant:
        nothing = FileFacts(source.path, Language(source.language or "python"), (1,))
        return _Writer(ReadFile(source.path, "", nothing), files).value(nothing), ()
    file = files.read(gathered.relevant)[0]
    return _Writer(file, files).value(file.facts), file.facts.problems


class _Writer:
    def __init__(self, file: ReadFile, files: Files) -> None:
        self._file = file
        self._files = files
        self._veil = veil(file)

    def value(self, value: object) -> Json:
        """Give any part of the facts as JSON."""
        match value:
            case bool() | int() | None:
                return value
            case str():
                return self._veil.over(value)
            case Enum():
                return str(value.value)
            case SecretText():
                return {"length": len(value), "ends": value.hint}
            case Location():
                return self._place(value)
            case Span():
                return self._place(Location(self._file.path, value))
            case frozenset():
                return sorted((self.value(item) for item in value), key=str)
            case tuple():
                return [self.value(item) for item in value]
            case _:
                return self._object(value)

    def _place(self, location: Location) -> Json:
        region, file = self._files.region(location), self._files.get(location.path)
        return None if region is None or file is None else _place(file.shown(region))

    def _object(self, value: object) -> Json:
        if not is_dataclass(value):
            raise TypeError(f"facts hold no {type(value).__name__}")
        kind: Iterable[tuple[str, Json]] = [("type", type(value).__name__)] if isinstance(value, Origin) else []
        return dict(kind) | {field.name: self.value(getattr(value, field.name)) for field in fields(value)}


def _place(region: Region) -> Json:
    return {
        "path": region.path,
        "cell": region.cell or None,
        "output": region.output,
        "line": region.line,
        "column": region.column + 1,
        "end_line": region.end_line,
        "end_column": region.end_column + 1,
    }
