"""Python files without a word of the catalogue that call what hands credentials on in another file of the run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from credlint.linter.discover import Source
from credlint.linter.gather import Relevant, second_look
from credlint.linter.project import Disk
from credlint.model.patterns import pattern

_IMPORT = pattern(rb"^[ \t]*(?:from|import)[ \t]+([^\n#]+)", re.MULTILINE)
_NAME = pattern(rb"\w+")
_PACKAGE = "__init__"


def callers(sources: Iterable[Source], names: Mapping[str, frozenset[str]], disk: Disk) -> Iterator[Relevant]:
    """Give the files that import a module of the run and name what it hands credentials on with.

    `names` maps the path of a module to its functions and classes.
    """
    by_module = {_module(path).encode(): {name.encode() for name in found} for path, found in names.items() if found}
    if not by_module:
        return

    def calls(data: bytes) -> bool:
        words = {word for line in _IMPORT.findall(data) for word in _NAME.findall(line)}
        wanted = set().union(*(by_module[word] for word in words & by_module.keys()))
        return not wanted.isdisjoint(_NAME.findall(data))

    yield from second_look(sources, "python", calls, disk)


def _module(path: str) -> str:
    """Give the last part of the name by which a module is imported."""
    *folders, last = path.split("/")
    stem = last.rpartition(".")[0] or last
    return folders[-1] if stem == _PACKAGE and folders else stem
