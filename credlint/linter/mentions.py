"""Whether the code of a project speaks of a name: a variable that its own program reads is no misspelling.

Nothing is read before a finding asks, and then every file of code once.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from credlint.linter.project import Disk
from credlint.linter.read import read_bytes

_SCRIPTS = frozenset({".bash", ".ksh", ".ps1", ".sh", ".zsh"})
_CODE = _SCRIPTS | {
    ".c", ".cc", ".cpp", ".cs", ".go", ".groovy", ".h", ".java", ".js", ".jsx", ".kt", ".lua", ".mjs", ".php", ".pl",
    ".py", ".rb", ".rs", ".scala", ".swift", ".ts", ".tsx",
}  # fmt: skip
_SKIPPED = frozenset({".git", ".hg", ".venv", "venv", "node_modules", "site-packages", "__pycache__"})
_MAXIMUM_FILES = 5_000
_MAXIMUM_SIZE = 1_000_000  # bytes; larger files of code are generated


class Mentions:
    """The names that the code of projects mentions, looked for when asked."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        self._files: dict[str, dict[str, bytes]] = {}
        self._known: dict[tuple[str, str], bool] = {}

    def mentions(self, path: str, name: str) -> bool:
        """Tell whether code in the project of the file at `path` mentions a name as a word of its own.

        Any program may be what the file deploys; a script counts only where the file, or a script that it names, names
        it in turn.
        """
        if (path, name) not in self._known:
            word = re.compile(rb"(?<!\w)" + re.escape(name.encode()) + rb"(?!\w)")
            files = self._code(self._disk.root(os.path.dirname(os.path.abspath(path))))
            saying = [at for at, text in files.items() if word.search(text)]
            run = self._scripts_of(path, files) if any(map(_is_script, saying)) else frozenset()
            self._known[path, name] = any(at in run or not _is_script(at) for at in saying)
        return self._known[path, name]

    def _code(self, root: str) -> dict[str, bytes]:
        if root not in self._files:
            self._files[root] = dict(_texts(root))
        return self._files[root]

    def _scripts_of(self, path: str, files: dict[str, bytes]) -> frozenset[str]:
        """Give the scripts that a file names, and those that they name."""
        scripts = {at: os.path.basename(at).encode() for at in files if _is_script(at)}
        run: set[str] = set()
        texts = [self._disk.read(os.path.abspath(path)) or b""]
        while texts:
            text = texts.pop()
            more = {at for at, name in scripts.items() if at not in run and name in text}
            run |= more
            texts += [files[at] for at in more]
        return frozenset(run)


def _is_script(path: str) -> bool:
    return os.path.splitext(path)[1] in _SCRIPTS


def _texts(root: str) -> Iterator[tuple[str, bytes]]:
    """Give the files of code below a folder with their texts, up to a bound."""
    left = _MAXIMUM_FILES
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(set(folders) - _SKIPPED)
        for name in sorted(files):
            if os.path.splitext(name)[1] not in _CODE:
                continue
            left -= 1
            if left < 0:
                return
            path = os.path.join(folder, name)
            data = read_bytes(path, _MAXIMUM_SIZE + 1)
            if isinstance(data, bytes) and len(data) <= _MAXIMUM_SIZE:  # what nobody can read proves nothing
                yield path, data
