"""The paths and options that commands on files share, as what the linter is asked for."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING

from credlint.cli.output import tell

if TYPE_CHECKING:
    from credlint.config import Overrides
    from credlint.linter.gather import RunRequest


def request_of(arguments: argparse.Namespace) -> RunRequest:
    """Give what the paths and options of a command ask for; raises FatalError where they do not go together."""
    from credlint.linter.gather import RunRequest
    from credlint.linter.read import read_stdin

    paths: list[str] = arguments.paths or ["."]
    name: str | None = arguments.stdin_filename
    if ("-" in paths) != (name is not None) or ("-" in paths and len(paths) > 1):
        from credlint.model.problem import FatalError

        raise FatalError("`-` reads one file from standard input: give it alone, and its name with --stdin-filename")
    request = RunRequest(
        paths=tuple(paths),
        stdin=None if name is None else (name, read_stdin()),
        overrides=_overrides(arguments),
        isolated=arguments.isolated,
        config=arguments.config,
        force_exclude=arguments.force_exclude,
    )
    return request._replace(tell=tell) if arguments.verbose else request


def _overrides(arguments: argparse.Namespace) -> Overrides:
    from credlint.config import Overrides

    def rules(option: str, words: list[str] | None) -> frozenset[str] | None:
        if words is None:
            return None
        from credlint.config.toml import check_rules

        return check_rules(split_words(words), option)

    overrides = Overrides(
        select=rules("--select", arguments.select),
        extend_select=rules("--extend-select", arguments.extend_select) or frozenset(),
        ignore=rules("--ignore", arguments.ignore) or frozenset(),
        exclude=None if arguments.exclude is None else split_words(arguments.exclude),
        extend_exclude=split_words(arguments.extend_exclude or ()),
    )
    if arguments.persona or arguments.min_severity or arguments.min_confidence:
        from credlint.model.finding import Confidence, Persona, Severity

        overrides = overrides._replace(
            persona=Persona(arguments.persona) if arguments.persona else None,
            min_severity=Severity(arguments.min_severity) if arguments.min_severity else None,
            min_confidence=Confidence(arguments.min_confidence) if arguments.min_confidence else None,
        )
    return overrides


def split_words(words: Iterable[str]) -> tuple[str, ...]:
    """Give the words of an option that takes several, separated by commas or given anew."""
    return tuple(part.strip() for word in words for part in word.split(",") if part.strip())
