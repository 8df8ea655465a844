"""Source lines as they may be shown: every secret of the file under `*` of equal width."""

from __future__ import annotations

import re
from collections.abc import Iterable

from credlint.linter.files import ReadFile
from credlint.model.finding import Source
from credlint.model.span import split_lines

_QUOTED = re.compile(r"""(?P<quote>["'])(?P<inside>(?:\\.|(?!(?P=quote)).)*)""")
# Shorter texts are words that stand elsewhere too ("test"); they are covered where they stand alone.
_DISTINCT = 8


def cover_text(text: str, secrets: Iterable[str]) -> str:
    """Give the text with every occurrence of a secret covered."""
    for secret in sorted(set(secrets), key=len, reverse=True):
        if len(secret) >= _DISTINCT:
            text = text.replace(secret, "*" * len(secret))
        elif secret:
            alone = rf"(?<![^\W_]){re.escape(secret)}(?![^\W_])"
            text = re.sub(alone, "*" * len(secret), text)
    return text


def secret_lines(file: ReadFile) -> list[str]:
    """Give the lines of the file's secrets, each by itself: a secret may go over several."""
    return [line for secret in file.facts.secrets for line in split_lines(secret.reveal()) if not line.isspace()]


def cover(file: ReadFile) -> Source:
    """Give the lines of a file for display.

    A literal in a credential slot may be written with escapes or in pieces, so that its text stands nowhere: what is
    quoted within the place of such a literal is covered, whatever it is.
    """
    lines = cover_text("\n".join(file.lines()), secret_lines(file)).split("\n")
    for literal in file.facts.literals:
        if literal.location.path == file.path:
            region = file.region(literal.location.span)
            for number in range(region.line, min(region.end_line, len(lines)) + 1):
                start = region.column if number == region.line else 0
                end = region.end_column if number == region.end_line else len(lines[number - 1])
                lines[number - 1] = _cover_quoted(lines[number - 1], start, end)
    return Source(file.path, tuple(lines))


def _cover_quoted(line: str, start: int, end: int) -> str:
    inside = _QUOTED.sub(lambda found: found["quote"] + "*" * len(found["inside"]), line[start:end])
    return line[:start] + inside + line[end:]
