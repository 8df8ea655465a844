"""Key ids that stand as string literals anywhere in a module, also where no sink is seen."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator

from credlint.catalogue.grammar import Grammar
from credlint.catalogue.types import Catalogue
from credlint.credentials.grammar import cloud_of_key, is_placeholder
from credlint.extract.python.comments import chunk_at
from credlint.extract.python.screen import Table
from credlint.model.facts import KeyLiteral, LiteralContext
from credlint.model.patterns import pattern
from credlint.model.project import Settings
from credlint.model.records import replace
from credlint.model.secret import SecretText
from credlint.model.span import Location, Span
from credlint.model.values import Cloud, Role


@functools.cache
def _pattern(grammar: Grammar) -> re.Pattern[str]:
    """Quoted text that is a key id and nothing else, blanks inside the quotes included."""
    prefixes = "|".join(re.escape(form.prefix) for form in grammar.key_ids)
    return re.compile(rf"""(?P<quote>["'])(?P<text>[ ]*(?:{prefixes})[A-Za-z0-9]{{8,120}}[ ]*)(?P=quote)""")


@functools.cache
def _bare_pattern(grammar: Grammar) -> re.Pattern[str]:
    """A key id that no other word is part of, and the quotes around it, if any."""
    prefixes = "|".join(re.escape(form.prefix) for form in grammar.key_ids)
    return re.compile(rf"""["']?(?<![\w/+.])(?P<text>(?:{prefixes})[A-Za-z0-9]{{8,120}})(?![\w/+=])["']?""")


def key_literals(
    path: str, table: Table, catalogue: Catalogue, settings: Settings, *, test_context: bool
) -> tuple[KeyLiteral, ...]:
    """Give a KeyLiteral for every string of key grammar, with the name it is assigned to where that is on the line."""
    numbers = range(1, len(table.lines) + 1)
    pattern = _pattern(catalogue.grammar)
    return tuple(_found(path, table, numbers, pattern, catalogue, settings, test_context=test_context))


def prose_literals(
    path: str, table: Table, catalogue: Catalogue, settings: Settings, *, test_context: bool
) -> Iterator[KeyLiteral]:
    """Give a KeyLiteral for every key id that stands in a comment, or in a string among other words."""
    numbers = range(1, len(table.lines) + 1)
    pattern = _bare_pattern(catalogue.grammar)
    for literal in _found(path, table, numbers, pattern, catalogue, settings, test_context=test_context):
        yield replace(literal, context=LiteralContext.COMMENT)


def bare_literals(
    path: str, table: Table, numbers: Iterable[int], catalogue: Catalogue, settings: Settings, *, test_context: bool
) -> tuple[KeyLiteral, ...]:
    """Give a KeyLiteral for every key id in some of the lines, which hold no Python: in quotes, in one, or in none."""
    pattern = _bare_pattern(catalogue.grammar)
    found = _found(path, table, numbers, pattern, catalogue, settings, test_context=test_context)
    return tuple(found)


def _found(
    path: str,
    table: Table,
    numbers: Iterable[int],
    pattern: re.Pattern[str],
    catalogue: Catalogue,
    settings: Settings,
    *,
    test_context: bool,
) -> Iterator[KeyLiteral]:
    for number in numbers:
        line = table.lines[number - 1]
        for match in pattern.finditer(line):
            text = match["text"]
            chunk, base = chunk_at(table, number)
            row = number - base
            # the quotes belong to the literal: a finding covers the whole string
            span = Span(chunk, row, match.start(), row, match.end())
            before = line[: match.start()].rstrip()
            named = _NAMED.search(before)
            yield KeyLiteral(
                role=Role.KEY_ID,
                cloud=cloud_of_key(text, catalogue.grammar) or Cloud.AWS,
                text=SecretText(text, key_id=True),
                context=_context(table, number, before, named[1] if named else "", catalogue),
                name=named[1] if named else "",
                location=Location(path, span),
                test_context=test_context,
                placeholder=is_placeholder(text, catalogue.grammar, settings),
                allowed=any(word in line for word in catalogue.allow_comments),
            )


_NEARBY = 6
"""A secret's name within so many lines tells that an id is kept for use, not for asking about it."""
_NAME = pattern(r"[A-Za-z_]\w*")
# the name before a value: name = , "name": , environ["name"] = , function(
_NAMED = pattern(r"([A-Za-z_]\w*)[\"']?\]?\s*[=:(]\s*$")


def _context(table: Table, number: int, before: str, name: str, catalogue: Catalogue) -> LiteralContext:
    """Tell where a literal stands.

    ASSIGNED: under the name of a variable that an SDK reads, or under any name of a key id near the name of a secret.
    """
    if before.lstrip().startswith("#"):
        return LiteralContext.COMMENT
    if _role_of(name, catalogue) is not Role.KEY_ID:
        return LiteralContext.TEXT
    if catalogue.variable(name) is not None:
        return LiteralContext.ASSIGNED
    nearby = table.lines[max(0, number - 1 - _NEARBY) : number + _NEARBY]
    if any(_role_of(word, catalogue) is Role.SECRET for line in nearby for word in _NAME.findall(line)):
        return LiteralContext.ASSIGNED
    return LiteralContext.TEXT


def _role_of(name: str, catalogue: Catalogue) -> Role | None:
    found = catalogue.slot_names.get(name.lower())
    return found[0] if found else None


def is_allowed(table: Table, line: int, catalogue: Catalogue) -> bool:
    """Tell whether a scanner's allow comment stands on a 1-based line."""
    text = table.lines[line - 1] if 0 < line <= len(table.lines) else ""
    return any(word in text for word in catalogue.allow_comments)
