"""What rules/deployments, rules/actions and rules/commands say, as Deployments: as it was compiled, or else read."""

from __future__ import annotations

import functools
from importlib import import_module
from typing import TYPE_CHECKING

from credlint.catalogue.deployments import Deployments, Dialect, KnownDialect, Parts, Signature
from credlint.catalogue.load import is_current
from credlint.catalogue.recognised import RECOGNISED, Row

if TYPE_CHECKING:
    from collections.abc import Callable

    from credlint.catalogue.programs import ActionEntry, CommandEntry

COMPILED = "credlint.catalogue.compiled"
FOLDERS = ("deployments", "actions", "commands")


@functools.cache
def load_deployments() -> Deployments:
    """Give all of them; raises FatalError with file:line:key for what is not as it should be in files that are read."""
    from credlint.catalogue.compiled import deployments

    if not is_current(deployments.STATE, *FOLDERS):
        from credlint.catalogue.read_deployments import read_deployments

        return assembled(*read_deployments())
    known = tuple(KnownDialect(name, _signatures(rows), file) for _, name, file, rows in RECOGNISED)
    return assembled(deployments.made(), known, _compiled_dialect)


@functools.cache
def _compiled_dialect(name: str) -> Dialect:
    made: Dialect = import_module(f"{COMPILED}.{module_of(name)}").made()
    return made


def module_of(dialect: str) -> str:
    """Give the name of the compiled module of a dialect."""
    return f"dialect_{dialect.replace('-', '_')}"


def assembled(parts: Parts, known: tuple[KnownDialect, ...], read: Callable[[str], Dialect]) -> Deployments:
    """Put together what `read` gives by name, and what all other files say."""
    actions: dict[str, ActionEntry] = {}
    for action in parts.actions:
        actions.update(dict.fromkeys(action.names, action))
    commands: dict[str, CommandEntry] = {}
    for command in parts.commands:
        commands.update(dict.fromkeys(command.names, command))
    return Deployments(
        known=known,
        read=read,
        actions=actions,
        action_globs=tuple((name, action) for name, action in actions.items() if "*" in name),
        connections=parts.connections,
        settings=parts.settings,
        commands=commands,
        profiles=parts.profiles,
        shells=parts.shells,
    )


def _signatures(rows: tuple[Row, ...]) -> tuple[Signature, ...]:
    return tuple(Signature(paths, has, values, lacks, frozenset(first)) for paths, has, values, lacks, first in rows)
