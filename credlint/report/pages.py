"""What the lines of a place are counted in: the file, or a cell of a notebook (`a.ipynb:cell 2:3:1`, as in ruff)."""

from __future__ import annotations

from credlint.model.finding import Report, Source
from credlint.model.span import Page, Region


def pages(report: Report) -> dict[Page, Source]:
    """Give the covered lines of the report by what they are counted in."""
    return {source.page: source for source in report.sources}


def lines_of(sources: dict[Page, Source], region: Region) -> tuple[str, ...]:
    """Give the covered lines that a region counts, or none where they are not known."""
    source = sources.get(region.page)
    return source.lines if source else ()


def cell_words(cell: int, *, output: bool) -> str:
    """Give what a person calls a cell, or its output."""
    return f"cell {cell} output" if output else f"cell {cell}"


def position(region: Region, path: str | None = None) -> str:
    """Give `path:line:column`, in a notebook `path:cell 2:line:column`; `path` stands in for that of the region."""
    shown = region.path if path is None else path
    if region.cell:
        shown += f":{cell_words(region.cell, output=region.output)}"
    return f"{shown}:{region.line}:{region.column + 1}"


def file_line(sources: dict[Page, Source], region: Region, line: int) -> int:
    """Give the line of the file on which a line of a region's page stands.

    In a notebook that is the line of its JSON: what a diff shows, and what only the whole file can be asked about.
    """
    source = sources.get(region.page)
    if source is None or not region.cell:
        return line
    return source.file_lines[min(line, len(source.file_lines)) - 1]
