"""The YAML of rules/deployments, rules/actions and rules/commands as Deployments; what it does not know is an error."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from credlint.catalogue.build_deployments import dialect
from credlint.catalogue.build_programs import action_entry, command_entry, profile_settings, shell_settings
from credlint.catalogue.connections import ConnectionForm, connection_form
from credlint.catalogue.deployments import Deployments, Dialect
from credlint.catalogue.load import rules_folder
from credlint.catalogue.programs import ActionEntry, CommandEntry, ProfileSettings
from credlint.catalogue.settings import SettingsForm, settings_form
from credlint.model.problem import FatalError

if TYPE_CHECKING:
    from credlint.catalogue.yamlfile import Entry


@functools.cache
def load_deployments() -> Deployments:
    """Read all files; raises FatalError with file:line:key for what is not as it should be."""
    folder = rules_folder()
    dialects: dict[str, Dialect] = {}
    profiles: ProfileSettings | None = None
    connections: list[ConnectionForm] = []
    settings: SettingsForm | None = None
    for entry in sorted(_documents(folder, "deployments"), key=lambda entry: "base" in entry.mapping()):
        if "profiles" in entry.mapping():
            profiles = profile_settings(entry)
        elif "connections" in entry.mapping():
            connections.append(connection_form(entry))
        elif "settings" in entry.mapping():
            settings = settings_form(entry)
        else:
            read = dialect(entry, dialects)
            dialects[read.name] = read
    actions: dict[str, ActionEntry] = {}
    for entry in _documents(folder, "actions"):
        action = action_entry(entry)
        actions.update(dict.fromkeys(action.names, action))
    commands: dict[str, CommandEntry] = {}
    shells: set[str] = set()
    powershells: set[str] = set()
    embedded: dict[str, str] = {}
    for entry in _documents(folder, "commands"):
        if "shells" in entry.mapping():
            names, others, languages = shell_settings(entry)
            shells.update(names)
            powershells.update(others)
            embedded.update(languages)
            continue
        command = command_entry(entry)
        commands.update(dict.fromkeys(command.names, command))
    if profiles is None:
        raise FatalError("rules/deployments: no file describes the settings of profiles (`profiles:`)")
    if settings is None:
        raise FatalError("rules/deployments: no file describes the settings of programs (`settings:`)")
    globs = tuple((name, action) for name, action in actions.items() if "*" in name)
    return Deployments(
        dialects=tuple(dialects.values()),
        actions=actions,
        action_globs=globs,
        connections=tuple(connections),
        settings=settings,
        commands=commands,
        profiles=profiles,
        shells=frozenset(shells),
        powershells=frozenset(powershells),
        embedded=embedded,
    )


def _documents(folder: Path, part: str) -> Iterator[Entry]:
    from credlint.catalogue.yamlfile import read_documents

    for path in sorted((folder / part).glob("*.yaml")):
        yield next(read_documents(path, f"rules/{part}/{path.name}"))
