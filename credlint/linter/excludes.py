"""What a run leaves out: the usual folders, or what configuration and command line name."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from credlint.config import Config, Configurations
    from credlint.linter.patterns import Patterns

# ruff's list (https://docs.astral.sh/ruff/settings/#exclude): what other tools put there.
_USUAL_EXCLUDE = (
    ".bzr",
    ".direnv",
    ".eggs",
    ".git",
    ".git-rewrite",
    ".hg",
    ".ipynb_checkpoints",
    ".mypy_cache",
    ".nox",
    ".pants.d",
    ".pyenv",
    ".pytest_cache",
    ".pytype",
    ".ruff_cache",
    ".svn",
    ".tox",
    ".venv",
    ".vscode",
    "__pycache__",
    "__pypackages__",
    "buck-out",
    "node_modules",
    "site-packages",
    "venv",
)
# In a git work tree the ignore rules tell what is output, and a committed build/ holds deployment files.
_USUAL_OUTPUT = ("_build", "build", "dist")


def below(absolute: str, folder: str) -> str:
    """Give the path from a folder to a file in it, with `/`; "" for one that is elsewhere."""
    head = folder if folder.endswith(os.sep) else folder + os.sep
    return absolute[len(head) :].replace(os.sep, "/") if absolute.startswith(head) else ""


class Folder(NamedTuple):
    """A folder of the user: where it is, without symbolic links, and what its paths begin with when shown."""

    root: str
    prefix: str

    def shown(self, inside: str) -> str:
        """Give the path of an entry as the user sees it."""
        return (self.prefix + inside).rstrip("/") or "."

    def absolute(self, inside: str) -> str:
        """Give the path of an entry on the disk."""
        return os.path.join(self.root, inside)


class Excludes:
    """Tells what configuration and command line leave out; each list of patterns is compiled once."""

    def __init__(self, configurations: Configurations, tell: Callable[[str], None]) -> None:
        self.configurations = configurations
        self.tell = tell
        self._compiled: dict[tuple[str, bool], Patterns] = {}

    def leave_out(self, folder: Folder, inside: str, *, in_git: bool) -> bool:
        """Tell whether an entry of a folder is excluded by itself; the folders above it are not asked."""
        absolute = folder.absolute(inside)
        config = self.configurations.of(os.path.dirname(absolute))
        excluded = self._patterns(config, in_git=in_git).match(below(absolute, config.folder) or inside)
        if excluded:
            self.tell(f"{folder.shown(inside)}: skipped: excluded")
        return excluded

    def leave_out_named(self, shown: str, absolute: str, config: Config) -> bool:
        """Tell whether a file is excluded, by itself or by a folder that it is in."""
        path = below(absolute, config.folder) or os.path.basename(absolute)
        excluded = self._patterns(config, in_git=False).cover(path)
        if excluded:
            self.tell(f"{shown}: skipped: excluded")
        return excluded

    def _patterns(self, config: Config, *, in_git: bool) -> Patterns:
        from credlint.linter.patterns import Patterns

        key = config.source, in_git
        if key not in self._compiled:
            usual = _USUAL_EXCLUDE if in_git else _USUAL_EXCLUDE + _USUAL_OUTPUT
            base = usual if config.exclude is None else config.exclude
            self._compiled[key] = Patterns((*base, *config.extend_exclude))
        return self._compiled[key]
