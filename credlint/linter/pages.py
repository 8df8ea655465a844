"""From the text in which the places of a notebook are counted to its cells, which is what people are shown."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from credlint.model.facts import NotebookPage
from credlint.model.finding import Source
from credlint.model.problem import Problem
from credlint.model.records import replace
from credlint.model.span import Region


def page_of(line: int, pages: tuple[NotebookPage, ...]) -> NotebookPage | None:
    """Give the page that holds a 1-based line; None where there are no pages."""
    index = bisect_right(pages, line, key=_first_line)
    return pages[index - 1] if index else None


def region_in_cell(region: Region, pages: tuple[NotebookPage, ...]) -> Region:
    """Give a place in its cell, or as it is where there are no cells."""
    page = page_of(region.line, pages)
    if page is None:
        return region
    before = page.first_line - 1
    return replace(
        region, line=region.line - before, end_line=region.end_line - before, cell=page.cell, output=page.output
    )


def problem_in_cell(problem: Problem, pages: tuple[NotebookPage, ...]) -> Problem:
    """Give a problem with its line counted in its cell."""
    page = page_of(problem.line, pages) if problem.line else None
    if page is None:
        return problem
    return replace(problem, line=problem.line - page.first_line + 1, cell=page.cell)


def sources_of_cells(source: Source, pages: tuple[NotebookPage, ...]) -> Iterator[Source]:
    """Give the lines of each cell, or all of them where there are no cells."""
    if not pages:
        yield source
    for page in pages:
        start = page.first_line - 1
        lines = source.lines[start : start + len(page.file_lines)]
        yield Source(source.path, lines, page.cell, page.output, page.file_lines)


def code_of_cell(region: Region, pages: tuple[NotebookPage, ...]) -> Region | None:
    """Give the whole code of the cell that printed the lines of a place; None for a place in code."""
    page = page_of(region.line, pages)
    if page is None or not page.output:
        return None
    code = next((each for each in pages if each.cell == page.cell and not each.output), None)
    if code is None:
        return None
    return Region(region.path, code.first_line, 0, code.first_line + len(code.file_lines) - 1, 0)


def _first_line(page: NotebookPage) -> int:
    return page.first_line
