"""One line per finding, for editors and scripts that read `path:line:column: ...`; nothing else stands between them."""

from __future__ import annotations

from credlint.model.finding import Finding, Report
from credlint.report.options import RenderOptions
from credlint.report.pages import position
from credlint.report.text import visible


def render(report: Report, _options: RenderOptions) -> str:
    """Give `path:line:column: severity[rule] message` lines: 1-based, columns in code points, never painted.

    In a notebook the cell stands behind the path: `a.ipynb:cell 2:3:1`.
    """
    return "".join(f"{_line(finding)}\n" for finding in report.findings)


def _line(finding: Finding) -> str:
    return visible(f"{position(finding.region)}: {finding.severity.value}[{finding.rule}] {finding.message}")
