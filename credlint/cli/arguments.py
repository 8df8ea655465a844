"""The command line: its commands and their options."""

from __future__ import annotations

import argparse

from credlint import __version__

FORMATS = ("full", "concise", "json", "sarif", "github", "lsp")
PERSONAS = ("regular", "pedantic", "auditor")
SEVERITIES = ("error", "warning", "note")
CONFIDENCES = ("high", "medium", "low")


def _help_format(prog: str) -> argparse.HelpFormatter:
    # argparse makes one for every option, and without a width each asks shutil, which is not otherwise imported.
    return argparse.HelpFormatter(prog, max_help_position=30, width=100)


def make_parser() -> argparse.ArgumentParser:
    """Make the parser; what it gives names the command to run as `command`, "usage" where none was given."""
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
    _add_check_options(check)

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


def _add_check_options(check: argparse.ArgumentParser) -> None:
    add = check.add_argument
    add("paths", nargs="*", metavar="PATH", help="files and folders (default: the folder you are in); - is stdin")
    add("--stdin-filename", metavar="NAME", help="what the file read from stdin is called")
    add("--output-format", choices=FORMATS, default="full")
    add("--persona", choices=PERSONAS, help="regular; pedantic: low confidence and notes too; auditor: inventories too")
    add("--select", action="append", metavar="RULE[,RULE]", help="only these rules")
    add("--extend-select", action="append", metavar="RULE[,RULE]", help="these rules too")
    add("--ignore", action="append", metavar="RULE[,RULE]", help="not these rules")
    add("--exclude", action="append", metavar="GLOB[,GLOB]", help="leave these files out, not the usual ones")
    add("--extend-exclude", action="append", metavar="GLOB[,GLOB]", help="leave these files out too")
    add("--force-exclude", action="store_true", help="leave excluded files out even when they are named")
    add("--min-severity", choices=SEVERITIES)
    add("--min-confidence", choices=CONFIDENCES)
    add("--strict", action="store_true", help="exit with 1 when something could not be analysed")
    add("--exit-zero", action="store_true", help="exit with 0 in spite of findings")
    sources = check.add_mutually_exclusive_group()
    sources.add_argument("--isolated", action="store_true", help="look for no configuration")
    sources.add_argument("--config", metavar="FILE", help="take this configuration for every file")
    add("--no-cache", action="store_true", help="accepted for scripts; nothing is cached")
    add("--color", choices=("auto", "always", "never"), default="auto")
    add("--quiet", action="store_true", help="no summary, no notices")
    add("--verbose", action="store_true", help="say which configuration holds and why files are skipped")
    add("--statistics", action="store_true", help="count the findings of each rule")
