"""The last line of a text report: what was found, and what was looked at to find it."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.model.finding import Report, Summary
from credlint.model.problem import ProblemSeverity
from credlint.report.text import visible


def summary_line(report: Report) -> str:
    """Give for example "5 findings in 2 of 41 files; not read: 3 .ipynb, 1 .env", without a line end.

    Notices do not count as problems.
    """
    problems = sum(problem.severity is not ProblemSeverity.NOTICE for problem in report.problems)
    parts = [_found(report)]
    if report.summary.suppressed:
        parts.append(f"{report.summary.suppressed} suppressed")
    if problems:
        parts.append(_count(problems, "problem"))
    if report.summary.not_read:
        parts.append("not read: " + ", ".join(_not_read(report.summary)))
    return "; ".join(parts)


def _found(report: Report) -> str:
    files = report.summary.files
    if not files:
        return "No files checked"
    if not report.findings:
        return f"No findings in {_count(files, 'file')}"
    places = len({finding.region.path for finding in report.findings})
    return f"{_count(len(report.findings), 'finding')} in {places} of {_count(files, 'file')}"


def _not_read(summary: Summary) -> Iterator[str]:
    for suffix, count in summary.not_read:
        yield f"{count} {visible(suffix) or 'without a suffix'}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
