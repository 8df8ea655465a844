"""Where a file stands outside the run: its absolute path, its place in the repository, its URI; by the names alone.

POSIX and Windows paths are told apart by the root of the report, not by the machine.
"""

from __future__ import annotations

import ntpath
import posixpath
from urllib.parse import quote

from credlint.model.finding import Report
from credlint.model.patterns import pattern

_WINDOWS = pattern(r"[A-Za-z]:[\\/]|\\\\|//")


def absolute_path(report: Report, path: str) -> str:
    """Give the absolute path of a file that the run names, with `/` separators and without `.` and `..`."""
    if _WINDOWS.match(report.root):
        return ntpath.normpath(ntpath.join(report.root, path)).replace("\\", "/")
    return posixpath.normpath(posixpath.join(report.root, path))


def repository_path(report: Report, path: str) -> str:
    """Give the path relative to the repository (without one: to the root of the run); absolute when it is outside."""
    whole = absolute_path(report, path)
    base = absolute_path(report, report.repository or report.root).rstrip("/") + "/"
    return whole.removeprefix(base)


def repository_uri(report: Report, path: str) -> str:
    """Give `repository_path` as a relative reference (RFC 3986 §4.2), or as a file URI when it is outside."""
    relative = repository_path(report, path)
    return file_uri(report, path) if relative == absolute_path(report, path) else _quote(relative)


def file_uri(report: Report, path: str) -> str:
    """Give the absolute file URI (RFC 8089), as pathlib's `as_uri` writes it."""
    whole = absolute_path(report, path)
    if whole[1:2] == ":":
        return f"file:///{whole[:2]}{_quote(whole[2:])}"
    return ("file:" if whole.startswith("//") else "file://") + _quote(whole)


def _quote(path: str) -> str:
    # Bytes of a name that are not UTF-8 stand in a str as lone surrogates (PEP 383) and must come out as they were.
    try:
        return quote(path, errors="surrogateescape")
    except UnicodeEncodeError:
        # Names on Windows are UTF-16 and may hold any surrogate (PEP 529).
        return quote(path, errors="surrogatepass")
