"""Texts that formatting and joining make: constants and values in the order in which they stand there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from credlint.extract.python.domain import Item, ListObject, Text, Value, constant, text_of, unknown
from credlint.model.patterns import pattern
from credlint.model.records import replace

HARMLESS_SLICE = 8
"""A slice of up to so many characters of a secret is a mask, not the secret (rules.md, logged-credentials)."""

# %s, %-10.3f, %(name)s, %%
_DIRECTIVE = pattern(
    r"%(?:\((?P<name>\w*)\))?[#0\- +]*(?:\d+)?(?P<precision>\.\d+)?[hlL]?(?P<kind>[diouxXeEfFgGcrsa%])"
)
_PRECISION = pattern(r"\.(\d{1,4})s?$")
_ESCAPE = pattern(r"\\(\r\n|[\n\r\\'\"abfnrtv])|([{}])\2")
_ESCAPED = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_QUOTES = "'\"\\"


def percent(template: str, given: Sequence[Value] | Mapping[str, Value]) -> list[Value] | None:
    """Give the parts of `template % given` in order; None where they do not fit together."""
    parts: list[Value] = []
    end = taken = 0
    for found in _DIRECTIVE.finditer(template):
        parts.append(constant(template[end : found.start()]))
        end = found.end()
        if found["kind"] == "%":
            parts.append(constant("%"))
            continue
        if found["name"] is not None:
            value = given.get(found["name"]) if isinstance(given, Mapping) else None
        else:
            value = given[taken] if not isinstance(given, Mapping) and taken < len(given) else None
            taken += 1
        if value is None:
            return None
        parts.append(cut_short(value, found["precision"] or ""))
    if not isinstance(given, Mapping) and taken != len(given):
        return None
    return _filled([*parts, constant(template[end:])])


def cut_short(value: Value, specification: str) -> Value:
    """Give what a format specification leaves: a few characters (`.4`) are a mask."""
    found = _PRECISION.search(specification)
    return unknown("short slice") if found is not None and int(found[1]) <= HARMLESS_SLICE else value


def joined(separator: Item, listed: ListObject) -> Value:
    """Give `separator.join(listed)`; of a list that may hold more the order is not known."""
    parts: list[Value] = []
    for value in listed.items:
        parts += [(separator,), value] if parts else [value]
    return shuffled(text_of(parts)) if listed.open else text_of(parts)


def shuffled(value: Value) -> Value:
    """Tell of a text that its parts stand in no known order."""
    return tuple(
        replace(item, data=replace(item.data, cut=True)) if isinstance(item.data, Text) else item for item in value
    )


def unescaped(text: str, *, raw: bool) -> str:
    """Give the constant text between the braces of an f-string as it is at run time."""

    def plain(found: re.Match[str]) -> str:
        letter, brace = found[1], found[2]
        if brace is not None:
            return brace
        if raw:
            return found[0]
        return letter if letter in _QUOTES else _ESCAPED.get(letter, "")

    return _ESCAPE.sub(plain, text)


def _filled(parts: list[Value]) -> list[Value]:
    empty = constant("")
    return [part for part in parts if part != empty]
