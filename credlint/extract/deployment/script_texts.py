"""What commands write to files and which options they repeat: words taken apart and put together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from credlint.extract.text.shell import Command, Part, Substitution, Text, Word
from credlint.model.patterns import pattern

_LINE_END = pattern(r"\n|\\n")
SHOWING = frozenset({"echo", "printf"})
"""Programs whose words are their output."""


def substitutions(command: Command) -> Iterator[tuple[Command, ...]]:
    """Give the commands of every substitution of a command, those in here-documents included."""
    words = [*command.words, *(assignment.value for assignment in command.assignments)]
    for redirect in command.redirects:
        words.append(redirect.target)
        if redirect.body is not None:
            words.append(redirect.body)
    for word in words:
        yield from (part.commands for part in word.parts if isinstance(part, Substitution))


def option_words(command: Command, options: tuple[str, ...]) -> Iterator[Word]:
    """Give the values of options that may be repeated, in every form: `-e X`, `-eX`, `--env X`, `--env=X`."""
    words = command.words
    for index, word in enumerate(words):
        if word.literal in options and index + 1 < len(words):
            yield words[index + 1]
            continue
        first = word.parts[0] if word.parts else None
        if not isinstance(first, Text):
            continue
        for option in options:
            glued = f"{option}=" if option.startswith("--") else option
            if first.text.startswith(glued) and len(first.text) > len(glued):
                rest = (Text(first.text[len(glued) :]), *word.parts[1:])
                yield Word(rest, word.start + len(glued), word.end)


def targets(command: Command) -> Iterator[tuple[Word, bool]]:
    """Give the files that what a command prints is written to, and whether it is added to what they hold."""
    for redirect in command.redirects:
        if redirect.takes_output:
            yield redirect.target, redirect.operator == ">>"
    names = [word.literal and word.literal.rpartition("/")[2] for word in command.words[:2]]
    if "tee" in names:
        words = command.words[names.index("tee") + 1 :]
        appends = any(word.literal in {"-a", "--append", "-ai"} for word in words)
        for word in words:
            if not (word.literal or "").startswith("-"):
                yield word, appends


def shown_words(command: Command, feeding: Sequence[Command]) -> list[Word]:
    """Give the words that a command prints: of a here-document, of `echo`, or of `echo` before a pipe."""
    bodies = [redirect.body for redirect in command.redirects if redirect.body is not None]
    showing = [one for one in (*feeding, command) if one.name in SHOWING]
    return bodies or [word for one in showing for word in _said(one)]


def _said(command: Command) -> list[Word]:
    """Give the words of `echo` as the one line that it prints, those of `printf` as they are."""
    words = [word for word in command.words[1:] if not (word.literal or "").startswith("-")]
    if command.name != "echo" or len(words) < 2:
        return words
    parts: list[Part] = [part for word in words for part in (Text(" "), *word.parts)]
    return [Word(tuple(parts[1:]), words[0].start, words[-1].end)]


def split_lines(word: Word, script: str) -> Iterator[Word]:
    """Split a word at the line ends of its literal text, those that are still written out included."""
    current: list[Part] = []
    start = word.start
    for part in word.parts:
        if not isinstance(part, Text):
            current.append(part)
            continue
        for number, piece in enumerate(_LINE_END.split(part.text)):
            if number:
                yield Word(tuple(current), start, word.end)
                current, start = [], next_line(script, start, word.end)
            current.append(Text(piece))
    yield Word(tuple(current), start, word.end)


def next_line(script: str, at: int, end: int) -> int:
    """Give where the line behind an offset begins, no later than `end`."""
    found = _LINE_END.search(script, at, end)
    return found.end() if found else end
