"""The YAML of rules/deployments, rules/actions and rules/commands as Deployments; what it does not know is an error."""

from __future__ import annotations

import functools
from collections.abc import Container, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from credlint.catalogue.build_deployments import dialect, recognised
from credlint.catalogue.build_programs import action_entry, command_entry, profile_settings, shell_settings
from credlint.catalogue.connections import ConnectionForm, connection_form
from credlint.catalogue.deployments import Deployments, Dialect, KnownDialect, Signature
from credlint.catalogue.load import rules_folder
from credlint.catalogue.programs import ActionEntry, CommandEntry, ProfileSettings, ShellSettings
from credlint.catalogue.recognised import RECOGNISED, Row
from credlint.catalogue.settings import SettingsForm, settings_form
from credlint.model.problem import FatalError

if TYPE_CHECKING:
    from credlint.catalogue.yamlfile import Entry


@functools.cache
def load_deployments() -> Deployments:
    """Read all files but those of dialects; raises FatalError with file:line:key for what is not as it should be.

    How dialects are recognised stands in `recognised.py`; one that does not stand there yet is asked itself.
    """
    folder = rules_folder()
    known = {stem: KnownDialect(name, _signatures(rows), file) for stem, name, file, rows in RECOGNISED}
    profiles: ProfileSettings | None = None
    connections: list[ConnectionForm] = []
    settings: SettingsForm | None = None
    for stem, entry in _documents(folder, "deployments", known):
        if "profiles" in entry.mapping():
            profiles = profile_settings(entry)
        elif "connections" in entry.mapping():
            connections.append(connection_form(entry))
        elif "settings" in entry.mapping():
            settings = settings_form(entry)
        else:
            known[stem] = recognised(entry)
    actions: dict[str, ActionEntry] = {}
    for _, entry in _documents(folder, "actions"):
        action = action_entry(entry)
        actions.update(dict.fromkeys(action.names, action))
    commands: dict[str, CommandEntry] = {}
    shells: ShellSettings | None = None
    for _, entry in _documents(folder, "commands"):
        if "shells" in entry.mapping():
            shells = shell_settings(entry)
        else:
            command = command_entry(entry)
            commands.update(dict.fromkeys(command.names, command))
    if profiles is None:
        raise FatalError("rules/deployments: no file describes the settings of profiles (`profiles:`)")
    if settings is None:
        raise FatalError("rules/deployments: no file describes the settings of programs (`settings:`)")
    if shells is None:
        raise FatalError("rules/commands: no file names the shells (`shells:`)")
    globs = tuple((name, action) for name, action in actions.items() if "*" in name)
    return Deployments(
        known=tuple(known.values()),
        read=_Dialects(folder, {one.name: stem for stem, one in known.items()}).read,
        actions=actions,
        action_globs=globs,
        connections=tuple(connections),
        settings=settings,
        commands=commands,
        profiles=profiles,
        shells=shells,
    )


class _Dialects:
    """The dialects that a run has met; `stems` are the names of their files by the names of the dialects."""

    def __init__(self, folder: Path, stems: dict[str, str]) -> None:
        self._folder = folder
        self._stems = stems
        self._read: dict[str, Dialect] = {}

    def read(self, name: str) -> Dialect:
        """Give a dialect by its name, with that which it is based on read before it."""
        if name not in self._read:
            entry = _document(self._folder, "deployments", self._stems[name])
            base = entry.mapping().get("base")
            if base is not None and base.text() not in self._stems:
                raise base.fail(f"no dialect is called {base.text()}")
            self._read[name] = dialect(entry, {base.text(): self.read(base.text())} if base else None)
        return self._read[name]


def _signatures(rows: tuple[Row, ...]) -> tuple[Signature, ...]:
    return tuple(Signature(paths, has, values, lacks, frozenset(first)) for paths, has, values, lacks, first in rows)


def _documents(folder: Path, part: str, but: Container[str] = ()) -> Iterator[tuple[str, Entry]]:
    for path in sorted((folder / part).glob("*.yaml")):
        if path.stem not in but:
            yield path.stem, _document(folder, part, path.stem)


def _document(folder: Path, part: str, stem: str) -> Entry:
    from credlint.catalogue.yamlfile import read_documents

    return next(read_documents(folder / part / f"{stem}.yaml", f"rules/{part}/{stem}.yaml"))
