"""The last line of a text report: what was found, and what was looked at to find it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from credlint.report.text import visible

if TYPE_CHECKING:
    from credlint.model.finding import Report
    from credlint.model.problem import Problem


def summary_line(report: Report) -> str:
    """Give for example "5 findings in 2 of 41 files; not read: 3 .ipynb, 1 .env", without a line end."""
    parts = [_found(report)]
    if report.summary.suppressed:
        parts.append(f"{report.summary.suppressed} suppressed")
    return "; ".join([*parts, *problem_words(report.problems), *not_read_words(report.summary.not_read)])


def clean_line(files: int, not_read: Iterable[tuple[str, int]]) -> str:
    """Give the same line for a run that has nothing to tell, without a report and its cost."""
    return "; ".join([_nothing_found(files), *not_read_words(not_read)])


def statistics(report: Report) -> str:
    """Give a line per rule with the number of its findings, the most first."""
    counts: dict[str, int] = {}
    for finding in report.findings:
        counts[finding.rule] = counts.get(finding.rule, 0) + 1
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return "".join(f"{count:6} {rule}\n" for rule, count in ordered)


def _found(report: Report) -> str:
    if not report.findings:
        return _nothing_found(report.summary.files)
    places = len({finding.region.path for finding in report.findings})
    return f"{count_words(len(report.findings), 'finding')} in {places} of {count_words(report.summary.files, 'file')}"


def _nothing_found(files: int) -> str:
    return f"No findings in {count_words(files, 'file')}" if files else "No files checked"


def problem_words(problems: Iterable[Problem]) -> Iterator[str]:
    """Say how many problems there were, if any; notices do not count."""
    from credlint.model.problem import ProblemSeverity

    number = sum(problem.severity is not ProblemSeverity.NOTICE for problem in problems)
    if number:
        yield count_words(number, "problem")


def not_read_words(not_read: Iterable[tuple[str, int]]) -> Iterator[str]:
    """Say how many files there were of the kinds that are not read, if any."""
    kinds = [f"{count} {visible(suffix) or 'without a suffix'}" for suffix, count in not_read]
    if kinds:
        yield "not read: " + ", ".join(kinds)


def count_words(number: int, noun: str) -> str:
    """Give a number with its noun: 1 file, 2 files."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
