"""Which files a run looks at: those named, and those of the named folders, by git's list or a walk.

Files found in a folder are never reached through a symbolic link: what it points to is found where it is, or is not
part of the folder. Paths are kept as the user wrote them, with `/` separators.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from credlint.linter import problems
from credlint.linter.excludes import Excludes, Folder

if TYPE_CHECKING:
    from credlint.config import Config, Configurations
    from credlint.model.problem import Problem

LANGUAGES = {
    ".py": "python", ".pyi": "python", ".yml": "yaml", ".yaml": "yaml", ".json": "yaml", ".ipynb": "notebook",
}  # fmt: skip
"""Suffix to the language that it promises; YAML has JSON within it."""

# Kinds that credlint does not read and in which credentials live; people should know that nobody looked.
_NOT_READ_SUFFIXES = frozenset({".env", ".tf", ".tfvars", ".sh"})


class Source(NamedTuple):
    """One file to look at. `language` is "" where only the content can tell; `named` holds for a path of the user."""

    path: str
    language: str
    named: bool
    config: Config


class Found(NamedTuple):
    """What the paths of a run came to; `not_read` counts files of kinds that are not read, by suffix or name."""

    sources: tuple[Source, ...]
    not_read: tuple[tuple[str, int], ...]
    problems: tuple[Problem, ...]


def discover(
    paths: tuple[str, ...], configurations: Configurations, tell: Callable[[str], None], *, force_exclude: bool
) -> Found:
    """Find the files of a run, in the order of the paths, each once; `tell` hears why something was left out.

    Raises FatalError for a broken configuration.
    """
    finder = _Finder(Excludes(configurations, tell), force_exclude=force_exclude)
    for path in paths:
        finder.add(path)
    return finder.found()


def find_stdin(name: str, configurations: Configurations, tell: Callable[[str], None]) -> Found:
    """Give standard input as the file that it is said to be; configuration and excludes hold for it.

    Raises FatalError for a broken configuration.
    """
    shown = name.replace(os.sep, "/")
    absolute = os.path.abspath(name)
    config = configurations.of(os.path.dirname(absolute))
    if Excludes(configurations, tell).leave_out_named(shown, absolute, config):
        return Found((), (), ())
    return Found((Source(shown, language_of(shown), True, config),), (), ())


def language_of(name: str) -> str:
    """Give the language that a file name promises, or ""."""
    return LANGUAGES.get(os.path.splitext(name)[1].lower(), "")


class _Finder:
    def __init__(self, excludes: Excludes, *, force_exclude: bool) -> None:
        self._excludes = excludes
        self._tell = excludes.tell
        self._force_exclude = force_exclude
        self._sources: dict[str, Source] = {}
        self._not_read: dict[str, set[str]] = {}
        self._problems: list[Problem] = []
        self._git_failed = False

    def found(self) -> Found:
        not_read = sorted((kind, len(files)) for kind, files in self._not_read.items())
        return Found(tuple(self._sources.values()), tuple(not_read), tuple(self._problems))

    def add(self, given: str) -> None:
        """Take one path of the user."""
        shown = given.replace(os.sep, "/")
        try:
            mode = os.stat(given).st_mode
        except (FileNotFoundError, NotADirectoryError, ValueError):
            # ValueError: a NUL in the path.
            self._problems.append(problems.missing(shown))
        except OSError as error:
            self._problems.append(problems.unreadable(shown, problems.reason(error)))
        else:
            if stat.S_ISDIR(mode):
                self._add_folder(given)
            else:
                self._add_named(shown, os.path.abspath(given), mode)

    def _add_named(self, shown: str, absolute: str, mode: int) -> None:
        config = self._excludes.configurations.of(os.path.dirname(absolute))
        if self._force_exclude and self._excludes.leave_out_named(shown, absolute, config):
            return
        if stat.S_ISREG(mode):
            self._sources.setdefault(os.path.realpath(absolute), Source(shown, language_of(shown), True, config))
        else:
            self._problems.append(problems.unreadable(shown, "it is not a regular file"))

    def _add_folder(self, given: str) -> None:
        shown = given.replace(os.sep, "/").rstrip("/")
        folder = Folder(os.path.realpath(given), "" if shown == "." else shown + "/")
        listed = self._git(folder)
        entries = self._walk(folder) if listed is None else self._listed(folder, listed)
        for inside in entries:
            absolute = folder.absolute(inside)
            kind = _not_read_kind(inside)
            if kind:
                self._not_read.setdefault(kind, set()).add(absolute)
            else:
                config = self._excludes.configurations.of(os.path.dirname(absolute))
                source = Source(folder.prefix + inside, language_of(inside), False, config)
                self._sources.setdefault(absolute, source)

    def _git(self, folder: Folder) -> tuple[str, ...] | None:
        """Give git's list of the folder; None where a walk must do, with one notice when git should have known."""
        from credlint.linter.git import GitError, list_files, work_tree

        if self._git_failed or work_tree(folder.root) is None:
            return None
        try:
            listing = list_files(folder.root)
        except GitError as error:
            self._git_failed = True
            message = f"{error}; the folders were walked instead, without its ignore rules"
            self._problems.append(problems.notice(folder.shown(""), message))
            return None
        for inside in listing.unread:
            self._problems.append(problems.unreadable(folder.shown(inside), "git could not open the folder"))
        # A folder that the ignore rules name has no list; the user named it all the same.
        return listing.files or None

    def _listed(self, folder: Folder, listed: Iterable[str]) -> Iterator[str]:
        """Give the listed files that are there and not excluded; deleted and submodule entries fall away."""
        known = {"": False}
        for inside in listed:
            if not _is_wanted(inside) or self._in_excluded(folder, inside, known):
                continue
            try:
                mode = os.lstat(folder.absolute(inside)).st_mode
            except OSError:
                continue
            if stat.S_ISREG(mode):
                yield inside
            elif stat.S_ISLNK(mode):
                self._tell(f"{folder.shown(inside)}: skipped: a symbolic link")

    def _in_excluded(self, folder: Folder, inside: str, known: dict[str, bool]) -> bool:
        """Tell whether a listed entry or a folder above it is excluded; each is asked once."""
        answer = known.get(inside)
        if answer is None:
            parent = inside.rpartition("/")[0]
            answer = self._in_excluded(folder, parent, known) or self._excludes.leave_out(folder, inside, in_git=True)
            known[inside] = answer
        return answer

    def _walk(self, folder: Folder) -> Iterator[str]:
        """Give the wanted files below a folder, in the order of their names, without those of excluded folders."""
        stack = [""]
        while stack:
            inside = stack.pop()
            if inside and not inside.endswith("/"):
                yield inside
                continue
            try:
                with os.scandir(folder.absolute(inside)) as entries:
                    kept = [name for entry in entries for name in self._kept(folder, inside, entry)]
            except OSError as error:
                self._problems.append(problems.unreadable(folder.shown(inside), problems.reason(error)))
            else:
                stack.extend(sorted(kept, reverse=True))

    def _kept(self, folder: Folder, above: str, entry: os.DirEntry[str]) -> Iterator[str]:
        """Give the entry when it matters, a folder with a `/` behind."""
        inside = above + entry.name
        if entry.is_dir(follow_symlinks=False):
            if not self._excludes.leave_out(folder, inside, in_git=False):
                yield inside + "/"
        elif _is_wanted(entry.name) and not self._excludes.leave_out(folder, inside, in_git=False):
            if entry.is_file(follow_symlinks=False):
                yield inside
            elif entry.is_symlink():
                self._tell(f"{folder.shown(inside)}: skipped: a symbolic link")
            else:
                self._problems.append(problems.unreadable(folder.shown(inside), "it is not a regular file"))


def _not_read_kind(path: str) -> str:
    name = path.rpartition("/")[2]
    suffix = os.path.splitext(name)[1]
    if suffix in _NOT_READ_SUFFIXES:
        return suffix
    return ".env" if name == ".env" or name.startswith(".env.") else "Dockerfile" if name == "Dockerfile" else ""


def _is_wanted(path: str) -> bool:
    return bool(language_of(path) or _not_read_kind(path))
