"""Draws one source line with what is marked on it, cut to the room there is; it knows no files and no findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from credlint.model.records import dataclass
from credlint.report.text import Style, display_width, lay_out, paint

_ELLIPSIS = "\u2026"


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of one line: code-point columns from 0, end exclusive, and what to say there ("" for nothing)."""

    start: int
    end: int
    primary: bool
    label: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A source line as shown, and the rows that go under it."""

    source: str
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Segment:
    """A mark in display columns of the drawing."""

    column: int
    width: int
    mark: Mark


def draw(line: str, marks: Sequence[Mark], room: int, style: Style, *, color: bool) -> Iterator[Drawing]:
    """Give the line with its marks, in `room` display columns; marks too far apart for one view get one each.

    `style` paints the primary mark. Without marks the line is given alone, cut at its end.
    """
    if not marks:
        text, _ = _view(line, 0, 0, room)
        yield Drawing(text, ())
        return
    ordered = sorted(marks, key=lambda mark: (mark.start, mark.end))
    for group in _split_by_room(line, ordered, room):
        text, columns = _view(line, group[0].start, max(mark.end for mark in group), room)
        segments = [_place(mark, columns) for mark in group]
        yield Drawing(text, tuple(_underline(segments, room, style, color=color)))


def _split_by_room(line: str, marks: Sequence[Mark], room: int) -> Iterator[list[Mark]]:
    group: list[Mark] = []
    for mark in marks:
        together = [*group, mark]
        end = max(each.end for each in together)
        if group and not _fits(line, together[0].start, end, room):
            yield group
            together = [mark]
        group = together
    yield group


def _fits(line: str, start: int, end: int, room: int) -> bool:
    if len(line) <= room and lay_out(line)[1][-1] <= room:
        return True
    # Two columns go to the ellipses. A slice longer than the room is not measured: lines can be megabytes long.
    return end - start <= room and lay_out(line[start:end])[1][-1] <= room - 2


def _view(line: str, start: int, end: int, room: int) -> tuple[str, dict[int, int]]:
    """Give what is shown of the line, and the display column of each code-point column in view."""
    start, end = min(start, len(line)), min(end, len(line))
    first = max(0, start - room)
    last = min(len(line), min(end, start + room) + room)
    cells, edges = lay_out(line[first:last])
    low, high = 0, len(cells)
    if first > 0 or last < len(line) or edges[-1] > room:
        low, high = _widen(edges, start - first, min(end, last) - first, room - 2)
    before = _ELLIPSIS if first + low > 0 else ""
    after = _ELLIPSIS if first + high < len(line) else ""
    shift = len(before) - edges[low]
    columns = {first + index: edges[index] + shift for index in range(low, high + 1)}
    return (before + "".join(cells[low:high]) + after).rstrip(), columns


def _widen(edges: Sequence[int], start: int, end: int, room: int) -> tuple[int, int]:
    """Give the cells around [start, end) that fill the room, the stretch itself in the middle; its end may be cut."""
    low = high = start
    while high < end and edges[high + 1] - edges[low] <= room:
        high += 1
    left = edges[low] - (room - (edges[high] - edges[low])) // 2
    while low > 0 and edges[low - 1] >= left:
        low -= 1
    while high < len(edges) - 1 and edges[high + 1] - edges[low] <= room:
        high += 1
    while low > 0 and edges[high] - edges[low - 1] <= room:
        low -= 1
    return low, high


def _place(mark: Mark, columns: dict[int, int]) -> _Segment:
    last = max(columns)
    column = columns[min(mark.start, last)]
    return _Segment(column, max(1, columns[min(mark.end, last)] - column), mark)


def _underline(segments: Sequence[_Segment], room: int, style: Style, *, color: bool) -> Iterator[str]:
    """Give rows of underlines; those without a label share a row with the one after them."""
    row, end = "", 0
    for segment in segments:
        if end > segment.column:
            yield row
            row, end = "", 0
        shade = style if segment.mark.primary else Style.FRAME
        sign = "^" if segment.mark.primary else "-"
        row += " " * (segment.column - end) + paint(sign * segment.width, shade, color=color)
        end = segment.column + segment.width
        label = segment.mark.label
        if not label:
            continue
        if end + 1 + display_width(label) <= room:
            yield f"{row} {paint(label, shade, color=color)}"
        else:
            yield row
            yield " " * max(0, min(segment.column, room - display_width(label))) + paint(label, shade, color=color)
        row, end = "", 0
    if row:
        yield row
