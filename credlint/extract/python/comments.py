"""Comments of a Python file that speak to credlint or to a secret scanner."""

from __future__ import annotations

from bisect import bisect_right

from credlint.extract.python.screen import Chunk, Table
from credlint.extract.text.suppressions import find_ignore
from credlint.model.facts import Suppression
from credlint.model.span import Location, Span


def suppressions(path: str, table: Table) -> tuple[Suppression, ...]:
    """Give the ignore comments of a module; those inside strings do not count."""
    if not any("credlint:" in line for line in table.lines):
        return ()
    found = []
    for number, column in _comment_starts("\n".join(table.lines)):
        line = table.lines[number - 1]
        ignore = find_ignore(line[column:])
        if ignore is None:
            continue
        chunk, base = chunk_at(table, number)
        span = Span(chunk, number - base, column + ignore.start, number - base, len(line))
        alone = not line[:column].strip()
        found.append(Suppression(Location(path, span), ignore.rules, ignore.whole_file, alone))
    return tuple(found)


def _comment_starts(text: str) -> list[tuple[int, int]]:
    """Give (1-based line, column) of every comment, by tokens; in a text that has none, of every line with a sign."""
    import io
    import tokenize

    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (tokenize.TokenError, IndentationError, SyntaxError):
        return [(n, line.index("#")) for n, line in enumerate(text.split("\n"), 1) if "#" in line]
    return [token.start for token in tokens if token.type == tokenize.COMMENT]


def chunk_at(table: Table, line: int) -> tuple[int, int]:
    """Give the chunk that holds a 1-based line, or the nearest before it, and that chunk's first line.

    Before the first chunk, and in a file without any, positions are relative to the last entry of FileFacts.chunks,
    which `read` adds for line 1.
    """
    index = bisect_right(table.chunks, line, key=_first_line) - 1
    return (index, table.chunks[index].first_line) if index >= 0 else (len(table.chunks), 1)


def _first_line(chunk: Chunk) -> int:
    return chunk.first_line
