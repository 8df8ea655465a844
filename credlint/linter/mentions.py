"""Whether the code of a project speaks of a name: a variable that its own program reads is no misspelling.

Nothing is read before a finding asks, and then every file of code once.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from credlint.linter.project import Disk

_CODE = frozenset(
    {
        ".bash", ".c", ".cc", ".cpp", ".cs", ".go", ".groovy", ".h", ".java", ".js", ".jsx", ".kt", ".lua", ".mjs",
        ".php", ".pl", ".ps1", ".py", ".rb", ".rs", ".scala", ".sh", ".swift", ".ts", ".tsx", ".zsh",
    }
)  # fmt: skip
_SKIPPED = frozenset({".git", ".hg", ".venv", "venv", "node_modules", "site-packages", "__pycache__"})
_MAXIMUM_FILES = 5_000
_MAXIMUM_SIZE = 1_000_000  # bytes; larger files of code are generated


class Mentions:
    """The names that the code of projects mentions, looked for when asked."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        self._texts: dict[str, tuple[bytes, ...]] = {}
        self._known: dict[tuple[str, str], bool] = {}

    def mentions(self, path: str, name: str) -> bool:
        """Tell whether a file of code in the project of `path` mentions a name as a word of its own."""
        root = self._disk.root(os.path.dirname(os.path.abspath(path)))
        if (root, name) not in self._known:
            word = re.compile(rb"(?<!\w)" + re.escape(name.encode()) + rb"(?!\w)")
            self._known[root, name] = any(map(word.search, self._code(root)))
        return self._known[root, name]

    def _code(self, root: str) -> tuple[bytes, ...]:
        if root not in self._texts:
            self._texts[root] = tuple(_texts(root))
        return self._texts[root]


def _texts(root: str) -> Iterator[bytes]:
    """Give the texts of the files of code below a folder, up to a bound."""
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
            try:
                if os.path.isfile(path) and os.path.getsize(path) <= _MAXIMUM_SIZE:
                    with open(path, "rb") as file:
                        yield file.read()
            except OSError:
                continue  # what nobody can read proves nothing
