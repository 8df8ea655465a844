"""Annotations for GitHub workflows: commands on standard output that the runner shows beside the changed lines.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-a-notice-message
"""

from __future__ import annotations

from collections.abc import Iterator

from credlint.model.finding import Finding, Report, Severity, Source
from credlint.model.span import Page
from credlint.report.options import RenderOptions
from credlint.report.pages import file_line, pages, position
from credlint.report.paths import repository_path
from credlint.report.text import one_line, visible

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}

# https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts (escapeData and escapeProperty)
_DATA_ESCAPES = {ord("%"): "%25", ord("\r"): "%0D", ord("\n"): "%0A"}
_PROPERTY_ESCAPES = {**_DATA_ESCAPES, ord(":"): "%3A", ord(","): "%2C"}


def render(report: Report, _options: RenderOptions) -> str:
    """Give one workflow command per finding; paths are relative to the repository root.

    For a notebook they name the line of its JSON, which is what a diff shows, and the message names the cell.
    """
    sources = pages(report)
    return "".join(f"{_command(report, sources, finding)}\n" for finding in report.findings)


def _command(report: Report, sources: dict[Page, Source], finding: Finding) -> str:
    path = repository_path(report, finding.region.path)
    found = _properties(path, sources, finding)
    properties = ",".join(f"{name}={value.translate(_PROPERTY_ESCAPES)}" for name, value in found)
    # The log shows the message alone, so that it must say where and by which rule.
    message = visible(f"{position(finding.region, path)}: {finding.rule}: {finding.message}")
    if finding.help:
        message += "\nhelp: " + visible(one_line(finding.help))
    return f"::{_COMMANDS[finding.severity]} {properties}::{message.translate(_DATA_ESCAPES)}"


def _properties(path: str, sources: dict[Page, Source], finding: Finding) -> Iterator[tuple[str, str]]:
    region = finding.region
    line, end_line = (file_line(sources, region, number) for number in (region.line, region.end_line))
    yield "title", f"credlint ({finding.rule})"
    yield "file", visible(path)
    yield "line", str(line)
    yield "endLine", str(end_line)
    # The runner takes columns only for a place within one line; those of a cell are not those of its JSON.
    if region.end_line == region.line and not region.cell:
        yield "col", str(region.column + 1)
        yield "endColumn", str(region.end_column + 1)
