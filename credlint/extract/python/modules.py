"""Other modules of the project: which file an import means, and its text. Nothing is imported or run."""

from __future__ import annotations

import posixpath
import sys
from functools import lru_cache

from credlint.extract.python.screen import SyntaxProblem, screen
from credlint.extract.python.source import Source
from credlint.model.project import Project
from credlint.model.records import dataclass

MAXIMUM_HOPS = 2
"""An import is followed into a module, and from there into one more; an `__init__` that hands on does not count."""

_SOURCE_FOLDER = "src"
_PACKAGE = "__init__.py"
_CACHE = 128
_FILES = 4096


@dataclass(frozen=True, slots=True)
class Found:
    """A module of the project: its file as a path of the run, and its dotted name from the import root."""

    path: str
    dotted: str

    @property
    def is_package(self) -> bool:
        """Tell whether the file is the `__init__` of a package."""
        return posixpath.basename(self.path) == _PACKAGE


class Modules:
    """Resolves imports of one evaluation by looking for files through the Project, each look recorded there."""

    def __init__(self, project: Project | None, part_words: frozenset[str] = frozenset()) -> None:
        """Take the words by which code takes or gives parts of credentials; `project` is None for no imports."""
        self._project = project
        self._part_words = part_words
        self._found: dict[tuple[str, int, str], Found | None] = {}
        self._roots_of: dict[str, list[str]] = {}

    def find(self, importer: str, level: int, dotted: str) -> Found | None:
        """Give the module that a dotted name means in a file, or None when it is not one of the project.

        `level` counts leading dots; `importer` is the path of the importing file.
        """
        if self._project is None or (level == 0 and dotted.partition(".")[0] in sys.stdlib_module_names):
            return None
        folder = posixpath.dirname(importer)
        key = (folder, level, dotted)
        if key not in self._found:
            self._found[key] = self._look(folder, level, dotted)
        return self._found[key]

    def _look(self, folder: str, level: int, dotted: str) -> Found | None:
        parts = [part for part in dotted.split(".") if part]
        if level:
            for _ in range(level - 1):
                folder = _parent(folder)
            package = self._dotted_of(folder)
            return self._file(folder, parts, ".".join(filter(None, (package, *parts))))
        if folder not in self._roots_of:
            self._roots_of[folder] = self._roots(folder)
        for root in self._roots_of[folder]:
            found = self._file(root, parts, dotted)
            if found is not None:
                return found
        return None

    def _file(self, folder: str, parts: list[str], dotted: str) -> Found | None:
        stem = posixpath.join(folder, *parts)
        candidates = (posixpath.join(stem, _PACKAGE),) if not parts else (f"{stem}.py", posixpath.join(stem, _PACKAGE))
        return next((Found(path, dotted) for path in candidates if self.read(path) is not None), None)

    def _roots(self, folder: str) -> list[str]:
        """Give the import roots: the first folder upward that is no package, the project's root, and its src/."""
        assert self._project is not None
        top = folder
        while self.read(posixpath.join(top, _PACKAGE)) is not None:
            top = _parent(top)
        root = self._project.root
        return list(dict.fromkeys((top, root, posixpath.join(root, _SOURCE_FOLDER))))

    def _dotted_of(self, folder: str) -> str:
        names: list[str] = []
        while self.read(posixpath.join(folder, _PACKAGE)) is not None:
            names.insert(0, posixpath.basename(folder))
            folder = _parent(folder)
        return ".".join(names)

    def read(self, path: str) -> bytes | None:
        """Give the bytes of a file of the project, or None."""
        return self._project.read(path) if self._project is not None else None

    def source(self, found: Found) -> Source | None:
        """Give a module as chunks; None for one that is not Python 3 in UTF-8."""
        data = self.read(found.path)
        return None if data is None else _source(found.path, data)

    def is_of_interest(self, found: Found) -> bool:
        """Tell whether a module can take or give parts of credentials, or hands on what another defines."""
        data = self.read(found.path)
        return data is not None and (found.is_package or _names_any(data, self._part_words))


@lru_cache(maxsize=_FILES)
def _names_any(data: bytes, words: frozenset[str]) -> bool:
    return any(word.encode() in data for word in words)


@lru_cache(maxsize=_CACHE)
def _source(path: str, data: bytes) -> Source | None:
    """Screen a module; its statements are parsed when somebody asks, once for all files that import it."""
    try:
        return Source(path, screen(data.decode("utf-8-sig")))
    except (SyntaxProblem, UnicodeDecodeError):
        return None


def _parent(folder: str) -> str:
    """Give the folder above one of the run's paths; above the working directory is `..`."""
    if not folder or posixpath.basename(folder) == "..":
        return posixpath.join(folder, "..")
    return posixpath.dirname(folder)
