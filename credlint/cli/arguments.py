"""The command line: its commands and their options."""

from __future__ import annotations

import argparse
from collections.abc import Collection

from credlint import __version__

FORMATS = ("full", "concise", "json", "sarif", "github", "lsp")
PERSONAS = ("regular", "pedantic", "auditor")
SEVERITIES = ("error", "warning", "note")
CONFIDENCES = ("high", "medium", "low")
TABLE_FORMATS = ("text", "json", "markdown")

_NO_SELECTION = dict.fromkeys(("select", "extend_select", "ignore", "persona", "min_severity", "min_confidence"), None)
"""What a command without rules has in place of the options that choose among them."""


def _help_format(prog: str) -> argparse.HelpFormatter:
    # argparse makes one for every option, and without a width each asks shutil, which is not otherwise imported.
    return argparse.HelpFormatter(prog, max_help_position=30, width=100)


def make_parser(words: Collection[str]) -> argparse.ArgumentParser:
    """Make the parser of a command line; what it gives names the command to run as `command`, "usage" for none.

    `words` are those of the command line: a command that is not among them has no options, for each costs time.
    """
    description = "Find credential mistakes before deployment."
    parser = argparse.ArgumentParser(prog="credlint", description=description, formatter_class=_help_format)
    parser.add_argument("--version", action="version", version=f"credlint {__version__}")
    parser.set_defaults(command="usage")
    commands = parser.add_subparsers(metavar="COMMAND")

    check = commands.add_parser(
        "check",
        formatter_class=_help_format,
        help="look at files and folders",
        description="Look at files and folders.",
    )
    check.set_defaults(command="check")
    if "check" in words:
        _add_check_options(check)

    sources = commands.add_parser(
        "sources",
        formatter_class=_help_format,
        help="say which credentials each SDK takes in each process",
        description="Say which credentials each SDK takes in each process of deployment files, and what they win over.",
    )
    sources.set_defaults(command="sources", **_NO_SELECTION)
    if "sources" in words:
        _add_table_options(sources)
        sources.add_argument("--sdk", action="append", metavar="SDK[,SDK]", help="only these: boto3, cli2, js3, ...")

    keys = commands.add_parser(
        "keys",
        formatter_class=_help_format,
        help="list every key id, with its account and where it stands",
        description="List every key id in files and folders: kind, last four characters, account, places.",
    )
    keys.set_defaults(command="keys", **_NO_SELECTION)
    if "keys" in words:
        _add_table_options(keys)

    explain = commands.add_parser(
        "explain", formatter_class=_help_format, help="say why a rule matters and how to repair what it finds"
    )
    explain.set_defaults(command="explain")
    explain.add_argument("rule", metavar="RULE")

    rules = commands.add_parser("rules", formatter_class=_help_format, help="list all rules")
    rules.set_defaults(command="rules")
    rules.add_argument("--output-format", choices=("text", "json"), default="text")

    facts = commands.add_parser(
        "facts", formatter_class=_help_format, help="print what is known about one file, as JSON, without secrets"
    )
    facts.set_defaults(command="facts")
    facts.add_argument("file", metavar="FILE")
    return parser


def _add_paths(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("paths", nargs="*", metavar="PATH", help="files and folders (default: the folder you are in); - is stdin")
    add("--stdin-filename", metavar="NAME", help="what the file read from stdin is called")


def _add_excludes(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--exclude", action="append", metavar="GLOB[,GLOB]", help="leave these files out, not the usual ones")
    add("--extend-exclude", action="append", metavar="GLOB[,GLOB]", help="leave these files out too")
    add("--force-exclude", action="store_true", help="leave excluded files out even when they are named")


def _add_configuration(parser: argparse.ArgumentParser) -> None:
    sources = parser.add_mutually_exclusive_group()
    sources.add_argument("--isolated", action="store_true", help="look for no configuration")
    sources.add_argument("--config", metavar="FILE", help="take this configuration for every file")


def _add_table_options(parser: argparse.ArgumentParser) -> None:
    """Add what the commands have that print a table of the files they are given, and select nothing."""
    _add_paths(parser)
    parser.add_argument("--output-format", choices=TABLE_FORMATS, default="text")
    _add_excludes(parser)
    parser.add_argument("--strict", action="store_true", help="exit with 1 when something could not be analysed")
    _add_configuration(parser)
    parser.add_argument("--quiet", action="store_true", help="no notices")
    parser.add_argument(
        "--verbose", action="store_true", help="say which configuration holds and why files are skipped"
    )


def _add_check_options(check: argparse.ArgumentParser) -> None:
    _add_paths(check)
    add = check.add_argument
    add("--output-format", choices=FORMATS, default="full")
    add("--persona", choices=PERSONAS, help="regular; pedantic: low confidence and notes too; auditor: inventories too")
    add("--select", action="append", metavar="RULE[,RULE]", help="only these rules")
    add("--extend-select", action="append", metavar="RULE[,RULE]", help="these rules too")
    add("--ignore", action="append", metavar="RULE[,RULE]", help="not these rules")
    _add_excludes(check)
    add("--min-severity", choices=SEVERITIES)
    add("--min-confidence", choices=CONFIDENCES)
    add("--strict", action="store_true", help="exit with 1 when something could not be analysed")
    add("--exit-zero", action="store_true", help="exit with 0 in spite of findings")
    _add_configuration(check)
    add("--no-cache", action="store_true", help="accepted for scripts; nothing is cached")
    add("--color", choices=("auto", "always", "never"), default="auto")
    add("--quiet", action="store_true", help="no summary, no notices")
    add("--verbose", action="store_true", help="say which configuration holds and why files are skipped")
    add("--statistics", action="store_true", help="count the findings of each rule")
