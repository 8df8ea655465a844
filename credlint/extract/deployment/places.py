"""Where things stand: extents of nodes, and of stretches inside a scalar's text, as locations of the model."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from credlint.extract.deployment.tree import Document, Extent, Mark, Scalar
from credlint.model.patterns import pattern
from credlint.model.records import dataclass
from credlint.model.span import Location, Span

_INDICATOR = pattern(r"[|>][+-]?[1-9]")
_ESCAPE_LENGTHS = {"x": 4, "u": 6, "U": 10}
_ESCAPES = {
    "n": "\n", "t": "\t", "r": "\r", "0": "\0", "a": "\a", "b": "\b", "v": "\v", "f": "\f", "e": "\x1b",
    "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TextMap:
    """Where each character of a text stands in the file: runs of (offset in the text, mark of its first character)."""

    offsets: tuple[int, ...]
    marks: tuple[Mark, ...]
    length: int

    def mark(self, offset: int) -> Mark:
        """Give the place of a character."""
        run = max(bisect_right(self.offsets, offset) - 1, 0)
        start = self.marks[run]
        return Mark(start.line, start.column + max(offset - self.offsets[run], 0))

    def extent(self, start: int, end: int) -> Extent:
        """Give the place of a stretch of the text; the end is behind its last character."""
        if end <= start:
            return Extent(self.mark(start), self.mark(start))
        last = self.mark(end - 1)
        return Extent(self.mark(start), Mark(last.line, last.column + 1))


class Places:
    """The places of one file: its lines and the documents that they belong to."""

    def __init__(self, path: str, lines: list[str], documents: tuple[Document, ...]) -> None:
        self.path = path
        self.lines = lines
        self._first_lines = [document.first_line for document in documents]
        self._maps: dict[int, TextMap] = {}

    def location(self, extent: Extent) -> Location:
        """Give the location of an extent, relative to the document it begins in."""
        chunk = max(bisect_right(self._first_lines, extent.start.line) - 1, 0)
        base = self._first_lines[chunk] if self._first_lines else 0
        start, end = extent.start, max(extent.start, extent.end)
        return Location(self.path, Span(chunk, start.line - base, start.column, end.line - base, end.column))

    def line_of(self, location: Location) -> int:
        """Give the 0-based line of the file on which a location begins."""
        return self._first_lines[location.span.chunk] + location.span.line

    def text_map(self, scalar: Scalar) -> TextMap:
        """Give the map of a scalar's text; characters whose place cannot be told get that of the one before."""
        key = id(scalar)
        if key not in self._maps:
            self._maps[key] = _align(scalar, self.lines)
        return self._maps[key]

    def raw(self, extent: Extent) -> str:
        """Give the text of the file at an extent, as it stands there."""
        start, end = extent.start, extent.end
        if start.line == end.line:
            return self.lines[start.line][start.column : end.column] if start.line < len(self.lines) else ""
        last = [self.lines[end.line][: end.column]] if end.line < len(self.lines) else []
        return "\n".join([self.lines[start.line][start.column :], *self.lines[start.line + 1 : end.line], *last])


def value_extent(scalar: Scalar) -> Extent:
    """Give the extent of the text without quotes; of a block scalar its header."""
    start, end = scalar.extent.start, scalar.extent.end
    if scalar.style in {"|", ">"}:
        return Extent(start, Mark(start.line, start.column + 1))
    if scalar.style in {"'", '"'} and end.column > 0:
        return Extent(Mark(start.line, start.column + 1), Mark(end.line, end.column - 1))
    return scalar.extent


def _align(scalar: Scalar, lines: list[str]) -> TextMap:
    """Walk text and source together: equal characters match, what only the source has is stepped over."""
    whole = _align_lines(scalar, lines) if scalar.style == "|" else _align_line(scalar, lines)
    if whole is not None:
        return whole
    source = _block_source(scalar, lines) if scalar.style in {"|", ">"} else _flow_source(scalar, lines)
    offsets: list[int] = []
    marks: list[Mark] = []
    raw, mark = next(source, ("", Mark(0, 0)))
    for offset, character in enumerate(scalar.text):
        while raw and raw != character and not (raw == "\n" and character == " "):
            raw, mark = next(source, ("", mark))
        if not raw:
            break
        if not offsets or marks[-1].line != mark.line or mark.column - marks[-1].column != offset - offsets[-1]:
            offsets.append(offset)
            marks.append(mark)
        raw, mark = next(source, ("", mark))
    if not offsets:
        offsets, marks = [0], [value_extent(scalar).start]
    return TextMap(tuple(offsets), tuple(marks), len(scalar.text))


