"""Comments of a Python file that speak to credlint or to a secret scanner."""

from __future__ import annotations

import re

from credlint.extract.python.screen import Table
from credlint.model.facts import Suppression
from credlint.model.span import Location, Span

# # credlint: ignore[rule, rule] reason      # credlint: ignore-file[rule]
_COMMENT = re.compile(r"#\s*credlint:\s*(ignore-file|ignore)\s*(?:\[([^\]]*)\])?")


def suppressions(path: str, table: Table) -> tuple[Suppression, ...]:
    """Give the ignore comments of a module; those inside strings do not count."""
    if not any("credlint:" in line for line in table.lines):
        return ()
    found = []
    for number, column in _comment_starts("\n".join(table.lines)):
        line = table.lines[number - 1]
        match = _COMMENT.match(line, column)
        if match is None:
            continue
        chunk, base = chunk_at(table, number)
        span = Span(chunk, number - base, column, number - base, len(line))
        rules = tuple(rule.strip() for rule in (match[2] or "").split(",") if rule.strip())
        alone = not line[:column].strip()
        found.append(Suppression(Location(path, span), rules, match[1] == "ignore-file", alone))
    return tuple(found)


def _comment_starts(text: str) -> list[tuple[int, int]]:
    """Give (1-based line, column) of every comment, by tokens; a text that does not tokenise has its lines looked at."""
    import io
    import tokenize

    starts = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT:
                starts.append(token.start)
    except (tokenize.TokenError, IndentationError, SyntaxError):
        return [(n, line.index("#")) for n, line in enumerate(text.split("\n"), 1) if "#" in line]
    return starts


def chunk_at(table: Table, line: int) -> tuple[int, int]:
    """Give the chunk that holds a 1-based line, or the nearest before it, and that chunk's first line.

    Before the first chunk, and in a file without any, positions are relative to the last entry of FileFacts.chunks,
    which `read` adds for line 1.
    """
    best = None
    for chunk in table.chunks:
        if chunk.first_line <= line and (best is None or chunk.first_line >= best.first_line):
            best = chunk
    return (best.index, best.first_line) if best else (len(table.chunks), 1)
