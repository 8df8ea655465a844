"""The text of bytes that are not all ASCII, as Python and YAML would read it.

Python: UTF-8, or what PEP 263 lets it declare. YAML: UTF-8, or UTF-16 by its byte order mark.
"""

from __future__ import annotations

import codecs
import re

from credlint.linter import problems
from credlint.model.patterns import pattern
from credlint.model.problem import Problem

# https://docs.python.org/3/reference/lexical_analysis.html#encoding-declarations
_COOKIE = pattern(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_BLANK = pattern(rb"^[ \t\f]*(?:#.*)?$")
_LINE_END = pattern(rb"\r\n|\r|\n")
_PRINTABLE = bytes(range(0x20, 0x7F))
_UTF_16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


def decode_beyond_ascii(path: str, language: str, data: bytes) -> str | Problem:
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
