"""The commands `sources`, `keys`, `explain`, `rules` and `facts`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from credlint.cli.output import show_problems, write
from credlint.cli.statuses import CLEAN, FAILED, FINDINGS

if TYPE_CHECKING:
    from credlint.model.problem import Problem


def keys_command(arguments: argparse.Namespace) -> int:
    """Print the key ids of the files; raises FatalError for a mistake of the user's."""
    from credlint.cli.request import request_of
    from credlint.linter.inventory import inventory
    from credlint.report.keys import render_keys

    found = inventory(request_of(arguments))
    show_problems(found.problems, quiet=arguments.quiet)
    write(render_keys(found, arguments.output_format), "utf-8" if arguments.output_format == "json" else None)
    return _status(found.problems, strict=arguments.strict)


def sources_command(arguments: argparse.Namespace) -> int:
    """Print which source each SDK takes in each process; raises FatalError for a mistake of the user's."""
    from credlint.cli.request import request_of, split_words
    from credlint.linter.sources import source_table
    from credlint.report.sources import render_sources

    sdks = None if arguments.sdk is None else split_words(arguments.sdk)
    table = source_table(request_of(arguments), sdks)
    show_problems(table.problems, quiet=arguments.quiet)
    write(render_sources(table, arguments.output_format), "utf-8" if arguments.output_format == "json" else None)
    return _status(table.problems, strict=arguments.strict)


def _status(problems: Iterable[Problem], *, strict: bool) -> int:
    """Give the exit status of a table: what stands in it is an answer, whatever it is."""
    severities = {problem.severity.value for problem in problems}
    if "error" in severities:
        return FAILED
    return FINDINGS if strict and "warning" in severities else CLEAN


def explain_command(arguments: argparse.Namespace) -> int:
    """Print what is published about a rule; raises FatalError for one that does not exist."""
    from credlint.catalogue.examples import read_examples
    from credlint.catalogue.load import load_rule
    from credlint.config.toml import check_rules
    from credlint.report.explain import explain

    (name,) = check_rules([arguments.rule], "explain")
    write(explain(load_rule(name), read_examples(name)))
    return CLEAN


def rules_command(arguments: argparse.Namespace) -> int:
    """Print the list of rules."""
    from credlint.catalogue.load import load_rule, rule_names
    from credlint.report.explain import list_rules, rules_json

    rules = [load_rule(name) for name in rule_names()]
    if arguments.output_format == "json":
        write(rules_json(rules), "utf-8")
    else:
        write(list_rules(rules))
    return CLEAN


def facts_command(arguments: argparse.Namespace) -> int:
    """Print the facts of a file; raises FatalError when it cannot be read."""
    import json

    from credlint.linter.facts_json import facts_of
    from credlint.linter.gather import RunRequest

    facts, problems = facts_of(RunRequest((arguments.file,)))
    show_problems(problems, quiet=False)
    write(json.dumps(facts, indent=2) + "\n", "utf-8")
    return CLEAN


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "sources": sources_command,
    "keys": keys_command,
    "explain": explain_command,
    "rules": rules_command,
    "facts": facts_command,
}
"""What the parser calls a command, to the function that runs it."""
