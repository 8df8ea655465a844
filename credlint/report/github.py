"""Annotations for GitHub workflows: commands on standard output that the runner shows beside the changed lines.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-a-notice-message
"""

from __future__ import annotations

from collections.abc import Iterator

from credlint.model.finding import Finding, Report, Severity
from credlint.report.options import RenderOptions
from credlint.report.paths import repository_path
from credlint.report.text import one_line, visible

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}

# https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts (escapeData and escapeProperty)
_DATA_ESCAPES = {ord("%"): "%25", ord("\r"): "%0D", ord("\n"): "%0A"}
_PROPERTY_ESCAPES = {**_DATA_ESCAPES, ord(":"): "%3A", ord(","): "%2C"}


def render(report: Report, _options: RenderOptions) -> str:
    """Give one workflow command per finding; paths are relative to the repository root."""
    return "".join(f"{_command(report, finding)}\n" for finding in report.findings)


def _command(report: Report, finding: Finding) -> str:
    path = repository_path(report, finding.region.path)
    properties = ",".join(f"{name}={value.translate(_PROPERTY_ESCAPES)}" for name, value in _properties(path, finding))
    # The log shows the message alone, so that it must say where and by which rule.
    place = f"{path}:{finding.region.line}:{finding.region.column + 1}"
    message = visible(f"{place}: {finding.rule}: {finding.message}")
    if finding.help:
        message += "\nhelp: " + visible(one_line(finding.help))
    return f"::{_COMMANDS[finding.severity]} {properties}::{message.translate(_DATA_ESCAPES)}"


def _properties(path: str, finding: Finding) -> Iterator[tuple[str, str]]:
    region = finding.region
    yield "title", f"credlint ({finding.rule})"
    yield "file", visible(path)
    yield "line", str(region.line)
    yield "endLine", str(region.end_line)
    # The runner takes columns only for a place within one line.
    if region.end_line == region.line:
        yield "col", str(region.column + 1)
        yield "endColumn", str(region.end_column + 1)
