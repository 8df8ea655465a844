"""Base64 that a terminal or an editor wrapped: the rest of a value at the start of the lines below it.

`base64` of GNU breaks its output at 76 columns, and pasted behind a key that is no YAML any more. A Secret of this form
can still be read by whoever looks at it.
"""

from __future__ import annotations

from credlint.model.patterns import pattern

# Behind a key stands nothing but base64, long enough that nobody typed it.
_BEGINS = pattern(r"(?P<indent>[ ]*)(?:- )?[\w.\-]+:[ ]+[A-Za-z0-9+/]{32,}")
_CONTINUES = pattern(r"(?P<indent>[ ]*)[A-Za-z0-9+/]+={0,2}[ ]*")


def unwrap(lines: list[str]) -> tuple[list[str], dict[int, int]] | None:
    """Give the lines with what continues a value set in below its key, and by how many columns each (0-based) line was.

    None where there is nothing of that kind. The number of lines stays.
    """
    shifts: dict[int, int] = {}
    indent: int | None = None
    for number, line in enumerate(lines):
        continued = _CONTINUES.fullmatch(line) if indent is not None else None
        if indent is not None and continued is not None:
            if len(continued["indent"]) <= indent:
                shifts[number] = indent + 1
            continue
        begins = _BEGINS.fullmatch(line)
        indent = len(begins["indent"]) if begins else None
    if not shifts:
        return None
    return [" " * shifts.get(number, 0) + line for number, line in enumerate(lines)], shifts
