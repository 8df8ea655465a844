"""Git's list of the files of a folder: those it tracks, and new ones that no ignore rule names."""

from __future__ import annotations

import os
import re
from typing import NamedTuple

from credlint.model.patterns import pattern

_TIMEOUT_SECONDS = 60

# A git hook is run with these set for its own repository, and they would be taken for that of the folder
# (`git rev-parse --local-env-vars`).
_LOCAL_VARIABLES = frozenset(
    {
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_COMMON_DIR",
        "GIT_DIR",
        "GIT_INDEX_FILE",
        "GIT_NAMESPACE",
        "GIT_OBJECT_DIRECTORY",
        "GIT_PREFIX",
        "GIT_WORK_TREE",
    }
)


_UNREAD = pattern(rb"^warning: could not open directory '(.*)': ", re.MULTILINE)


class Listing(NamedTuple):
    """The files of a folder, and the folders in it that git could not open; relative to it, with `/`, sorted."""

    files: tuple[str, ...]
    unread: tuple[str, ...]


class GitError(Exception):
    """Git gave no list; the message says why, in our words."""


def work_tree(folder: str) -> str | None:
    """Give the nearest of an absolute folder and those above it that holds `.git`, or None."""
    while not os.path.lexists(os.path.join(folder, ".git")):
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent
    return folder


def list_files(folder: str) -> Listing:
    """Give what is below an absolute folder; raises GitError.

    Nothing is written and nothing of the repository is run: the index is not refreshed, and `core.fsmonitor`, which may
    name a program, is off.
    """
    import subprocess

    command = ("git", "-c", "core.fsmonitor=false", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    environment = {name: value for name, value in os.environ.items() if name not in _LOCAL_VARIABLES}
    environment |= {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        done = subprocess.run(  # noqa: S603 -- no part of the command comes from outside
            command, cwd=folder, env=environment, capture_output=True, timeout=_TIMEOUT_SECONDS, check=False
        )
    except FileNotFoundError:
        raise GitError("git is not installed") from None
    except OSError:
        raise GitError("git could not be started") from None
    except subprocess.TimeoutExpired:
        raise GitError(f"git took longer than {_TIMEOUT_SECONDS} seconds") from None
    if done.returncode != 0:
        if b"dubious ownership" in done.stderr:
            raise GitError("git refuses a repository of another owner (see safe.directory of git-config)")
        raise GitError(f"git could not list the files (exit status {done.returncode})")
    files = {os.fsdecode(name) for name in done.stdout.split(b"\0") if name}
    unread = {os.fsdecode(name) for name in _UNREAD.findall(done.stderr)}
    return Listing(tuple(sorted(files)), tuple(sorted(unread)))
