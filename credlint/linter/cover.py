"""Source lines as they may be shown: every secret of the file under `*` of equal width."""

from __future__ import annotations

import re
from collections.abc import Iterable

from credlint.linter.files import ReadFile
from credlint.model.finding import Source
from credlint.model.span import Region, split_lines

# "..." or '...', closed or not, with escapes: "it\"s"
_QUOTED = re.compile(r"""(?P<quote>["'])(?P<inside>(?:\\.|(?!(?P=quote)).)*)(?P<close>(?P=quote)?)""")
_TEXT = re.compile(r"""[^\s"'(),\\]""")
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
            _cover_place(lines, file.region(literal.location.span))
    return Source(file.path, tuple(lines))


def _cover_place(lines: list[str], region: Region) -> None:
    whole = region.end_line > region.line
    for number in range(region.line, min(region.end_line, len(lines)) + 1):
        line = lines[number - 1]
        start = region.column if number == region.line else 0
        end = region.end_column if number == region.end_line else len(line)
        # A string that goes over lines has its quotes elsewhere.
        inside = _TEXT.sub("*", line[start:end]) if whole else _QUOTED.sub(_covered, line[start:end])
        lines[number - 1] = line[:start] + inside + line[end:]


def _covered(found: re.Match[str]) -> str:
    return found["quote"] + "*" * len(found["inside"]) + found["close"]
