r"""Places in files: spans relative to a chunk, locations that add the path, regions as a person counts them.

Lines are those that `ast` and Python count (\n, \r\n and \r end a line, nothing else does); columns are code
points. Other units exist only in report/.
"""

from __future__ import annotations

from typing import TypeAlias

from credlint.model.patterns import pattern
from credlint.model.records import dataclass

_LINE_END = pattern("\r\n|\r|\n")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text relative to the statement or YAML document (the *chunk*) that holds it.

    `chunk` is an index into `FileFacts.chunks`; `line` and `end_line` are counted from 0 at the first line of the
    chunk, columns from 0 in code points, the end is exclusive. An edit above the chunk leaves the span valid.
    """

    chunk: int
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A span in a file; `path` is the path as the run names the file, with `/` separators."""

    path: str
    span: Span

    def covers(self, other: Location) -> bool:
        """Tell whether another place is within this one."""
        own, its = self.span, other.span
        return (
            (self.path, own.chunk) == (other.path, its.chunk)
            and (own.line, own.column) <= (its.line, its.column)
            and (its.end_line, its.end_column) <= (own.end_line, own.end_column)
        )


@dataclass(frozen=True, slots=True, order=True)
class Region:
    """An absolute place: 1-based lines, 0-based code-point columns, end exclusive.

    In a notebook `cell` is the number of a cell, counted from 1 over cells of every kind, and lines are those of its
    source, or with `output` those of the text that it left behind. Elsewhere `cell` is 0.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    cell: int = 0
    output: bool = False

    @property
    def page(self) -> Page:
        """Give what the lines are counted in."""
        return self.path, self.cell, self.output


Page: TypeAlias = tuple[str, int, bool]
"""A file, or in a notebook the source or the output of one of its cells: path, cell, output."""


def absolute(location: Location, chunks: tuple[int, ...]) -> Region:
    """Give the region of a location; `chunks` holds the 1-based first line of each chunk of that file."""
    span = location.span
    base = chunks[span.chunk]
    return Region(location.path, base + span.line, span.column, base + span.end_line, span.end_column)


def split_lines(text: str) -> list[str]:
    """Split text into lines without their ends, counted as Python and `ast` count them (not as str.splitlines does)."""
    return _LINE_END.split(text) if "\r" in text else text.split("\n")
