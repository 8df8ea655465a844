"""The YAML of rules/deployments, rules/actions and rules/commands; what it does not know is an error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from credlint.catalogue.build_deployments import dialect, recognised
from credlint.catalogue.build_programs import action_entry, command_entry, profile_settings, shell_settings
from credlint.catalogue.connections import ConnectionForm, connection_form
from credlint.catalogue.deployments import Dialect, KnownDialect, Parts
from credlint.catalogue.load import rules_folder
from credlint.catalogue.programs import CommandEntry, ProfileSettings, ShellSettings
from credlint.catalogue.settings import SettingsForm, settings_form
from credlint.catalogue.yamlfile import Entry, read_documents
from credlint.model.problem import FatalError


def read_deployments() -> tuple[Parts, tuple[KnownDialect, ...], Callable[[str], Dialect]]:
    """Give what files other than those of dialects say, how dialects are known, and what reads one by its name.

    Raises FatalError with file:line:key for what is not as it should be. Dialects that are based on another one come
    after all others: they are recognised first by what they have themselves.
    """
    folder = rules_folder()
    profiles: ProfileSettings | None = None
    connections: list[ConnectionForm] = []
    settings: SettingsForm | None = None
    known: dict[bool, dict[str, KnownDialect]] = {False: {}, True: {}}
    for stem, entry in _documents(folder, "deployments"):
        fields = entry.mapping()
        if "profiles" in fields:
            profiles = profile_settings(entry)
        elif "connections" in fields:
            connections.append(connection_form(entry))
        elif "settings" in fields:
            settings = settings_form(entry)
        else:
            known["base" in fields][stem] = recognised(entry)
    actions = tuple(action_entry(entry) for _, entry in _documents(folder, "actions"))
    commands: list[CommandEntry] = []
    shells: ShellSettings | None = None
    for _, entry in _documents(folder, "commands"):
        if "shells" in entry.mapping():
            shells = shell_settings(entry)
        else:
            commands.append(command_entry(entry))
    if profiles is None:
        raise FatalError("rules/deployments: no file describes the settings of profiles (`profiles:`)")
    if settings is None:
        raise FatalError("rules/deployments: no file describes the settings of programs (`settings:`)")
    if shells is None:
        raise FatalError("rules/commands: no file names the shells (`shells:`)")
    dialects = known[False] | known[True]
    parts = Parts(actions, tuple(connections), settings, tuple(commands), profiles, shells)
    return parts, tuple(dialects.values()), _Dialects(folder, {one.name: stem for stem, one in dialects.items()}).read


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


def _documents(folder: Path, part: str) -> Iterator[tuple[str, Entry]]:
    for path in sorted((folder / part).glob("*.yaml")):
        yield path.stem, _document(folder, part, path.stem)


def _document(folder: Path, part: str, stem: str) -> Entry:
    return next(read_documents(folder / part / f"{stem}.yaml", f"rules/{part}/{stem}.yaml"))
