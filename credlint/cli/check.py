"""The command `check`: arguments to a request, the report to output, the outcome to an exit status."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from credlint.cli.output import complain, show_problems, wants_color, width, write
from credlint.cli.request import request_of
from credlint.cli.statuses import CLEAN, FAILED, FINDINGS

if TYPE_CHECKING:
    from credlint.linter.gather import Gathered, RunRequest
    from credlint.model.finding import Report

_FOR_PEOPLE = ("full", "concise")


def check(arguments: argparse.Namespace) -> int:
    """Run the command; raises FatalError for a mistake of the user's."""
    from credlint.linter.gather import gather

    request = request_of(arguments)
    gathered = gather(request)
    name: str = arguments.output_format
    if name in _FOR_PEOPLE and not gathered.relevant and not gathered.problems:
        # The usual end of a hook's run; model, rules and readers would cost more than all that went before.
        if name == "full" and not arguments.quiet:
            from credlint.report.summary import clean_line

            write(clean_line(len(gathered.sources), gathered.not_read) + "\n")
        return CLEAN

    result = _report(request, gathered)
    show_problems(result.problems, quiet=arguments.quiet)
    write(_rendered(result, arguments), None if name in _FOR_PEOPLE else "utf-8")
    if arguments.statistics:
        from credlint.report.summary import statistics

        counts = statistics(result)
        if name in _FOR_PEOPLE:
            write(counts)
        else:
            complain(counts.rstrip("\n"))
    return _status(result, arguments)


def _report(request: RunRequest, gathered: Gathered) -> Report:
    """Give the report of what was gathered; readers and checks are imported only when a file needs them."""
    if not gathered.relevant:
        from credlint.linter.assemble import assemble

        return assemble(gathered)
    from credlint.linter.run import report

    return report(request, gathered)


def _rendered(result: Report, arguments: argparse.Namespace) -> str:
    from credlint.report import RenderOptions, render

    options = RenderOptions(quiet=arguments.quiet)
    if arguments.output_format == "full":
        options = options._replace(color=wants_color(arguments.color), width=width())
    elif arguments.output_format == "sarif":
        from credlint.catalogue.load import load_rule, rule_names

        options = options._replace(rules=tuple(map(load_rule, rule_names())))
    return render(arguments.output_format, result, options)


def _status(result: Report, arguments: argparse.Namespace) -> int:
    severities = {problem.severity.value for problem in result.problems}
    if "error" in severities:
        return FAILED
    found = bool(result.findings) or (arguments.strict and "warning" in severities)
    return FINDINGS if found and not arguments.exit_zero else CLEAN
