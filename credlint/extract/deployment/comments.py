"""Comments of a YAML file, which the event stream drops: found by looking between scalars."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from credlint.extract.deployment.tree import Document, Extent, Mark, Scalar
from credlint.extract.text.suppressions import find_ignore
from credlint.model.facts import Suppression
from credlint.model.patterns import pattern
from credlint.model.span import Location

_HASH = pattern(r"(?:^|(?<=\s))#")


def comments(lines: list[str], documents: tuple[Document, ...]) -> Iterator[Extent]:
    """Give the extent of every comment: a `#` at the start of a line or behind a blank, outside all scalars."""
    inside: dict[int, list[tuple[int, int]]] = {}
    blocks: set[int] = set()
    for document in documents:
        for scalar in document.scalars:
            _claim(scalar, inside, blocks)
    for number, line in enumerate(lines):
        if "#" not in line or number in blocks:
            continue
        claimed = inside.get(number, ())
        for found in _HASH.finditer(line):
            column = found.start()
            if not any(start <= column < end for start, end in claimed):
                yield Extent(Mark(number, column), Mark(number, len(line)))
                break


def _claim(scalar: Scalar, inside: dict[int, list[tuple[int, int]]], blocks: set[int]) -> None:
    start, end = scalar.extent
    if scalar.style == "" and start.line == end.line:
        return  # no comment begins inside a plain scalar
    if scalar.style in {"|", ">"}:
        blocks.update(range(start.line + 1, end.line + (1 if end.column else 0)))
        return
    if start.line == end.line:
        inside.setdefault(start.line, []).append((start.column, end.column))
        return
    inside.setdefault(start.line, []).append((start.column, 1 << 30))
    inside.setdefault(end.line, []).append((0, end.column))
    blocks.update(range(start.line + 1, end.line))


def suppressions(
    lines: list[str], found: list[Extent], documents: tuple[Document, ...], locate: Callable[[Extent], Location]
) -> Iterator[Suppression]:
    """Give the ignore comments: those of YAML, and those of scripts inside block scalars."""
    places = [(extent.start.line, extent.start.column) for extent in found]
    for document in documents:
        for scalar in document.scalars:
            if scalar.style in {"|", ">"} and "credlint:" in scalar.text:
                places += [(number, 0) for number in range(scalar.extent.start.line + 1, scalar.extent.end.line + 1)]
    for number, column in sorted(set(places)):
        line = lines[number] if number < len(lines) else ""
        ignore = find_ignore(line[column:])
        if ignore is None:
            continue
        start = column + ignore.start
        location = locate(Extent(Mark(number, start), Mark(number, len(line))))
        yield Suppression(location, ignore.rules, ignore.whole_file, alone=not line[:start].strip())