def _align_line(scalar: Scalar, lines: list[str]) -> TextMap | None:
    """Give the map of a text that stands on one line as it is; None for others."""
    start, end = value_extent(scalar)
    if start.line != end.line or start.line >= len(lines):
        return None
    same = lines[start.line][start.column : end.column] == scalar.text
    return TextMap((0,), (start,), len(scalar.text)) if same else None


def _align_lines(scalar: Scalar, lines: list[str]) -> TextMap | None:
    """Give the map of a text whose lines stand in the file as they are, but for the indentation; None for others."""
    first, indent = scalar.extent.start.line + 1, _indentation(scalar, lines)
    offsets: list[int] = []
    marks: list[Mark] = []
    offset = 0
    for number, text in enumerate(scalar.text.split("\n"), first):
        if offset == len(scalar.text) and offsets:
            break
        line = lines[number] if number < len(lines) else ""
        if line[indent:] != text:
            return None
        offsets.append(offset)
        marks.append(Mark(number, min(indent, len(line))))
        offset += len(text) + 1
    return TextMap(tuple(offsets), tuple(marks), len(scalar.text))


def _indentation(scalar: Scalar, lines: list[str]) -> int:
    """Give the columns before the lines of a block scalar."""
    first = scalar.extent.start.line + 1
    last = min(scalar.extent.end.line + (1 if scalar.extent.end.column else 0), len(lines))
    header = lines[first - 1][scalar.extent.start.column :] if first <= len(lines) else ""
    filled = next((line for line in lines[first:last] if line.strip()), "")
    indent = len(filled) - len(filled.lstrip(" "))
    if filled and scalar.text and _INDICATOR.match(header):
        begins = scalar.text.lstrip("\n")
        indent -= len(begins) - len(begins.lstrip(" "))
    return indent


def _block_source(scalar: Scalar, lines: list[str]) -> Iterator[tuple[str, Mark]]:
    """Give the characters of a block scalar without their indentation."""
    first = scalar.extent.start.line + 1
    last = min(scalar.extent.end.line + (1 if scalar.extent.end.column else 0), len(lines))
    indent = _indentation(scalar, lines)
    for number in range(first, last):
        for column in range(indent, len(lines[number])):
            yield lines[number][column], Mark(number, column)
        yield "\n", Mark(number, len(lines[number]))


def _flow_source(scalar: Scalar, lines: list[str]) -> Iterator[tuple[str, Mark]]:
    """Give the characters of a plain or quoted scalar, escapes as what they mean."""
    inner = value_extent(scalar)
    number, column = inner.start.line, inner.start.column
    folded = False
    while number < len(lines) and (number, column) < (inner.end.line, inner.end.column):
        line = lines[number]
        rest = line[column:].rstrip() if number < inner.end.line else line[column : inner.end.column]
        if not rest.strip():
            yield "\n", Mark(number, len(line))
        elif folded:
            column += len(rest) - len(rest.lstrip())
            rest = rest.lstrip()
        if rest.strip():
            yield from _unescape(rest, scalar.style, number, column)
            if not (scalar.style == '"' and rest.endswith("\\")):
                yield "\n", Mark(number, column + len(rest))
        number, column, folded = number + 1, 0, True


def _unescape(text: str, style: str, line: int, column: int) -> Iterator[tuple[str, Mark]]:
    index = 0
    while index < len(text):
        character, length = text[index], 1
        if style == "'" and text.startswith("''", index):
            length = 2
        elif style == '"' and character == "\\":
            if index + 1 == len(text):
                return
            character, length = _escape(text, index)
        yield character, Mark(line, column + index)
        index += length


def _escape(text: str, index: int) -> tuple[str, int]:
    kind = text[index + 1]
    if kind in _ESCAPE_LENGTHS:
        length = _ESCAPE_LENGTHS[kind]
        try:
            return chr(int(text[index + 2 : index + length], 16)), length
        except (ValueError, OverflowError):
            return kind, length
    return _ESCAPES.get(kind, kind), 2
