"""The bytes of a source and their text: no parser, and nothing is opened that is not a regular file.

Text is what Python and YAML would read: PEP 263 for Python, UTF-8 or UTF-16 by its byte order mark for YAML.
"""

from __future__ import annotations

import codecs
import os
import re
import stat
from typing import TYPE_CHECKING

from credlint.linter import problems

if TYPE_CHECKING:
    from credlint.model.problem import Problem

LARGEST_BYTES = 5_000_000
"""Files beyond this are data or generated, and analysing them would take longer than anybody waits."""

# https://docs.python.org/3/reference/lexical_analysis.html#encoding-declarations
_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_BLANK = re.compile(rb"^[ \t\f]*(?:#.*)?$")
_LINE_END = re.compile(rb"\r\n|\r|\n")
_HEAD_BYTES = 256
_SHEBANG = re.compile(rb"#![^\n]*\bpython[0-9.]*\b")
_PRINTABLE = bytes(range(0x20, 0x7F))
_UTF_16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


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


def bounded(path: str, data: bytes) -> bytes | Problem:
    """Give the data, or the problem that there is too much of it."""
    if len(data) <= LARGEST_BYTES:
        return data
    return problems.too_large(path, f"it is larger than the {LARGEST_BYTES // 1_000_000} MB that credlint analyses")


def language_by_content(data: bytes) -> str:
    """Give the language that the first line of a file names, or ""."""
    return "python" if _SHEBANG.match(data) else ""


def decode(path: str, language: str, data: bytes) -> str | Problem:
    """Give the text without byte order mark, or the problem with the line of the first byte that cannot be read."""
    encoding = "utf-8"
    mark = data[:2]
    if data.startswith(codecs.BOM_UTF8):
        data = data[len(codecs.BOM_UTF8) :]
    elif mark in _UTF_16:
        if language == "python":
            return problems.undecodable(path, 1, "it is UTF-16, which Python does not accept; save it as UTF-8")
        data, encoding = data[2:], _UTF_16[mark]
    elif language == "python":
        declared = _declared_encoding(data)
        if declared is not None:
            encoding, line = declared
            if not _extends_ascii(encoding):
                return problems.undecodable(path, line, "Python knows no text encoding of the declared name")
    return _decode(path, data, encoding)


def _decode(path: str, data: bytes, encoding: str) -> str | Problem:
    try:
        text = data.decode(encoding)
    except UnicodeError as error:
        start = error.start if isinstance(error, UnicodeDecodeError) else 0
        line = _line_of(data[:start].decode(encoding, "replace"))
        return problems.undecodable(path, line, f"this line holds a byte that is not {encoding.upper()}")
    zero = text.find("\0")
    if zero >= 0:
        return problems.undecodable(path, _line_of(text[:zero]), "this line holds a NUL byte")
    return text


def _line_of(before: str) -> int:
    return len(re.findall("\r\n|\r|\n", before)) + 1


def _declared_encoding(data: bytes) -> tuple[str, int] | None:
    """Give the name after `coding:` in the first two lines and its line; the second counts only after a blank one."""
    for number, line in enumerate(_LINE_END.split(data[:1000])[:2], 1):
        found = _COOKIE.match(line)
        if found:
            return found[1].decode("ascii"), number
        if not _BLANK.match(line):
            return None
    return None


def _extends_ascii(encoding: str) -> bool:
    """Tell whether printable ASCII means itself in an encoding, as Python's own tokenizer and our triage need it."""
    try:
        return _PRINTABLE.decode(encoding) == _PRINTABLE.decode("ascii")
    except (LookupError, UnicodeError):
        return False
