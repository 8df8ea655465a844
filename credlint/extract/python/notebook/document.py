"""The JSON of a notebook, nbformat 2 to 4: its cells in order, and for every line of them the line of the file.

https://nbformat.readthedocs.io/en/latest/format_description.html. Only what is looked at is walked; the rest, pictures
and tables for the most part, is skipped by the decoder of the standard library.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Mapping

from credlint.model.patterns import pattern
from credlint.model.records import dataclass, field
from credlint.model.span import split_lines

_BLANK = pattern(r"[ \t\r\n]*")
_LINE_END = pattern("\r\n|\r|\n")
_DECODER = json.JSONDecoder(strict=False)
_Read = Callable[[int], int]
"""Takes the offset of a value and gives the one behind it."""


class NotJsonError(Exception):
    """The text is no notebook; `line` is the 1-based line on which that shows."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


@dataclass(frozen=True, slots=True)
class Lines:
    """Text of a cell by lines, each with its 1-based line in the file."""

    texts: tuple[str, ...] = ()
    file_lines: tuple[int, ...] = ()


@dataclass(slots=True)
class Cell:
    """One cell. `number` counts from 1 over cells of every kind; `language` is what the cell itself says, or ""."""

    number: int
    kind: str = ""
    language: str = ""
    source: Lines = Lines()
    outputs: list[Lines] = field(default_factory=list)


@dataclass(slots=True)
class Document:
    """A notebook; `language` is that of its kernel, "" where it does not say."""

    language: str = ""
    cells: list[Cell] = field(default_factory=list)


def read_document(text: str) -> Document:
    """Read a notebook; raises NotJsonError for a text that is not the JSON of one."""
    reader = _Reader(text)
    try:
        return reader.document()
    except ValueError as error:
        place = error.pos if isinstance(error, json.JSONDecodeError) else reader.reached
        raise NotJsonError(reader.line_of(place)) from None


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(found.end() for found in _LINE_END.finditer(text))]
        self._document = Document()
        self.reached = 0

    def line_of(self, offset: int) -> int:
        """Give the 1-based line of an offset."""
        return bisect_right(self._starts, offset)

    def document(self) -> Document:
        """Read all of it; raises ValueError."""
        start = self._skip(0)
        if not self._text.startswith("{", start):
            raise ValueError
        self._object(start, {"cells": self._cells, "worksheets": self._worksheets, "metadata": self._metadata})
        return self._document

    def _skip(self, at: int) -> int:
        blank = _BLANK.match(self._text, at)
        self.reached = blank.end() if blank else at
        return self.reached

    def _object(self, at: int, readers: Mapping[str, _Read]) -> int:
        """Walk an object, its members by the readers of their names; what has none, or is no object, is skipped."""
        if not self._text.startswith("{", at):
            return self._value(at)
        at = self._skip(at + 1)
        while not self._text.startswith("}", at):
            self._expect(at, '"')
            key, at = _DECODER.raw_decode(self._text, at)
            at = self._skip(self._expect(self._skip(at), ":"))
            at = self._skip(readers.get(key, self._value)(at))
            at = self._comma(at, "}")
        return at + 1

    def _array(self, at: int, item: _Read) -> int:
        if not self._text.startswith("[", at):
            return self._value(at)
        at = self._skip(at + 1)
        while not self._text.startswith("]", at):
            at = self._comma(self._skip(item(at)), "]")
        return at + 1

    def _expect(self, at: int, sign: str) -> int:
        self.reached = at
        if not self._text.startswith(sign, at):
            raise ValueError
        return at + 1

    def _comma(self, at: int, close: str) -> int:
        return at if self._text.startswith(close, at) else self._skip(self._expect(at, ","))

    def _value(self, at: int) -> int:
        _, end = _DECODER.raw_decode(self._text, at)
        return end

    def _metadata(self, at: int) -> int:
        value, end = _DECODER.raw_decode(self._text, at)
        kernel, info = _mapping(value, "kernelspec"), _mapping(value, "language_info")
        self._document.language = _word(kernel, "language") or _word(info, "name")
        return end

    def _worksheets(self, at: int) -> int:
        return self._array(at, lambda item: self._object(item, {"cells": self._cells}))

    def _cells(self, at: int) -> int:
        return self._array(at, self._cell)

    def _cell(self, at: int) -> int:
        cell = Cell(len(self._document.cells) + 1)
        self._document.cells.append(cell)

        def kind(at: int) -> int:
            value, end = _DECODER.raw_decode(self._text, at)
            cell.kind = str(value)
            return end

        def source(at: int) -> int:
            cell.source, end = self._lines(at)
            return end

        def metadata(at: int) -> int:
            value, end = _DECODER.raw_decode(self._text, at)
            cell.language = _word(_mapping(value, "vscode"), "languageId")
            return end

        def language(at: int) -> int:
            value, end = _DECODER.raw_decode(self._text, at)
            cell.language = str(value)
            return end

        def text(at: int) -> int:
            lines, end = self._lines(at)
            cell.outputs.append(lines)
            return end

        def data(at: int) -> int:
            return self._object(at, {"text/plain": text})

        def output(at: int) -> int:
            return self._object(at, {"text": text, "traceback": text, "data": data})

        return self._object(
            at,
            {
                "cell_type": kind,
                "source": source,
                "input": source,  # nbformat 2 and 3
                "language": language,
                "metadata": metadata,
                "outputs": lambda at: self._array(at, output),
            },
        )

    def _lines(self, at: int) -> tuple[Lines, int]:
        """Read a text that is one string, or a list of strings to be joined."""
        pieces: list[str] = []
        lines: list[int] = []

        def piece(at: int) -> int:
            if not self._text.startswith('"', at):
                return self._value(at)
            lines.append(self.line_of(at))
            text, end = _DECODER.raw_decode(self._text, at)
            pieces.append(text)
            return end

        end = self._array(at, piece) if self._text.startswith("[", at) else piece(at)
        return _lines_of(pieces, lines), end


def _lines_of(pieces: list[str], numbers: list[int]) -> Lines:
    """Split joined pieces into lines, each with the number of the piece in which it begins."""
    if not pieces:
        return Lines()
    text = "".join(pieces)
    starts = [0]
    for piece in pieces[:-1]:
        starts.append(starts[-1] + len(piece))
    begins = [0, *(found.end() for found in _LINE_END.finditer(text))]
    return Lines(tuple(split_lines(text)), tuple(numbers[bisect_right(starts, begin) - 1] for begin in begins))


def _mapping(value: object, key: str) -> Mapping[str, object]:
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def _word(value: Mapping[str, object], key: str) -> str:
    found = value.get(key)
    return found.strip().lower() if isinstance(found, str) else ""
