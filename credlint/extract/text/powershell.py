"""PowerShell scripts, as far as variables of the environment are concerned: statements by their shape, nothing more."""

from __future__ import annotations

import re
from collections.abc import Iterator

from credlint.model.patterns import pattern
from credlint.model.records import dataclass

_STATEMENT = pattern(
    r"""^[ \t]*
        (?:\$(?P<env>[Ee]nv:)?(?P<name>\w+)[ \t]*=(?!=)[ \t]*)?
        (?P<value>[^\n]*?(?:`\n[^\n]*?)*)
        [ \t]*;?(?:[ \t]+\#[^\n"']*)?[ \t]*$""",
    re.MULTILINE | re.VERBOSE,
)
_COMMENT = pattern(r"^[ \t]*#")
_QUOTED = pattern(r"""'(?P<single>(?:[^'\n]|'')*)'|"(?P<double>[^"$`\n]*)"$""")
_PATH = pattern(r"""["]?\$\(?\$?(?P<name>(?:[Ee]nv:)?\w+)(?P<fields>(?:\.\w+)*)\)?["]?""")


@dataclass(frozen=True, slots=True)
class Statement:
    """`$name = value`, `$env:NAME = value` (`environment`), or a value alone, which `name` "" tells.

    `start` is the offset of the name, `value_start` that of the value.
    """

    name: str
    environment: bool
    value: str
    start: int
    value_start: int


@dataclass(frozen=True, slots=True)
class Path:
    """A value that is a variable, or something in it: `$answer.Credentials.AccessKeyId`."""

    name: str
    fields: tuple[str, ...]


def read_statements(text: str) -> Iterator[Statement]:
    """Give the statements of a script in order, one per line; a backtick joins lines."""
    for found in _STATEMENT.finditer(text):
        if found["value"].strip() and not _COMMENT.match(found.group()):
            start = found.start("name") if found["name"] else found.start("value")
            value = found["value"].rstrip()
            yield Statement(found["name"] or "", bool(found["env"]), value, start, found.start("value"))


def literal(value: str) -> str | None:
    """Give the text of a quoted value in which nothing is filled in, or None."""
    found = _QUOTED.fullmatch(value.strip())
    if found is None:
        return None
    return found["single"].replace("''", "'") if found["single"] is not None else found["double"]


def path(value: str) -> Path | None:
    """Give the variable that a value is taken from, or None for anything else."""
    found = _PATH.fullmatch(value.strip())
    return Path(found["name"], tuple(found["fields"].split(".")[1:])) if found else None
