"""Places and problems as JSON, the same in every document: lines and columns from 1, ends exclusive."""

from __future__ import annotations

from credlint.model.problem import Problem
from credlint.model.span import Region
from credlint.report.shapes import Json


def page_json(region: Region) -> dict[str, Json]:
    """Give what the lines are counted in; outside notebooks `cell` is null."""
    return {"path": region.path, "cell": region.cell or None, "output": region.output}


def start_json(region: Region) -> dict[str, Json]:
    """Give where a place begins."""
    return {**page_json(region), "line": region.line, "column": region.column + 1}


def region_json(region: Region) -> dict[str, Json]:
    """Give a whole place."""
    return {**start_json(region), "end_line": region.end_line, "end_column": region.end_column + 1}


def problem_json(problem: Problem) -> Json:
    """Give a problem; one without a line has null."""
    return {
        "kind": problem.kind.value,
        "severity": problem.severity.value,
        "path": problem.path,
        "cell": problem.cell or None,
        "line": problem.line or None,
        "message": problem.message,
    }
