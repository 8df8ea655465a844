"""Globs as `fnmatch` understands them, without a regular expression for each: nearly all have no marks but `*`."""

from __future__ import annotations


def fits(text: str, glob: str) -> bool:
    """Tell whether a glob means a text, as `fnmatch.fnmatchcase` does."""
    if "[" in glob or "?" in glob:
        from fnmatch import fnmatchcase

        return fnmatchcase(text, glob)
    first, *rest = glob.split("*")
    if not rest:
        return text == glob
    if not text.startswith(first):
        return False
    at = len(first)
    for part in rest[:-1]:
        at = text.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return len(text) - len(rest[-1]) >= at and text.endswith(rest[-1])
