"""The bytes of a source and their text: no parser, and nothing is opened that is not a regular file."""

from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING

from credlint.linter import problems

if TYPE_CHECKING:
    from credlint.model.problem import Problem

LARGEST_BYTES = 5_000_000
"""Files beyond this are data or generated, and analysing them would take longer than anybody waits."""

_HEAD_BYTES = 256


def read_source(path: str, language: str) -> bytes | Problem:
    """Read a file of the run up to LARGEST_BYTES; one whose language only its first line can tell, only if it does."""
    if not language:
        head = read_bytes(path, _HEAD_BYTES)
        if not isinstance(head, bytes) or not language_by_content(head):
            return head
    data = read_bytes(path, LARGEST_BYTES + 1)
    return bounded(path, data) if isinstance(data, bytes) else data


def read_bytes(path: str, limit: int) -> bytes | Problem:
    """Read no more than `limit` bytes of a regular file; anything that cannot be read is a problem."""
    try:
        # Without O_NONBLOCK, a pipe put there since it was found would wait for a writer.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                return problems.unreadable(path, "it is not a regular file")
            # Never more than there is room for: Python sets aside what is asked for.
            return file.read(min(limit, status.st_size + 1))
    except OSError as error:
        return problems.unreadable(path, problems.reason(error))


def read_stdin() -> bytes:
    """Read standard input, no more than tells that there is too much of it."""
    return b"" if sys.stdin is None else sys.stdin.buffer.read(LARGEST_BYTES + 1)


def bounded(path: str, data: bytes) -> bytes | Problem:
    """Give the data, or the problem that there is too much of it."""
    if len(data) <= LARGEST_BYTES:
        return data
    return problems.too_large(path, f"it is larger than the {LARGEST_BYTES // 1_000_000} MB that credlint analyses")


def language_by_content(data: bytes) -> str:
    """Give the language that the first line of a file names, or ""."""
    first = data[:_HEAD_BYTES].partition(b"\n")[0]
    return "python" if first.startswith(b"#!") and b"python" in first else ""


def decode(path: str, language: str, data: bytes) -> str | Problem:
    """Give the text without byte order mark, or the problem with the line of the first byte that cannot be read."""
    if data.isascii() and b"\0" not in data:
        return data.decode("ascii")
    from credlint.linter.encoding import decode_beyond_ascii

    return decode_beyond_ascii(path, language, data)
