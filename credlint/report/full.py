"""The report for people: a block for each finding, and a last line that says what was looked at."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.model.finding import Report
from credlint.report.options import RenderOptions
from credlint.report.summary import summary_line


def render(report: Report, options: RenderOptions) -> str:
    """Give every finding as a block, a blank line after each, and one last line that says what was looked at."""
    blocks = list(_blocks(report, options)) if report.findings else []
    if not options.quiet:
        blocks.append(f"{summary_line(report)}\n")
    return "\n".join(blocks)


def _blocks(report: Report, options: RenderOptions) -> Iterator[str]:
    # A clean run, the usual one in a hook, does without the drawing.
    from credlint.report.block import draw_finding
    from credlint.report.pages import pages

    sources = pages(report)
    for finding in report.findings:
        yield "".join(f"{row}\n" for row in draw_finding(finding, sources, options))
