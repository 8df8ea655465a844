"""What commands write to files and which options they repeat: words taken apart and put together."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.extract.text.shell import Command, Part, Substitution, Text, Word

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


def written(command: Command, before: tuple[Command, ...]) -> Iterator[tuple[Word, list[Word]]]:
    """Give what is written to which file: by a redirect, a here-document, or `tee` at the end of a pipe."""
    bodies = [redirect.body for redirect in command.redirects if redirect.body is not None]
    shown = bodies or (list(command.words[1:]) if command.name in SHOWING else [])
    for redirect in command.redirects:
        if redirect.operator in {">", ">>", ">|"}:
            yield redirect.target, shown
    if command.name == "tee":
        feeding = [one for one in before if one.pipeline == command.pipeline and one.piped]
        words = [word for one in feeding if one.name in SHOWING for word in one.words[1:]]
        for word in command.words[1:]:
            yield word, bodies or words


def split_lines(word: Word, script: str) -> Iterator[Word]:
    """Split a word at the line ends of its literal text; each line begins where one of the script does."""
    current: list[Part] = []
    start = word.start
    for part in word.parts:
        if not isinstance(part, Text):
            current.append(part)
            continue
        for number, piece in enumerate(part.text.split("\n")):
            if number:
                yield Word(tuple(current), start, word.end)
                current, start = [], next_line(script, start, word.end)
            current.append(Text(piece))
    yield Word(tuple(current), start, word.end)


def next_line(script: str, at: int, end: int) -> int:
    """Give where the line behind an offset begins, no later than `end`."""
    found = script.find("\n", at, end)
    return end if found < 0 else found + 1
