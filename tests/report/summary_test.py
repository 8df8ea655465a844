from __future__ import annotations

from dataclasses import replace

import pytest

from credlint.model.finding import Report, Summary
from credlint.model.problem import Problem, ProblemKind, ProblemSeverity
from credlint.report.summary import summary_line
from tests.report.menagerie import CLEAN, MENAGERIE

FINDINGS = MENAGERIE.findings


def problem(severity: ProblemSeverity) -> Problem:
    return Problem("a.py", 1, ProblemKind.SYNTAX, severity, "not read")


def report(found: int, files: int, *, suppressed: int = 0, not_read: tuple[tuple[str, int], ...] = ()) -> Report:
    summary = Summary(files, files, 0, found, suppressed, not_read)
    return replace(CLEAN, findings=FINDINGS[:found], summary=summary)


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (report(0, 41), "No findings in 41 files"),
        (report(0, 1), "No findings in 1 file"),
        (report(0, 0), "No files checked"),
        (report(0, 0, not_read=((".ipynb", 1),)), "No files checked; not read: 1 .ipynb"),
        (report(1, 1), "1 finding in 1 of 1 file"),
        (report(2, 41), "2 findings in 2 of 41 files"),
        (report(5, 41), "5 findings in 4 of 41 files"),
        (report(0, 3, suppressed=1), "No findings in 3 files; 1 suppressed"),
        (
            report(2, 41, not_read=((".ipynb", 3), (".env", 1), ("", 2), (".\x1b", 1))),
            "2 findings in 2 of 41 files; not read: 3 .ipynb, 1 .env, 2 without a suffix, 1 .\u241b",
        ),
        (
            replace(report(0, 2), problems=(problem(ProblemSeverity.ERROR),)),
            "No findings in 2 files; 1 problem",
        ),
        (
            replace(report(0, 2), problems=(problem(ProblemSeverity.ERROR), problem(ProblemSeverity.WARNING))),
            "No findings in 2 files; 2 problems",
        ),
        (replace(report(0, 2), problems=(problem(ProblemSeverity.NOTICE),)), "No findings in 2 files"),
    ],
)
def test_last_line_says_what_was_looked_at(given: Report, line: str) -> None:
    assert summary_line(given) == line
