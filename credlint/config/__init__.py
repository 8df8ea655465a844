"""The user's configuration: `[tool.credlint]` of a pyproject.toml, or credlint.toml; the nearest upward from a file.

Most runs find none and meet no trigger word, and must stay cheap: the types here are NamedTuples, and the reading of a
file is imported when there is one.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from credlint.model.finding import Confidence, Persona, Severity
    from credlint.model.project import Settings

_OWN_FILE = "credlint.toml"
SHARED_FILE = "pyproject.toml"
"""The file that holds the configuration of many tools."""
TABLE = b"[tool.credlint"
"""How credlint's table in it begins."""


class Config(NamedTuple):
    """What holds for the files of one folder.

    `source` is the file it was read from, as shown to people ("" for the defaults); patterns are relative to `folder`.
    None means that the user did not say: all rules, the usual excluded folders, the regular persona, no minimum.
    """

    source: str = ""
    folder: str = ""
    select: frozenset[str] | None = None
    extend_select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    per_file_ignores: tuple[tuple[str, frozenset[str]], ...] = ()
    exclude: tuple[str, ...] | None = None
    extend_exclude: tuple[str, ...] = ()
    persona: Persona | None = None
    min_severity: Severity | None = None
    min_confidence: Confidence | None = None
    local_endpoints: frozenset[str] = frozenset()
    placeholders: frozenset[str] = frozenset()

    def selects(self, rule: str) -> bool:
        """Tell whether findings of a rule are wanted."""
        if rule in self.ignore:
            return False
        return self.select is None or rule in self.select or rule in self.extend_select

    def settings(self) -> Settings:
        """Give what the readers need to know of it."""
        from credlint.model.project import Settings

        return Settings(self.local_endpoints, self.placeholders)


class Overrides(NamedTuple):
    """What the command line says over any configuration; None and empty mean that it does not say."""

    select: frozenset[str] | None = None
    extend_select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    exclude: tuple[str, ...] | None = None
    extend_exclude: tuple[str, ...] = ()
    persona: Persona | None = None
    min_severity: Severity | None = None
    min_confidence: Confidence | None = None

    def over(self, config: Config) -> Config:
        """Give the configuration with the command line's word on top.

        A selection on the command line replaces the configured one, its `ignore` included: it says what is wanted now.
        """
        if self.select is not None:
            config = config._replace(select=self.select, extend_select=frozenset(), ignore=frozenset())
        return config._replace(
            extend_select=config.extend_select | self.extend_select,
            ignore=(config.ignore - self.extend_select) | self.ignore,
            exclude=config.exclude if self.exclude is None else self.exclude,
            extend_exclude=config.extend_exclude + self.extend_exclude,
            persona=self.persona or config.persona,
            min_severity=self.min_severity or config.min_severity,
            min_confidence=self.min_confidence or config.min_confidence,
        )


class Configurations:
    """Finds the configuration of each folder: the nearest upward that has one. Every folder is looked at once."""

    def __init__(self, overrides: Overrides, *, isolated: bool = False, named: str | None = None) -> None:
        """Take `named` for every file (patterns are then relative to the working directory), or look for one.

        `isolated` looks for none. Raises FatalError when the named file is not as it should be.
        """
        self._overrides = overrides
        self._found: dict[str, Config] = {}
        here = os.getcwd()
        default = overrides.over(Config(folder=here))
        self._default = default
        self._fixed = default if isolated else None
        if named is not None and not isolated:
            from credlint.config.toml import read_config

            self._fixed = overrides.over(read_config(named)._replace(folder=here))

    def of(self, folder: str) -> Config:
        """Give the configuration of an absolute folder; raises FatalError for one that is broken."""
        if self._fixed is not None:
            return self._fixed
        passed: list[str] = []
        config: Config | None = None
        while config is None:
            config = self._found.get(folder)
            if config is None:
                passed.append(folder)
                config = self._in(folder)
            parent = os.path.dirname(folder)
            if config is None and parent == folder:
                config = self._default
            folder = parent
        self._found.update(dict.fromkeys(passed, config))
        return config

    def _in(self, folder: str) -> Config | None:
        for name in (_OWN_FILE, SHARED_FILE):
            path = os.path.join(folder, name)
            # Nearly every project has a pyproject.toml, few speak of credlint in it: look before importing a parser.
            if os.path.isfile(path) and (name == _OWN_FILE or _has_table(path)):
                from credlint.config.toml import find_config

                config = find_config(path)
                if config is not None:
                    return self._overrides.over(config)
        return None


def _has_table(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            return TABLE in file.read()
    except OSError:
        return True
