"""The command. It decides nothing about findings; what a command needs is imported when that command runs."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence

from credlint.cli.arguments import make_parser
from credlint.cli.output import complain
from credlint.cli.statuses import FAILED, INTERRUPTED

# New objects before Python looks for garbage: nearly all of a run's stay to its end, and looking costs a tenth of it.
_OBJECTS = 100_000


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line (default: that of the process) and give its exit status."""
    if argv is not None:
        return _main(argv)
    gc.set_threshold(_OBJECTS, 20, 20)
    try:
        return _main(sys.argv[1:])
    finally:
        gc.freeze()  # the process ends: what is left is not looked through once more


def _main(words: Sequence[str]) -> int:
    try:
        parser = make_parser(words)
        return _run(parser.parse_args(words), parser)
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 -- the one handler: whatever comes here is told in our words
        return _failed(error)


def _run(arguments: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    command: str = arguments.command
    if command == "check":
        from credlint.cli.check import check

        return check(arguments)
    if command == "usage":
        complain(parser.format_help().rstrip())
        return FAILED
    from credlint.cli.commands import COMMANDS

    return COMMANDS[command](arguments)


def _failed(error: Exception) -> int:
    """Tell a user's mistake, or a defect of ours without any text of the user's."""
    from credlint.model.problem import FatalError

    if isinstance(error, FatalError):
        complain(f"error: {error}")
    else:
        complain(f"error: internal error, please report: {type(error).__name__} at {_our_line(error)}")
    return FAILED


def _our_line(error: BaseException) -> str:
    """Give the innermost place in credlint that an exception passed."""
    place = "credlint"
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith(package):
            place = f"credlint/{file.removeprefix(package).replace(os.sep, '/')}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
