"""Files of `NAME=value` lines (`.env`), as compose and most loaders read them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from credlint.model.patterns import pattern
from credlint.model.records import dataclass

_LINE = pattern(
    r"""^[ \t]*(?:export[ \t]+)?(?P<name>[A-Za-z_][\w.]*)[ \t]*
        (?P<equals>=[ \t]*(?:'(?P<single>[^']*)'|"(?P<double>(?:\\.|[^"\\])*)"|(?P<plain>[^\n]*)))?""",
    re.MULTILINE | re.VERBOSE,
)
_COMMENT = pattern(r"(?:^|[ \t]+)#.*")
_ESCAPE = pattern(r"\\(.)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r"}


@dataclass(frozen=True, slots=True)
class DotEntry:
    """One line. `value` is None for a name alone; `fixed` tells that nothing is filled into it (single quotes).

    Offsets are those of the text; those of the value leave quotes out.
    """

    name: str
    value: str | None
    fixed: bool
    start: int
    value_start: int
    value_end: int


def read_dotenv(text: str) -> Iterator[DotEntry]:
    """Give the entries of a text in order; comments and what is no entry are stepped over."""
    at = 0
    while (found := _LINE.search(text, at)) is not None:
        end = text.find("\n", found.end())
        at = len(text) + 1 if end < 0 else end + 1
        start = found.start("name")
        if found["equals"] is None:
            rest = text[found.end() : end if end >= 0 else len(text)]
            if not _COMMENT.sub("", rest).strip():
                yield DotEntry(found["name"], None, False, start, found.end("name"), found.end("name"))
        elif found["single"] is not None:
            yield DotEntry(found["name"], found["single"], True, start, found.start("single"), found.end("single"))
        elif found["double"] is not None:
            value = _ESCAPE.sub(lambda one: _ESCAPED.get(one[1], one[1]), found["double"])
            yield DotEntry(found["name"], value, False, start, found.start("double"), found.end("double"))
        else:
            value = _COMMENT.sub("", found["plain"]).rstrip()
            begin = found.start("plain")
            yield DotEntry(found["name"], value, False, start, begin, begin + len(value))
        if at > len(text):
            return
