"""Facts of code that stands inside another file, told in that file's own places."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar, cast

from credlint.model.facts import Embedded, FileFacts, Suppression
from credlint.model.problem import Problem
from credlint.model.records import names, replace
from credlint.model.span import Location, Span

_Fact = TypeVar("_Fact")

# Fields of FileFacts that hold no facts to be moved and added.
_OF_THE_FILE = frozenset(
    {
        "path", "language", "chunks", "embedded", "pages", "suppressions", "statements", "doubtful", "secrets",
        "problems", "platforms", "variables", "reads",
    }
)  # fmt: skip


def lift(inner: FileFacts, embedded: Embedded, outer: FileFacts) -> FileFacts:
    """Give `outer` with the facts that its reader found in one piece of embedded code added.

    Flows are named apart, so that two scripts of one file are not taken for one run.
    """
    places = _Places(inner, embedded, outer.chunks)
    flow = f"script of line {embedded.lines[0][0] if embedded.lines else 1}: "

    def moved(fact: _Fact) -> _Fact:
        return _rebuilt(fact, places.location, flow)

    def joined(name: str) -> object:
        there, found = getattr(outer, name), moved(getattr(inner, name))
        return there + found if isinstance(there, tuple) else there or found

    merged = {name: joined(name) for name in names(FileFacts) if name not in _OF_THE_FILE}
    return replace(
        outer,
        **merged,  # type: ignore[arg-type] # each field is given what it held, and more of it
        suppressions=outer.suppressions + tuple(_unknown(moved(inner.suppressions), outer.suppressions)),
        statements=outer.statements + tuple(map(places.span, inner.statements)),
        doubtful=outer.doubtful + tuple(map(places.span, inner.doubtful)),
        secrets=outer.secrets + inner.secrets,
        problems=outer.problems + tuple(map(places.problem, inner.problems)),
        platforms=tuple(sorted({*outer.platforms, *inner.platforms})),
        variables=tuple(sorted({*outer.variables, *inner.variables})),
    )


def _unknown(found: Iterable[Suppression], known: Iterable[Suppression]) -> Iterator[Suppression]:
    """Give the comments on lines of which the outer reader told none: both may see the same."""
    lines = {(each.location.span.chunk, each.location.span.line) for each in known}
    for each in found:
        if (each.location.span.chunk, each.location.span.line) not in lines:
            yield each


class _Places:
    """Turns places of the embedded text into places of the file that holds it."""

    def __init__(self, inner: FileFacts, embedded: Embedded, outer: tuple[int, ...]) -> None:
        self._path = inner.path
        self._inner = inner.chunks
        self._lines = embedded.lines or ((1, 0),)
        self._rewritten = {line: columns for line, *columns in embedded.rewritten}
        self._outer = outer

    def location(self, location: Location) -> Location:
        # the code may have led into another module
        return Location(location.path, self.span(location.span)) if location.path == self._path else location

    def span(self, span: Span) -> Span:
        base = self._inner[span.chunk] - 1
        line, column = self._point(base + span.line, span.column)
        end_line, end_column = self._point(base + span.end_line, span.end_column)
        if base + span.line in self._rewritten:
            column, end_column = self._rewritten[base + span.line]
        chunk = max(0, bisect_right(self._outer, line) - 1)
        first = self._outer[chunk]
        return Span(chunk, line - first, column, end_line - first, end_column)

    def problem(self, problem: Problem) -> Problem:
        return replace(problem, line=self._point(problem.line - 1, 0)[0]) if problem.line else problem

    def _point(self, line: int, column: int) -> tuple[int, int]:
        start, shift = self._lines[min(line, len(self._lines) - 1)]
        return start, max(0, column + shift)


def _rebuilt(value: _Fact, move: Callable[[Location], Location], flow: str) -> _Fact:
    """Give a fact with every location in it moved and its flows renamed."""
    return cast("_Fact", _moved(value, move, flow))  # every shape is given back as it came


def _moved(value: object, move: Callable[[Location], Location], flow: str) -> object:
    if isinstance(value, Location):
        return move(value)
    if isinstance(value, tuple):
        return tuple(_moved(item, move, flow) for item in value)
    changed: dict[str, object] = {}
    for field in names(type(value)):
        old = getattr(value, field)
        new = tuple(flow + name for name in old) if field == "flows" else _moved(old, move, flow)
        if new is not old:
            changed[field] = new
    return replace(value, **changed) if changed else value  # type: ignore[type-var] # what has fields is a record
