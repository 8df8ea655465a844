"""The user's configuration: `[tool.credlint]` of a pyproject.toml, or credlint.toml; the nearest upward from a file.

The reading of a file is imported when there is one.
"""

from __future__ import annotations

import os

from credlint.config.types import SHARED_FILE, TABLE, Config, Overrides

__all__ = ["Config", "Configurations", "Overrides"]

_OWN_FILE = "credlint.toml"


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
