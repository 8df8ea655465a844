"""The files around the one at hand, as far as a reader may look at them: inside its project, never outside."""

from __future__ import annotations

import os

from credlint.linter.read import read_source
from credlint.model.project import Reads

_CHECKOUT = ".git"
_ROOT_MARKS = (_CHECKOUT, "pyproject.toml")
_PACKAGE = "__init__.py"


class Disk:
    """The bytes that the readers of one run asked for, each read once; `given` holds what is not on the disk yet."""

    def __init__(self, given: dict[str, bytes] | None = None) -> None:
        self._known: dict[str, bytes | None] = {os.path.abspath(path): data for path, data in (given or {}).items()}
        self._roots: dict[str, str] = {}
        self._real: dict[str, str] = {}
        self._folders: dict[str, str] = {}
        self._absolute: dict[str, str] = {}

    def absolute(self, path: str) -> str:
        """Give a path of the run from the root of the disk; every file of a run looks for the same modules."""
        if path not in self._absolute:
            self._absolute[path] = os.path.abspath(path)
        return self._absolute[path]

    def read(self, absolute: str) -> bytes | None:
        """Give the bytes of a regular file, or None."""
        if absolute not in self._known:
            data = read_source(absolute, "python")
            self._known[absolute] = data if isinstance(data, bytes) else None
        return self._known[absolute]

    def real(self, absolute: str) -> str:
        """Give an absolute path without symbolic links; those of its folder are looked for once."""
        if absolute not in self._real:
            folder, name = os.path.split(absolute)
            if folder not in self._folders:
                self._folders[folder] = os.path.realpath(folder)
            path = os.path.join(self._folders[folder], name)
            self._real[absolute] = os.path.realpath(path) if os.path.islink(path) else path
        return self._real[absolute]

    def root(self, folder: str) -> str:
        """Give the nearest folder upward that holds .git or pyproject.toml; a package is one only if none is above it.

        Where none does, it is the working directory if the folder is below it, and else the absolute folder itself.
        """
        if folder not in self._roots:
            self._roots[folder] = _root(folder)
        return self._roots[folder]


class FileProject:
    """The Project of one file: what it looked at is its own, the bytes are shared by all files of the run."""

    def __init__(self, path: str, disk: Disk) -> None:
        self._disk = disk
        self._root = os.path.realpath(disk.root(os.path.dirname(os.path.abspath(path))))
        self._shown_root = _shown(self._root, path)
        self._found: set[str] = set()
        self._missing: set[str] = set()

    @property
    def root(self) -> str:
        """Give the folder of the project as a path of the run; "" for the working directory."""
        return self._shown_root

    def read(self, path: str) -> bytes | None:
        """Give the bytes of a file inside the project, or None; either way the look is recorded."""
        absolute = self._disk.absolute(path)
        data = self._disk.read(absolute) if self._is_inside(absolute) else None
        (self._missing if data is None else self._found).add(path)
        return data

    def reads(self) -> Reads:
        """Give what was read and what was missed so far, sorted."""
        return Reads(tuple(sorted(self._found)), tuple(sorted(self._missing)))

    def _is_inside(self, absolute: str) -> bool:
        # A symbolic link inside the project may point out of it.
        return self._disk.real(absolute).startswith(self._root.rstrip(os.sep) + os.sep)


def _shown(root: str, path: str) -> str:
    """Give a folder in the way in which the path of a file is given: relative to the working directory, or absolute."""
    if os.path.isabs(path):
        return root.replace(os.sep, "/")
    shown = os.path.relpath(root).replace(os.sep, "/")
    return "" if shown == "." else shown


def _root(folder: str) -> str:
    start = folder
    inner = ""
    while not _is_root(folder):
        if not inner and any(_holds(folder, mark) for mark in _ROOT_MARKS):
            inner = folder
        parent = os.path.dirname(folder)
        if parent == folder:
            here = os.getcwd()
            return inner or (here if os.path.join(start, "").startswith(os.path.join(here, "")) else start)
        folder = parent
    return folder


def _is_root(folder: str) -> bool:
    """Tell whether a folder is marked; a plugin that is a package of a larger one may have a pyproject.toml too."""
    if _holds(folder, _CHECKOUT):
        return True
    return any(_holds(folder, mark) for mark in _ROOT_MARKS) and not _holds(folder, _PACKAGE)


def _holds(folder: str, name: str) -> bool:
    return os.path.lexists(os.path.join(folder, name))
