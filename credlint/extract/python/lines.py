"""Where statements end in text that may not be Python: strings and brackets are followed, what never closes is told."""

from __future__ import annotations

import re
from collections.abc import Sequence

from credlint.model.patterns import pattern
from credlint.model.records import dataclass

# What matters between two characters of code: a string's opening, a comment, a bracket.
_MARK = pattern(r"""'''|\"{3}|'|"|\#|[\[({]|[\])}]""")
_BLANKS = pattern(r"[ \t\f]*")
_TAB = 8  # where Python 2 puts tab stops
_CLOSE = {quote: re.compile(rf"(?:\\.|(?!{quote}).)*(?P<close>{quote})?") for quote in ("'''", '"""', "'", '"')}


@dataclass(frozen=True, slots=True)
class Logical:
    """One logical line, by the 0-based indices of its physical ones, the end exclusive.

    `code_end` is the column on its last physical line at which code ends and a comment or nothing follows; `closed` is
    False where a bracket or string is still open at the end of the text.
    """

    start: int
    end: int
    code_end: int
    closed: bool


def logical_line(lines: Sequence[str], start: int, end: int) -> Logical:
    """Give the logical line that begins at a physical line; it ends before `end` whatever is still open."""
    depth = 0
    quote = ""
    for number in range(start, end):
        line = lines[number]
        depth, quote, code_end = _scan(line, depth, quote)
        continued = code_end == len(line) and line.endswith("\\")
        if not depth and not quote and not continued:
            return Logical(start, number + 1, code_end, closed=True)
    return Logical(start, end, len(lines[end - 1]), closed=False)


def _scan(line: str, depth: int, quote: str) -> tuple[int, str, int]:
    """Follow one physical line; give the depth of brackets and the open string behind it, and where its code ends."""
    position = 0
    while True:
        if quote:
            found = _CLOSE[quote].match(line, position)
            if found is None or not found["close"]:
                # a string of one line ends with it, unless a backslash takes it over the end
                open_still = len(quote) == 3 or line.endswith("\\")
                return depth, quote if open_still else "", len(line)
            position = found.end()
            quote = ""
        mark = _MARK.search(line, position)
        if mark is None:
            return depth, "", len(line.rstrip())
        position = mark.end()
        if mark[0] == "#":
            return depth, "", len(line[: mark.start()].rstrip())
        if mark[0] in "([{":
            depth += 1
        elif mark[0] in ")]}":
            depth = max(0, depth - 1)
        else:
            quote = mark[0]


def indentation(line: str) -> str:
    """Give the blanks that a line begins with."""
    blanks = _BLANKS.match(line)
    return blanks[0] if blanks else ""


def width(line: str) -> int:
    """Give how far a line is indented, tabs counted as Python 2 does; -1 for one that holds no code."""
    blanks = indentation(line)
    if len(blanks) == len(line) or line[len(blanks)] == "#":
        return -1
    return len(blanks.expandtabs(_TAB))
