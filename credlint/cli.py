"""The command: arguments to requests, reports to output, outcomes to exit statuses; it decides about no finding."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, TextIO

from credlint import __version__

if TYPE_CHECKING:
    from credlint.config import Overrides
    from credlint.linter.gather import RunRequest
    from credlint.model.finding import Report
    from credlint.model.problem import FatalError, Problem

CLEAN, FINDINGS, FAILED, INTERRUPTED = 0, 1, 2, 130

FORMATS = ("full", "concise", "json", "sarif", "github", "lsp")
_FOR_PEOPLE = ("full", "concise")
PERSONAS = ("regular", "pedantic", "auditor")
SEVERITIES = ("error", "warning", "note")
CONFIDENCES = ("high", "medium", "low")


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line (default: that of the process) and give its exit status."""
    try:
        arguments = _parser().parse_args(argv)
        run: Callable[[argparse.Namespace], int] = arguments.run
        return run(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 -- the one handler: whatever comes here is told in our words
        return _failed(error)


def _failed(error: Exception) -> int:
    """Tell a user's mistake, or a defect of ours without any text of the user's."""
    from credlint.model.problem import FatalError

    if isinstance(error, FatalError):
        _complain(f"error: {error}")
    else:
        _complain(f"error: internal error, please report: {type(error).__name__} at {_our_line(error)}")
    return FAILED


def _our_line(error: BaseException) -> str:
    """Give the innermost place in credlint that an exception passed."""
    place = "credlint"
    package = os.path.dirname(os.path.abspath(__file__)) + os.sep
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith(package):
            place = f"credlint/{file.removeprefix(package).replace(os.sep, '/')}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _fatal(message: str) -> FatalError:
    from credlint.model.problem import FatalError

    return FatalError(message)


# Output


def _complain(line: str) -> None:
    """Write a line to stderr; when even that is impossible, the exit status must do."""
    try:
        _put(sys.stderr, line + "\n", None)
    except (OSError, ValueError):
        return


def _write(text: str, encoding: str | None = None) -> None:
    """Write to stdout, in its own encoding or a given one; characters that it lacks are escaped."""
    try:
        _put(sys.stdout, text, encoding)
    except BrokenPipeError:
        # The reader has seen enough. Python flushes once more when it ends, and would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        raise _fatal(f"the output could not be written: {(error.strerror or '').lower()}") from None


def _put(stream: TextIO | None, text: str, encoding: str | None) -> None:
    if stream is None:
        return
    data = text.encode(encoding or stream.encoding or "utf-8", "backslashreplace")
    stream.flush()
    stream.buffer.write(data)
    stream.buffer.flush()


def _tell(line: str) -> None:
    from credlint.report.text import visible

    _complain(visible(line))


def _show_problems(problems: Iterable[Problem], *, quiet: bool) -> None:
    for problem in problems:
        if not quiet or problem.severity.value != "notice":
            place = f"{problem.path}:{problem.line}" if problem.line else problem.path
            _tell(f"{problem.severity.value}: {place}: {problem.message}")


def _wants_color(choice: str) -> bool:
    """Decide about colour: the option, NO_COLOR (https://no-color.org), FORCE_COLOR, then whether people look."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in {"", "0"}:
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _width() -> int:
    """Give the columns that a report for people may use."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns) > 0:
        return int(columns)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or 100
    except (OSError, ValueError):
        return 100


# check


def _check(arguments: argparse.Namespace) -> int:
    from credlint.linter.gather import gather

    request = _request(arguments)
    gathered = gather(request)
    name: str = arguments.output_format
    if name in _FOR_PEOPLE and not gathered.relevant and not gathered.problems:
        # The usual end of a hook's run; model, rules and readers would cost more than all that went before.
        if name == "full" and not arguments.quiet:
            from credlint.report.summary import clean_line

            _write(clean_line(len(gathered.sources), gathered.not_read) + "\n")
        return CLEAN

    from credlint.linter.run import report

    result = report(request, gathered)
    _show_problems(result.problems, quiet=arguments.quiet)
    _write(_rendered(result, arguments), None if name in _FOR_PEOPLE else "utf-8")
    if arguments.statistics:
        from credlint.report.summary import statistics

        counts = statistics(result)
        if name in _FOR_PEOPLE:
            _write(counts)
        else:
            _complain(counts.rstrip("\n"))
    return _status(result, arguments)


def _request(arguments: argparse.Namespace) -> RunRequest:
    from credlint.linter.gather import RunRequest
    from credlint.linter.read import read_stdin

    paths: list[str] = arguments.paths or ["."]
    name: str | None = arguments.stdin_filename
    if ("-" in paths) != (name is not None) or ("-" in paths and len(paths) > 1):
        raise _fatal("`-` reads one file from standard input: give it alone, and its name with --stdin-filename")
    request = RunRequest(
        paths=tuple(paths),
        stdin=None if name is None else (name, read_stdin()),
        overrides=_overrides(arguments),
        isolated=arguments.isolated,
        config=arguments.config,
        force_exclude=arguments.force_exclude,
    )
    return request._replace(tell=_tell) if arguments.verbose else request


def _overrides(arguments: argparse.Namespace) -> Overrides:
    from credlint.config import Overrides

    def rules(option: str, words: list[str] | None) -> frozenset[str] | None:
        if words is None:
            return None
        from credlint.config.toml import check_rules

        return check_rules(_split(words), option)

    overrides = Overrides(
        select=rules("--select", arguments.select),
        extend_select=rules("--extend-select", arguments.extend_select) or frozenset(),
        ignore=rules("--ignore", arguments.ignore) or frozenset(),
        exclude=None if arguments.exclude is None else _split(arguments.exclude),
        extend_exclude=_split(arguments.extend_exclude or ()),
    )
    if arguments.persona or arguments.min_severity or arguments.min_confidence:
        from credlint.model.finding import Confidence, Persona, Severity

        overrides = overrides._replace(
            persona=Persona(arguments.persona) if arguments.persona else None,
            min_severity=Severity(arguments.min_severity) if arguments.min_severity else None,
            min_confidence=Confidence(arguments.min_confidence) if arguments.min_confidence else None,
        )
    return overrides


def _split(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(part.strip() for word in words for part in word.split(",") if part.strip())


def _rendered(result: Report, arguments: argparse.Namespace) -> str:
    from credlint.report import RenderOptions, render

    options = RenderOptions(quiet=arguments.quiet)
    if arguments.output_format == "full":
        options = options._replace(color=_wants_color(arguments.color), width=_width())
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


# The other commands


def _explain(arguments: argparse.Namespace) -> int:
    from credlint.catalogue.examples import read_examples
    from credlint.catalogue.load import load_rule
    from credlint.config.toml import check_rules
    from credlint.report.explain import explain

    (name,) = check_rules([arguments.rule], "explain")
    _write(explain(load_rule(name), read_examples(name)))
    return CLEAN


def _rules(arguments: argparse.Namespace) -> int:
    from credlint.catalogue.load import load_rule, rule_names
    from credlint.report.explain import list_rules, rules_json

    rules = [load_rule(name) for name in rule_names()]
    if arguments.output_format == "json":
        _write(rules_json(rules), "utf-8")
    else:
        _write(list_rules(rules))
    return CLEAN


def _facts(arguments: argparse.Namespace) -> int:
    import json

    from credlint.linter.facts_json import facts_of
    from credlint.linter.gather import RunRequest

    facts, problems = facts_of(RunRequest((arguments.file,)))
    _show_problems(problems, quiet=False)
    _write(json.dumps(facts, indent=2) + "\n", "utf-8")
    return CLEAN


def _usage(_arguments: argparse.Namespace) -> int:
    _complain(_parser().format_help().rstrip())
    return FAILED


def _help_format(prog: str) -> argparse.HelpFormatter:
    # argparse makes one for every option, and without a width each asks shutil, which is not otherwise imported.
    return argparse.HelpFormatter(prog, max_help_position=30, width=100)


def _parser() -> argparse.ArgumentParser:
    description = "Find credential mistakes before deployment."
    parser = argparse.ArgumentParser(prog="credlint", description=description, formatter_class=_help_format)
    parser.add_argument("--version", action="version", version=f"credlint {__version__}")
    parser.set_defaults(run=_usage)
    commands = parser.add_subparsers(metavar="COMMAND")

    check = commands.add_parser(
        "check",
        formatter_class=_help_format,
        help="look at files and folders",
        description="Look at files and folders.",
    )
    check.set_defaults(run=_check)
    _add_check_options(check)

    explain = commands.add_parser(
        "explain", formatter_class=_help_format, help="say why a rule matters and how to repair what it finds"
    )
    explain.set_defaults(run=_explain)
    explain.add_argument("rule", metavar="RULE")

    rules = commands.add_parser("rules", formatter_class=_help_format, help="list all rules")
    rules.set_defaults(run=_rules)
    rules.add_argument("--output-format", choices=("text", "json"), default="text")

    facts = commands.add_parser(
        "facts", formatter_class=_help_format, help="print what is known about one file, as JSON, without secrets"
    )
    facts.set_defaults(run=_facts)
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
