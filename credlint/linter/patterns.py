"""File patterns of configuration and command line, as ruff has them: `*`, `?`, `[...]`, and `**` across folders."""

from __future__ import annotations

import re
from collections.abc import Iterable

_MAGIC = frozenset("*?[")


class Patterns:
    """A list of patterns, compiled.

    One without `/` matches a file or folder of that name at any depth; one with `/` matches the path from the folder of
    the configuration. What matches a folder covers everything in it.
    """

    __slots__ = ("_names", "_regexes")

    def __init__(self, globs: Iterable[str]) -> None:
        """Compile the patterns; raises FatalError for one that is none."""
        names = set()
        regexes = []
        for glob in globs:
            plain = glob.replace("\\", "/").removeprefix("./").rstrip("/")
            if not plain:
                continue
            if "/" not in plain and not _MAGIC.intersection(plain):
                names.add(plain)
            else:
                regexes.append(_compile(plain, glob))
        self._names = frozenset(names)
        self._regexes = tuple(regexes)

    def match(self, path: str) -> bool:
        """Tell whether a pattern names this entry itself; `path` is relative, with `/`."""
        name = path.rpartition("/")[2]
        return name in self._names or any(regex.fullmatch(path) for regex in self._regexes)

    def cover(self, path: str) -> bool:
        """Tell whether a pattern names this entry or a folder that it is in."""
        position = 0
        while position >= 0:
            position = path.find("/", position + 1)
            if self.match(path if position < 0 else path[:position]):
                return True
        return False


def _compile(plain: str, glob: str) -> re.Pattern[str]:
    # A pattern without `/` is a name: it may stand behind any folders.
    head = "" if "/" in plain else "(?:.*/)?"
    try:
        return re.compile(head + _translate(plain.lstrip("/")), re.DOTALL)
    except re.error:
        from credlint.model.problem import FatalError

        raise FatalError(f"{glob!r} is not a file pattern") from None


def _translate(glob: str) -> str:
    """Give the regular expression; `**` crosses `/`, nothing else does."""
    parts: list[str] = []
    at = 0
    while at < len(glob):
        end = glob.find("]", at + 2) if glob[at] == "[" else -1
        if glob.startswith("**/", at):
            parts.append("(?:.*/)?")
            at += 3
        elif glob.startswith("**", at):
            parts.append(".*")
            at += 2
        elif end > 0:
            parts.append(_bracket(glob[at + 1 : end]))
            at = end + 1
        else:
            parts.append({"*": "[^/]*", "?": "[^/]"}.get(glob[at]) or re.escape(glob[at]))
            at += 1
    return "".join(parts)


def _bracket(inside: str) -> str:
    negated = inside[:1] in {"!", "^"}
    body = re.sub(r"([\\\[\]&~|^])", r"\\\1", inside[negated:])
    return f"(?!/)[{'^' * negated}{body}]"
