"""Code of another language inside a script: `python - <<'EOF'`, `python3 -c '...'`."""

from __future__ import annotations

import re
from itertools import pairwise

from credlint.catalogue.programs import ShellSettings
from credlint.extract.deployment.places import TextMap
from credlint.extract.text.shell import Command, Word
from credlint.model.facts import Embedded
from credlint.model.patterns import pattern

_EXPRESSION = pattern(r"\$\{\{.*?\}\}", re.DOTALL)


def embedded_code(command: Command, script: str, text_map: TextMap, shells: ShellSettings) -> Embedded | None:
    """Give the code that a command runs, with the places of its lines; None where it runs a file or a module."""
    words, before = list(command.words), shells.wrappers | shells.launchers
    while words and words[0].literal in before:
        del words[0]
    name = (words[0].literal or "").rpartition("/")[2] if words else ""
    language = shells.embedded.get(name)
    if language is None:
        return None
    stretch = _of_option(words, script) or _of_document(words, command, script)
    if stretch is None:
        return None
    start, end = stretch
    return embedded(script[start:end], text_map, start, language)


def _of_option(words: list[Word], script: str) -> tuple[int, int] | None:
    """Give where the text behind `-c` stands, if it stands there as it will be run."""
    for word, following in pairwise(words[1:]):
        if word.literal == "-c":
            start, end = following.start + 1, following.end - 1
            return (start, end) if following.literal == script[start:end] else None
        if not (word.literal or "").startswith("-"):
            return None
    return None


def _of_document(words: list[Word], command: Command, script: str) -> tuple[int, int] | None:
    """Give where the here-document stands that is the program, if the shell changes nothing of it."""
    first = words[1].literal if len(words) > 1 else "-"
    body = next((one.body for one in command.redirects if one.body is not None), None)
    if first != "-" or body is None:
        return None
    text = _EXPRESSION.sub("", script[body.start : body.end])
    unchanged = body.literal is not None or not re.search(r"[$`\\]", text)
    return (body.start, body.end) if unchanged else None


def embedded(text: str, text_map: TextMap, start: int, language: str) -> Embedded:
    """Make embedded code of a stretch that begins at an offset; expressions of the platform become names."""
    lines, offset = [], start
    for line in text.split("\n"):
        mark = text_map.mark(offset)
        lines.append((mark.line + 1, mark.column))
        offset += len(line) + 1
    return Embedded(_EXPRESSION.sub(_named, text), language, tuple(lines))


def _named(found: re.Match[str]) -> str:
    """Give a name as long as an expression, so that code with values to be filled in can be read; texts keep theirs."""
    before = found.string[found.string.rfind("\n", 0, found.start()) + 1 : found.start()]
    quoted = before.count("'") % 2 or before.count('"') % 2
    return found.group() if quoted or "\n" in found.group() else "_" * len(found.group())
