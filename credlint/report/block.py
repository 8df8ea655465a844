"""Draws one finding for people: its source lines, what belongs to it, how it came about, and the cure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from credlint.model.finding import Finding, Severity, Source
from credlint.model.records import dataclass
from credlint.model.span import Page, Region
from credlint.report.options import RenderOptions
from credlint.report.pages import lines_of, position
from credlint.report.snippet import Mark, draw
from credlint.report.text import Style, one_line, paint, visible

_STYLES = {Severity.ERROR: Style.ERROR, Severity.WARNING: Style.WARNING, Severity.NOTE: Style.NOTE}
_LEAST_ROOM = 20
# Up to this many lines between two marked ones are shown; more become one "..." line.
_SHOWN_GAP = 2


@dataclass(frozen=True, slots=True)
class _Annotation:
    region: Region
    primary: bool
    label: str


@dataclass(frozen=True, slots=True)
class _Frame:
    """What every line of one finding shares: the width of its line numbers, the room for source text, the colours."""

    gutter: int
    room: int
    style: Style
    color: bool

    def row(self, text: str = "", number: str = "") -> str:
        """Give one row behind the gutter's `|`."""
        head = paint(f"{number:>{self.gutter}} |", Style.FRAME, color=self.color)
        return f"{head} {text}" if text else head

    def point(self, sign: str, region: Region) -> str:
        """Give the row that says where what follows stands."""
        return f"{' ' * self.gutter}{paint(sign, Style.FRAME, color=self.color)} {_position(region)}"

    def remark(self, word: str, text: str) -> str:
        """Give a `= word: text` row."""
        sign = paint("=", Style.FRAME, color=self.color)
        return f"{' ' * self.gutter} {sign} {paint(word + ':', Style.STRONG, color=self.color)} {text}"


def draw_finding(finding: Finding, sources: dict[Page, Source], options: RenderOptions) -> Iterator[str]:
    """Give the rows of a finding; `sources` holds the covered lines by what they are counted in."""
    by_page = _annotations(finding)
    gutter = len(str(max(annotation.region.line for group in by_page.values() for annotation in group)))
    style = _STYLES[finding.severity]
    frame = _Frame(gutter, max(_LEAST_ROOM, options.width - gutter - 3), style, color=options.color)
    head = paint(f"{finding.severity.value}[{finding.rule}]", style, color=options.color)
    yield head + paint(f": {visible(finding.message)}", Style.STRONG, color=options.color)
    for page, group in by_page.items():
        first = finding.region if page == finding.region.page else group[0].region
        yield frame.point("-->" if page == finding.region.page else ":::", first)
        yield from _snippet(group, lines_of(sources, first), frame)
    yield from _trace(finding, frame)
    if finding.help:
        yield frame.remark("help", visible(one_line(finding.help)))


def _annotations(finding: Finding) -> dict[Page, list[_Annotation]]:
    """Give what is marked in each file or cell, that of the finding first.

    A related place on the same spot lends its words.
    """
    labels: dict[Region, list[str]] = {finding.region: []}
    for place in finding.related:
        labels.setdefault(place.region, []).append(visible(place.message))
    by_page: dict[Page, list[_Annotation]] = {}
    for region, words in labels.items():
        if region.end_line > region.line:
            words.append(f"(to line {region.end_line})")
        annotation = _Annotation(region, region == finding.region, " ".join(filter(None, words)))
        by_page.setdefault(region.page, []).append(annotation)
    return by_page


def _snippet(annotations: Sequence[_Annotation], lines: tuple[str, ...], frame: _Frame) -> Iterator[str]:
    """Give the marked lines of one page; places whose line is not known are named below with their words."""
    marks: dict[int, list[Mark]] = {}
    lost: list[_Annotation] = []
    for annotation in annotations:
        number = annotation.region.line
        if number > len(lines):
            lost.append(annotation)
        else:
            marks.setdefault(number, []).append(_mark(annotation, lines[number - 1]))
    yield frame.row()
    previous = None
    for number in _with_small_gaps(sorted(marks)):
        if previous is not None and number > previous + 1:
            yield paint("...", Style.FRAME, color=frame.color)
        previous = number
        for drawing in draw(lines[number - 1], marks.get(number, ()), frame.room, frame.style, color=frame.color):
            yield frame.row(drawing.source, str(number))
            yield from map(frame.row, drawing.rows)
    if marks:
        yield frame.row()
    for annotation in lost:
        if annotation.label:
            yield frame.remark("note", f"{_position(annotation.region)}: {annotation.label}")


def _mark(annotation: _Annotation, line: str) -> Mark:
    region = annotation.region
    end = region.end_column if region.end_line == region.line else len(line.rstrip())
    return Mark(region.column, max(end, region.column), annotation.primary, annotation.label)


def _with_small_gaps(numbers: Sequence[int]) -> Iterator[int]:
    previous = None
    for number in numbers:
        if previous is not None and number - previous - 1 <= _SHOWN_GAP:
            yield from range(previous + 1, number)
        yield number
        previous = number


def _trace(finding: Finding, frame: _Frame) -> Iterator[str]:
    """Give the way the value came, unless every station of it is already in view."""
    shown = {finding.region, *(place.region for place in finding.related)}
    if all(place.region in shown for place in finding.trace):
        return
    steps = [f"{_position(place.region)}: {visible(place.message)}" for place in finding.trace]
    yield frame.remark("trace", steps[0])
    indent = " " * (frame.gutter + len(" = trace: "))
    for step in steps[1:]:
        yield indent + step


def _position(region: Region) -> str:
    return visible(position(region))
